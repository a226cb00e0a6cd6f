"""The text of a page as obstacles and labels: which lines are running text, which may belong to a drawing."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pymupdf

from notegen.extract.document import Block, Box
from notegen.extract.page_cache import once_a_page
from notegen.extract.pictures.boxes import area, centre, grown, holds, hull, meets, overlap_x
from notegen.extract.pictures.drawn import displayed
from notegen.extract.text.lines import printed_text

_SUB_CAPTION = re.compile(r"\(?[a-h]\)(\s|$)")
_TABLE = re.compile(
    r"(?:(?:supplementary|supporting|extended data) )?"
    r"(?:table|tab\.|tabelle|tableau|tabla|cuadro|tabella|tabela|quadro)(?![a-z])",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:(?:supplementary|supporting|extended data) )?[^\W\d_]+\.?\s*(?:[A-Z]\.?)?(?:\d+(?:[.\-–]\d+)*[a-z]?|[IVXL]+)"
    r"(?![^\W_]|[.\-–]?[\ufffd\uffff])",  # no glyph without a meaning may follow: the number would be wrong
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_PROSE_WORDS = 8
"""A block with this many words of two letters is running text; axis labels, node names and legends have fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One line of text as printed."""

    box: Box
    text: str
    block: Block | None
    """The block it belongs to; None when extraction left it out."""
    marginal: bool
    """Above or below all blocks and lines that extraction kept: a running header or footer."""
    upright: bool
    prose: bool
    """Part of running text, wherever it lies."""

    @property
    def furniture(self) -> bool:
        """By its kind never part of a drawing, unless it stands inside one."""
        if self.block is None:
            return self.upright and self.marginal
        bullet = self.block.kind == "list" and not _SUB_CAPTION.match(self.block.marker)
        return self.upright and (bullet or self.block.kind in ("heading", "formula", "code", "footnote"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """A caption block and what it names."""

    block: Block
    label: str
    """As printed, without a final period: "Figure 3.1"; "" when no number can be read."""
    table: bool

    @property
    def box(self) -> Box:
        return self.block.bbox


def read_obstacles(page: pymupdf.Page, blocks: Sequence[Block], kept: Sequence[Box] = ()) -> list[Obstacle]:
    """All lines of the page that hold more than white space, with the block each belongs to.

    kept: what extraction kept of them as content. Not all of it is in a block: the numbers of a heatmap look like the
    cells of a table, and its labels at the top of a page would be taken for running headers.
    """
    content = [*kept, *(block.bbox for block in blocks)]
    top = min((box[1] for box in content), default=page.rect.y1)
    bottom = max((box[3] for box in content), default=page.rect.y0)
    prosaic = {block for block in blocks if _prosaic(block)}
    lines = []
    for box, text, upright in _printed(page):
        block = _block_of(box, blocks)
        prose = upright and block is not None and block in prosaic
        marginal = box[3] <= top + 1 or box[1] >= bottom - 1
        lines.append(Obstacle(box=box, text=text, block=block, marginal=marginal, upright=upright, prose=prose))
    return lines


@once_a_page
def _printed(page: pymupdf.Page) -> list[tuple[Box, str, bool]]:
    """(box, text, whether upright) of each line that holds more than white space."""
    turn, seen = pymupdf.Matrix(page.rotation), displayed(page)
    lines = []
    for found in page.get_text("dict", textpage=printed_text(page))["blocks"]:
        for line in found["lines"]:
            text = "".join(span["text"] for span in line["spans"]).strip()
            if text:
                box = seen(hull(_ink(s, line["dir"]) for s in line["spans"] if s["text"].strip()))
                lines.append((box, text, (pymupdf.Point(line["dir"]) * turn).x > 0.9))
    return lines


def _ink(span: Mapping[str, Any], direction: tuple[float, float]) -> Box:
    """A span's box no taller than its letters: some fonts claim a multiple of that."""
    x0, y0, x1, y1 = span["bbox"]
    if direction[0] < 0.9:
        return x0, y0, x1, y1
    baseline = span["origin"][1]
    return x0, max(y0, baseline - 0.9 * span["size"]), x1, min(y1, baseline + 0.3 * span["size"])


def _prosaic(block: Block) -> bool:
    words = len(_WORD.findall(block.text))
    sub_caption = block.kind != "list" and _SUB_CAPTION.match(block.text) and words < 2 * _PROSE_WORDS
    return words >= _PROSE_WORDS and not sub_caption


def _block_of(box: Box, blocks: Sequence[Block]) -> Block | None:
    holding = [b for b in blocks if holds(grown(b.bbox, 1), centre(box))]
    return min(holding, key=lambda b: area(b.bbox), default=None)


def read_captions(blocks: Sequence[Block]) -> list[Caption]:
    """The captions of a page in reading order."""
    captions = []
    for block in blocks:
        if block.kind == "caption":
            match = _LABEL.match(block.text)
            label = match.group().strip() if match else ""
            captions.append(Caption(block=block, label=label, table=bool(_TABLE.match(block.text))))
    return captions


def left_margins(lines: Sequence[Obstacle]) -> list[float]:
    """Where running text begins, one x for each column or indentation that at least two lines share."""
    prose = (n for n in lines if n.prose and n.block is not None and n.block.kind != "caption")
    starts = sorted(line.box[0] for line in prose if len(line.text.split()) > 3)
    return [a for a, b in itertools.pairwise(starts) if b - a < 1.5]


def column_of(caption: Box, lines: Sequence[Obstacle], sheet: Box) -> tuple[float, float]:
    """The left and right end of the column that a caption stands in; the page's ends where it spans them all.

    A gutter is an x in the middle part of the page that hardly any line of running text crosses though lines stand on
    both of its sides.
    """
    prose = [line.box for line in lines if line.prose and not meets(line.box, caption)]
    left, right = sheet[0], sheet[2]
    width = sheet[2] - sheet[0]
    for step in range(30, 171):
        x = sheet[0] + width * step / 200
        before = sum(box[2] <= x for box in prose)
        after = sum(box[0] >= x for box in prose)
        few = 0.15 * len(prose)
        if before > few and after > few and len(prose) - before - after <= few:
            if x <= caption[0] + 1:
                left = max(left, x)
            elif x >= caption[2] - 1:
                right = min(right, x)
    return left, right


def same_column(box: Box, column: tuple[float, float]) -> bool:
    """Whether a box lies at least for a good part within the column."""
    shared = overlap_x(box, (column[0], 0, column[1], 0))
    return shared > 0.3 * min(box[2] - box[0], column[1] - column[0])

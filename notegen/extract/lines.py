"""Lines of text as they stand on the page: MuPDF's fragments with repaired text and measures that can be trusted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import pymupdf

from . import glyphs
from .document import Box

FLAGS = pymupdf.TEXTFLAGS_DICT & ~pymupdf.TEXT_PRESERVE_IMAGES
"""Without images: they double the cost, and one test file takes 29 s with them."""
_SMALLEST_PT = 2.0
_GAP = 0.2
"""In font sizes: what TeX squeezes a word space to."""
_INITIAL = 1.8
"""How much larger than its text a paragraph's big first letter is."""
_ASCENT, _DESCENT = 0.75, 0.25
"""Of the font size. The boxes that fonts claim can be three lines tall, so lines are measured from their baseline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of characters in one style."""

    text: str
    font: str
    size: float
    """Points."""
    x0: float
    x1: float
    baseline: float
    """Points from the top of the page."""
    bold: bool = False
    mono: bool = False
    maths: bool = False
    doubtful: bool = False
    """The text may not be what the page shows."""


@dataclass(frozen=True)
class Line:
    """Spans on one baseline, from left to right. (No slots: its measures are computed once, when first asked for.)"""

    spans: tuple[Span, ...]

    @cached_property
    def text(self) -> str:
        return joined(self.spans)

    @cached_property
    def x0(self) -> float:
        return min(span.x0 for span in self.spans)

    @cached_property
    def x1(self) -> float:
        return max(span.x1 for span in self.spans)

    @cached_property
    def main(self) -> Span:
        """The span that stands for the line's style: most characters, the larger size on a tie."""
        weights: dict[tuple[float, float], int] = {}
        for span in self.spans:
            key = (round(span.size, 1), round(span.baseline, 1))
            weights[key] = weights.get(key, 0) + len(span.text.strip())
        size, baseline = max(weights, key=lambda key: (weights[key], key[0]))
        same = [s for s in self.spans if round(s.size, 1) == size and round(s.baseline, 1) == baseline]
        return max(same, key=lambda span: len(span.text))

    @property
    def size(self) -> float:
        return self.main.size

    @property
    def baseline(self) -> float:
        return self.main.baseline

    @cached_property
    def top(self) -> float:
        return min(span.baseline - _ASCENT * span.size for span in self.spans)

    @cached_property
    def bottom(self) -> float:
        return max(span.baseline + _DESCENT * span.size for span in self.spans)

    @property
    def box(self) -> Box:
        return (self.x0, self.top, self.x1, self.bottom)

    def share(self, test: Callable[[Span], bool]) -> float:
        """The share of the visible characters whose span passes the test, 0 to 1."""
        every = sum(len(span.text.strip()) for span in self.spans)
        return sum(len(span.text.strip()) for span in self.spans if test(span)) / every if every else 0.0

    @cached_property
    def mono(self) -> bool:
        return self.share(lambda span: span.mono) > 0.9

    @cached_property
    def bold(self) -> bool:
        return self.share(lambda span: span.bold) > 0.9


def joined(spans: Sequence[Span]) -> str:
    """The spans' text on one line, with a space where the page shows a gap."""
    parts: list[str] = []
    for i, span in enumerate(spans):
        if i and needs_space(spans[i - 1], span):
            parts.append(" ")
        parts.append(span.text)
    return "".join(parts).strip()


def needs_space(left: Span, right: Span) -> bool:
    """Whether a space belongs between two spans."""
    if left.text.endswith(" ") or right.text.startswith(" "):
        return False
    return right.x0 - left.x1 > _GAP * min(left.size, right.size)


def read_lines(page: pymupdf.Page, recover: Callable[[], list[dict[str, Any]]] | None = None) -> list[Line]:
    """The page's visible horizontal lines, in the order of its content.

    recover: gives MuPDF's blocks again with the glyphs without a meaning replaced; called only where there are some.
    """
    blocks = page.get_text("dict", flags=FLAGS)["blocks"]
    if recover is not None and _has_unknown(blocks):
        blocks = recover()
    raw = [line for block in blocks if block["type"] == 0 for line in block["lines"]]
    level = [line for line in raw if line["dir"][0] > 0.99]
    spans = [[span for span in line["spans"] if span["size"] >= _SMALLEST_PT] for line in level]
    visible = [[span for span in line if _visible(span, page)] for line in spans]
    if not any(span["text"].strip() for line in visible for span in line):
        visible = spans  # nothing but invisible text: the layer that OCR put under a scan
    return _with_initials([Line(merged) for line in visible if (merged := _merged(line))])


def _with_initials(lines: list[Line]) -> list[Line]:
    """The lines with a paragraph's big first letter put back into its first line.

    It is marked as doubtful: in the text of the page, as others read it, the letter stands somewhere else.
    """
    for initial in [line for line in lines if len(line.text) == 1 and line.text.isupper()]:
        span = initial.spans[0]
        first = next((line for line in lines if _begins_with(line, initial)), None)
        if first is not None:
            letter = replace(span, size=first.size, baseline=first.baseline, x1=first.x0, doubtful=True)
            lines = [Line((letter, *first.spans)) if line is first else line for line in lines if line is not initial]
    return lines


def _begins_with(line: Line, initial: Line) -> bool:
    beside = 0 <= line.x0 - initial.x1 + 1 < 1.2 * line.size
    level = abs(line.top - initial.top) < 0.8 * line.size and initial.bottom > line.bottom + 0.5 * line.size
    return beside and level and initial.size > _INITIAL * line.size and line.text[:1].isalpha()


def _has_unknown(blocks: list[dict[str, Any]]) -> bool:
    return any(
        not glyphs.has_meaning(char)
        for block in blocks
        if block["type"] == 0
        for line in block["lines"]
        for span in line["spans"]
        if not span["text"].isascii() or not span["text"].isprintable()
        for char in span["text"]
    )


def _visible(span: dict[str, Any], page: pymupdf.Page) -> bool:
    painted = span.get("char_flags", 16) & (16 | 32)  # filled or stroked
    if not painted or span.get("alpha", 255) == 0:
        return False
    if span["color"] != 0xFFFFFF or not span["text"].strip():
        return True
    clip = pymupdf.Rect(span["bbox"]) * page.rotation_matrix
    pixmap = page.get_pixmap(clip=clip & page.rect, dpi=36, colorspace=pymupdf.csGRAY, alpha=False)
    return pixmap.width > 0 and min(pixmap.samples, default=255) < 230  # white text is seen on something dark only


def _merged(raw: list[dict[str, Any]]) -> tuple[Span, ...]:
    """MuPDF's spans as ours: neighbours of one style are one span, white space belongs to the span before."""
    runs: list[list[dict[str, Any]]] = []
    for item in raw:
        text = item["text"] = glyphs.repaired(item["text"])
        if not text:
            continue
        font = item["font"]
        item["doubtful"] = item.get("doubtful", False) or glyphs.is_misread(text, font) or _lost(item, text)
        blank = not text.strip() and not item["doubtful"]
        if runs and (blank or _same_style(runs[-1][0], item)):
            runs[-1].append(item)
        elif not blank:
            runs.append([item])
    return _composed([_span(run) for run in runs])


def _span(run: list[dict[str, Any]]) -> Span:
    first = run[0]
    text = first["text"]
    for item, following in pairwise(run):
        apart = following["bbox"][0] - item["bbox"][2] > _GAP * first["size"]
        bound = text.endswith(" ") or following["text"].startswith(" ")
        text += (" " if apart and not bound else "") + following["text"]
    font, flags = first["font"], first["flags"]
    return Span(
        text=text,
        font=font,
        size=first["size"],
        x0=first["bbox"][0],
        x1=max(item["bbox"][2] for item in run),
        baseline=first["origin"][1],
        bold=glyphs.is_bold_font(font, flags),
        mono=glyphs.is_mono_font(font, flags),
        maths=glyphs.is_maths_font(font),
        doubtful=first["doubtful"],
    )


def _lost(item: dict[str, Any], text: str) -> bool:
    """A wide "space" in a font of symbols is an arrow or the like whose name was lost."""
    width = item["bbox"][2] - item["bbox"][0]
    return not text.strip() and width > 0.6 * item["size"] and glyphs.is_misread("1", item["font"])


def _same_style(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return bool(
        a["font"] == b["font"]
        and abs(a["size"] - b["size"]) < 0.6
        and abs(a["origin"][1] - b["origin"][1]) < 0.5
        and a["doubtful"] == b["doubtful"]
    )


def _composed(spans: list[Span]) -> tuple[Span, ...]:
    """Accents that stand in a span of their own join the letter after them."""
    out: list[Span] = []
    for span in spans:
        if out and not out[-1].maths and len(out[-1].text) == 1:
            both = glyphs.repaired(out[-1].text + span.text)
            if len(both) < 1 + len(span.text):
                out[-1] = replace(span, text=both, x0=min(out[-1].x0, span.x0))
                continue
        out.append(span)
    return tuple(out)

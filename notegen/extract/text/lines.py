"""Lines of text as they stand on the page: MuPDF's fragments with repaired text and measures that can be trusted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pymupdf

from notegen.extract.page_cache import once_a_page
from notegen.extract.text import crossed_out, glyphs
from notegen.extract.text.initials import is_word_apart
from notegen.extract.text.leftward import has_leftward, trace_lines
from notegen.extract.text.letterspacing import rejoin
from notegen.extract.text.line import Line
from notegen.extract.text.overprints import without_overprints
from notegen.extract.text.spans import merged
from notegen.extract.text.ticks import with_ticks
from notegen.extract.text.tiny import SMALLEST_PT, with_doubts

FLAGS = pymupdf.TEXTFLAGS_DICT & ~pymupdf.TEXT_PRESERVE_IMAGES
"""Without images: they double the cost, and one test file takes 29 s with them."""
_INITIAL = 1.8
"""How much larger than its text a paragraph's big first letter is."""
_INITIAL_TEXT = re.compile(r"[\"“„«‘'‚]?[A-ZÀ-ÖØ-Þ]")
_UPRIGHT = {(1.0, 0.0): 0, (0.0, -1.0): 90, (-1.0, 0.0): 180, (0.0, 1.0): 270}
"""Degrees by which a page is turned so that text of this direction is level."""
FEWEST_TURNED, _MOST = 60, 0.7
"""Characters that run one way, and their share of the page's, before it is turned: a diagram has a few labels."""


@once_a_page
def printed_text(page: pymupdf.Page) -> pymupdf.TextPage:
    """The page's text as MuPDF has it, for `get_text`."""
    return page.get_textpage(flags=FLAGS)


def read_lines(page: pymupdf.Page) -> list[Line]:
    """The page's visible horizontal lines, in the order of its content."""
    return read_page(page)[0]


def read_page(
    page: pymupdf.Page, recover: Callable[[], list[dict[str, Any]]] | None = None, *, as_it_is: bool = False
) -> tuple[list[Line], list[int]]:
    """The page's visible horizontal lines, in the order of its content, and the turns of the page, in degrees, after
    which a passage of text would be level that is not now.

    as_it_is: a page whose text is turned is not turned upright, either.
    recover: gives MuPDF's blocks again with the glyphs without a meaning replaced; called only where there are some.
    """
    plain = blocks = page.get_text("dict", textpage=printed_text(page))["blocks"]
    turns = _letters_by_turn(blocks)
    if not as_it_is:
        _turn_upright(page, turns)
    if recover is not None and _has_unknown(blocks):
        blocks = recover()
    raw = _displayed_lines(blocks, page, as_it_is=as_it_is)
    painted = crossed_out.paint(page)
    marked = crossed_out.is_marked(_level(raw), painted)
    if any(has_leftward(span["text"]) for line in raw for span in line["spans"]):
        raw = _leftward(raw, page, certain=not marked)
    elif marked:
        if blocks is plain:
            raw = _displayed_lines(with_chars(page), page, as_it_is=as_it_is)
        crossed_out.mark(_level(raw), painted, page)
    _number(span for line in raw for span in line["spans"])
    level = without_overprints(with_ticks(_level(raw), page))
    rejoin(level)
    legible = [[span for span in line["spans"] if span["size"] >= SMALLEST_PT] for line in level]
    visible = [[span for span in line if _visible(span, page)] for line in legible]
    if not any(span["text"].strip() for line in visible for span in line):
        visible = legible  # nothing but invisible text: the layer that OCR put under a scan
    lines = with_doubts(_with_initials([Line(spans) for line in visible if (spans := merged(line))]), page)
    return lines, [turn for turn, count in sorted(turns.items()) if turn != page.rotation and count >= FEWEST_TURNED]


def _turn_upright(page: pymupdf.Page, letters: Counter[int]) -> None:
    """Turn a page whose text, but for a line or two, runs up, down or upside down, so that it is level."""
    turn, count = max(letters.items(), key=lambda each: each[1], default=(0, 0))
    if turn != page.rotation and count >= FEWEST_TURNED and count > _MOST * letters.total():
        page.set_rotation(turn)


def _letters_by_turn(blocks: list[dict[str, Any]]) -> Counter[int]:
    """How many characters are level after which turn of the page."""
    letters: Counter[int] = Counter()
    for block in blocks:
        for line in block.get("lines", ()):
            way = (round(line["dir"][0], 1), round(line["dir"][1], 1))
            if way in _UPRIGHT:
                letters[_UPRIGHT[way]] += sum(len(span["text"].strip()) for span in line["spans"])
    return letters


def _leftward(raw: list[dict[str, Any]], page: pymupdf.Page, *, certain: bool) -> list[dict[str, Any]]:
    """The lines of a page with words that run to the left; `doubtful` those whose order cannot be told, and all of them
    where the page crosses out or covers something."""
    traced = [] if page.rotation else trace_lines(page)
    for line in traced or raw:
        for span in line["spans"]:
            unsure = not traced and has_leftward(span["text"])
            span["doubtful"] = span.get("doubtful", False) or unsure or not certain
    return traced or raw


def with_chars(page: pymupdf.Page) -> list[dict[str, Any]]:
    """The same blocks as those of `get_text("dict")`, whose spans have their characters, too."""
    blocks: list[dict[str, Any]] = page.get_text("rawdict", textpage=printed_text(page))["blocks"]
    for block in blocks:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                span["text"] = "".join(char["c"] for char in span["chars"])
    return blocks


def _displayed_lines(blocks: list[dict[str, Any]], page: pymupdf.Page, *, as_it_is: bool) -> list[dict[str, Any]]:
    """MuPDF's lines, placed as the page is displayed, if most of its text is level then or as_it_is."""
    raw = [line for block in blocks if block["type"] == 0 for line in block["lines"]]
    if page.rotation and (as_it_is or _is_mostly_level(raw, page.rotation_matrix)):
        _turn(raw, page.rotation_matrix)
    return raw


def _level(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [line for line in lines if line["dir"][0] > 0.99]


def _is_mostly_level(lines: list[dict[str, Any]], matrix: pymupdf.Matrix) -> bool:
    """Whether no less of the lines is level after the turn than before it."""
    origin = pymupdf.Point(0, 0) * matrix
    level: int = sum((pymupdf.Point(line["dir"]) * matrix - origin).x > 0.99 for line in lines)
    return level >= len(_level(lines))


def _turn(lines: list[dict[str, Any]], matrix: pymupdf.Matrix) -> None:
    """Place MuPDF's lines, which are placed as the page is stored, as it is displayed."""
    origin = pymupdf.Point(0, 0) * matrix
    for line in lines:
        point = pymupdf.Point(line["dir"]) * matrix - origin
        line["dir"] = (point.x, point.y)
        for span in line["spans"]:
            span["bbox"] = tuple(pymupdf.Rect(span["bbox"]) * matrix)
            span["origin"] = tuple(pymupdf.Point(span["origin"]) * matrix)
            for char in span.get("chars", ()):
                char["bbox"] = tuple(pymupdf.Rect(char["bbox"]) * matrix)
                char["origin"] = tuple(pymupdf.Point(char["origin"]) * matrix)


def _number(spans: Iterable[dict[str, Any]]) -> None:
    """Give each of MuPDF's spans its place among those that show something."""
    place = 0
    for span in spans:
        span["place"] = place
        place += bool(span["text"].strip())


def _with_initials(lines: list[Line]) -> list[Line]:
    """The lines with a paragraph's big first letter put back into its first line, a quotation mark before it too.

    It is marked as doubtful: in the text of the page, as others read it, the letter stands somewhere else.
    """
    for initial in [line for line in lines if _INITIAL_TEXT.fullmatch(line.text)]:
        span = initial.spans[0]
        first = next((line for line in lines if _begins_with(line, initial)), None)
        if first is not None:
            others = {word.strip(".,;:").lower() for line in lines if line is not first for word in line.text.split()}
            text = initial.text + (" " if is_word_apart(initial.text, first.text, others) else "")
            letter = replace(span, text=text, size=first.size, baseline=first.baseline, x1=first.x0, doubtful=True)
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
    if not painted or span.get("covered") or span.get("alpha", 255) == 0:
        return False
    if span["color"] != 0xFFFFFF or not span["text"].strip():
        return True
    clip = pymupdf.Rect(span["bbox"]) & page.rect
    pixmap = page.get_pixmap(clip=clip, dpi=36, colorspace=pymupdf.csGRAY, alpha=False)
    return pixmap.width > 0 and min(pixmap.samples, default=255) < 230  # white text is seen on something dark only

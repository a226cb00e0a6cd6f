"""The words of a table and its cells, read only where they are certain: "no rows" is the answer to every doubt."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pymupdf

from notegen.extract.document import Box
from notegen.extract.page_cache import once_a_page
from notegen.extract.pictures.boxes import centre, holds, hull, overlap_y
from notegen.extract.pictures.drawn import Mark, displayed

Rows = tuple[tuple[str, ...], ...]

_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_GAP_EM = 0.7
"""White between two columns at least; a space between words is 0.25 to 0.5 em."""
_TOUCH = 2.5
"""Points by which the rules of a grid may miss each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A run of characters without white space."""

    box: Box
    text: str
    size: float
    certain: bool
    """False when the characters may not say what the page shows: a glyph without a meaning, small type out of line."""


def read_words(page: pymupdf.Page, box: Box) -> list[Word]:
    """The words of a part of the page; digits set as exponents become Unicode's raised digits."""
    return [word for word in _every_word(page) if holds(box, centre(word.box))]


@once_a_page
def _every_word(page: pymupdf.Page) -> list[Word]:
    flags = pymupdf.TEXTFLAGS_RAWDICT & ~(pymupdf.TEXT_PRESERVE_IMAGES | pymupdf.TEXT_PRESERVE_LIGATURES)
    seen = displayed(page)
    return [
        Word(box=seen(w.box), text=w.text, size=w.size, certain=w.certain)
        for block in page.get_text("rawdict", flags=flags)["blocks"]
        for line in block["lines"]
        if any(span["chars"] for span in line["spans"])
        for w in _words_of(line)
    ]


def _words_of(line: Mapping[str, Any]) -> list[Word]:
    tallest = max((span for span in line["spans"] if span["chars"]), key=lambda span: span["size"])
    size, baseline = tallest["size"], tallest["chars"][0]["origin"][1]
    words: list[Word] = []
    chars: list[tuple[Box, str, bool]] = []
    for span in line["spans"]:
        for char in span["chars"]:
            above = baseline - char["origin"][1]
            out_of_line = span["size"] < 0.8 * size or (line["dir"][0] > 0.9 and abs(above) > 0.15 * size)
            shown = char["c"].translate(_RAISED) if out_of_line and above > 0 else char["c"]
            if shown.isspace():
                words += _joined(chars, size)
                chars = []
            else:
                known = unicodedata.category(shown) not in ("Cc", "Cn", "Co") and shown != "\ufffd"
                chars.append((tuple(char["bbox"]), shown, known and (not out_of_line or shown != char["c"])))
    return words + _joined(chars, size)


def _joined(chars: Sequence[tuple[Box, str, bool]], size: float) -> list[Word]:
    if not chars:
        return []
    text = unicodedata.normalize("NFC", "".join(c for _, c, _ in chars))
    return [Word(box=hull(b for b, _, _ in chars), text=text, size=size, certain=all(sure for _, _, sure in chars))]


def grid_edges(box: Box, marks: Sequence[Mark]) -> tuple[list[float], list[float]] | None:
    """x and y of rules that all run through the whole table; None unless they make two rows of two cells at least."""
    inside = [m for m in marks if holds(box, centre(m.box))]
    if any(m.kind in ("image", "drawing") for m in inside):
        return None
    xs, ys = _through(inside, box, upright=True), _through(inside, box, upright=False)
    return (xs, ys) if len(xs) > 2 and len(ys) > 2 else None


def grid_rows(edges: tuple[list[float], list[float]], words: Sequence[Word]) -> Rows:
    """The cells of a grid, see `grid_edges`."""
    xs, ys = edges
    if not _sure(words):
        return ()
    cells: list[list[list[Word]]] = [[[] for _ in xs[1:]] for _ in ys[1:]]
    for word in words:
        row, column = _slot(word.box[1], word.box[3], ys, 0.25 * word.size), _slot(word.box[0], word.box[2], xs, 1)
        if row is None or column is None:
            return ()
        cells[row][column].append(word)
    return _checked(_readings(cells))


def ruled_rows(box: Box, marks: Sequence[Mark], words: Sequence[Word]) -> Rows:
    """The cells of a table that has horizontal rules only: columns parted by clear white, one line of text a row.

    Between the first two of three or more rules stands the header, which may take several lines.
    """
    inside = [m for m in marks if holds((box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1), centre(m.box))]
    full = [m for m in inside if m.kind == "line" and m.box[2] - m.box[0] > 0.97 * (box[2] - box[0])]
    if len(full) < len(inside) or not _sure(words):
        return ()  # rules across some columns only: a header cell spans them
    lines = text_lines(words)
    em = max((w.size for w in words), default=0.0)
    columns = _spans([(w.box[0], w.box[2]) for w in words], _GAP_EM * em)
    rows = _readings([[[w for w in line if low <= w.box[0] <= high] for low, high in columns] for line in lines])
    if not rows or any(_loose(line, columns, em) for line in lines) or not all(all(row) for row in rows):
        return ()
    ys = sorted(m.box[1] for m in full)
    head = sum(line[0].box[3] < ys[1] + 2 for line in lines) if len(ys) > 2 and ys[1] - ys[0] > 4 else 1
    header = [" ".join(cells) for cells in zip(*rows[:head], strict=True)]
    return _checked([header, *rows[head:]])


def text_lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words gathered by line, top to bottom, each line from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: centre(w.box)[1]):
        if lines and overlap_y(word.box, lines[-1][0].box) > 0.5 * (word.box[3] - word.box[1]):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w.box[0]) for line in lines]


def _readings(cells: Sequence[Sequence[Sequence[Word]]]) -> list[list[str]]:
    """The text of every cell; [] when type of two sizes stands apart in one of them: an index, a power, a note."""
    for words in (cell for row in cells for cell in row if cell):
        if min(w.size for w in words) < 0.8 * max(w.size for w in words):
            return []
    return [[" ".join(word.text for line in text_lines(cell) for word in line) for cell in row] for row in cells]


def _sure(words: Sequence[Word]) -> bool:
    return bool(words) and all(word.certain for word in words)


def _checked(rows: Sequence[Sequence[str]]) -> Rows:
    """The rows when there are two of two cells at least and every header cell says something."""
    if len(rows) < 2 or len(rows[0]) < 2 or not all(rows[0]) or not all(any(row) for row in rows):
        return ()
    return tuple(tuple(row) for row in rows)


def _through(marks: Sequence[Mark], box: Box, upright: bool) -> list[float]:
    """Where rules run through the whole table: x of the upright ones, y of the others; [] when one stops inside."""
    across, along = (0, 1) if upright else (1, 0)
    sides: list[tuple[float, float, float]] = []
    for mark in marks:
        low, high = mark.box[across], mark.box[across + 2]
        start, end = mark.box[along], mark.box[along + 2]
        if mark.kind == "frame":
            sides += [(low, start, end), (high, start, end)]
        elif high - low < end - start:
            sides.append(((low + high) / 2, start, end))
    places: list[list[tuple[float, float, float]]] = []
    for side in sorted(sides):
        if places and side[0] - places[-1][-1][0] <= _TOUCH:
            places[-1].append(side)
        else:
            places.append([side])
    for place in places:
        reach = _spans([(start, end) for _, start, end in place], _TOUCH)
        if len(reach) > 1 or reach[0][0] > box[along] + _TOUCH or reach[0][1] < box[along + 2] - _TOUCH:
            return []
    return [sum(side[0] for side in place) / len(place) for place in places]


def _spans(spans: Sequence[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    """Intervals united where less than `gap` lies between them, in order."""
    united: list[tuple[float, float]] = []
    for low, high in sorted(spans):
        if united and low - united[-1][1] < gap:
            united[-1] = (united[-1][0], max(high, united[-1][1]))
        else:
            united.append((low, high))
    return united


def _slot(low: float, high: float, edges: Sequence[float], slack: float) -> int | None:
    """Between which two edges an interval lies; None when it lies over one."""
    for n, (start, end) in enumerate(itertools.pairwise(edges)):
        if start - slack <= low and high <= end + slack and start < (low + high) / 2 < end:
            return n
    return None


def _loose(line: Sequence[Word], columns: Sequence[tuple[float, float]], em: float) -> bool:
    """Whether a line has a gap as wide as between columns inside one column: its cells do not stand in line."""
    for low, high in columns:
        cell = [(w.box[0], w.box[2]) for w in line if low <= w.box[0] <= high]
        if len(_spans(cell, _GAP_EM * em)) > 1:
            return True
    return False

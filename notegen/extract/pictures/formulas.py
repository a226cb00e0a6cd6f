"""Display formulas: which rows they are made of, their number, their crop."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pymupdf

from notegen.extract.document import Box
from notegen.extract.pictures.png import as_png
from notegen.extract.text import glyphs
from notegen.extract.text.columns import Column
from notegen.extract.text.line import Line, joined
from notegen.extract.text.prose import is_script
from notegen.extract.text.typography import Typography

_DPI = 170
_MARGIN = 3.0
_REACH = 9.0
"""Points that a formula's tall parts (roots, sums, frames) may reach beyond its letters."""
_MOST_WORDS = 8
_FEWEST_SIGNS = 5
"""Characters that a formula without "=" or the like has; less is a piece of one in the text."""
_NUMBER = re.compile(r"\(\s*[A-Z]?\d{1,3}(?:[.\-–]\d{1,3})*[a-z]?\s*\)$")
_WORD = re.compile(r"[^\W\d_]{3,}(?![\w(])")
"""A word of a language; what stands before a bracket is the name of a function."""
_FUNCTIONS = frozenset(
    re.findall(
        r"\w+",
        "log exp max min sin cos tan tanh sinh cosh arg argmax argmin softmax sigmoid lim sup inf det dim ker deg gcd "
        "mod var cov sgn sign diag rank span erf "
        "and for where with otherwise subject such that",  # the words of definitions by cases
    )
)
_OPERATORS = frozenset("=<>≤≥≈≡∼≠→←↔⟵⟶⇒⇐⇔∈∑∏∫√∂∇×·±−+∝≪≫∀∃∪∩⊂⊆|∥/∞⊤:,.")
_RELATIONS = frozenset("=<>≤≥≈≡∼≠→←⟵⟶⇒⇔∈∝≪≫")


def formula_rows(column: Column, type_: Typography) -> list[list[Line]]:
    """The display formulas of a column, each with its rows from top to bottom."""
    rows = column.rows
    signs = [_maths_share(row) for row in rows]
    sure = [
        _opens_cases(row, column)
        or (
            (_is_display(row, share, column, type_) or _is_numbered(row, column))
            and not _flows_on(rows, i, column, type_)
        )
        for i, (row, share) in enumerate(zip(rows, signs, strict=True))
    ]
    groups: list[list[Line]] = []
    for i, row in enumerate(rows):
        if sure[i] or (_is_part(row, signs[i], column) and _touches(column, sure, i, type_)):
            near = groups and row.top - max(_foot(r) for r in groups[-1]) < 0.9 * type_.body_size
            if near and groups[-1][-1] in rows[max(0, i - 4) : i] and _unbroken(rows, groups[-1][-1], i, groups[-1]):
                groups[-1].append(row)
            else:
                groups.append([row])
    return [group for group in groups if any(sure[rows.index(row)] for row in group)]


def _foot(row: Line) -> float:
    """Where the row ends: the tall glyphs of extension fonts hang from their baseline."""
    return max(s.baseline + (2.0 if glyphs.is_extension_font(s.font) else 0.25) * s.size for s in row.spans)


def _unbroken(rows: Sequence[Line], last: Line, i: int, group: Sequence[Line]) -> bool:
    between = rows[rows.index(last) + 1 : i]
    return all(row in group for row in between)


def _maths_share(row: Line) -> float:
    """The share of the row's characters that look like mathematics: by font, by place, as signs and single letters."""
    maths = every = 0
    for span in row.spans:
        tokens = span.text.split()
        every += sum(map(len, tokens))
        sure = span.maths or is_script(span, row)
        maths += sum(len(token) for token in tokens if sure or len(token) == 1 or set(token) <= _OPERATORS)
    return maths / every if every else 0.0


def _words(row: Line) -> int:
    """How many words of a language (not names of functions, not scripts) the row has."""
    text = joined([span for span in row.spans if not is_script(span, row)])
    return sum(word.lower() not in _FUNCTIONS for word in _WORD.findall(text))


def _is_display(row: Line, share: float, column: Column, type_: Typography) -> bool:
    """A row that stands free (indented or centred), with the signs of mathematics and next to no words."""
    if row.share(lambda span: span.mono) > 0.5 or len(row.text) < 2 or row.size > 1.25 * type_.body_size:
        return False
    if row.x0 <= column.left + 1.2 * type_.body_size:
        return False
    if any(_words(other) > 2 for other in column.near(row, row.size)):
        return False  # a fraction in a line of text
    count = _words(row)
    relation = bool(_RELATIONS & set(row.text))
    if count > 3:  # words in a fraction
        scripts = any(is_script(span, row) for span in row.spans)
        return relation and scripts and share >= 0.1 and _is_centred(row, column)
    if count and row.x1 > column.right - 2 and not _NUMBER.search(row.text):
        return False
    if count == 0 and relation:
        return share >= 0.25
    signs = any(span.maths for span in row.spans) and len(row.text.replace(" ", "")) >= _FEWEST_SIGNS
    return share >= 0.45 + 0.1 * count and (relation or signs)


def _is_numbered(row: Line, column: Column) -> bool:
    """A relation of words, centred, with a formula's number beside it at the right margin."""
    if not _RELATIONS & set(row.text) or not _is_centred(row, column) or _words(row) > _MOST_WORDS:
        return False
    return any(other.x0 > row.x1 and _NUMBER.fullmatch(other.text) for other in column.near(row, row.size))


def _opens_cases(row: Line, column: Column) -> bool:
    """Whether the row ends in a brace for the rows beside it: it is one formula with them, words before it and all."""
    if not row.text.endswith("{"):
        return False
    beside = [other for other in column.rows if other.x0 >= row.x1 - 2 and _overlaps(row, other)]
    return len(beside) > 1


def _overlaps(row: Line, other: Line) -> bool:
    reach = 0.5 * row.size
    return other is not row and other.top < row.bottom + reach and other.bottom > row.top - reach


def _flows_on(rows: Sequence[Line], i: int, column: Column, type_: Typography) -> bool:
    """Whether the row is the last one of a paragraph or list item: right below a full row and begun like it."""
    if i == 0:
        return False
    row, above = rows[i], rows[i - 1]
    near = row.baseline - above.baseline < 1.25 * type_.leading * type_.body_size
    full = above.x1 > column.right - 4 * type_.body_size
    alike = abs(row.x0 - above.x0) < 2 or (row.x0 > above.x0 and row.x0 - above.x0 < 2.5 * type_.body_size)
    return near and full and alike and _words(above) > 2


def _is_centred(row: Line, column: Column) -> bool:
    room = 3 * row.size
    return row.x0 > column.left + room and row.x1 < column.right - room


def _is_part(row: Line, share: float, column: Column) -> bool:
    """A row that is a piece of a formula when one stands next to it: a numerator, a limit, a bracket, the number."""
    if _NUMBER.fullmatch(row.text):
        return True
    count = _words(row)
    if count == 0 and (share >= 0.2 or len(row.text) <= 8 or row.x0 > column.left + 3 * row.size):
        return True
    return count <= _MOST_WORDS and _is_centred(row, column)


def _touches(column: Column, sure: Sequence[bool], i: int, type_: Typography) -> bool:
    """Whether a sure row is nearer than lines of text ever are; limits and brackets stand a little farther off."""
    rows, row = column.rows, column.rows[i]
    small = row.size < 0.85 * type_.body_size or _is_centred(row, column)
    tall = any(glyphs.is_extension_font(span.font) for span in row.spans)
    reach = (0.9 if tall or (small and _words(row) == 0) else 0.15) * type_.body_size
    return any(
        sure[j] and rows[j].top - reach < row.bottom and rows[j].bottom + reach > row.top
        for j in range(max(0, i - 3), min(len(rows), i + 4))
    )


def number(rows: Sequence[Line], column: Column) -> str:
    """The formula's printed number, "(3)", when one stands at the right margin."""
    for row in rows:
        found = _NUMBER.search(row.text)
        if found and row.x1 > column.right - 12 and (found.start() == 0 or _stands_apart(row, found[0])):
            return found[0].replace(" ", "")
    return ""


def _stands_apart(row: Line, number_text: str) -> bool:
    spans = row.spans
    for i in range(len(spans) - 1, 0, -1):
        if "".join(span.text for span in spans[i:]).strip() == number_text:
            return spans[i].x0 - spans[i - 1].x1 > 1.5 * row.size
    return False


def formula_box(rows: Sequence[Line], others: Sequence[Line]) -> Box:
    """The box that holds the whole formula and nothing of the rows above and below."""
    x0, x1 = min(row.x0 for row in rows), max(row.x1 for row in rows)
    top, bottom = min(row.top for row in rows), max(row.bottom for row in rows)
    mine = {id(row) for row in rows}
    beside = [row for row in others if id(row) not in mine and row.x0 < x1 + 8 and row.x1 > x0 - 8]
    above = max((row.bottom for row in beside if row.bottom <= top + 2), default=top - _REACH)
    below = min((row.top for row in beside if row.top >= bottom - 2), default=bottom + _REACH)
    return (
        x0 - 2 * _MARGIN,
        max(top - _REACH, min((above + top) / 2, above + _MARGIN) if above > top - _REACH else top - _REACH),
        x1 + 2 * _MARGIN,
        min(bottom + _REACH, max((below + bottom) / 2, below - 1) if below < bottom + _REACH else bottom + _REACH),
    )


def crop(page: pymupdf.Page, box: Box) -> bytes:
    """The box as a PNG at 170 dpi: sharp at twice the size on a screen."""
    clip = pymupdf.Rect(box) & page.rect
    if clip.is_empty:
        return b""
    return as_png(page.get_pixmap(clip=clip, dpi=_DPI, alpha=False))

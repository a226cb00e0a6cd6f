"""How each character of a row stands: on the line, above or below it, and in what type."""

from __future__ import annotations

from typing import NamedTuple

from notegen.extract.text.glyphs import is_alphabet_font, is_extension_font
from notegen.extract.text.line import Line
from notegen.extract.text.spans import Span

_SMALLEST, _LARGEST = 0.55, 0.86
"""Size of a script, in sizes of its row."""
_RAISED, _LOWERED = (0.22, 0.6), (0.08, 0.31)
"""How far a script stands above or below its row, in the row's size; a denominator stands lower."""
_LEVEL = 0.05
_HANGING = (0.5, 1.05)
"""How far the baseline of a root's sign is above that of its row, in the row's size."""


class Mark(NamedTuple):
    """Where and how one character of a text stands."""

    level: int | None
    """0 on the line, 1 above, -1 below it; None where that is not clear."""
    variable: bool = False
    """In the type of variables: italics, or a font of mathematics."""
    formula: bool = False
    """In a font of mathematics, which sets no words."""
    joint: bool = True
    """The text layer of the page has it right after the character before."""


TEXT = Mark(level=0)
UNCLEAR = Mark(level=None)


def mark_of(span: Span, row: Line) -> Mark:
    """The mark of a span's characters; what its font or place leaves open has no level."""
    if span.doubtful or (is_extension_font(span.font) and span.text.strip() != "√"):
        return UNCLEAR
    plain = not (span.bold or span.mono or is_alphabet_font(span.font))
    return Mark(level=_level(span, row), variable=plain and (span.maths or span.italic), formula=plain and span.maths)


def _level(span: Span, row: Line) -> int | None:
    rise, size = (row.baseline - span.baseline) / row.size, span.size / row.size
    if span.text.strip() == "√":
        return 0 if abs(rise) <= _LEVEL or _HANGING[0] < rise < _HANGING[1] else None
    if abs(rise) <= _LEVEL:
        return 0 if size > _LARGEST else None
    if not _SMALLEST <= size <= _LARGEST:
        return None
    if _RAISED[0] <= rise <= _RAISED[1]:
        return 1
    return -1 if _LOWERED[0] <= -rise <= _LOWERED[1] else None

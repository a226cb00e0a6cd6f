"""Words that an author sets apart from their paragraph: in bold, italic or another colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

_MOST = 0.5
"""Of the letters: what half of a paragraph has is its own type, and sets nothing apart."""


class Styled(NamedTuple):
    """The type of a stretch of text."""

    start: int
    end: int
    """[start, end), white space at the end left out."""
    bold: bool
    italic: bool
    colour: int


def emphasised(text: str, styles: Sequence[Styled]) -> tuple[tuple[int, int], ...]:
    """The ranges [start, end) of `text` whose type differs from that of most of it, neighbours joined.

    Bold counts wherever not all is bold: a bold term may be longer than what is said of it. Italics and colours count
    where less than half of the text has them.
    """
    letters = sum(style.end - style.start for style in styles)
    slanted = sum(style.end - style.start for style in styles if style.italic)
    colours: Counter[int] = Counter()
    for style in styles:
        colours[style.colour] += style.end - style.start
    usual = colours.most_common(1)[0][0] if colours else 0
    all_bold = all(style.bold for style in styles)
    found: list[tuple[int, int]] = []
    for style in styles:
        apart = (
            (style.bold and not all_bold)
            or (style.italic and slanted < _MOST * letters)
            or (style.colour != usual and colours[style.colour] < _MOST * letters)
        )
        start, end = style.start, min(style.end, len(text))
        if not apart or start >= end:
            continue
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)

"""Lines with words that run to the left, in the order in which they are read.

A PDF has its glyphs where they stand, often without a word on the order in which they are read. That order follows
from their places by the rules of the Unicode Bidirectional Algorithm (UAX #9), gone through backwards: what runs to the
right within what runs to the left (numbers, Latin words) is turned once more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pymupdf

_LEFTWARD = frozenset({"R", "AL"})
_LEFTWARD_LETTER = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Blocks of Unicode whose letters run to the left (DerivedBidiClass.txt)."""
_NUMERAL = frozenset({"EN", "AN"})
_BETWEEN_NUMERALS = frozenset({"ES", "CS", "ET"})
_BESIDE_NUMERALS = "ET"
"""Signs of per cent, currency and the like run with their number, but for Arabic."""
_FORMS = (("\ufb1d", "\ufdff"), ("\ufe70", "\ufefc"))
"""Letters as they look at the beginning, in the middle and at the end of words, and their ligatures."""
_OPENS, _CLOSES = "([{«‹", ")]}»›"
_MIRROR = str.maketrans(_OPENS + _CLOSES, _CLOSES + _OPENS)
_SAME_BASELINE = 0.15
_WORD_GAP, _WIDEST_GAP = 0.2, 1.5
"""In font sizes: a gap that is a space, and one that ends the line."""
_INVISIBLE = 3
"""The type of text that paints nothing, in MuPDF's trace."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A painted character. Points; the baseline from the top of the page."""

    char: str
    x0: float
    x1: float
    baseline: float
    style: tuple[str, float, int, int]
    """Font, size, MuPDF's flags, 0xRRGGBB."""

    @property
    def kind(self) -> str:
        """Its bidirectional class."""
        return unicodedata.bidirectional(self.char[0])


def has_leftward(text: str) -> bool:
    """Whether the text has letters of a script that runs to the left."""
    return bool(_LEFTWARD_LETTER.search(text))


def trace_lines(page: pymupdf.Page) -> list[dict[str, Any]]:
    """The level lines of an upright page as MuPDF's `get_text("dict")` has them, one span each, in reading order.

    A span of more than one size or baseline is `doubtful`: what stands raised in it cannot be told any more.
    """
    glyphs = list(_glyphs(page.get_texttrace()))
    leftward = sum(glyph.kind in _LEFTWARD for glyph in glyphs) * 2 > sum(glyph.char.isalpha() for glyph in glyphs)
    return [_line(row, leftward=leftward) for row in _rows(glyphs)]


def _glyphs(trace: Iterable[Mapping[str, Any]]) -> Iterator[Glyph]:
    for span in trace:
        if span["type"] == _INVISIBLE or span["dir"][0] < 0.99 or span["opacity"] == 0:
            continue
        red, green, blue = (round(255 * part) for part in (*span["color"], 0, 0)[:3]) if span["color"] else (0, 0, 0)
        if len(span["color"]) == 1:
            green = blue = red
        style = (span["font"], span["size"], span["flags"] & ~1, red << 16 | green << 8 | blue)
        for code, _, origin, box in span["chars"]:
            char = chr(code) if code > 0 else "\ufffd"
            if any(first <= char <= last for first, last in _FORMS):
                char = unicodedata.normalize("NFKC", char)
            yield Glyph(char, box[0], box[2], origin[1], style)


def _rows(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs on one baseline without a wide gap between them, from left to right."""
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda each: (round(each.baseline / 2), each.x0, each.x1)):
        size = glyph.style[1]
        if row and (
            abs(glyph.baseline - row[-1].baseline) > _SAME_BASELINE * size
            or glyph.x0 - max(each.x1 for each in row[-3:]) > _WIDEST_GAP * size
        ):
            yield row
            row = []
        row.append(glyph)
    if row:
        yield row


def _line(row: Sequence[Glyph], *, leftward: bool) -> dict[str, Any]:
    font, size, flags, colour = max((glyph.style for glyph in row), key=[glyph.style for glyph in row].count)
    text = logical(row, leftward=leftward)
    box = (row[0].x0, row[0].baseline - size, max(glyph.x1 for glyph in row), row[0].baseline + size / 4)
    mixed = any(glyph.char.strip() and abs(glyph.style[1] - size) > _SAME_BASELINE * size for glyph in row)
    span = {
        "text": text, "font": font, "size": size, "flags": flags, "color": colour, "bbox": box,
        "origin": (row[0].x0, row[0].baseline), "char_flags": 16, "doubtful": mixed or "\ufffd" in text,
    }  # fmt: skip
    return {"dir": (1.0, 0.0), "bbox": box, "spans": [span]}


def logical(row: Sequence[Glyph], *, leftward: bool) -> str:
    """The text of a row in the order in which it is read. row: from left to right. leftward: so runs the paragraph."""
    spaced = list(_spaced(_with_marks(row)))
    kinds = _resolved([glyph.kind for glyph in spaced], leftward=leftward)
    order: list[Glyph] = []
    turned = ""
    for runs_left, run in _runs(spaced, kinds, leftward=leftward):
        order += run[::-1] if runs_left else run
        turned += ("<" if runs_left else ">") * len(run)
    return _with_partners(order, turned)


def _with_marks(row: Sequence[Glyph]) -> list[Glyph]:
    """The row with each point or vowel sign behind its letter, in one glyph: it follows it in either direction."""
    letters = [glyph for glyph in row if glyph.kind != "NSM"]
    for mark in (glyph for glyph in row if glyph.kind == "NSM"):
        middle = (mark.x0 + mark.x1) / 2
        if letters:
            i = min(range(len(letters)), key=lambda i: abs((letters[i].x0 + letters[i].x1) / 2 - middle))
            letters[i] = replace(letters[i], char=letters[i].char + mark.char)
    return letters


def _spaced(row: Sequence[Glyph]) -> Iterator[Glyph]:
    """The row with a space where it has a gap."""
    if row:
        yield row[0]
    for left, right in pairwise(row):
        if right.x0 - left.x1 > _WORD_GAP * right.style[1] and left.char.strip() and right.char.strip():
            yield Glyph(" ", left.x1, right.x0, left.baseline, left.style)
        yield right


def _resolved(kinds: Sequence[str], *, leftward: bool) -> list[bool]:
    """For each character whether it runs to the left: letters say it, numbers run to the right, what is between two
    that agree goes with them, all else with the paragraph."""
    sure: list[bool | None] = [True if kind in _LEFTWARD else False if kind == "L" else None for kind in kinds]
    for i, kind in enumerate(kinds):
        around = [*kinds[max(0, i - 1) : i], *kinds[i + 1 : i + 2]]
        between = kind in _BETWEEN_NUMERALS and len(around) == 2 and {*around} <= _NUMERAL
        beside = kind == _BESIDE_NUMERALS and "EN" in around and "AL" not in kinds
        if kind in _NUMERAL or between or beside:
            sure[i] = False
    known = [i for i, each in enumerate(sure) if each is not None]
    for i, j in pairwise(known):
        apart = {kinds[i], kinds[j]} <= _NUMERAL and j - i > 1  # two numbers are two: "1948 1950" is not one run
        agree = sure[i] == sure[j] and not apart
        sure[i + 1 : j] = [sure[i] if agree else leftward] * (j - i - 1)
    return [leftward if each is None else each for each in sure]


def _runs(glyphs: Sequence[Glyph], runs_left: Sequence[bool], *, leftward: bool) -> Iterator[tuple[bool, list[Glyph]]]:
    """Runs of one direction in the order in which the paragraph has them."""
    runs: list[tuple[bool, list[Glyph]]] = []
    for glyph, left in zip(glyphs, runs_left, strict=True):
        if runs and runs[-1][0] == left:
            runs[-1][1].append(glyph)
        else:
            runs.append((left, [glyph]))
    return reversed(runs) if leftward else iter(runs)


def _with_partners(glyphs: Sequence[Glyph], turned: str) -> str:
    """The text with each bracket of what runs to the left as it is meant: fonts name some by their look. Of the two
    readings the one whose brackets open before they close is meant."""
    plain = [glyph.char for glyph in glyphs]
    mirrored = [char.translate(_MIRROR) if way == "<" else char for char, way in zip(plain, turned, strict=True)]
    best = min((plain, mirrored), key=_loose)
    return "".join(best)


def _loose(chars: Sequence[str]) -> int:
    """How many brackets close what is not open, or stay open."""
    depth = loose = 0
    for char in chars:
        if char in _OPENS:
            depth += 1
        elif char in _CLOSES:
            loose += depth == 0
            depth = max(0, depth - 1)
    return loose + depth

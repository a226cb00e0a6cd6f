"""Raised and lowered numbers outside of mathematics: in chemical formulas, charges and units, and after numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import groupby

from notegen.extract.document import Maths
from notegen.extract.text.marks import Mark
from notegen.extract.text.maths import POWERS_OF

_PREFIX = r"(?:da|[YZEPTGMkhdcmµμunpfazy])?"
_SYMBOL = r"(?:mol|min|eV|cd|Hz|Pa|Wb|Bq|Gy|Sv|kat|rad|sr|ft|yd|px|[mgsAKNJWCVFΩSTHLlhtb])"
UNIT = rf"{_PREFIX}{_SYMBOL}"
"""Symbols of the International System of Units (SI brochure, tables 2 to 8), and others that have powers."""
_MEASURE = re.compile(rf"\d[\s\u00a0\u2009]?(?:{UNIT}(?:[−–-]?\d)?[\s\u00a0\u2009·⋅/]{{1,2}}){{0,4}}{UNIT}$")
_POWER = re.compile(r"[23]|[−–-][1-4]")
_COMPOUND = re.compile(r"(?<![^\W\d_])(?:[A-Z][a-z]?\d{0,3}|[)\]]\d{0,3})+$")
_CHARGE = re.compile(r"\d{0,2}[+−–-]")
_LOWERED = re.compile(r"\d{1,3}(?:\.\d)?")
_OPERATORS = "=×+−·<>≈≤≥/^∗*√"
_DECADE = re.compile(r"(?<!\d)\d{2,4}['’]?s$")
_NUMBER = re.compile(r"(?<![\w.,])\d[\d.,\u00a0\u2009]*$")
_NO_BASE = re.compile(r"1\d{3}|20\d{2}|\d+[.,]\d+|\d{1,3}(?:[., \u00a0\u2009]\d{3})+")
"""A year, a decimal, a number with groups of thousands."""
_REACH = 48
"""Characters before a script that are looked at."""


def is_measured(before: str) -> bool:
    """Whether the text ends with a number and its unit, so that a number above its end is a power."""
    before = before[-_REACH:]
    return bool(_MEASURE.search(before)) and not _DECADE.search(before)


def find(text: str, marks: Sequence[Mark], taken: Sequence[Maths]) -> Iterator[Maths]:
    """The scripts whose meaning is certain, outside of the formulas `taken`. marks: one for each character of text.

    A number is lowered in a chemical formula and the like, and raised as a charge or as the power of a unit: what else
    is raised may be the mark of a footnote.
    """
    inside = {i for maths in taken for i in range(maths.start - 1, maths.end + 1)}
    for start, end in _raised_or_lowered(marks):
        if end == start or inside & {*range(start, end)} or not _is_joint(text, marks, start, end):
            continue
        levels = [(level, "".join(text[i] for i in run)) for level, run in _by_level(marks, start, end)]
        if len({level for level, _ in levels}) == len(levels) and _is_certain(text[:start][-_REACH:], levels):
            yield Maths(start=start, end=end, tex="".join(_tex(level, script) for level, script in levels))


def _raised_or_lowered(marks: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    for is_script, run in groupby(range(len(marks)), key=lambda i: marks[i].level != 0):
        if is_script:
            places = list(run)
            yield places[0], places[-1] + 1


def _by_level(marks: Sequence[Mark], start: int, end: int) -> Iterator[tuple[int | None, list[int]]]:
    for level, run in groupby(range(start, end), key=lambda i: marks[i].level):
        yield level, list(run)


def _is_joint(text: str, marks: Sequence[Mark], start: int, end: int) -> bool:
    """Whether the page's text layer has the script between its neighbours, and no digit follows."""
    return start > 0 and all(mark.joint for mark in marks[start : end + 1]) and not text[end : end + 1].isdigit()


def _is_certain(before: str, levels: Sequence[tuple[int | None, str]]) -> bool:
    for level, script in levels:
        if level == -1:
            sure = bool(_LOWERED.fullmatch(script) and _COMPOUND.search(before))
        elif level == 1:
            is_charge = bool(_CHARGE.fullmatch(script) and _COMPOUND.search(before))
            sure = is_charge or bool(_POWER.fullmatch(script) and is_measured(before))
        else:
            sure = False
        if not sure:
            return False
        before += script
    return True


def _tex(level: int | None, script: str) -> str:
    return f"{'^' if level == 1 else '_'}{script if len(script) == 1 else f'{{{script}}}'}"


def is_mark_after_number(before: str, marks: Set[str], footnotes: Set[str]) -> bool:
    """Whether what is raised after a number is a footnote's mark and no power.

    marks: the numbers that are raised. footnotes: those that stand at the foot of the page. Years, decades, decimals
    and thousands have no powers in prose; another number has one unless the page has such a footnote.
    """
    if _DECADE.search(before):
        return True
    number = _NUMBER.search(before)
    if number is None or before[: number.start()].rstrip().endswith(tuple(_OPERATORS)):
        return False
    if number[0] in POWERS_OF:
        return False
    return marks <= footnotes or bool(_NO_BASE.fullmatch(number[0]))

"""The number before a title: "II.", "A.", "2.2.1", "1)"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[^\W\d_]|[\"“«(])")
_APPENDIX = re.compile(r"([A-Z])\.(\d{1,2}(?:\.\d{1,2})*)\.?\s+(?=[^\W\d_])")
_ROMAN = re.compile(r"([IVX]{1,6})[.:]\s+(?=[^\W\d_])")
_LETTER = re.compile(r"([A-Z])\.\s+(?=[^\W\d_])")
_BRACKET = re.compile(r"(\d{1,2}|[a-z])\)\s+(?=[^\W\d_])")
ROMANS = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split()

Kind = Literal["roman", "letter", "decimal", "bracket"]
_DEPTHS: Mapping[Kind, int] = {"roman": 1, "letter": 2, "bracket": 3}


@dataclass(frozen=True, slots=True)
class Number:
    """The number before a title: "2.1" is (decimal, (2, 1))."""

    kind: Kind
    parts: tuple[int, ...]

    @property
    def depth(self) -> int:
        return len(self.parts) if self.kind == "decimal" else _DEPTHS[self.kind]

    def follows(self, other: Number) -> bool:
        """Whether it is the next one in the count."""
        return self.parts[:-1] == other.parts[:-1] and self.parts[-1] == other.parts[-1] + 1

    def begins(self, other: Number | None) -> bool:
        """Whether it is the first of a new count: "A" again, "3.1" after "2.4"."""
        return self.parts[-1] == 1 and (other is None or self.kind != "decimal" or self.parts > other.parts)


def numbers_of(text: str) -> list[Number]:
    """What the number before a title may be: "I." and "V." are Roman or letters."""
    if found := _APPENDIX.match(text):
        return [Number("decimal", (100 + ord(found[1]), *map(int, found[2].split("."))))]
    if found := _DECIMAL.match(text):
        return [Number("decimal", tuple(map(int, found[1].split("."))))]
    if found := _BRACKET.match(text):
        return [Number("bracket", (int(found[1]) if found[1].isdecimal() else ord(found[1]) - ord("a") + 1,))]
    numbers = []
    if (found := _ROMAN.match(text)) and found[1] in ROMANS:
        numbers.append(Number("roman", (ROMANS.index(found[1]) + 1,)))
    if found := _LETTER.match(text):
        numbers.append(Number("letter", (ord(found[1]) - ord("A") + 1,)))
    return numbers

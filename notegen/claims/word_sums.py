"""Sums of words that a text states ("king − man + woman ≈ queen"): what an encoder can measure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = r"[^\W\d_]{2,30}"
_SUM = re.compile(
    rf"\b({_WORD})(?:\s+[-–]\s+|\s*−\s*)({_WORD})\s*\+\s*({_WORD})"
    rf"\s*(?:=|≈|≃|→|->|~|is close to|gives|ergibt|donne)\s*({_WORD})\b"
)
_TEX = re.compile(r"\\(?:text|mathrm|mathbf|vec|vector)\{[^{}]*\}|\\approx|vec(?:tor)?\(|[()\"“”{}$\\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordSum:
    """`plus - minus + also ≈ result`."""

    plus: str
    minus: str
    also: str
    result: str
    line: int

    @property
    def text(self) -> str:
        """As people write it."""
        return f"{self.plus} − {self.minus} + {self.also} ≈ {self.result}"

    @property
    def words(self) -> tuple[str, str, str, str]:
        """All four."""
        return self.plus, self.minus, self.also, self.result


def word_sums_in(lines: Sequence[str]) -> tuple[WordSum, ...]:
    """The sums of words of a text, each once."""
    found: dict[tuple[str, str, str, str], WordSum] = {}
    for number, line in enumerate(lines, 1):
        for match in _SUM.finditer(_TEX.sub(lambda each: "≈" if each[0] == "\\approx" else " ", line[:1_000])):
            one = WordSum(plus=match[1], minus=match[2], also=match[3], result=match[4], line=number)
            found.setdefault(one.words, one)
    return tuple(found.values())

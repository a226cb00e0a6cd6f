"""Counts of words that a text states ("(cat:1, dog:1)", "cat=2, dog=1"): their shares and how alike two of them are."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_PAIR = r"[^\W\d_][\w’'-]*\s*[:=]\s*\d+(?:\.\d+)?\s*%?"
_COUNTS = re.compile(rf"\(\s*(?P<pairs>{_PAIR}(?:\s*,\s*{_PAIR})+)\s*\)")
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»\n]{3,200})[\"”»]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
MAX_APART = 8
"""Lines between counts that are still about the same thing: a block of an example."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Names with numbers, as they stand in brackets."""

    text: str
    line: int
    numbers: tuple[tuple[str, float], ...]
    is_share: bool
    """They are percentages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a stated percentage of counts is, computed."""

    text: str
    line: int
    computed: tuple[tuple[str, float], ...]
    """Each name with its share, from 0 to 1."""
    is_right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """The cosine of two vectors of counts over the same names."""

    one: Counts
    other: Counts
    cosine: float

    @property
    def line(self) -> int:
        """Of the second one."""
        return self.other.line


@dataclass(frozen=True, slots=True, kw_only=True)
class Miscount:
    """A sentence whose words were counted, and what the counts leave out or have wrong."""

    sentence: str
    line: int
    counted: tuple[tuple[str, int], ...]
    """Every word of it with its count."""
    left_out: tuple[tuple[str, int], ...]
    wrong: tuple[str, ...]

    @property
    def counted_text(self) -> str:
        """The counts, with what each word is of all of them."""
        whole = sum(count for _, count in self.counted)
        return ", ".join(f"{word} {count} ({100 * count / whole:.0f} %)" for word, count in self.counted)


def counts_in(lines: Sequence[str]) -> tuple[Counts, ...]:
    """The counts of a text."""
    found = []
    for number, line in enumerate(lines, 1):
        for match in _COUNTS.finditer(line[:1_000]):
            pairs = [re.split(r"\s*[:=]\s*", pair.strip()) for pair in match["pairs"].split(",")]
            shares = [value.endswith("%") for _, value in pairs]
            if len(set(shares)) == 1 and len({name for name, _ in pairs}) == len(pairs):
                numbers = tuple((name, float(value.rstrip("% "))) for name, value in pairs)
                found.append(Counts(text=match[0], line=number, numbers=numbers, is_share=shares[0]))
    return tuple(found)


def shares_of(counts: Sequence[Counts]) -> tuple[Share, ...]:
    """For each list of percentages that follows counts of the same names: what they are."""
    found = []
    for claim in (each for each in counts if each.is_share):
        base = next((each for each in reversed(counts) if not each.is_share and _are_near(each, claim)), None)
        if base is None or _names(base) != _names(claim):
            continue
        whole = math.fsum(value for _, value in base.numbers)
        if not whole:
            continue
        right = {name: value / whole for name, value in base.numbers}
        is_right = all(abs(100 * right[name] - value) <= 0.51 for name, value in claim.numbers)
        found.append(Share(text=claim.text, line=claim.line, computed=tuple(right.items()), is_right=is_right))
    return tuple(found)


def likenesses_of(counts: Sequence[Counts]) -> tuple[Likeness, ...]:
    """The cosine of each two neighbouring counts of the same names."""
    found = []
    plain = [each for each in counts if not each.is_share]
    for one, other in pairwise(plain):
        if _names(one) != _names(other) or not (one.line == other.line or _are_near(one, other)):
            continue
        a, b = dict(one.numbers), dict(other.numbers)
        lengths = math.hypot(*a.values()) * math.hypot(*b.values())
        if lengths:
            found.append(Likeness(one=one, other=other, cosine=math.fsum(a[name] * b[name] for name in a) / lengths))
    return tuple(found)


def miscounts_in(lines: Sequence[str], counts: Sequence[Counts]) -> tuple[Miscount, ...]:
    """Sentences in quotation marks that stand on one line with the counts of their words."""
    found = []
    for each in counts:
        line = lines[each.line - 1]
        quoted = _QUOTED.findall(line[: line.find(each.text)])
        if each.is_share or not quoted:
            continue
        counted = Counter(word.casefold() for word in _WORD.findall(quoted[-1]))
        told = {name.casefold(): value for name, value in each.numbers}
        if not set(told) <= set(counted):
            continue
        left_out = tuple((word, count) for word, count in counted.items() if word not in told)
        wrong = tuple(name for name, value in told.items() if counted[name] != value)
        if left_out or wrong:
            found.append(
                Miscount(
                    sentence=quoted[-1], line=each.line, counted=tuple(counted.items()), left_out=left_out, wrong=wrong
                )
            )
    return tuple(found)


def _names(counts: Counts) -> frozenset[str]:
    return frozenset(name for name, _ in counts.numbers)


def _are_near(one: Counts, other: Counts) -> bool:
    return 0 <= other.line - one.line <= MAX_APART

"""Sums that a text states ("0.8^13 = 0.055", "50K × 768 = 38.4M", "[1, 2] × [3, 4] = [3, 8]"), computed again.

Only what is all numbers is computed: an operand that is a word alone ("Error × 0.8") makes a line one of no sum. Words
beside a number are its unit or its name.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Value = tuple[float, ...]
"""A number, or the numbers of a vector."""

MAX_LINE = 400
"""Characters of a line that is looked at: a sum is short."""
_SCALES = "thousand|million|billion|tausend|millionen|milliarden|mille|millions|milliards|mil|millones|milioni|milhões"
_SUFFIXES = {
    "k": 1e3, "thousand": 1e3, "tausend": 1e3, "mille": 1e3, "mil": 1e3, "m": 1e6, "million": 1e6, "millionen": 1e6,
    "millions": 1e6, "millones": 1e6, "milioni": 1e6, "milhões": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9,
    "milliarden": 1e9, "milliards": 1e9, "%": 0.01,
}  # fmt: skip
_NUMBER = r"\d+(?:[,’']\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_TOKEN = re.compile(
    rf"(?P<vector>\[\s*[-−]?\d+(?:\.\d+)?(?:\s*,\s*[-−]?\d+(?:\.\d+)?)+\s*\])"
    rf"|(?P<number>{_NUMBER})(?P<suffix>\s?%|(?:bn|[kKMB])(?!\w)|\s(?:{_SCALES})(?!\w))?"
    r"|(?P<power>\^|\*\*)|(?P<times>[×·*]|(?<=[\d\s\])])x(?=[\d\s\[(]))|(?P<over>[÷/])|(?P<plus>\+)|(?P<minus>[-−–](?=\s|\d|\[))"
    r"|(?P<open>\()|(?P<close>\))|(?P<word>[^\W\d_][\w’'-]*)|(?P<other>\S)"
)
_EQUALS = re.compile(r"\s*(?:=|≈|≃|~=)\s*")
_OPERATORS: dict[str, tuple[int, Callable[[float, float], float]]] = {
    "plus": (1, operator.add),
    "minus": (1, operator.sub),
    "times": (2, operator.mul),
    "over": (2, operator.truediv),
    "power": (3, operator.pow),
}
_BULLET = re.compile(r"^[\s>]*(?:[-*+•]\s+)?")
_MARKS = re.compile(r"[*_`]{2,}|`|[\"“”„«»]")
MAX_POWER = 1_000
_LARGEST = 1e15


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """One stated sum."""

    text: str
    """As it is written, the left side and the claimed result."""
    line: int
    claimed: Value
    value: Value
    """As computed."""
    is_right: bool
    """The claim is the value, rounded to the digits that it has."""

    @property
    def shown(self) -> str:
        """The value in as many digits as tell it."""
        numbers = [f"{each:.4g}" if abs(each) < 1e4 else f"{each:,.0f}" for each in self.value]
        return numbers[0] if len(numbers) == 1 else f"[{', '.join(numbers)}]"


def sums_in(lines: Sequence[str]) -> tuple[Sum, ...]:
    """The sums of a text, by line."""
    return tuple(each for number, line in enumerate(lines, 1) for each in _sums(line[:MAX_LINE], number))


def _sums(line: str, number: int) -> Iterator[Sum]:
    sides = _EQUALS.split(_MARKS.sub("", _BULLET.sub("", line)))
    for left, right in pairwise(sides):
        left = re.split(r"[:;]\s|→|⇒|(?<=\w)\.\s", left)[-1]
        claimed = _leading(right)
        value = _evaluated(left)
        if claimed is None or value is None or len(claimed[0]) != len(value):
            continue
        written, digits = claimed[1], claimed[2]
        rights = [_is_close(one, other, each) for one, other, each in zip(claimed[0], value, digits, strict=True)]
        yield Sum(
            text=" ".join(f"{left.strip()} = {written}".split()),
            line=number,
            claimed=claimed[0],
            value=value,
            is_right=all(rights),
        )


def _leading(text: str) -> tuple[Value, str, list[float]] | None:
    """(the number or vector that a text begins with, as written, half a unit of each of its last digits)."""
    found = re.match(r"[~≈\s]*", text)
    start = found.end() if found else 0
    sign = -1.0 if text[start : start + 1] in ("-", "−") else 1.0
    token = _TOKEN.match(text, start + (sign < 0))
    if not token or not (token["vector"] or token["number"]):
        return None
    written = text[start : token.end()].strip()
    if token["vector"]:
        pieces = re.findall(r"[-−]?\d+(?:\.\d+)?", token["vector"])
        halves = [0.5 * 10.0 ** -len(piece.partition(".")[2]) for piece in pieces]
        return tuple(float(piece.replace("−", "-")) for piece in pieces), written, halves
    scale = _SUFFIXES.get((token["suffix"] or "").strip().lower(), 1.0)
    half = 0.5 * scale * 10.0 ** -len(token["number"].partition(".")[2])
    if scale == 1.0 and "." not in token["number"] and text[:start].strip():
        half *= 10.0 ** (len(token["number"]) - len(token["number"].rstrip("0")))
    return (sign * _plain(token["number"]) * scale,), written, [half]


def _is_close(claimed: float, value: float, half: float) -> bool:
    return abs(claimed - value) <= half * 1.02 + 1e-9 * abs(value)


def _plain(text: str) -> float:
    return float(re.sub(r"[,’']", "", text))


def _evaluated(text: str) -> Value | None:
    """The value of an expression with at least one operation; None where it is none."""
    try:
        parser = _Expression([(match.lastgroup or "", match) for match in _TOKEN.finditer(text)])
        value = parser.whole()
    except (_NoSumError, OverflowError, ZeroDivisionError):
        return None
    finite = all(math.isfinite(each) and abs(each) < _LARGEST for each in value)
    return value if parser.operations and finite else None


class _NoSumError(Exception):
    """The text is no expression of numbers."""


class _Expression:
    """Precedence climbing over the tokens of one side."""

    def __init__(self, tokens: list[tuple[str, re.Match[str]]]) -> None:
        self.tokens = tokens
        self.at = 0
        self.operations = 0

    def whole(self) -> Value:
        value = self.climb(1)
        if self.at < len(self.tokens):
            raise _NoSumError
        return value

    def kind(self) -> str:
        if self.at >= len(self.tokens):
            return ""
        kind, match = self.tokens[self.at]
        return "number" if kind == "suffix" or match["number"] else kind

    def climb(self, least: int) -> Value:
        left = self.operand()
        while (kind := self.kind()) in _OPERATORS and _OPERATORS[kind][0] >= least:
            level, combine = _OPERATORS[kind]
            self.at += 1
            right = self.climb(level if kind == "power" else level + 1)
            left = _combined(left, right, combine)
            self.operations += 1
        return left

    def operand(self) -> Value:
        """A number, a vector or brackets, with the words beside it."""
        self.words()
        kind = self.kind()
        sign = 1.0
        if kind == "minus":
            self.at += 1
            sign, kind = -1.0, self.kind()
        if kind == "open":
            self.at += 1
            value = self.climb(1)
            if self.kind() != "close":
                raise _NoSumError
            self.at += 1
        elif kind in ("number", "vector"):
            match = self.tokens[self.at][1]
            self.at += 1
            if match["vector"]:
                value = tuple(float(each.replace("−", "-")) for each in re.findall(r"[-−]?\d+(?:\.\d+)?", match[0]))
            else:
                value = (_plain(match["number"]) * _SUFFIXES.get((match["suffix"] or "").strip().lower(), 1.0),)
        else:
            raise _NoSumError
        self.words()
        return tuple(sign * each for each in value)

    def words(self) -> None:
        while self.kind() == "word":
            self.at += 1


def _combined(left: Value, right: Value, combine: Callable[[float, float], float]) -> Value:
    """Number with number, vector with vector place by place, number with each of a vector."""
    if len(left) == 1:
        left = left * len(right)
    if len(right) == 1:
        right = right * len(left)
    is_huge = combine is operator.pow and max(map(abs, right)) > MAX_POWER
    if len(left) != len(right) or is_huge:
        raise _NoSumError
    found = tuple(combine(one, other) for one, other in zip(left, right, strict=True))
    if any(isinstance(each, complex) for each in found):
        raise _NoSumError
    return found

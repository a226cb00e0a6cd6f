"""Tables of attention or softmax weights that somebody made up, or that follow from scores beside them: recomputed.

Two forms are known: a grid in which each word looks at each word, whose rows are to sum to 1, and a list of one word's
weights, which sum to 1 where it names all of them. Where a list has a column of scores too, their softmax is computed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

_NUMBER = re.compile(r"[-+−]?\d+(?:[.,]\d+)?\s*%?")
_ABOUT_WEIGHTS = re.compile(
    r"attention|attend|softmax|\bweights?\b|aufmerksamkeit|gewicht|atención|\bpes[oi]s?\b|attenzione|atenção|poids",
    re.IGNORECASE,
)
_SOFTMAX = re.compile(r"softmax|normali[sz]|gewicht|weight|poids|peso", re.IGNORECASE)
_SCORES = re.compile(r"q\s*[·.*×]\s*k|\bdot\b|\blogits?\b|\braw\b|\bscores?\b|skalar", re.IGNORECASE)
_QUOTED_WORD = re.compile(r"[\"“'‘`]([^\W\d_]+)[\"”'’`]")
_WORD = re.compile(r"[^\W\d_]+")
_TOTAL = re.compile(r"^\W*(?:total|sum|summe|gesamt|somme|totale|suma|soma|Σ)\b", re.IGNORECASE)
_OTHERS = re.compile(r"^\W*(?:others?|rest|remaining|andere|autres?|otr[oa]s|altri|outros)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSum:
    """What the weights of one word sum to."""

    label: str
    total: float
    is_one: bool
    """Within what rounding each of them can do."""
    row: int = 0
    """Of the table, from 1 below its header; 0 for a column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftmaxWeight:
    """A weight that is said to follow from a score."""

    word: str
    score: str
    claimed: str
    """As the table has it."""
    value: float
    """As it follows."""

    @property
    def is_wrong(self) -> bool:
        """It is not what follows, rounded to the digits that the table has."""
        claimed = number(self.claimed)
        return claimed is None or abs(claimed - self.value) > _slack([self.claimed])


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightTable:
    """A table of weights, computed again."""

    sums: tuple[RowSum, ...]
    """Of rows whose numbers are all there."""
    computed: tuple[SoftmaxWeight, ...] = ()
    """Where weights are said to follow from scores."""
    claimed_total: str = ""
    """The sum as the table claims it."""
    total: float = 0.0
    """What the claimed weights really sum to, where a total is claimed."""
    named: float | None = None
    """What the weights sum to that are told, where some are not; None where all are."""
    column: int | None = None
    """Of the weights in a list; None for a grid."""
    totals: tuple[int, ...] = ()
    """Rows, from 1, that state a total."""
    words: tuple[str, ...] = field(default=())
    """Whose weights these are, as far as the table names them."""

    focus: tuple[str, ...] = field(default=())
    """Words that the header quotes or that are alone in it: the one whose weights these may be."""

    def rows(self, header: Sequence[str]) -> list[Sequence[str]]:
        """What was computed, as a table under a header of four cells."""
        return [header, *((each.word, each.score, each.claimed, f"{each.value:.3f}") for each in self.computed)]

    @property
    def wrong(self) -> int:
        """How many rows do not sum to 1, or are not what follows from the scores."""
        differ = sum(each.is_wrong for each in self.computed)
        return differ or sum(not each.is_one for each in self.sums)


def weight_table(rows: Sequence[Sequence[str]], context: str) -> WeightTable | None:
    """The table, computed again; None for a table of something else. rows: plain cells, the first row is the header.
    context: the words around it (its heading, the paragraph before it), which may say that these are weights."""
    if len(rows) < 2:
        return None
    header = " ".join(rows[0])
    if not (_ABOUT_WEIGHTS.search(header) or _ABOUT_WEIGHTS.search(context)):
        return None
    return _grid(rows) or _list(rows)


def number(cell: str) -> float | None:
    """The number of a cell that holds one and nothing else; a percentage as a share."""
    text = cell.strip().strip("*_`≈~ ")
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text.rstrip("% ").replace("−", "-").replace(",", "."))
    return value / 100 if text.endswith("%") else value


def _grid(rows: Sequence[Sequence[str]]) -> WeightTable | None:
    """Of words that look at words: the header names them again."""
    names = [_name(cell) for cell in rows[0][1:]]
    labels = [_name(row[0]) for row in rows[1:] if row]
    if len(names) < 2 or not labels or not set(labels) <= set(names):
        return None
    sums = [
        replace(found, row=at)
        for at, row in enumerate(rows[1:], 1)
        if (found := _row_sum(row[0], row[1 : len(names) + 1]))
    ]
    return WeightTable(sums=tuple(sums), words=tuple(names)) if sums else None


def _row_sum(label: str, cells: Sequence[str]) -> RowSum | None:
    values = [number(cell) for cell in cells]
    known = [value for value in values if value is not None]
    if len(known) != len(values) or not all(0 <= value <= 1 for value in known):
        return None
    total = math.fsum(known)
    return RowSum(label=_name(label), total=total, is_one=abs(total - 1) <= _slack(cells))


def _slack(cells: Sequence[str]) -> float:
    """How far rounding can move a sum of these cells: half a unit of the last digit of each."""
    halves = []
    for cell in cells:
        digits = len(cell.strip().strip("*_`≈~ %").replace(",", ".").partition(".")[2]) + 2 * ("%" in cell)
        halves.append(0.5 * 10.0**-digits)
    return math.fsum(halves) + 1e-9


def _list(rows: Sequence[Sequence[str]]) -> WeightTable | None:
    """Of the weights that one word gives: one column of them, perhaps one of the scores that they follow from."""
    body = [row for row in rows[1:] if not _TOTAL.match(_bare(row[0]))]
    totals = [row for row in rows[1:] if _TOTAL.match(_bare(row[0]))]
    columns = [at for at in range(1, len(rows[0])) if body and all(number(row[at]) is not None for row in body)]
    named = [at for at in range(1, len(rows[0])) if any(number(row[at]) is not None for row in body)]
    weights = _weights_column(rows[0], body, columns or named)
    if weights is None:
        return None
    cells = [row[weights] for row in body]
    scores = next((at for at in columns if at != weights and _SCORES.search(rows[0][at])), None)
    whole = _row_sum(rows[0][weights], cells)
    claimed = _bare(totals[0][weights]) if totals else ""
    return WeightTable(
        sums=(whole,) if whole else (),
        computed=_softmax(body, scores, weights) if scores is not None and len(body) > 1 else (),
        claimed_total=claimed,
        column=weights,
        totals=tuple(at for at, row in enumerate(rows) if at and _TOTAL.match(_bare(row[0]))),
        total=whole.total if whole else 0.0,
        named=None if whole else math.fsum(value for cell in cells if (value := number(cell)) is not None),
        words=tuple(_name(row[0]) for row in body if not _OTHERS.match(_bare(row[0]))),
        focus=tuple(_QUOTED_WORD.findall(" ".join(rows[0]))) or tuple(_WORD.findall(rows[0][0])),
    )


def _weights_column(header: Sequence[str], body: Sequence[Sequence[str]], columns: Sequence[int]) -> int | None:
    """The last column of shares; one that is called weights or softmax goes before others."""
    shares = [
        at for at in columns if all(0 <= value <= 1 for row in body if (value := number(row[at])) is not None)
    ]  # fmt: skip
    called = [at for at in shares if _SOFTMAX.search(header[at]) or _ABOUT_WEIGHTS.search(header[at])]
    return called[-1] if called else shares[-1] if shares else None


def _softmax(body: Sequence[Sequence[str]], scores: int, weights: int) -> tuple[SoftmaxWeight, ...]:
    values = [number(row[scores]) or 0.0 for row in body]
    powers = [math.exp(value - max(values)) for value in values]
    whole = math.fsum(powers)
    return tuple(
        SoftmaxWeight(word=_name(row[0]), score=_bare(row[scores]), claimed=_bare(row[weights]), value=power / whole)
        for row, power in zip(body, powers, strict=True)
    )


def _bare(cell: str) -> str:
    return cell.strip("*_` ")


def _name(cell: str) -> str:
    """A word as a table writes it, without its quotation marks and number: “"She" (0)” is She."""
    text = re.sub(r"\s*\(\d+\)\s*$", "", cell.strip().strip("*_` "))
    return text.strip("\"'“”‘’`«» ")

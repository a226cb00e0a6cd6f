"""Numbers of a model's table that claim to follow from others are computed again: sums, products, dot products, cosines
and softmax weights. A wrong one is replaced."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

_NUMBER = re.compile(r"[-+−]?\d+(?:[,’']\d{3})*(?:\.\d+)?")
_VECTOR = re.compile(r"^[\[(]\s*([-+−]?\d+(?:\.\d+)?(?:\s*[,;]\s*[-+−]?\d+(?:\.\d+)?)+)\s*[\])]$")
_TOTAL = re.compile(r"^(?:sum|total|in total|Σ|summe|gesamt|somme)\b", re.IGNORECASE)
_PRODUCT = re.compile(r"\bproduct\b|[×·*]", re.IGNORECASE)
_DOT = re.compile(r"\bdot\b", re.IGNORECASE)
_COSINE = re.compile(r"\bcos(?:ine)?\b", re.IGNORECASE)
_SOFTMAX = re.compile(r"\bsoftmax\b", re.IGNORECASE)

Rows = list[list[str]]


def recompute(rows: Sequence[Sequence[str]]) -> tuple[tuple[tuple[str, ...], ...], int]:
    """(the rows with every claimed result right, how many were wrong). The first row is the header."""
    table = [list(row) for row in rows]
    wrong = 0
    for column, title in enumerate(table[0]):
        for claims, results in _KINDS:
            if claims(title, table):
                wrong += _set(table, column, results(table, column))
                break
    wrong += _totals(table)
    return tuple(map(tuple, table)), wrong


def number(cell: str) -> float | None:
    """The cell's number, when it is one and nothing else."""
    text = cell.strip()
    value = float(re.sub(r"[,’']", "", text).replace("−", "-")) if _NUMBER.fullmatch(text) else math.inf
    return value if math.isfinite(value) else None


def _vector(cell: str) -> list[float] | None:
    match = _VECTOR.match(cell.strip())
    return [float(each.strip().replace("−", "-")) for each in re.split("[,;]", match[1])] if match else None


Results = list[float | None]
"""For each row under the header what its cell should say; None where that cannot be told."""


def _sums(table: Rows, column: int) -> Results:
    return [_of_numbers(row, column, math.fsum) for row in table[1:]]


def _products(table: Rows, column: int) -> Results:
    return [_of_numbers(row, column, math.prod) for row in table[1:]]


def _of_numbers(row: list[str], column: int, combine: Callable[[list[float]], float]) -> float | None:
    values = [value for at, cell in enumerate(row) if at != column and (value := number(cell)) is not None]
    return combine(values) if len(values) >= 2 else None


def _dots(table: Rows, column: int) -> Results:
    return [_of_vectors(row, _dot) for row in table[1:]]


def _cosines(table: Rows, column: int) -> Results:
    def cosine(a: list[float], b: list[float]) -> float:
        lengths = math.hypot(*a) * math.hypot(*b)
        return _dot(a, b) / lengths if lengths else math.nan

    return [_of_vectors(row, cosine) for row in table[1:]]


def _dot(a: list[float], b: list[float]) -> float:
    return math.fsum(x * y for x, y in zip(a, b, strict=True))


def _of_vectors(row: list[str], combine: Callable[[list[float], list[float]], float]) -> float | None:
    vectors = [vector for cell in row if (vector := _vector(cell)) is not None]
    return combine(*vectors) if len(vectors) == 2 and len(vectors[0]) == len(vectors[1]) else None


def _softmax(table: Rows, column: int) -> Results:
    """Of the one other column that has numbers alone."""
    others = [[number(row[at]) for row in table[1:]] for at in range(len(table[0])) if at != column]
    scores = [values for values in others if values and all(value is not None for value in values)]
    if len(scores) != 1:
        return [None] * (len(table) - 1)
    known = [value for value in scores[0] if value is not None]
    powers = [math.exp(value - max(known)) for value in known]
    return [power / math.fsum(powers) for power in powers]


_KINDS: tuple[tuple[Callable[[str, Rows], bool], Callable[[Rows, int], Results]], ...] = (
    (lambda title, table: bool(_SOFTMAX.search(title)), _softmax),
    (lambda title, table: bool(_COSINE.search(title)), _cosines),
    (lambda title, table: bool(_DOT.search(title)), _dots),
    (lambda title, table: bool(_TOTAL.match(title)), _sums),
    (lambda title, table: bool(_PRODUCT.search(title)), _products),
)


def _totals(table: Rows) -> int:
    """A last row that is called the sum."""
    if len(table) < 4 or not _TOTAL.match(table[-1][0].strip()):
        return 0
    wrong = 0
    for column in range(1, len(table[0])):
        values = [number(row[column]) for row in table[1:-1]]
        known = [value for value in values if value is not None]
        if known and len(known) == len(values):
            wrong += _correct(table[-1], column, math.fsum(known))
    return wrong


def _set(table: Rows, column: int, results: Results) -> int:
    rows = table[1:]
    return sum(
        _correct(row, column, result)
        for row, result in zip(rows, results, strict=True)
        if result is not None and not _TOTAL.match(row[0].strip())
    )


def _correct(row: list[str], column: int, result: float) -> bool:
    """Put the result into its cell unless the cell says it already, as precisely as it is written."""
    written = number(row[column])
    if written is None or not math.isfinite(result):
        return False
    digits = len(row[column].partition(".")[2])
    if abs(written - result) <= 0.51 * 10**-digits + 1e-9 * abs(result):
        return False
    row[column] = f"{result:.{max(digits, 0 if result == round(result) else 2)}f}"
    return True

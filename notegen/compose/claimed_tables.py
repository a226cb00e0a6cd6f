"""Tables of others as a note shows them: what does not add up is marked in its cell, so that nobody reads past it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from notegen.claims.weights import WeightTable, number
from notegen.draft.model.recompute import recompute
from notegen.markdown.foreign import Block, Span, plain

Cells = tuple[tuple[Span, ...], ...]


def rows_of(block: Block) -> list[list[str]]:
    """The plain cells of a table, short rows filled up."""
    rows = [[plain(cell) for cell in row] for row in block.rows]
    width = max(len(row) for row in rows)
    return [row + [""] * (width - len(row)) for row in rows]


def marked(block: Block, weights: WeightTable | None, invented: str) -> Block:
    """The table with wrong cells marked. weights: what was computed of it, where it is one of weights.
    invented: the word for it, in the language of the note."""
    if weights is None:
        return _with_results(block)
    if not weights.wrong:
        return block
    return replace(block, rows=tuple(_marked(row, at, weights, invented) for at, row in enumerate(block.rows)))


def _marked(row: Cells, at: int, weights: WeightTable, invented: str) -> Cells:
    if not at or not row:
        return row
    if weights.column is None:  # a grid: each row has a sum of its own
        wrong = [each for each in weights.sums if not each.is_one and each.row == at]
        return (_with(row[0], f" Σ {wrong[0].total:.2f} ", invented), *row[1:]) if wrong else row
    cells = list(row)
    if weights.column < len(cells) and (number(plain(cells[weights.column])) is not None or at in weights.totals):
        cells[weights.column] = _with(cells[weights.column], " ", invented)
    return tuple(cells)


def _with_results(block: Block) -> Block:
    """The table with the right result beside each wrong one (sums, products, cosines)."""
    before = rows_of(block)
    after, wrong = recompute(before)
    if not wrong:
        return block
    rows = []
    for cells, old, new in zip(block.rows, before, after, strict=True):
        changed = [
            _with(cell, f" → {two}") if one != two else cell for cell, one, two in zip(cells, old, new, strict=False)
        ]
        rows.append(tuple(changed))
    return replace(block, rows=tuple(rows))


def _with(cell: Sequence[Span], text: str, marked: str = "") -> tuple[Span, ...]:
    """The cell with a text behind it, and a word in italics."""
    return (*cell, Span(text), *([Span(marked, frozenset({"em"}))] if marked else []))

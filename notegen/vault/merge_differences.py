"""Two texts without a common base: where the one says something else or more than the other, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from notegen.vault.merge_align import align
from notegen.vault.merge_marks import with_marks
from notegen.vault.merge_sentences import Hunk
from notegen.vault.merge_units import Unit, seam, units


def differences(mine: str, new: str) -> tuple[Hunk, ...]:
    """What of `new` could stand in `mine`, each hunk with its place there. What `mine` has alone is no hunk, and no
    hunk takes it away. Both with LF and without blank lines around them."""
    own, other = units(mine), units(new)
    starts = [*accumulate((len(unit.raw + unit.gap) for unit in own), initial=0)]
    return tuple(_hunk(run, own, other, starts) for run in _runs(_cells(own, other)))


@dataclass(frozen=True, slots=True)
class _Cell:
    """One unit of the new text. place: the unit of the other that it stands for, or before which it comes in."""

    new: int
    place: int
    comes_in: bool


def _cells(own: Sequence[Unit], other: Sequence[Unit]) -> Iterator[_Cell]:
    aligned = align(own, other)
    known = {unit.key for unit in own}
    for place in range(len(own) + 1):
        yield from (_Cell(each, place, True) for each in aligned.before[place] if other[each].key not in known)
        there = aligned.at[place] if place < len(own) else None
        if there is not None and own[place].key != other[there].key not in known:
            yield _Cell(there, place, not aligned.alike[place])


def _runs(cells: Iterator[_Cell]) -> Iterator[list[_Cell]]:
    """Cells that follow each other in both texts."""
    run: list[_Cell] = []
    for cell in cells:
        if run and (cell.new != run[-1].new + 1 or cell.place != run[-1].place + (not run[-1].comes_in)):
            yield run
            run = []
        run.append(cell)
    if run:
        yield run


def _hunk(run: Sequence[_Cell], own: Sequence[Unit], other: Sequence[Unit], starts: Sequence[int]) -> Hunk:
    first, last = run[0], run[-1]
    text = "".join(_raw(each, own, other) + (other[each.new].gap if each is not last else "") for each in run)
    end = starts[last.place] + (0 if last.comes_in else len(own[last.place].raw))
    if last.comes_in and last.place < len(own):
        text += seam(other[last.new], own[last.place])
    if first.comes_in and first.place:
        above = own[first.place - 1]
        text = ("" if above.gap else seam(above, other[first.new])) + text
    return Hunk(starts[first.place], end, text)


def _raw(cell: _Cell, own: Sequence[Unit], other: Sequence[Unit]) -> str:
    """The new unit, with the marks that the learner left on the one for which it stands."""
    new = other[cell.new].raw
    return new if cell.comes_in else with_marks(new, own[cell.place].raw, new) or new

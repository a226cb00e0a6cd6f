"""Which piece of one text is which piece of a later version of it, and what is new there or gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from notegen.vault.merge_units import Unit, likeness

ALIKE = 0.5
"""Two units are versions of one where half of their words are the same."""
_MOST_COMPARED = 10_000
"""Pairs of units that are compared by their words; a stretch with more is paired in order only."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A later version held against the earlier one."""

    at: tuple[int | None, ...]
    """Index in the earlier version → index in the later one; None: it is gone."""
    alike: tuple[bool, ...]
    """Whether those two say the same, by their words; else the one only stands where the other did."""
    before: tuple[tuple[int, ...], ...]
    """Indexes in the later version of what came in before each unit of the earlier one, and at its end."""


def align(earlier: Sequence[Unit], later: Sequence[Unit]) -> Aligned:
    """Pair what is equal, then what is alike in the order of the texts, then what alone is left between those."""
    at: list[int | None] = [None] * len(earlier)
    alike = [False] * len(earlier)
    before: list[list[int]] = [[] for _ in range(len(earlier) + 1)]
    same = {unit.raw for unit in earlier} & {unit.raw for unit in later}
    keys = [[unit.raw if unit.raw in same else unit.key for unit in text] for text in (earlier, later)]
    for kind, first, last, begin, end in _stretches(keys[0], keys[1]):
        if kind == "equal":
            at[first:last] = range(begin, end)
            alike[first:last] = [True] * (last - first)
        elif kind == "insert":
            before[first] += range(begin, end)
        elif kind == "replace":
            for here, there, is_alike in _paired(earlier[first:last], later[begin:end]):
                at[first + here] = begin + there
                alike[first + here] = is_alike
            taken = {place for place in at[first:last] if place is not None}
            slot = first
            for place in range(begin, end):
                if place in taken:
                    slot = at.index(place, first, last) + 1
                else:
                    before[slot].append(place)
    return Aligned(tuple(at), tuple(alike), tuple(map(tuple, before)))


def _stretches(earlier: Sequence[str], later: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """As `SequenceMatcher.get_opcodes`, but at once where what is in both is there once and in one order."""
    places = {key: place for place, key in enumerate(later)}
    common = [(place, places[key]) for place, key in enumerate(earlier) if key in places]
    met = {there for _, there in common}
    known = set(earlier)
    is_once = len(met) == len(common) == sum(key in known for key in later)
    if not is_once or any(one[1] > other[1] for one, other in pairwise(common)):
        yield from SequenceMatcher(None, earlier, later, autojunk=False).get_opcodes()
        return
    here = there = 0
    for next_here, next_there in (*common, (len(earlier), len(later))):
        if here < next_here or there < next_there:
            kind = "replace" if here < next_here and there < next_there else "delete" if here < next_here else "insert"
            yield kind, here, next_here, there, next_there
        if next_here < len(earlier):
            yield "equal", next_here, next_here + 1, next_there, next_there + 1
        here, there = next_here + 1, next_there + 1


def _paired(earlier: Sequence[Unit], later: Sequence[Unit]) -> Iterator[tuple[int, int, bool]]:
    """(index, index, whether they are alike) of units that were replaced, in order."""
    compared = len(earlier) * len(later)
    if compared == 1:
        yield 0, 0, likeness(earlier[0], later[0]) >= ALIKE
        return
    anchors = _alike(earlier, later) if compared <= _MOST_COMPARED else []
    here = there = 0
    for next_here, next_there in (*anchors, (len(earlier), len(later))):
        left = min(next_here - here, next_there - there)
        yield from ((here + each, there + each, False) for each in range(left))
        if next_here < len(earlier):
            yield next_here, next_there, True
        here, there = next_here + 1, next_there + 1


def _alike(earlier: Sequence[Unit], later: Sequence[Unit]) -> list[tuple[int, int]]:
    """The pairs of alike units in order whose squared likeness adds up to most (Needleman and Wunsch 1970): one close
    pair counts more than two poor ones."""
    width = len(later) + 1
    best = [[0.0] * width for _ in range(len(earlier) + 1)]
    for here in range(len(earlier) - 1, -1, -1):
        for there in range(len(later) - 1, -1, -1):
            most = max(best[here + 1][there], best[here][there + 1])
            if (shared := likeness(earlier[here], later[there])) >= ALIKE:
                most = max(most, shared**2 + best[here + 1][there + 1])
            best[here][there] = most
    pairs: list[tuple[int, int]] = []
    here = there = 0
    while here < len(earlier) and there < len(later) and best[here][there] > 0:
        if best[here][there] == best[here + 1][there]:
            here += 1
        elif best[here][there] == best[here][there + 1]:
            there += 1
        else:
            pairs.append((here, there))
            here, there = here + 1, there + 1
    return pairs

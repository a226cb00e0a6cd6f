"""What the vault's links say about a note: what similar notes link to, what links to it, and what lies near."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
NEIGHBOURS = 40
"""Similar notes that have a vote."""


def best_first(values: NDArray[Any], count: int, above: float = 0.0) -> NDArray[np.int64]:
    """Places of the highest values above another, at most `count`, highest first, of equal ones the first."""
    places = np.flatnonzero(values > above)
    if len(places) > count:
        least = np.partition(values[places], -count)[-count]
        places = places[values[places] >= least]
    return places[np.argsort(-values[places], kind="stable")][:count]


class LinkGraph:
    """The links between the notes of the vault, each pair of notes once."""

    def __init__(self, targets: Iterable[Iterable[int]]) -> None:
        """targets: of each note the notes that it links to."""
        lengths, flat = array("i"), array("i")
        for note, each in enumerate(targets):
            own = sorted({*each} - {note})
            lengths.append(len(own))
            flat.extend(own)
        counts = np.frombuffer(lengths, np.intc).astype(np.int64)
        self._first = np.concatenate([[0], np.cumsum(counts)])
        self._targets = np.frombuffer(flat, np.intc).astype(np.int64)
        self.size = len(counts)
        self.linked_from = np.bincount(self._targets, minlength=self.size)
        self._sources = np.repeat(np.arange(self.size), counts)
        self._back = self._sources[np.argsort(self._targets, kind="stable")]
        self._back_first = np.concatenate([[0], np.cumsum(self.linked_from)])
        self._degree = np.maximum(counts + self.linked_from, 1)

    def targets(self, note: int) -> NDArray[np.int64]:
        """The notes that a note links to."""
        return self._targets[self._first[note] : self._first[note + 1]]

    def sources(self, note: int) -> NDArray[np.int64]:
        """The notes that link to a note."""
        return self._back[self._back_first[note] : self._back_first[note + 1]]

    def votes(self, alike: Scores) -> Scores:
        """For each note the share of the similar notes' votes that it gets. alike: similarity of each note."""
        top = best_first(alike, NEIGHBOURS)
        votes = np.zeros(self.size, np.float64)
        for note in top:
            votes[self.targets(int(note))] += alike[note]
        total = float(alike[top].sum())
        return (votes / total if total else votes).astype(np.float32)

    def walk(self, start: Scores, steps: int = 8, stay: float = 0.3) -> Scores:
        """Personalised PageRank (Page et al. 1998; Haveliwala 2002): where a reader who sets out from `start` and
        follows links, either way, is found. stay: chance to go back to the start at each step."""
        total = float(start.sum())
        if not total:
            return np.zeros(self.size, np.float32)
        home = start / total
        here = home.astype(np.float64)
        for _ in range(steps):
            flow = here / self._degree
            moved = np.bincount(self._targets, flow[self._sources], minlength=self.size)
            moved += np.bincount(self._sources, flow[self._targets], minlength=self.size)
            here = stay * home + (1 - stay) * moved
        return here.astype(np.float32)

"""What the vault's links say about a note: what similar notes link to, what links to it, and what lies near."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
NEIGHBOURS = 40
"""Similar notes that have a vote."""


class LinkGraph:
    """The links between the notes of the vault, each pair of notes once."""

    def __init__(self, targets: Sequence[Sequence[int]]) -> None:
        """targets: of each note the notes that it links to."""
        self.size = len(targets)
        out = [
            np.unique(np.array(sorted({t for t in each if t != note}), np.int64)) for note, each in enumerate(targets)
        ]
        self._first = np.cumsum([0, *(len(each) for each in out)])
        self._targets = np.concatenate(out) if out else np.empty(0, np.int64)
        self._sources = np.repeat(np.arange(self.size), np.diff(self._first))
        self.linked_from = np.bincount(self._targets, minlength=self.size)
        order = np.argsort(self._targets, kind="stable")
        self._back = self._sources[order]
        self._back_first = np.searchsorted(self._targets[order], np.arange(self.size + 1))

    def targets(self, note: int) -> NDArray[np.int64]:
        """The notes that a note links to."""
        return self._targets[self._first[note] : self._first[note + 1]]

    def sources(self, note: int) -> NDArray[np.int64]:
        """The notes that link to a note."""
        return self._back[self._back_first[note] : self._back_first[note + 1]]

    def votes(self, alike: Scores) -> Scores:
        """For each note the share of the similar notes' votes that it gets. alike: similarity of each note."""
        top = np.argsort(-alike, kind="stable")[:NEIGHBOURS]
        top = top[alike[top] > 0]
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
        degree = np.maximum(np.diff(self._first) + self.linked_from, 1)
        for _ in range(steps):
            flow = here / degree
            moved = np.bincount(self._targets, flow[self._sources], minlength=self.size)
            moved += np.bincount(self._sources, flow[self._targets], minlength=self.size)
            here = stay * home + (1 - stay) * moved
        return here.astype(np.float32)

"""Which notes speak of the same things: TF-IDF over the vault's words (Spärck Jones 1972; Salton and Buckley 1988).

The index is three arrays sorted by term, so that a text is compared with every note by looking up its own terms only.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from notegen.link.words import BREAK, UNSPACED, Ids, stop_ids

Scores = NDArray[np.float32]
"""One number for each note of the index, in its order."""
_SHARED_BY_MOST = 0.5
"""A term that more than this share of the notes has says nothing; it is left out of vaults of some size."""
_SOME_SIZE = 50
RARE_SHARE = 0.02
RARE_NOTES = 5
"""A term is called rare when at most this share of the notes, or this many, have it."""


class Search(Protocol):
    """Finds notes that are like a text. An engine for a shared library can stand in for `TermIndex`."""

    def scores(self, ids: Ids) -> Scores:
        """How alike each note is to the text with these words, from 0 to 1."""
        ...


class TermIndex:
    """The terms of every note of the vault."""

    def __init__(self, texts: Sequence[Ids]) -> None:
        """texts: the words of each note, its title included."""
        self.size = len(texts)
        features = [features_of(ids) for ids in texts]
        lengths = [len(each) for each in features]
        flat = np.concatenate(features) if features else np.empty(0, np.uint32)
        notes = np.repeat(np.arange(self.size, dtype=np.uint64), lengths)
        pairs, counts = np.unique(flat.astype(np.uint64) << np.uint64(32) | notes, return_counts=True)
        terms = (pairs >> np.uint64(32)).astype(np.uint32)
        self._notes = (pairs & np.uint64(0xFFFFFFFF)).astype(np.int32)
        self._terms, first, self._in_notes = np.unique(terms, return_index=True, return_counts=True)
        self._first = np.append(first, len(terms)).astype(np.int64)
        self._idf = np.log((self.size + 1) / (self._in_notes + 0.5)).astype(np.float32).clip(min=0)
        if self.size >= _SOME_SIZE:
            self._idf[self._in_notes > _SHARED_BY_MOST * self.size] = 0
        weights = (1 + np.log(counts)).astype(np.float32) * np.repeat(self._idf, self._in_notes)
        norms = np.sqrt(np.bincount(self._notes, weights**2, minlength=self.size)).astype(np.float32)
        norms[norms == 0] = 1
        self._weights = weights / norms[self._notes]

    def scores(self, ids: Ids) -> Scores:
        """See `Search.scores`: the cosine of the two TF-IDF vectors."""
        places, counts = self._known(ids)
        weights = (1 + np.log(counts)).astype(np.float32) * self._idf[places]
        norm = float(np.sqrt((weights**2).sum()))
        places, weights = places[weights > 0], weights[weights > 0]
        if norm == 0 or not len(places):
            return np.zeros(self.size, np.float32)
        runs = [slice(self._first[place], self._first[place + 1]) for place in places]
        notes = np.concatenate([self._notes[run] for run in runs])
        parts = np.concatenate([self._weights[run] * weight for run, weight in zip(runs, weights / norm, strict=True)])
        return np.bincount(notes, parts, minlength=self.size).astype(np.float32)

    def rare_shared(self, ids: Ids) -> NDArray[np.int64]:
        """For each note the number of rare terms that it shares with a text."""
        places, _ = self._known(ids)
        have = self._in_notes[places]
        rare = places[(have <= max(RARE_NOTES, RARE_SHARE * self.size)) & (self._idf[places] > 0)]
        runs = [self._notes[self._first[place] : self._first[place + 1]] for place in rare]
        return np.bincount(np.concatenate(runs) if runs else np.empty(0, np.int64), minlength=self.size)

    def weight(self, term: int) -> float:
        """The inverse document frequency of a term; that of a term which only one note has where none has it."""
        place = int(np.searchsorted(self._terms, np.uint32(term)))
        if place < len(self._terms) and self._terms[place] == term:
            return float(self._idf[place])
        return float(np.log((self.size + 1) / 1.5)) if self.size else 0.0

    def _known(self, ids: Ids) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """(places in the term table, counts) of the terms of a text that the index knows."""
        terms, counts = np.unique(features_of(ids), return_counts=True)
        places = np.searchsorted(self._terms, terms)
        inside = places < len(self._terms)
        places, terms, counts = places[inside], terms[inside], counts[inside]
        same = self._terms[places] == terms
        return places[same], counts[same]


def features_of(ids: Ids) -> Ids:
    """The terms of a text: its words without stop words; of unspaced scripts every pair of neighbouring letters."""
    letters = ids >= UNSPACED
    words = ids[~letters & (ids != BREAK)]
    stops = _stop_array()
    kept: Ids = words[stops[np.minimum(np.searchsorted(stops, words), len(stops) - 1)] != words]
    if not letters.any():
        return kept
    pairs = letters[:-1] & letters[1:]
    mixed = (ids[:-1].astype(np.uint64) * np.uint64(2654435761) + ids[1:]) & np.uint64(0x7FFFFFFF)
    return np.concatenate([kept, (mixed[pairs] | np.uint64(UNSPACED)).astype(np.uint32)])


@lru_cache(maxsize=1)
def _stop_array() -> Ids:
    return np.sort(np.fromiter(stop_ids(), np.uint32))

"""Which notes speak of the same things: TF-IDF over the vault's words (Spärck Jones 1972; Salton and Buckley 1988).

The index is three arrays sorted by term, so that a text is compared with every note by looking up its own terms only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, Protocol

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


_NOTES_AT_ONCE = 2_000
_MOST_COUNTED = 1_000
"""A term that occurs more often in a note counts as if it did so often."""
_WEIGHTS = np.concatenate([[0], 1 + np.log(np.arange(1, _MOST_COUNTED + 1))]).astype(np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Postings:
    """What terms some notes have, by term, then note."""

    first: int
    """The first of the notes."""
    terms: Ids
    notes: NDArray[np.int32]
    counts: NDArray[np.uint16]


class Search(Protocol):
    """Finds notes that are like a text. An engine for a shared library can stand in for `TermIndex`."""

    def scores(self, ids: Ids) -> Scores:
        """How alike each note is to the text with these words, from 0 to 1."""
        ...


class TermIndex:
    """The terms of every note of the vault."""

    def __init__(self, texts: Iterable[Ids]) -> None:
        """texts: the words of each note, its title included; they are gone through once, some at a time."""
        blocks: list[_Postings] = []
        self.size = 0
        for some in in_blocks(texts):
            blocks.append(_postings(some, self.size))
            self.size += len(some)
        self._terms = np.unique(np.concatenate([np.unique(each.terms) for each in blocks] or [np.empty(0, np.uint32)]))
        self._in_notes = np.zeros(len(self._terms), np.int64)
        for block in blocks:
            self._in_notes += np.bincount(self._places(block.terms), minlength=len(self._terms))
        self._first = np.concatenate([[0], np.cumsum(self._in_notes)])
        self._idf = np.log((self.size + 1) / (self._in_notes + 0.5)).astype(np.float32).clip(min=0)
        if self.size >= _SOME_SIZE:
            self._idf[self._in_notes > _SHARED_BY_MOST * self.size] = 0
        self._notes = np.empty(self._first[-1], np.int32)
        self._counts = np.empty(self._first[-1], np.uint16)
        self._norms = np.zeros(self.size, np.float32)
        following = self._first[:-1].copy()
        while blocks:
            self._put(blocks.pop(0), following)
        self._norms[self._norms == 0] = 1

    def _put(self, block: _Postings, following: NDArray[np.int64]) -> None:
        """Put the postings of some notes at their places. following: where the next posting of each term goes."""
        places = self._places(block.terms)
        own, starts, counts = np.unique(places, return_index=True, return_counts=True)
        at = np.repeat(following[own] - starts, counts) + np.arange(len(places))
        self._notes[at], self._counts[at] = block.notes, block.counts
        following[own] += counts
        squares = np.bincount(block.notes - block.first, (_weight(block.counts) * self._idf[places]) ** 2)
        self._norms[block.first : block.first + len(squares)] = np.sqrt(squares)

    def _places(self, terms: Ids) -> NDArray[np.int64]:
        return np.searchsorted(self._terms, terms)

    def scores(self, ids: Ids) -> Scores:
        """See `Search.scores`: the cosine of the two TF-IDF vectors."""
        places, counts = self._known(ids)
        weights = _weight(counts) * self._idf[places]
        norm = float(np.sqrt((weights**2).sum()))
        places, weights = places[weights > 0], weights[weights > 0]
        if norm == 0 or not len(places):
            return np.zeros(self.size, np.float32)
        runs = [slice(self._first[place], self._first[place + 1]) for place in places]
        notes = np.concatenate([self._notes[run] for run in runs])
        parts = _weight(np.concatenate([self._counts[run] for run in runs]))
        parts *= np.repeat(weights / norm * self._idf[places], self._in_notes[places])
        return (np.bincount(notes, parts, minlength=self.size) / self._norms).astype(np.float32)

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


def in_blocks(texts: Iterable[Ids]) -> Iterator[list[Ids]]:
    """The texts of some notes at a time, so that what is made of them on the way takes little memory."""
    rest = iter(texts)
    while some := list(islice(rest, _NOTES_AT_ONCE)):
        yield some


def _postings(texts: Sequence[Ids], first: int) -> _Postings:
    features = [features_of(ids) for ids in texts]
    notes = np.repeat(np.arange(len(texts), dtype=np.uint64) + np.uint64(first), [len(each) for each in features])
    pairs, counts = np.unique(np.concatenate(features).astype(np.uint64) << np.uint64(32) | notes, return_counts=True)
    return _Postings(
        first=first,
        terms=(pairs >> np.uint64(32)).astype(np.uint32),
        notes=(pairs & np.uint64(0xFFFFFFFF)).astype(np.int32),
        counts=np.minimum(counts, _MOST_COUNTED).astype(np.uint16),
    )


def _weight(counts: NDArray[Any]) -> NDArray[np.float32]:
    """How much a term counts that occurs so often."""
    found: NDArray[np.float32] = _WEIGHTS[np.minimum(counts, _MOST_COUNTED)]
    return found


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

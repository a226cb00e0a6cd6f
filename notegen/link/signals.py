"""What speaks for a link from a text to each note of the vault: one array of numbers for each signal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notegen.link.graph import LinkGraph, best_first
from notegen.link.names import Mention, NameIndex
from notegen.link.terms import Scores, Search, TermIndex, features_of
from notegen.link.words import Ids, name_ids

_RANK_OFFSET = 10
"""Reciprocal ranks are 10 / (10 + rank), as in reciprocal rank fusion (Cormack et al. 2009) with k = 10."""
_LEAST, _MOST = 1e-4, 0.9999
"""Bounds of a probability before it becomes log-odds."""
_LOG_ODDS_SPAN = float(np.log(_MOST / (1 - _MOST)))
_SURE_NAMES = 5
"""So many of a text's surest names say how much it names at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A text for which links are sought."""

    ids: Ids
    """Its words."""
    note: int | None = None
    """Its place in the index, when it is a note of the vault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """For each note of the vault what speaks for a link to it."""

    alike: Scores
    """Cosine of the TF-IDF vectors, 0 to 1."""
    named: Scores
    """Probability that the text names it, 0 to 1."""
    votes: Scores
    """Share of the similar notes' votes, 0 to 1: what they link to."""
    near: Scores
    """Where a walk along links from the named and similar notes leads; sums to 1."""
    links_back: Scores
    """1 where the note links to this one."""
    title_words: Scores
    """Share of its title's words, by rarity, that stand anywhere in the text."""
    mentions: tuple[Mention, ...]
    """The names in the text."""

    @property
    def sureness(self) -> float:
        """How much the text names: the mean of its surest names' probabilities, 0 to 1."""
        return float(self.named[best_first(self.named, _SURE_NAMES)].sum()) / _SURE_NAMES

    def columns(self, popularity: NDArray[np.int64]) -> NDArray[np.float32]:
        """(notes, signals) in the order of `fusion.SIGNALS`. popularity: number of notes that link to each note."""
        odds = np.clip(self.named, _LEAST, _MOST)
        return np.stack(
            [
                _share(self.alike),
                _reciprocal_rank(self.alike),
                1 + np.log(odds / (1 - odds)) / _LOG_ODDS_SPAN,
                _share(self.votes),
                _share((self.votes / np.sqrt(1 + popularity)).astype(np.float32)),
                _share(self.near),
                self.links_back,
                self.title_words**3,
                np.log1p(popularity),
            ],
            axis=1,
        ).astype(np.float32)


class TitleIndex:
    """The words of every note's title, for finding those that stand in a text in any order."""

    def __init__(self, titles: Sequence[str], terms: TermIndex) -> None:
        found = [np.unique(features_of(np.array(name_ids(title), np.uint32))) for title in titles]
        self._terms = np.concatenate(found) if found else np.empty(0, np.uint32)
        self._notes = np.repeat(np.arange(len(titles)), [len(each) for each in found])
        weights = np.array([terms.weight(int(term)) for term in self._terms], np.float32)
        totals = np.bincount(self._notes, weights, minlength=len(titles))
        totals[totals == 0] = 1
        self._shares = weights / totals[self._notes] if len(weights) else weights
        self._size = len(titles)

    def scores(self, ids: Ids) -> Scores:
        """For each note the share of its title that the text has, 0 to 1."""
        own = np.unique(features_of(ids))
        if not len(own):
            return np.zeros(self._size, np.float32)
        present = own[np.minimum(np.searchsorted(own, self._terms), len(own) - 1)] == self._terms
        return np.bincount(self._notes[present], self._shares[present], minlength=self._size).astype(np.float32)


def signals_of(query: Query, search: Search, names: NameIndex, graph: LinkGraph, titles: TitleIndex) -> Signals:
    """All signals of a text. The note itself gets nothing."""
    size, me = graph.size, query.note
    mentions = tuple(names.mentions(query.ids))
    alike, named = search.scores(query.ids), names.scores(mentions, size)
    links_back, title_words = np.zeros(size, np.float32), titles.scores(query.ids)
    start = np.zeros(size, np.float32)
    if me is not None:
        alike[me] = named[me] = title_words[me] = 0
        links_back[graph.sources(me)] = 1
        start[me] = 0.5
    votes = graph.votes(alike)
    near = graph.walk(start + _distribution(alike**2) + _distribution(named))
    if me is not None:
        votes[me] = near[me] = 0
    return Signals(
        alike=alike,
        named=named,
        votes=votes,
        near=near,
        links_back=links_back,
        title_words=title_words,
        mentions=mentions,
    )


def _distribution(values: Scores) -> Scores:
    total = float(values.sum())
    return values / total if total else values


def _share(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of the highest value."""
    most = float(values.max(initial=0))
    return values / most if most else values


def _reciprocal_rank(values: Scores) -> NDArray[np.float32]:
    """Ranks of equal values are those of their places: with a place as its lower half a number sorts like that."""
    places = np.flatnonzero(values > 0)
    found = np.zeros(len(values), np.float32)
    bits = values[places].astype(np.float32).view(np.uint32)  # those of floats above 0 sort as they do
    keys = np.sort((~bits).astype(np.uint64) << np.uint64(32) | places.astype(np.uint64))
    found[keys & np.uint64(0xFFFFFFFF)] = _RANK_OFFSET / (_RANK_OFFSET + np.arange(1, len(keys) + 1))
    return found

"""Which notes a text names: the vault's own link texts are the dictionary.

Every phrase that a link of the vault shows stands for the notes it was linked to (commonness); how often the phrase is
a link where it occurs (link probability) says whether it names anything. The idea is that of Mihalcea and Csomai 2007
and Milne and Witten 2008. Titles and aliases are in the dictionary from the start.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notegen.link.terms import in_blocks
from notegen.link.words import BREAK, UNSPACED, Ids, name_ids

_MAX_WORDS = 8
_MAX_LETTERS = 24
"""Of an unspaced script, where each letter is read as a word: “ニューラルネットワーク” has eleven."""
TITLE_EVIDENCE = 0.5
"""A title or an alias counts as half a link of its own phrase: enough where the phrase is rare, nothing where it is a
common word."""
_SMOOTHING = 1.0
_NO_NAME = re.compile(
    r"[\d\W_]*|(?:untitled|readme|index|home|inbox|dashboard|start|start here)(?: \d+)?", re.IGNORECASE
)
"""Titles that name nothing: dates, numbers, what a program gave, places to start from."""
_FILTER_BITS = 20
_FILTER_SHIFT = np.uint64(64 - _FILTER_BITS)
"""Most phrases are ruled out by the first bits of their key, without a search."""
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place where a text names a note."""

    written: str
    """The name as some note writes it."""
    first: int
    """Position among the words of the text."""
    size: int
    """Number of words."""
    meanings: tuple[tuple[int, float], ...]
    """(note, its share of the phrase's meanings), the likeliest first."""
    occurs_in: int
    """Notes of the vault in which it stands, linked or not."""
    linked_in: int
    """Notes in which it is a link."""
    probability: float
    """That the phrase is meant as a name at all, from 0 to 1."""


class NameIndex:
    """The names of the vault's notes."""

    def __init__(
        self,
        texts: Iterable[Ids],
        titles: Iterable[Sequence[str]],
        links: Iterable[Sequence[tuple[str, int]]],
    ) -> None:
        """texts: the words of each note. titles: the title and aliases of each note. links: the (words shown, note
        meant) of each note's links. Each is gone through once."""
        self._sizes: set[int] = set()
        written: dict[int, str] = {}
        keys, notes, weights, linking = array("Q"), array("i"), array("f"), array("Q")
        for note, names in enumerate(titles):
            for name in names:
                if is_name(name) and (key := self._key_of(name, written)) is not None:
                    keys.append(key)
                    notes.append(note)
                    weights.append(TITLE_EVIDENCE)
        for shown in links:
            seen = set()
            for text, note in shown:
                if (key := self._key_of(text, written)) is not None:
                    keys.append(key)
                    notes.append(note)
                    weights.append(1.0)
                    seen.add(key)
            linking.extend(seen)
        self._keys = np.array(sorted(written), np.uint64)
        self._written = [written[key] for key in self._keys.tolist()]
        """Of each phrase as some note writes it."""
        self._sources = np.bincount(np.searchsorted(self._keys, _numbers(linking)), minlength=len(self._keys))
        """Notes that link each phrase."""
        pairs = np.searchsorted(self._keys, _numbers(keys)) << 32 | np.frombuffer(notes, np.intc)
        pairs, same = np.unique(pairs, return_inverse=True)
        self._meant = (pairs & 0xFFFFFFFF).astype(np.int32)
        """The notes that each phrase was linked to, and how often."""
        self._linked = np.bincount(same, np.frombuffer(weights, np.float32)).astype(np.float32)
        self._first = np.searchsorted(pairs >> 32, np.arange(len(self._keys) + 1))
        self._filter = np.zeros(1 << _FILTER_BITS, bool)
        self._filter[self._keys >> _FILTER_SHIFT] = True
        self._occurs_in = np.zeros(len(self._keys), np.int64)
        """Notes in which each phrase stands, linked or not."""
        for some in in_blocks(texts):
            self._count(some)

    def _key_of(self, name: str, written: dict[int, str]) -> int | None:
        words = name_ids(name)
        if not has_name_size(words):
            return None
        self._sizes.add(len(words))
        key = _key(words)
        if key not in written:
            written[key] = " ".join(name.split())
        return key

    def _count(self, texts: Sequence[Ids]) -> None:
        """Count the notes in which each phrase occurs, in one pass over the words of some."""
        if not len(self._keys):
            return
        note_of = np.repeat(np.arange(len(texts), dtype=np.int64), [len(ids) for ids in texts])
        pairs = [places << 32 | note_of[at] for _, at, places in self._occurrences(np.concatenate(texts))]
        if pairs:
            places = np.unique(np.concatenate(pairs)) >> 32
            self._occurs_in += np.bincount(places, minlength=len(self._keys))

    def _occurrences(self, ids: Ids) -> Iterator[tuple[int, NDArray[np.int64], NDArray[np.int64]]]:
        """(number of words, positions, places in the key table) of every known phrase in a text, longest first."""
        found = []
        keys = np.zeros(len(ids), np.uint64)
        whole = np.ones(len(ids), bool)
        for size in range(1, min(max(self._sizes, default=0), len(ids)) + 1):
            last = len(ids) - size + 1
            keys = keys[:last] * _FACTOR + ids[size - 1 :].astype(np.uint64)
            whole = whole[:last] & (ids[size - 1 :] != BREAK)
            if size in self._sizes:
                maybe = np.flatnonzero(whole & self._filter[keys >> _FILTER_SHIFT])
                places = np.minimum(np.searchsorted(self._keys, keys[maybe]), len(self._keys) - 1)
                is_known = self._keys[places] == keys[maybe]
                if is_known.any():
                    found.append((size, maybe[is_known], places[is_known]))
        yield from reversed(found)

    def mentions(self, ids: Ids) -> list[Mention]:
        """What a text names, in order. Where names overlap the longest one counts."""
        taken = np.zeros(len(ids), bool)
        found = []
        for size, positions, places in self._occurrences(ids):
            for at, place in zip(positions.tolist(), places.tolist(), strict=True):
                if not taken[at : at + size].any():
                    taken[at : at + size] = True
                    found.append(self._mention(at, size, place))
        return sorted(found, key=lambda mention: mention.first)

    def lookup(self, name: str) -> Mention | None:
        """What a name stands for, whatever its inflection; None for one that is not in the dictionary."""
        words = name_ids(name)
        key = np.uint64(_key(words))
        place = int(np.searchsorted(self._keys, key)) if words else len(self._keys)
        is_known = place < len(self._keys) and self._keys[place] == key
        return self._mention(0, len(words), place) if is_known else None

    def _mention(self, at: int, size: int, place: int) -> Mention:
        run = slice(self._first[place], self._first[place + 1])
        linked = list(zip(self._meant[run].tolist(), self._linked[run].tolist(), strict=True))
        total = sum(count for _, count in linked)
        sources, occurs_in = int(self._sources[place]), int(self._occurs_in[place])
        evidence = sources + (TITLE_EVIDENCE if total > sources else 0.0)
        ranked = sorted(linked, key=lambda pair: (-pair[1], pair[0]))
        return Mention(
            occurs_in=occurs_in,
            linked_in=sources,
            written=self._written[place],
            first=at,
            size=size,
            meanings=tuple((note, count / total) for note, count in ranked),
            probability=min(1.0, evidence / (max(occurs_in, sources) + _SMOOTHING)),
        )

    def scores(self, mentions: Sequence[Mention], notes: int) -> NDArray[np.float32]:
        """For each note how surely it is named by these mentions, from 0 to 1: one sure mention is enough."""
        missed = np.ones(notes, np.float32)
        for key in {(mention.meanings, mention.probability) for mention in mentions}:
            meanings, probability = key
            for note, share in meanings:
                missed[note] *= 1 - min(0.999, probability * share)
        return 1 - missed


def is_name(text: str) -> bool:
    """Whether a title can name anything: a date or a number cannot."""
    return not _NO_NAME.fullmatch(text.strip())


def has_name_size(words: Sequence[int]) -> bool:
    """Whether so many words can be a name. words: their numbers, as `name_ids` gives them."""
    return 1 <= len(words) <= _MAX_LETTERS and sum(word < UNSPACED for word in words) <= _MAX_WORDS


def _key(words: Sequence[int]) -> int:
    key = 0
    for word in words:
        key = (key * int(_FACTOR) + word) & 0xFFFFFFFFFFFFFFFF
    return key


def _numbers(keys: array[int]) -> NDArray[np.uint64]:
    return np.frombuffer(keys, np.uint64)

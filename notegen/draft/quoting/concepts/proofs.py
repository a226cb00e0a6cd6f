"""What speaks for a candidate: each proof is one look at the passage, and nothing here weighs them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from notegen.draft.quoting.concepts.candidates import Candidate, Key
from notegen.draft.quoting.concepts.marks import Marks
from notegen.draft.quoting.concepts.running_words import running_words

RECURS = 4
"""Sentences that name it: the passage keeps coming back to it."""
LONGER_SHARE = 0.7
"""A candidate of whose mentions more stand inside one longer candidate is a part of that one."""


@dataclass(frozen=True, slots=True)
class MarkedKeys:
    """`Marks` in the form that candidates are known by."""

    heading_runs: tuple[Key, ...]
    emphasised: Counter[Key]
    key_terms: frozenset[Key]
    indexed: frozenset[Key]
    title: frozenset[str]

    @classmethod
    def of(cls, marks: Marks, language: str) -> MarkedKeys:
        def keys(texts: Iterable[str]) -> list[Key]:
            return [_key(text, language) for text in texts]

        return cls(
            heading_runs=tuple(keys([*marks.headings, marks.title])),
            emphasised=Counter(keys(marks.emphasised)),
            key_terms=frozenset(keys(marks.key_terms)),
            indexed=frozenset(keys(marks.indexed)),
            title=frozenset(_key(marks.title, language)),
        )

    def is_heading(self, key: Key) -> bool:
        return key in self.heading_runs

    def in_heading(self, key: Key) -> bool:
        """A heading has the name among its words; one word alone must be all of it."""
        return self.is_heading(key) if len(key) == 1 else any(stands_in(key, run) for run in self.heading_runs)


def _key(text: str, language: str) -> Key:
    words = running_words(text, language)
    while words and words[0].is_stop:
        words = words[1:]
    return tuple(word.key for word in words)


def stands_in(key: Key, longer: Sequence[str]) -> bool:
    """The words of `key` stand in a row in `longer`."""
    size = len(key)
    return bool(size) and any(tuple(longer[i : i + size]) == key for i in range(len(longer) - size + 1))


def c_values(found: Mapping[Key, Candidate]) -> dict[Key, float]:
    """How much of a unit each candidate is: named often, of many words, and not only inside a longer one (the C-value
    of Frantzi, Ananiadou and Mima 2000, with one added to the length so that single words count)."""
    longer: dict[Key, list[int]] = {}
    for key, one in found.items():
        for size in range(1, len(key)):
            for start in range(len(key) - size + 1):
                part = key[start : start + size]
                if part in found:
                    longer.setdefault(part, []).append(one.count)
    return {
        key: math.log2(1 + len(key)) * (one.count - (sum(longer[key]) / len(longer[key]) if key in longer else 0.0))
        for key, one in found.items()
    }


def parts_of_longer(found: Mapping[Key, Candidate]) -> set[Key]:
    """Candidates that mostly stand inside one longer candidate that recurs."""
    parts: set[Key] = set()
    for key, one in found.items():
        if one.count < 2:
            continue
        for size in range(1, len(key)):
            for start in range(len(key) - size + 1):
                part = key[start : start + size]
                if part in found and one.count > LONGER_SHARE * found[part].count:
                    parts.add(part)
    return parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Proofs:
    """What speaks for one candidate."""

    is_heading: bool = False
    """A heading is nothing but the name."""
    in_heading: bool = False
    emphasis: int = 0
    """How often a whole run in bold, italics or colour is the name."""
    acronym: bool = False
    """An acronym that the passage explains, or what it stands for."""
    key_term: bool = False
    """A box of key terms or a glossary lists it."""
    indexed: bool = False
    """The book's index has it for these pages."""
    defined: str = ""
    """The strongest way in which a sentence defines it: "called", "is" or ""."""
    title: frozenset[str] = frozenset()
    """Words of the book's title."""
    openers: int = 0
    """Number of sentences that begin with it."""
    mentions: int = 0

    @property
    def is_printed(self) -> bool:
        """The author set it apart: in a heading, by its type, in a list of terms or in the index."""
        return self.in_heading or self.emphasis > 0 or self.acronym or self.key_term or self.indexed

    @property
    def kinds(self) -> tuple[str, ...]:
        """The names of the independent kinds of proof that there are."""
        return tuple(
            name
            for name, is_there in (
                ("heading", self.in_heading),
                ("emphasis", self.emphasis > 0),
                ("acronym", self.acronym),
                ("key term", self.key_term),
                ("index", self.indexed),
                ("defined", bool(self.defined)),
                ("subject", self.openers >= 2),
                ("recurs", self.mentions >= RECURS),
            )
            if is_there
        )

"""The words by which a sentence says more, less or the reverse of another, by language: `lists/<code>/claims.txt`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from notegen.language.lists import LANGUAGES, lines_in
from notegen.language.stems import stem


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimWords:
    """Of one language. Words are in small letters, as they stand in a text; `opposites` are stems."""

    every: frozenset[str]
    """Quantifiers that leave nothing out: "all"."""
    some: frozenset[str]
    """Those that do: "most", "often", "may"."""
    part: frozenset[str]
    """Of those the ones that stand before what they limit."""
    limit: frozenset[str]
    """Words that shut out all else: "only", "exactly"."""
    exact: frozenset[str]
    """Of those the ones that shut out more and less."""
    but: frozenset[str]
    """Between things that stand against each other."""
    because: frozenset[str]
    """Before a cause."""
    therefore: frozenset[str]
    """Before an effect."""
    causes: frozenset[str]
    """Verbs and nouns of causing."""
    brings: frozenset[str]
    """Other words by which a source tells that one thing brings another about."""
    joins: frozenset[str]
    """Words that open a clause."""
    and_: frozenset[str]
    by: frozenset[str]
    """Before the one who does it, in the passive."""
    is_: frozenset[str]
    between: frozenset[str]
    """Words between two things that cannot change places."""
    time: frozenset[str]
    """Before and after."""
    order: frozenset[str]
    """Other words that order things in time."""
    more: frozenset[str]
    than: frozenset[str]
    no_denial: tuple[str, ...]
    """Phrases with a word of denial that deny nothing: "not only"."""
    numbers: Mapping[str, float]
    times: Mapping[str, float]
    """Words for "so many times": "twice"."""
    opposites: Mapping[str, frozenset[str]]
    """Stem → stems that say the reverse."""


@cache
def claim_words(language: str) -> ClaimWords:
    """Those of a language; of English, in which half the words of a technical text are, where it has none."""
    code = language if language in LANGUAGES else "en"
    parts = (line.partition(":") for line in lines_in("claims", code))
    lists = {name.strip(): words.strip() for name, _, words in parts}
    words = {name: frozenset(line.split()) for name, line in lists.items()}
    opposites: defaultdict[str, set[str]] = defaultdict(set)
    for pair in lists["opposites"].split():
        one, other = (stem(word, code) for word in pair.split("/"))
        opposites[one].add(other)
        opposites[other].add(one)
    return ClaimWords(
        every=words["all"],
        some=words["some"],
        part=words["part"],
        limit=words["limit"],
        exact=words["exact"],
        but=words["but"],
        because=words["because"],
        therefore=words["therefore"],
        causes=words["causes"],
        brings=words["brings"],
        joins=words["joins"],
        and_=words["and"],
        by=words["by"],
        is_=words["is"],
        between=words["between"],
        time=words["time"],
        order=words["order"],
        more=words["more"],
        than=words["than"],
        no_denial=tuple(each.strip() for each in lists["no_denial"].split("|")),
        numbers=_values(lists["numbers"]),
        times=_values(lists["times"]),
        opposites={word: frozenset(others) for word, others in opposites.items()},
    )


def _values(line: str) -> dict[str, float]:
    return {word: float(value) for word, _, value in (each.partition("/") for each in line.split())}

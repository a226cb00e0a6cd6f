"""Words that decide what a statement claims: whether it denies, weakens, bounds or reports, and which are opposites.

The words are in `claiming_words/<code>.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from notegen.language.lists import LANGUAGES
from notegen.language.stems import lexeme

_FOLDER = Path(__file__).parent / "claiming_words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claiming:
    """The words of one language, in small letters."""

    negation: frozenset[str]
    possibility: frozenset[str]
    obligation: frozenset[str]
    partly: frozenset[str]
    """It holds of some, or sometimes."""
    wholly: frozenset[str]
    """It holds of all, of nothing else, of the first."""
    cause: frozenset[str]
    order: frozenset[str]
    """Comparing, and one after the other."""
    way: frozenset[str]
    """Prepositions with a direction: "from" and "to" turn a statement round."""
    agent: frozenset[str]
    """Before the one who does it in the passive voice."""
    condition: frozenset[str]
    reported: frozenset[str]
    """It is somebody's opinion, or called an error."""
    contrast: frozenset[str]
    be: frozenset[str]
    have: frozenset[str]
    about: frozenset[str]
    """Beside a number: it is not exact, or a bound."""
    filler: frozenset[str]
    """Takes nothing away and adds nothing."""
    narrows_before: frozenset[str]
    """Opens a sentence with where or for what it holds."""
    narrows_after: frozenset[str]
    """Goes on with what it holds of."""
    joins: frozenset[str]
    """Behind a comma: another statement begins."""
    relative: frozenset[str]
    turned: frozenset[frozenset[str]]
    """Pairs of lexemes that turn a statement round: "rises" and "falls"."""
    opposites: frozenset[frozenset[str]]
    """Pairs of lexemes of which a thing is one or the other: what is said of one may be true of the other, too."""


@cache
def claiming(language: str) -> Claiming | None:
    """The words of a language (ISO 639-1); None where there are none, and no statement can be judged."""
    if language not in LANGUAGES:
        return None
    lists = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    turned, opposites = (_pairs(lists.pop(name), language) for name in ("turned", "opposites"))
    return Claiming(
        turned=turned,
        opposites=opposites,
        **{name: frozenset(words) for name, words in lists.items()},
    )


def _pairs(listed: Iterable[str], language: str) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(lexeme(word, language) for word in pair.split("/")) for pair in listed)

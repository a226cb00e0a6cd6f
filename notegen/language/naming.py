"""How a language names things: where a name begins, what holds it together, how it is defined and related to others.

The words are in `naming_words/<code>.toml`. Definitions and relations are told by what stands before and behind a name,
precision first: "may cause", "does not require", "is the only" are not there, so they define and relate nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from notegen.language.lists import LANGUAGES

RELATIONS = ("is a", "part of", "causes", "contrasts with", "computed from", "example of", "requires")
_FOLDER = Path(__file__).parent / "naming_words"
_QUOTE = r"[\"“”„«»‘’']?"
_ASIDE = r"(?:\s*\([^()]{1,60}\))?"
"""What may stand in brackets right behind a name: its acronym, a translation."""
_RUN_IN = r"\s+[–—]\s+(?-i:[A-ZÀ-Þ])"
"""The name as a run-in heading: "Learning rate – The learning rate …"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationWording:
    """One way to state a relation between two names."""

    relation: str
    """One of RELATIONS."""
    between: re.Pattern[str]
    """All that stands between the two names."""
    turned: bool
    """The name that comes second is the one that is, causes, requires …"""
    opening: re.Pattern[str]
    """All that stands before the first name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """The words and patterns of one language; patterns are for a text as printed."""

    articles: frozenset[str]
    links: frozenset[str]
    """Small words that may stand inside a name: "rate of change", "fonction d'activation"."""
    noun_leads: frozenset[str]
    """Articles and the like, and prepositions: a noun, or its adjective, comes after them; an adjective alone does
    not."""
    lead: re.Pattern[str]
    """All that may stand before a name that a sentence defines as its subject."""
    says: re.Pattern[str]
    """Behind the subject: that it is, means, consists of something."""
    does: re.Pattern[str]
    """Behind the subject: what it computes, deals with, serves."""
    called: re.Pattern[str]
    """Before a name that the sentence gives to what it describes: "… is called"."""
    called_ends: re.Pattern[str]
    """Behind such a name."""
    relations: tuple[RelationWording, ...]
    related_ends: re.Pattern[str]
    """What may follow the second name of a relation: else it is only the beginning of a longer one."""


@cache
def naming(language: str) -> Naming | None:
    """The patterns of a language (ISO 639-1); None where there are none."""
    if language not in LANGUAGES:
        return None
    words = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    defining, relating = words["defining"], words["relating"]
    determiner = rf"(?:\s*(?:{_any(relating['articles'])}))?\s*$"
    return Naming(
        articles=frozenset(words["articles"]),
        links=frozenset(words["links"]),
        noun_leads=frozenset(words["noun_leads"]) | frozenset(words["articles"]),
        lead=_compiled(rf"^(?:{defining['lead']})?\s*{_QUOTE}$"),
        says=_compiled(rf"^{_QUOTE}{_ASIDE}(?:{_any(defining['says'])}|{_RUN_IN})"),
        does=_compiled(rf"^{_QUOTE}{_ASIDE}(?:{_any(defining['does'])})"),
        called=_compiled(rf"(?:{_any(defining['called'])})\s*{_QUOTE}$"),
        called_ends=_compiled(rf"^{_QUOTE}{_ASIDE}(?:[.,;:)—–]|$|\s+(?:{_any(defining['called_ends'])})\b)"),
        relations=tuple(_relation(each, determiner) for each in relating["wording"]),
        related_ends=_compiled(rf"^{_ASIDE}(?:[.,;:)]|$|\s+(?:{_any(relating['ends'])})\b)"),
    )


def _relation(words: Mapping[str, Any], determiner: str) -> RelationWording:
    return RelationWording(
        relation=words["relation"],
        between=_compiled(rf"^{_ASIDE}(?:{_any(words['between'])}){determiner}"),
        turned=words["turned"],
        opening=_compiled(rf"^(?:{words.get('opening', '')}){determiner}"),
    )


def _any(patterns: Sequence[str]) -> str:
    return "|".join(patterns)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)

"""What templates ask the learner: the words after which answers stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from notegen.language.catalogue import Catalogue
from notegen.language.lists import LANGUAGES

SPOKEN = tuple(dict.fromkeys(("en", *LANGUAGES)))
"""The languages that templates may be in."""
UNCLEAR = ("What I still find unclear:", "What I do not understand yet:")
PLANS = ("How I could apply this in my projects:", "Where I could use it this week:")
OTHER_PROMPTS = (
    "What I already know that this builds on:",
    "What these pages say, in my own words:",
    "What clicked for me today:",
    "One analogy or personal insight:",
    "What I ran or tried, and what happened:",
    "What I learned today, in one sentence:",
    "What it is:",
    "Why it matters to me:",
    "A case of it that I made up or met:",
)
"""What the shipped templates ask the learner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompts:
    """The same in every language that notegen speaks."""

    every: tuple[str, ...]
    """Longest first."""
    unclear: frozenset[str]
    """Those that ask for what is not understood: an answer to them explains nothing."""
    plans: frozenset[str]
    """Those that ask for what the learner means to do."""


def prompts_in(catalogues: Iterable[Catalogue]) -> Prompts:
    """The prompts in the languages of some catalogues."""
    known = tuple(catalogues)

    def said(phrases: Sequence[str]) -> frozenset[str]:
        return frozenset(catalogue.said(phrase) for phrase in phrases for catalogue in known)

    every = said((*UNCLEAR, *PLANS, *OTHER_PROMPTS))
    return Prompts(
        every=tuple(sorted(every, key=lambda each: (-len(each), each))), unclear=said(UNCLEAR), plans=said(PLANS)
    )

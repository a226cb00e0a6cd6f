"""The outcome of a claim that names its sources: supported, unverified or contradicted.

First by the rules; what passes them may be vetoed by a model that is trained to see whether one text follows from
another (`Veto`). A veto only takes away: no model makes a claim supported that the rules do not pass.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from notegen.draft.model.check import roles, rules
from notegen.draft.model.check.pieces import language_for, text_of
from notegen.language.claim_words import claim_words

Veto = Callable[[str, Sequence[str]], bool]
"""Whether a claim does not follow from the sentences, in the eyes of a model."""
Fault = str
"""Why a claim is not supported; "" where it is."""
CONTRADICTING = frozenset({"denial", "opposite", "number", "unit"})
"""Faults that say the reverse of a source, where the claim is else made of its words."""
CONTRADICTING_SHARE = 0.7
"""Share of the claim's words that the source then has: of what is on another matter nothing is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What became of a claim."""

    outcome: Literal["supported", "unverified", "contradicted"]
    fault: Fault = ""

    @property
    def holds(self) -> bool:
        return self.outcome == "supported"


def judge(claim: str, evidence: Sequence[str], veto: Veto | None = None, *, min_share: float = 0.0) -> Judgement:
    """Hold a claim against sentences of the source, all of them together.

    min_share: of the claim's content words must be there, where more is asked than the rules ask.
    """
    if not evidence:
        return Judgement(outcome="unverified", fault="words")
    language = language_for(claim, evidence)
    words = claim_words(language)
    mine, theirs = text_of([claim], language), text_of(evidence, language)
    share = rules.share(mine.content, theirs.keys)
    faults = [found for rule in (*rules.RULES, *roles.RULES) if (found := rule(mine, theirs, words))]
    if set(faults) == {"opposite", "roles"} and mine.raws & theirs.raws & words.than:
        faults = []  # "a is more than b" and "b is less than a"
    fault = faults[0] if faults else ""
    if not fault and share < min_share:
        fault = "words"
    if not fault:
        refused = veto is not None and veto(claim, evidence)
        return Judgement(outcome="unverified", fault="veto") if refused else Judgement(outcome="supported")
    reverse = fault in CONTRADICTING and share >= CONTRADICTING_SHARE
    return Judgement(outcome="contradicted" if reverse else "unverified", fault=fault)


def supports(claim: str, evidence: Sequence[str], veto: Veto | None = None) -> bool:
    """The sentences together say what the claim says, as far as the rules see, and the veto lets it pass."""
    return judge(claim, evidence, veto).holds

"""What the proofs of a concept are worth together: few points, set by measuring nine passages of nine fields."""

from __future__ import annotations

import math

from notegen.draft.quoting.concepts.candidates import Candidate
from notegen.draft.quoting.concepts.proofs import Proofs
from notegen.language.frequency import zipf

FREQUENT_HEADING = 3
"""A heading that is nothing but the name proves more where the text names it so often."""
UNIT_POWER = 20
"""Only the top of the ranking by C-value says much."""
RARE_WORD = 3.8
"""Zipf frequency below which one word is a term of a field rather than a word of the language."""


def points(one: Candidate, proofs: Proofs, rank: float, language: str) -> float:
    """rank: by C-value among the passage's candidates, 0 (last) to 1 (first)."""
    content = [word for word in one.words if not word.is_stop]
    said = {"called": 0.9, "is": 0.9, "does": 0.3}.get(proofs.defined, 0.0)
    return (
        1.6 * rank**UNIT_POWER
        + 0.5 * min(2.0, math.log1p(proofs.openers))
        + 0.9 * proofs.in_heading
        + 0.6 * (proofs.is_heading and one.count >= FREQUENT_HEADING)
        + 0.8 * (proofs.emphasis > 0 and one.count >= 2)
        + 0.8 * proofs.key_term
        + 0.7 * proofs.acronym
        + 0.5 * proofs.indexed
        + said
        + 0.6 * bool(said and (proofs.emphasis or proofs.key_term or proofs.is_heading))
        + 0.4 * (len(content) == 2)
        - 0.3 * (len(content) == 1 and zipf(content[0].text, language) > RARE_WORD)
    )

"""The same model, asked whether the sentences say what it claimed: claims and sentences alone, in one call a note.

It can only take away: a claim that it does not stand by is marked unverified.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from notegen.draft.additions import Claim
from notegen.draft.model.questions import PromptTemplates, Question
from notegen.draft.model.reply import Form, Text, many
from notegen.llm.client import Message

MAX_CLAIMS = 40
"""Of one note that are asked about, the first ones."""


class VerdictForm(Form):
    claim: int
    says: Text


class VerdictsForm(Form):
    """Whether the sentences say it, claim by claim."""

    verdicts: many(VerdictForm, MAX_CLAIMS)  # type: ignore[valid-type]


def question_about(claims: Sequence[Claim], templates: PromptTemplates) -> Question:
    """Whether the evidence of each claim says so."""
    asked = [(claim.text, [each.evidence.text for each in claim.evidence]) for claim in claims[:MAX_CLAIMS]]
    digest = hashlib.sha256(repr(asked).encode("utf-8", "replace")).hexdigest()
    text = templates.render("prompts/verify.md.j2", {}, claims=asked, boundary=f"===== {digest[:16]} =====")
    return Question(
        title="",
        form=VerdictsForm,
        schema=_schema(len(asked)),
        messages=(Message(role="user", text=text.strip()),),
        sentences={},
        source=text,
    )


def doubted(claims: Sequence[Claim], found: VerdictsForm) -> frozenset[str]:
    """Texts of the claims that the model does not stand by."""
    said = {each.claim: each.says.strip().casefold() for each in found.verdicts}
    return frozenset(claim.text for at, claim in enumerate(claims[:MAX_CLAIMS], 1) if said.get(at, "yes") != "yes")


def unverified(claims: frozenset[str]) -> Callable[[Claim], Claim]:
    """Marks those claims."""

    def mark(claim: Claim) -> Claim:
        holds = claim.verdict != "supported" or claim.text not in claims
        return claim if holds else replace(claim, verdict="unverified")

    return mark


def _schema(count: int) -> dict[str, Any]:
    item = {
        "type": "object",
        "properties": {
            "claim": {"type": "integer", "minimum": 1, "maximum": max(1, count)},
            "says": {"type": "string", "enum": ["yes", "no"]},
        },
        "required": ["claim", "says"],
        "additionalProperties": False,
    }
    return {
        "title": "VerdictsForm",
        "type": "object",
        "properties": {"verdicts": {"type": "array", "items": item}},
        "required": ["verdicts"],
        "additionalProperties": False,
    }

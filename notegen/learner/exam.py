"""The questions of an exam as they stand in its notes, and which may be asked at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from notegen.learner.cards.card import Card
from notegen.learner.cards.exported import as_text, page_label
from notegen.learner.cards.noted import CARD
from notegen.learner.cards.rules import Known
from notegen.vault.markers import find

_ASKED = re.compile(r"\*\*(?:\d+\. +)?(.*?)\*\*")
_PAGE = re.compile(r"#page=(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamQuestion:
    """A question in an exam or in its answer key. Texts are plain."""

    id: str
    question: str
    answer: str
    """"" in the exam itself."""
    page: int | None
    """As links count, from 1."""
    page_label: str
    """As printed: "p. 25"."""


def questions_in(text: str) -> list[ExamQuestion]:
    """The questions of a note, in its order."""
    found = []
    for region in find(text):
        if region.id.startswith(CARD) and not region.damaged:
            asked, _, answer = region.text.strip().partition("\n")
            page = _PAGE.search(answer)
            found.append(
                ExamQuestion(
                    id=region.id.removeprefix(CARD),
                    question=as_text(_ASKED.sub(r"\1", asked, count=1)),
                    answer=as_text(answer),
                    page=int(page[1]) if page else None,
                    page_label=page_label(answer),
                )
            )
    return found


def unasked(
    passages: Sequence[tuple[str, Sequence[Card]]], asked: Collection[str], known: Known, count: int
) -> tuple[list[Card], int]:
    """(at most so many questions, how many more there are): nothing that was asked, and nothing like it.

    passages: (language, questions, the most worth asking first) of each; they take turns. asked: ids. known: what else
    was asked, which grows.
    """
    fresh: list[Card] = []
    for turn in range(max((len(cards) for _, cards in passages), default=0)):
        for language, cards in passages:
            if turn < len(cards) and cards[turn].id not in asked and not known.has_like(cards[turn], language):
                known.add(cards[turn])
                fresh.append(cards[turn])
    return fresh[:count], len(fresh[count:])

"""Self-checks: the questions of a section, each with the source's own words as the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from notegen.draft.draft import SelfCheck, Statement
from notegen.draft.quoting.concepts import Concept
from notegen.draft.quoting.questions.question import Question
from notegen.draft.quoting.quotation import joined, said
from notegen.draft.quoting.terms import shown_terms
from notegen.reading.unit import Part

BULLET = "•"


def self_checks(questions: Sequence[Question], concepts: Sequence[Concept]) -> tuple[SelfCheck, ...]:
    """One for each question, in the same order."""
    return tuple(SelfCheck(question=each.text, answer=_answer(each, concepts)) for each in questions)


def _answer(question: Question, concepts: Sequence[Concept]) -> Statement:
    """The parts that answer in one line; an item keeps its number or gets a bullet, so that a list stays one."""
    first, *rest = question.parts
    answer = said(first)
    for part in rest:
        answer = joined(answer, part, mark=_mark(part))
    return replace(answer, terms=shown_terms(answer.text, concepts))


def _mark(part: Part) -> str:
    return (part.marker or BULLET) if part.kind == "item" else ""

"""The questions of a note: the best of those that are fit, at most one a page."""

from __future__ import annotations

import math
from collections.abc import Sequence

from notegen.draft.quoting.questions.candidates import candidates
from notegen.draft.quoting.questions.frames import grammar
from notegen.draft.quoting.questions.passage import Reading
from notegen.draft.quoting.questions.question import Question, QuestionKind
from notegen.draft.quoting.questions.rules import are_alike, fit
from notegen.reading.unit import Unit

WORTH: dict[QuestionKind, float] = {
    "contrast": 2.5, "list": 1.5, "cause": 2.0, "definition": 1.0, "term": 1.0, "purpose": 1.0, "composition": 1.0,
    "method": 1.0, "effect": 0.5, "condition": 0.5, "book": 0.0, "fact": 0.0,
}  # fmt: skip
"""What a kind of question is worth beside the weight of its subject: those that ask for a reason or a difference train
more than those that ask for a fact (Agarwal 2019; Pan and Rickard 2018)."""
PER_PAGE = 1


def questions_of(
    sections: Sequence[Sequence[Unit]], titles: Sequence[str], language: str, terms: Sequence[str] = ()
) -> list[list[Question]]:
    """The questions of each section in the order of the source, at most one for each page of the passage.

    sections: the units of each. language: ISO 639-1 of the text; nothing is asked in one without frames. terms: names
    of the passage's concepts, which are worth asking about even where they come up once.
    """
    chosen = best_questions(sections, titles, language, terms)
    return [[question for unit in units for question in chosen if question.unit is unit] for units in sections]


def best_questions(
    sections: Sequence[Sequence[Unit]],
    titles: Sequence[str],
    language: str,
    terms: Sequence[str] = (),
    *,
    per_page: int | None = PER_PAGE,
) -> list[Question]:
    """The same questions in one list, the most worth asking first. Arguments: as `questions_of`.

    per_page: at most so many of one page; None for all of them.
    """
    words = grammar(language)
    if words is None:
        return []
    reading = Reading.of([unit for units in sections for unit in units], titles, words, terms)
    proven: dict[str, Question] = {}
    """By what they ask, the first of each: what a book says of a thing first is what it is."""
    for unit in reading.units:
        for question in candidates(unit, words, reading.forms):
            if fit(question, reading):
                proven.setdefault(question.text, question)
    ranked = sorted(proven.values(), key=lambda question: (-worth(question, reading), question.page))
    chosen: list[Question] = []
    for question in ranked:
        pages = [other.page for other in chosen]
        is_full = per_page is not None and pages.count(question.page) >= per_page
        if not is_full and not any(are_alike(question, each, language) for each in chosen):
            chosen.append(question)
    return chosen


def worth(question: Question, reading: Reading) -> float:
    """How much a question is worth asking: its kind, and how much the passage speaks of what it asks about."""
    weights = [reading.weight(subject) for subject in question.subjects]
    return WORTH[question.kind] + math.log2(1 + min(weights, default=1)) + 0.5 * question.unit.opens_section

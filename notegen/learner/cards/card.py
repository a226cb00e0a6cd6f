"""A card: a question of a passage that may be asked without the page, and the source's own words as its answer."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from notegen.draft.draft import QuotedLine
from notegen.draft.quoting.questions.question import Question, QuestionKind
from notegen.draft.quoting.quotation import joined, said
from notegen.reading.unit import Part

ID_DIGITS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card, before anybody has seen it."""

    id: str
    """Hash of book, unit and kind: the same for ever, whatever its text becomes."""
    kind: QuestionKind
    question: str
    """Plain text."""
    answer: tuple[QuotedLine, ...]
    """Of one page: the sentences as one line, each item as one."""
    page: int
    """Index from 0."""
    question_of: Question

    @property
    def answer_text(self) -> str:
        """All of the answer on one line."""
        return " ".join(line.statement.text for line in self.answer if line.statement)


def card_of(question: Question, book: str) -> Card:
    """The card of a question. book: the id of its book, which no highlight in the file changes."""
    unit = question.unit
    name = f"{book}:{unit.page}:{unit.letters}:{unit.nth}:{question.kind}"
    return Card(
        id=hashlib.sha256(name.encode()).hexdigest()[:ID_DIGITS],
        kind=question.kind,
        question=question.text,
        answer=_lines(question.parts),
        page=question.page,
        question_of=question,
    )


def _lines(parts: tuple[Part, ...]) -> tuple[QuotedLine, ...]:
    lines: list[QuotedLine] = []
    for part in parts:
        last = lines[-1] if lines else None
        if part.kind != "item" and last is not None and last.statement is not None and not last.is_item:
            lines[-1] = QuotedLine(page=last.page, statement=joined(last.statement, part))
        else:
            lines.append(
                QuotedLine(page=part.page, statement=said(part), is_item=part.kind == "item", marker=part.marker)
            )
    return tuple(lines)

"""What the methods that help to recall answer. Fields may come in; none is renamed."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from notegen.serve.results.making import Failed
from notegen.serve.results.result import Result


class Card(Result):
    """A question and its answer."""

    id: str
    question: str
    answer: str
    page: int
    date: str
    reviewed: bool
    edited: bool
    refused: bool


class CardsOfBook(Result):
    """The cards of a book, and what became of their note."""

    book: str
    id: str
    path: str
    pdf: str
    status: str
    new: int
    cards: list[Card]
    said: list[str]


class Cards(Result):
    """The cards of what was read."""

    dry_run: bool
    books: list[CardsOfBook]
    failed: list[Failed]


class Question(Result):
    """A question that is due, or was never asked."""

    id: str
    question: str
    answer: str
    book: str
    page: int | None
    pages: str
    note: str
    topics: list[str]
    due: bool


class Graded(Result):
    """A question whose answer was written down."""

    id: str
    grade: str
    notes: list[str]


class Quiz(Result):
    """The questions of a day; with grades, what was written down."""

    date: str
    questions: list[Question] = Field(default_factory=list)
    failed: list[Failed] = Field(default_factory=list)
    recorded: list[Graded] = Field(default_factory=list)
    troubles: list[str] = Field(default_factory=list)


class QuestCondition(Result):
    """A condition, and whether the vault shows it."""

    condition: str
    met: bool


class Quest(Result):
    """A quest as it stands, or would."""

    dry_run: bool
    topics: list[str]
    path: str
    status: str
    books: list[str]
    first: list[str]
    stages: list[dict[str, Any]]
    exercises: int
    code: str
    bonus: list[dict[str, str]]
    figure: str
    complete_when: list[QuestCondition]
    made: list[str]
    said: list[str]


class PlannedDay(Result):
    """A day of a plan."""

    date: str
    pages: str
    pdf_pages: str
    titles: list[str]
    read: bool


class Plan(Result):
    """When a book is read."""

    dry_run: bool
    book: str
    id: str
    path: str
    pdf: str
    status: str
    by: str
    pages_per_day: int
    finished: bool
    days: list[PlannedDay]
    said: list[str]


class Sheet(Result):
    """A book condensed."""

    dry_run: bool
    book: str
    id: str
    path: str
    pdf: str
    status: str
    words: int
    passages: list[str]
    definitions: int
    formulas: int
    tables: int
    pictures: int
    wrong: int
    left_out: int
    said: list[str]


class ExamQuestion(Result):
    """A question of an exam, and what the source answers."""

    id: str
    question: str
    answer: str
    page: int | None
    pages: str


class Exam(Result):
    """A mock exam and its answer key."""

    dry_run: bool
    book: str
    id: str
    date: str
    path: str
    answers: str
    pdf: str
    status: str
    questions: list[ExamQuestion]
    left_over: int


class Ledger(Result):
    """What was learned."""

    dry_run: bool
    written: list[str]
    concepts: list[dict[str, Any]]
    rabbit_holes: dict[str, Any]

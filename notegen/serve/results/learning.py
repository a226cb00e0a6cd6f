"""What the methods that help to recall answer. Fields may come in; none is renamed."""

from __future__ import annotations

from pydantic import Field

from notegen.serve.results.making import Failed
from notegen.serve.results.result import Result


class Card(Result):
    """A question and its answer."""

    id: str
    question: str
    answer: str
    page: str
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

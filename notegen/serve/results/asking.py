"""What the methods that ask the books answer. Fields may come in; none is renamed."""

from __future__ import annotations

from pydantic import Field

from notegen.serve.results.result import Result


class Passage(Result):
    """A unit of a book, as its page prints it."""

    text: str
    pdf: str
    pdf_page: int
    page: str
    heading: str
    book: str
    whole: bool
    gone: bool
    id: str


class FoundPassage(Passage):
    """A unit that was found, and how well it fits."""

    score: float
    coverage: float
    exact: bool


class Ask(Result):
    """What the books say to a question."""

    question: str
    found: bool
    answer: list[Passage]
    passages: list[FoundPassage]
    coverage: float
    missing: list[str]


class Evidence(Result):
    """What a book says to a claim."""

    text: str
    pdf: str
    pdf_page: int
    page: str
    says: str


class HeldClaim(Result):
    """A claim of the learner, held against the books."""

    text: str
    line: int
    verdict: str
    evidence: list[Evidence]


class ParkedRabbitHole(Result):
    """What the learner wants to look into later."""

    title: str
    line: int
    status: str
    not_before: str


class Refine(Result):
    """A raw note put in order in the note `written`."""

    note: str
    written: str | None
    claims: list[HeldClaim]
    rabbit_holes: list[ParkedRabbitHole]


class Unread(Result):
    """A PDF that could not be read."""

    pdf: str
    reason: str


class LibraryIndex(Result):
    """What was read; only `deleted` where it was deleted."""

    books: int = 0
    read: int = 0
    pages: int = 0
    units: int = 0
    encoded: int = 0
    failed: list[Unread] = Field(default_factory=list)
    seconds: float = 0
    bytes: int = 0
    folder: str = ""
    deleted: str = ""


class Book(Result):
    """A book of the library."""

    pdf: str
    title: str
    language: str
    pages: int
    read: int
    units: int
    gone: bool
    trouble: str


class LibraryStatus(Result):
    """What is in the library."""

    books: list[Book]
    waiting: list[str]
    encoded: int
    bytes: int
    folder: str

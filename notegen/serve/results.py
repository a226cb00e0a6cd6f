"""What each method answers: the fields of its command's `--json`. Fields may come in; none is renamed."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict


class Result(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(extra="allow")


class Greeting(Result):
    """What serves, and what it can do."""

    protocol: int
    version: str
    vault: str
    methods: list[str]
    writes: list[str]
    """Those of the methods that may write into the vault."""


class Written(Result):
    """A file of the vault, and what became of it."""

    path: str
    status: str


class DrafterOfPart(Result):
    """Who drafted a section, and why not the model."""

    title: str
    by: str
    reason: str


class Usage(Result):
    """What a model was sent and cost."""

    prompt_tokens: int
    reply_tokens: int
    cost_usd: float | None


class Note(Result):
    """A passage and what became of its note."""

    path: str
    source: str
    title: str
    pages: str
    pdf_pages: str
    drafter: str
    status: str
    suspect: bool
    sections: list[DrafterOfPart]
    overview: dict[str, str] | None
    calls: int
    model: str
    endpoint: str
    usage: Usage
    said: list[str]
    concepts: list[Written]
    attachments: list[Written]


class Failed(Result):
    """A PDF without a note."""

    pdf: str
    reason: str
    next_step: str


class Troubled(Result):
    """A note that cannot be written safely."""

    note: str
    reason: str


class Day(Result):
    """What came of a day's request."""

    dry_run: bool
    notes: list[Note]
    failed: list[Failed]
    waiting: list[str]
    finished: list[str]
    missing: list[str]
    editions: list[str]
    locked: list[str]
    drawn: list[str]
    troubled: list[Troubled]
    no_model: str


class Drop(Result):
    """A PDF of the inbox."""

    path: str
    state: Literal["done", "failed", "waiting"]
    reason: str
    next_step: str
    note: str
    same_as: str
    suspect: bool
    sha256: str


class Ignored(Result):
    """A file of the inbox that is no business of notegen's."""

    path: str
    reason: str


class Status(Result):
    """The inbox of the vault."""

    vault: str
    watching: bool
    watcher: str
    log: str
    inbox: list[str]
    trouble: str
    counts: dict[str, int]
    pdfs: list[Drop]
    ignored: list[Ignored]


class Problem(Result):
    """What is wrong with a note."""

    rule: str
    severity: Literal["error", "warning", "info"]
    line: int
    message: str


class Check(Result):
    """What is wrong with each note."""

    ok: bool
    notes: dict[str, list[Problem]]


class Suggestion(Result):
    """A note that belongs to another."""

    path: str
    score: float
    reason: str


class Related(Result):
    """What belongs to each note, best first."""

    related: dict[str, list[Suggestion]]


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
    failed: list[Unread] = []
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


class Run(Result):
    """A run on record."""

    id: int
    at: str
    command: str
    undoes: int | None
    undone_by: int | None


class TakenBack(Result):
    """A file of a run that was taken back."""

    path: str
    status: str
    said: str


class Undo(Result):
    """What taking a run back did, or would do."""

    dry_run: bool
    run: Run
    undone_by: int | None
    files: list[TakenBack]


class RunWithChanges(Run):
    """A run on record, and what it changed."""

    changes: list[Written]


class History(Result):
    """The runs on record, the latest first."""

    runs: list[RunWithChanges]


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


class Proposal(Result):
    """New text that waits beside the learner's."""

    id: str
    note: str
    region: str
    name: str
    state: str
    why: str
    before: str
    after: str
    day: str


class ReviewList(Result):
    """The proposals that wait."""

    dry_run: bool
    proposals: list[Proposal]


class Decided(ReviewList):
    """What came of decisions, and the proposals that still wait."""

    accepted: list[Proposal]
    rejected: list[Proposal]
    left: list[Proposal]
    written: list[str]


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
    questions: list[Question] = []
    failed: list[Failed] = []
    recorded: list[Graded] = []
    troubles: list[str] = []


Answer = dict[str, Any]
"""A result as its method makes it, ready for JSON; the classes of this module say which fields it has."""

"""What each method is asked with: the long options of its command, with "_" for "-"."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Request(BaseModel):
    """The parameters of a method. None is required but where its command requires one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    vault: str = Field("", description="Another vault than the one that is served; its folder.")


class Hello(Request):
    """Who calls, and what the caller can do."""

    client: str = Field("", description="The program that calls, and its version.")
    protocol: int | None = Field(None, description="The version of the protocol that it speaks.")
    methods: tuple[str, ...] | None = Field(
        None, description="What the caller answers itself: “vault.process” where it replaces notes in its editor."
    )


class Day(Request):
    """As `notegen day`."""

    pdfs: tuple[str, ...] = Field((), description="PDFs, by path in the vault; else the inbox and books in progress.")
    pages: str = Field("", description="These pages: 25-36 as printed, pdf:40-52 counted from 1.")
    section: str = Field("", description="This section of the PDF's outline.")
    book: str = Field("", description="Go on with this book only.")
    next: bool = Field(False, description="Another passage of a book that has moved today already.")
    date: str = Field("", description="The note's date, YYYY-MM-DD; today when left out.")
    password: str | None = Field(None, description="Of a locked PDF.", repr=False)
    drafter: Literal["auto", "extractive", "llm"] | None = Field(None, description="Who drafts; see notegen.toml.")
    model: str | None = Field(None, description="The language model that drafts.")
    base_url: str | None = Field(None, description="Its OpenAI-compatible server.")
    templates: str = Field("", description="A folder with templates of your own.")
    sentence: str = Field("", description="The sentence whose attention is drawn.")
    refresh: bool = Field(False, description="Make the note again even when nothing has changed.")
    upgrade: bool = Field(False, description="Make the notes again that an earlier notegen made.")
    offline: bool = Field(False, description="Fetch and send nothing.")
    dry_run: bool = Field(False, description="Tell what would be written and write nothing.")


class Draft(Day):
    """A note of these pages: as `notegen day PDF --pages A-B`."""

    pdf: str = Field(min_length=1, description="The PDF, by path in the vault.")


class Status(Request):
    """As `notegen status --dry-run`."""

    dry_run: Literal[True] = Field(True, description="Who asks only looks: quests are ticked by the command.")


class Quest(Request):
    """As `notegen quest`."""

    topics: tuple[str, ...] = Field(min_length=1, description="Topics or concepts: one quest of them.")
    dry_run: bool = Field(False, description="Tell what would be written and write nothing.")
    offline: bool = Field(False, description="Nothing leaves this machine.")


class Plan(Request):
    """As `notegen plan`."""

    book: str = Field(min_length=1, description="The PDF's name, without .pdf.")
    by: str = Field("", description="Read it to its end by this day, YYYY-MM-DD.")
    pages_per_day: Annotated[int, Field(ge=1)] | None = Field(None, description="Read about so many pages a day.")
    start: str = Field("", alias="from", description="The first day, YYYY-MM-DD; today when left out.")
    dry_run: bool = Field(False, description="Tell what would be written and write nothing.")


class Sheet(Request):
    """As `notegen sheet`."""

    book: str = Field(min_length=1, description="The PDF's name, without .pdf.")
    pages: Annotated[int, Field(ge=1)] = Field(4, description="How long it may be.")
    dry_run: bool = Field(False, description="Tell what would be written and write nothing.")


class Exam(Request):
    """As `notegen exam`."""

    book: str = Field(min_length=1, description="The PDF's name, without .pdf.")
    n: Annotated[int, Field(ge=1)] = Field(10, description="Questions at most.")
    date: str = Field("", description="Of the exam, YYYY-MM-DD; today when left out.")
    dry_run: bool = Field(False, description="Tell what would be written and write nothing.")


class Ledger(Request):
    """As `notegen ledger`."""

    date: str = Field("", description="The day to count from, YYYY-MM-DD; today when left out.")
    dry_run: bool = Field(False, description="Tell what would be written and write nothing.")


class Check(Request):
    """As `notegen check`."""

    notes: tuple[str, ...] = Field((), description="Notes, by path in the vault; else every note.")


class Related(Request):
    """As `notegen related`."""

    note: str = Field("", description="A path in the vault, or a name as in a link.")
    all: bool = Field(False, description="For every note of the vault.")
    top: Annotated[int, Field(ge=1)] = Field(10, description="So many at most.")


class Ask(Request):
    """As `notegen ask`."""

    question: str = Field(description="In words.")
    book: str = Field("", description="Look in this book alone: its file name, title, or part of it.")
    save: bool = Field(False, description="Add question and answer to the note “Questions and Answers”.")
    dry_run: bool = Field(False, description="With save: tell where it would go, and write nothing.")
    offline: bool = Field(False, description="Nothing leaves this machine.")


class Refine(Request):
    """As `notegen refine`."""

    note: str = Field(min_length=1, description="The raw note: a path in the vault, or a name as in a link.")
    dry_run: bool = Field(False, description="Tell what would be written and write nothing.")
    offline: bool = Field(False, description="Nothing leaves this machine.")


class LibraryIndex(Request):
    """As `notegen library index`."""

    rebuild: bool = Field(False, description="Read every book again.")
    delete: bool = Field(False, description="Delete what is known.")
    offline: bool = Field(False, description="Fetch nothing.")
    password: str | None = Field(None, description="Of locked PDFs.", repr=False)
    workers: Annotated[int, Field(ge=1, le=64)] | None = Field(None, description="Read in so many processes.")


class LibraryStatus(Request):
    """As `notegen library status`."""


class Undo(Request):
    """As `notegen undo`."""

    run: int | None = Field(None, description="This run of history; else the last one.")
    dry_run: bool = Field(False, description="Tell what would become of each file and write nothing.")


class History(Request):
    """As `notegen history`."""

    note: str = Field("", description="Only the runs that changed this note.")


class Cards(Request):
    """As `notegen cards`."""

    book: str = Field("", description="Of this book only: its PDF's name, without .pdf.")
    dry_run: bool = Field(False, description="Tell what would be written and write nothing.")


class ReviewList(Request):
    """As `notegen review --json`."""

    note: str = Field("", description="Only the proposals of this note.")


class Decision(ReviewList):
    """About proposals, by id."""

    id: str | tuple[str, ...] = Field(description="The id of a proposal, or several.")
    dry_run: bool = Field(False, description="Tell what would be written and write nothing.")

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids, one or several."""
        return (self.id,) if isinstance(self.id, str) else self.id


class ReviewAccept(Decision):
    """As `notegen review --accept ID`."""

    text: str | None = Field(None, description="What to put in instead of the proposed text, as edited.")


class ReviewReject(Decision):
    """As `notegen review --reject ID`."""

    because: str = Field("", description="Why it is refused; the next draft is told.")


class Quiz(Request):
    """As `notegen quiz --json`."""

    book: str = Field("", description="About this book only: its PDF's name, without .pdf.")
    n: Annotated[int, Field(ge=1)] = Field(10, description="Questions at most.")
    date: str = Field("", description="The day to count from, YYYY-MM-DD; today when left out.")
    grade: tuple[str, ...] = Field((), description="How questions went: ID=again, hard, good or easy.")

"""What a person, or a program for them, asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from notegen.desk import Desk
from notegen.errors import UsageError
from notegen.kinds.log import LOG
from notegen.reading.pages import check_range
from notegen.run.reader import PdfReader

Progress = Callable[[str, str], None]
"""Called with (name of the PDF, what is happening to it)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRequest:
    """What the person asked for."""

    pdfs: tuple[Path, ...] = ()
    """Empty: the inbox and the books in progress."""
    copies: Mapping[Path, Path] = field(default_factory=dict)
    """Where to read some of them instead: private copies of the same content and name."""
    book: str = ""
    pages: str = ""
    section: str = ""
    date: dt.date
    next: bool = False
    """Another passage of a book that has moved today already."""
    refresh: bool = False
    sentence: str = ""
    """For the attention figure; "" for the definition of the main concept."""
    dry_run: bool = False
    upgrade: bool = False
    """Only make again what an earlier version of notegen made."""
    only_new: bool = False
    """A PDF whose book has notes already, in another file, is done with: no further passage of it."""
    kinds: tuple[str, ...] = (LOG.name,)
    """Which kinds of note each passage gets, by name (`notegen.kinds.KINDS`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The tools of one request on its way to its report."""

    desk: Desk
    reader: PdfReader
    on_progress: Progress
    on_notice: Callable[[str], None]
    """Told, before a document leaves the machine, where it goes."""
    on_pages: Callable[[int, int], None] = lambda done, total: None
    """Told (pages read, pages asked for) while a passage is read."""


def check(request: DayRequest) -> None:
    """Raise UsageError for wishes that do not go together. They are called as the options of `notegen day` are."""
    if request.pages:
        check_range(request.pages)
    if request.pages and request.section:
        raise UsageError("--pages and --section name two passages.", "Give one of them.")
    if (request.pages or request.section) and not request.pdfs and not request.book:
        raise UsageError("--pages and --section need a PDF.", "For example: notegen day Book.pdf --pages 25-36")
    if request.pdfs and request.book:
        raise UsageError("--book chooses a PDF that is known already.", "Leave it out when you name a PDF.")
    if request.upgrade and (request.pages or request.section or request.next or request.sentence):
        raise UsageError("--upgrade is about notes that are there.", "Leave the other passage or sentence out.")


def date_of_text(text: str) -> dt.date:
    """The date that a person wrote; today for "". Raises UsageError."""
    try:
        return dt.date.fromisoformat(text) if text else dt.date.today()
    except ValueError as error:
        raise UsageError(f"{text} is not a date.", "Write it as 2026-01-31.") from error

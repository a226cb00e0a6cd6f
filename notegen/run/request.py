"""What a person, or a program for them, asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from notegen.desk import Desk
from notegen.kinds.log import LOG
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

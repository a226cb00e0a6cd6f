"""The reading plan: one note a book, with a tick for each day that follows what the logs say was read."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

from notegen.compose.filters import LogFilters
from notegen.compose.finished import finished_note
from notegen.compose.place import Place
from notegen.desk import Desk
from notegen.extract.document import Document
from notegen.kinds.kind import Made
from notegen.kinds.marked import MarkedKind, filters_of
from notegen.language.detect import language_of
from notegen.reading.pages import printed_range
from notegen.reading.planning import PlannedDay
from notegen.vault.identity import properties_of, yaml_of
from notegen.vault.listed import listed
from notegen.vault.names import legal_name
from notegen.vault.note import Merge, Property
from notegen.vault.vault import Vault

TEMPLATE = "plan.md.j2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How a book is to be read."""

    start: dt.date
    by: dt.date | None = None
    """The day on which it is to be finished; None: `pages_per_day` counts."""
    pages_per_day: int = 0
    read_before: tuple[str, ...] = ()
    """The pages that were read when it was planned, counted from 1: "1-12"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """One day in the template. Pages are indexes from 0, both included."""

    date: str
    page: int
    last_page: int
    titles: tuple[str, ...]
    is_read: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSubject:
    """A book that is to be read; `plan` in the template."""

    document: Document
    """Surveyed: its pages' labels count."""
    name: str
    """The PDF's name, without its ending."""
    wish: Wish
    days: tuple[PlannedDay, ...]
    covered: frozenset[int]
    """The page indexes that logs cover today."""

    @property
    def is_finished(self) -> bool:
        """Every day is read."""
        return all(day.is_read(self.covered) for day in self.days)

    @property
    def book(self) -> str:
        """Title of the PDF."""
        return self.document.title

    @property
    def id(self) -> str:
        """The book's id."""
        return self.document.book or self.document.sha256

    @property
    def language(self) -> str:
        """What the titles of its outline are written in, else what the file says; "" where neither tells."""
        return language_of(" ".join(entry.title for entry in self.document.outline), self.document.language)

    @property
    def lines(self) -> tuple[DayLine, ...]:
        """The days as they are shown."""
        return tuple(
            DayLine(
                date=day.date.isoformat(),
                page=day.first,
                last_page=day.last,
                titles=tuple(each.title for each in day.stretches),
                is_read=day.is_read(self.covered),
            )
            for day in self.days
        )


@dataclass(slots=True, kw_only=True)
class PlanFilters(LogFilters):
    """The filters of a plan: those of a log, and `span_link`, a link to the first of a day's pages."""

    def all(self) -> dict[str, Callable[..., Any]]:
        """Filter name → function."""
        return {**LogFilters.all(self), "span_link": self.span_link}

    def span_link(self, line: DayLine) -> str:
        """The pages as printed, linked."""
        pages = printed_range(self.document, line.page, line.last_page)
        many = self.catalogue.said("pp. {pages}", pages=pages)
        shown = many if line.last_page > line.page else self.page_number(line.page)
        return self.vault.link(self.pdf_path, self.note_path, page=line.page + 1, alias=shown)


@dataclass(frozen=True, slots=True)
class ReadingPlan(MarkedKind):
    """A NoteKind. One note for each book; what it was asked for is in its properties, so that it can be made again."""

    name = "plan"
    mark = "plan_of"
    merge: Merge = "regions"

    def key(self, subject: PlanSubject) -> str:
        """As `NoteKind.key`."""
        return subject.id

    def place(self, subject: PlanSubject, desk: Desk, taken: Collection[str]) -> str:
        """As `NoteKind.place`."""
        return posixpath.join(desk.settings.folders.plans.strip("/"), legal_name(subject.name))

    def wish_in(self, path: str, vault: Vault) -> Wish | None:
        """What the plan at that path was asked for; None where its properties cannot be read."""
        yaml = yaml_of(vault.text(path))
        properties = properties_of(yaml)
        start, pace = _date(properties.get("plan_from")), str(properties.get("pace", "")).strip()
        by = _date(pace)
        pages = int(pace) if pace.isdecimal() and len(pace) < 6 else 0
        if start is None or not (pages or (by and by >= start)):
            return None
        return Wish(start=start, by=by, pages_per_day=pages, read_before=listed(yaml, "read_before"))

    def make(self, subject: PlanSubject, place: Place, desk: Desk) -> Made:
        """The note as the logs have it today."""
        filters = filters_of(PlanFilters, subject, place, desk)
        wish = subject.wish
        properties: dict[str, Property] = {
            "type": self.name,
            self.mark: subject.id,
            "source": desk.vault.property_link(place.pdf_path, place.note_path),
            "plan_from": wish.start.isoformat(),
            "pace": wish.by.isoformat() if wish.by else wish.pages_per_day,
            "read_before": list(wish.read_before),
        }
        note = finished_note(TEMPLATE, {"plan": subject}, properties, filters, desk.templates)
        return Made(notes=(replace(note, kind=self),))


PLAN = ReadingPlan()


def _date(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        return None

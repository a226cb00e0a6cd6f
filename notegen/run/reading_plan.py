"""The plan of a book: its unread pages shared out over days, in a note whose ticks follow the logs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from notegen.desk import Desk
from notegen.errors import PdfError, UsageError
from notegen.extract.document import Document
from notegen.kinds.kind import place_at
from notegen.kinds.plan import PLAN, PlanSubject, Wish
from notegen.reading.pages import printed_range
from notegen.reading.passage import pdf_pages
from notegen.reading.planning import PlannedDay, days_by_date, days_by_pages
from notegen.run.asked import write_notes
from notegen.run.reader import AskPassword, PdfReader
from notegen.run.report import Failure, Missing
from notegen.run.request import date_of_text
from notegen.run.sources import Source, linkable_place, sources_of_the_day
from notegen.vault.identity import pages_of
from notegen.vault.logs import LogRecord
from notegen.vault.note import Write


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest:
    """What a person asks for."""

    book: str
    """The PDF's name, with or without .pdf."""
    by: dt.date | None = None
    pages_per_day: int = 0
    """0 and no `by`: as the book's plan says that is there."""
    start: dt.date | None = None
    """None: as the plan says where its pace stays the same, else today."""
    today: dt.date
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReport:
    """The plan as it stands now, or would."""

    subject: PlanSubject
    pdf: str
    note: Write


def plan_request(
    book: str, *, by: str, pages_per_day: int | None, start: str, today: dt.date, dry_run: bool
) -> PlanRequest:
    """What a person typed, as a request. Raises UsageError for days that are none, and for two paces at once."""
    if by and pages_per_day:
        raise UsageError("--by and --pages-per-day cannot both hold.", "Choose one of them.")
    return PlanRequest(
        book=book,
        by=date_of_text(by) if by else None,
        pages_per_day=pages_per_day or 0,
        start=date_of_text(start) if start else None,
        today=today,
        dry_run=dry_run,
    )


def make_plan(request: PlanRequest, desk: Desk, ask_password: AskPassword = lambda pdf, wrong: "") -> PlanReport:
    """Write the plan of a book, or bring the one that is there up to date with the logs; a dry run writes nothing.

    The caller holds the writer's lock. Raises UsageError for what nobody can plan (no such book, a day that is over),
    PdfError for a book that cannot be read or of which nothing is left, VaultError.
    """
    logs = desk.vault.logs()
    reader = PdfReader(desk.settings.extract.ocr_languages, ask_password)
    source = _source_of(request.book, logs, reader, desk)
    document = reader.read(source.path, ())
    source = source.known_as(document, logs)
    read = frozenset(_indexes((log.pdf_pages for log in source.logs), document))
    known = next(iter(PLAN.known({PLAN.mark: document.book or document.sha256}, desk.vault)), None)
    wish = _wish(request, PLAN.wish_in(known.path, desk.vault) if known else None, source)
    days = _days(document, wish)
    if not days:
        raise PdfError(
            f"Nothing of {source.path.stem} is left to read: logs cover it all.", "Name another book to plan."
        )
    pdf_path, copy = linkable_place(source, desk)
    subject = PlanSubject(document=document, name=source.path.stem, wish=wish, days=days, covered=read)
    place = place_at(known.path if known else PLAN.place(subject, desk, ()), desk, pdf_path=pdf_path)
    planned = write_notes(PLAN.make(subject, place, desk).notes, copy, desk, dry_run=request.dry_run)
    return PlanReport(subject=subject, pdf=pdf_path, note=planned.writes[-1])


def as_data(report: PlanReport) -> dict[str, Any]:
    """The report for programs, ready for JSON. Fields may be added; none is renamed. Pages of the file are from 1."""
    subject, wish = report.subject, report.subject.wish
    return {
        "book": subject.name,
        "id": subject.id,
        "path": report.note.path,
        "pdf": report.pdf,
        "status": report.note.status,
        "from": wish.start.isoformat(),
        "by": wish.by.isoformat() if wish.by else "",
        "pages_per_day": wish.pages_per_day,
        "finished": subject.is_finished,
        "days": [
            {
                "date": line.date,
                "pages": printed_range(subject.document, line.page, line.last_page),
                "pdf_pages": pdf_pages(line.page, line.last_page),
                "titles": list(line.titles),
                "read": line.is_read,
            }
            for line in subject.lines
        ],
        "said": list(report.note.said),
    }


def _source_of(book: str, logs: Sequence[LogRecord], reader: PdfReader, desk: Desk) -> Source:
    """The PDF of that name: anywhere in the vault, else where `day` finds its books."""
    name = book.strip().removesuffix(".pdf")
    inside = desk.vault.files.named(f"{name}.pdf")
    paths = [desk.vault.storage.local_path(path) for path in inside] if len(inside) == 1 else []
    named = "" if paths else name
    for source in sources_of_the_day(desk, logs, pdfs=paths, book=named, book_at=reader.book_at):
        if isinstance(source, Source):
            return source
        if isinstance(source, Failure):
            raise PdfError(source.reason, source.next_step)
        if isinstance(source, Missing):
            raise PdfError(f"{source.pdf} is not in the vault any more.", "Put it back.")
    raise UsageError(f"There is no PDF {name} in the vault.", "Drop it into the inbox.")


def _wish(request: PlanRequest, stored: Wish | None, source: Source) -> Wish:
    """What the book's plan says as long as nothing else is asked for; else what is asked for, of what is unread now."""
    by, pages, start = request.by, request.pages_per_day, request.start
    if not (by or pages):
        if stored is None:
            raise UsageError(
                f"{source.path.stem} has no plan yet: how fast is it to be read?",
                "Say --pages-per-day 10, or --by with the day on which it is to be finished.",
            )
        by, pages = stored.by, stored.pages_per_day
    if stored and (by, pages) == (stored.by, stored.pages_per_day) and start in (None, stored.start):
        return stored
    if start and start < request.today:
        raise UsageError(f"--from {start} is in the past.", "Leave it out to begin today, or name a day to come.")
    start = start or request.today
    if by and by < start:
        over = "in the past" if by < request.today else f"before --from {start}"
        raise UsageError(f"--by {by} is {over}.", f"Name {start} or a later day.")
    read = tuple(dict.fromkeys("{}-{}".format(*log.pdf_pages) for log in source.logs))
    return Wish(start=start, by=by, pages_per_day=pages, read_before=read)


def _days(document: Document, wish: Wish) -> tuple[PlannedDay, ...]:
    told = [pages_of(each) for each in wish.read_before]
    before = frozenset(_indexes((each for each in told if each), document))
    try:
        if wish.by:
            return days_by_date(document, before, wish.start, wish.by)
        return days_by_pages(document, before, wish.start, wish.pages_per_day)
    except OverflowError as error:
        raise UsageError("The plan would go beyond the year 9999.", "Begin earlier, or read more a day.") from error


def _indexes(ranges: Iterable[tuple[int, int]], document: Document) -> Iterator[int]:
    """The page indexes of ranges that are counted from 1, as far as the document has them."""
    for first, last in ranges:
        yield from range(max(first, 1) - 1, min(last, document.page_count))

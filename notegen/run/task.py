"""From a source to its tasks: which passage is due today, and the notes of which passages."""

from __future__ import annotations

from dataclasses import dataclass, replace

from notegen.desk import Desk
from notegen.extract.document import Document
from notegen.kinds import KINDS
from notegen.kinds.kind import NoteKind, PassageSubject
from notegen.kinds.log import LOG
from notegen.kinds.made_from import MadeFrom
from notegen.reading.pages import page_indexes
from notegen.reading.stretch import Stretch
from notegen.reading.today import Read, next_stretch, stretch_of_pages, stretch_of_section
from notegen.run.request import DayRequest
from notegen.run.sources import Source, date_of, links_its_pdf
from notegen.vault.logs import LogRecord, NoteRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A passage that is to have a note of some kind."""

    source: Source
    kind: NoteKind[PassageSubject]
    subject: PassageSubject
    note: NoteRecord | None
    """The note that the vault has of it already."""


def tasks_of(source: Source, document: Document, request: DayRequest, desk: Desk) -> list[Task]:
    """Today's passage of a source, if any is left, and those whose logs link a PDF that is not there any more or whose
    pages the learner marked since; of an upgrade, the passages whose logs an earlier notegen made. document: as far as
    a look at its pages tells.

    Raises PdfError, UsageError for pages or a section that it does not have.
    """
    kinds = [KINDS[name] for name in request.kinds]
    stretch = None if request.upgrade else _todays(document, source, request, desk)
    tasks = [_task(source, document, stretch, kind, request, desk) for kind in kinds] if stretch else []
    is_due = _is_earlier if request.upgrade else _is_moved
    for log in source.logs if LOG in kinds else ():
        there = stretch_of(log, document, desk) if all(log is not task.note for task in tasks) else None
        if there:
            task = task_of(log, source, document, there, request, desk)
            if is_due(log, source, desk) or (not request.upgrade and _has_new_marks(log, task, desk)):
                tasks.append(task)
    return tasks


def stretch_of(log: LogRecord, document: Document, desk: Desk) -> Stretch | None:
    """The pages that a log names; None where the document does not have them."""
    first, last = log.pdf_pages[0] - 1, log.pdf_pages[1] - 1
    if not 0 <= first <= last < document.page_count:
        return None
    return stretch_of_pages(document, first, last, max(desk.settings.day.max_pages, last - first + 1))


def task_of(
    log: LogRecord, source: Source, document: Document, stretch: Stretch, request: DayRequest, desk: Desk
) -> Task:
    """The task of a log that is there."""
    return replace(_task(source, document, stretch, LOG, request, desk), note=log)


def _task(
    source: Source,
    document: Document,
    stretch: Stretch,
    kind: NoteKind[PassageSubject],
    request: DayRequest,
    desk: Desk,
) -> Task:
    subject = PassageSubject(
        document=document,
        stretch=stretch,
        book=source.book,
        name=source.path.stem,
        date=request.date,
        sentence=request.sentence,
    )
    return Task(source=source, kind=kind, subject=subject, note=_known(kind, subject, source, desk))


def _known(kind: NoteKind[PassageSubject], subject: PassageSubject, source: Source, desk: Desk) -> NoteRecord | None:
    """The note that the vault has of the subject."""
    if kind is LOG:  # the logs of a book are at hand, in whatever file it was
        pages = (subject.stretch.first + 1, subject.stretch.last + 1)
        return next((log for log in source.logs if log.pdf_pages == pages), None)
    return next((note for note in desk.vault.notes_of(kind) if note.key == kind.key(subject)), None)


def _todays(document: Document, source: Source, request: DayRequest, desk: Desk) -> Stretch | None:
    """What was asked for; else what was read today; else what comes next."""
    max_pages = desk.settings.day.max_pages
    if request.pages:
        return stretch_of_pages(document, *page_indexes(request.pages, document), max_pages)
    if request.section:
        return stretch_of_section(document, request.section)
    reads = [
        Read(date=date_of(log).isoformat(), first=log.pdf_pages[0] - 1, last=log.pdf_pages[1] - 1)
        for log in source.logs
        if 1 <= log.pdf_pages[0] <= log.pdf_pages[1] <= document.page_count
    ]
    todays = [read for read in reads if read.date == request.date.isoformat()]
    if todays and not request.next:
        return stretch_of_pages(document, todays[-1].first, todays[-1].last, max_pages)
    found = next_stretch(document, reads, max_pages)
    if found is None and reads and _goes_back(request):
        latest = max(reads, key=lambda read: (read.date, read.last))
        return stretch_of_pages(document, latest.first, latest.last, max_pages)
    return found


def _goes_back(request: DayRequest) -> bool:
    """Of a book that is read to its end the latest passage is meant."""
    return request.refresh or bool(request.pdfs and not request.next)


def _is_moved(log: LogRecord, source: Source, desk: Desk) -> bool:
    """The log links a PDF which is not there any more."""
    return not links_its_pdf(log, source.book, desk)


def _has_new_marks(log: LogRecord, task: Task, desk: Desk) -> bool:
    """The pages have highlights, and the log is not made from all of them as they are."""
    stretch = task.subject.stretch
    if not any(stretch.first <= each.page <= stretch.last for each in task.subject.document.highlights):
        return False
    made, now = MadeFrom.read(log.made_from), MadeFrom.read(LOG.made_from(task.subject, desk))
    return made.wishes not in ("", now.wishes)


def _is_earlier(log: LogRecord, source: Source, desk: Desk) -> bool:
    """Another notegen made the log."""
    return MadeFrom.read(log.made_from).is_earlier

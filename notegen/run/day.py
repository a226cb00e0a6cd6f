"""One day: which PDFs, which passage of each, and the note of each passage. An error belongs to one PDF."""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from notegen.compose.place import Place
from notegen.desk import Desk
from notegen.draft.draft import DraftRecord
from notegen.draft.drafter import Brief
from notegen.draft.quoting.extractive import ExtractiveDrafter
from notegen.errors import ChangedPdfError, LockedPdfError, NotegenError, PdfError, UsageError
from notegen.extract.document import Document
from notegen.figures.draw import Wishes
from notegen.figures.vault_names import note_titles
from notegen.kinds.figure_block import draw_blocks
from notegen.kinds.log import make_note
from notegen.kinds.log_path import log_path
from notegen.language.names import code_of
from notegen.learner.readings import readings_of
from notegen.learner.words import learner_words
from notegen.reading.pages import page_indexes
from notegen.reading.passage import cut, pdf_pages
from notegen.reading.stretch import Stretch
from notegen.reading.today import Read, next_stretch, stretch_of_pages, stretch_of_section
from notegen.run.made_from import MadeFrom, made_from, wishes_of
from notegen.run.reader import AskPassword, PdfReader
from notegen.run.sources import (
    Failure,
    Missing,
    Source,
    date_of,
    is_whole,
    linkable_place,
    links_its_pdf,
    place_of,
    sources_of_the_day,
)
from notegen.vault.apply import apply
from notegen.vault.logs import LogRecord
from notegen.vault.note import Attachment, Plan, Write, WriteStatus

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


NOT_DRAFTED = DraftRecord()
MODEL_NOT_NAMED = "A model wrote into this note: name it again with --model, or give that up with --drafter extractive."


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteResult:
    """A passage and what became of its note."""

    path: str
    """Of the note, relative to the vault."""
    source: str
    """Of the PDF, relative to the vault."""
    title: str
    pages: str
    """As printed: "25-36"."""
    pdf_pages: str
    """Counted from 1: "40-52"."""
    drafter: str
    status: WriteStatus
    suspect: str = ""
    record: DraftRecord = NOT_DRAFTED
    """How it was drafted; empty for a note that stands already."""
    said: tuple[str, ...] = ()
    """What was left alone in the note and why."""
    writes: tuple[Write, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReport:
    notes: tuple[NoteResult, ...] = ()
    failed: tuple[Failure, ...] = ()
    waiting: tuple[str, ...] = ()
    """PDFs left for another run because of day.max_notes."""
    finished: tuple[str, ...] = ()
    """PDFs with nothing left to read."""
    missing: tuple[Missing, ...] = ()
    """Books in progress whose PDF is gone."""
    locked: tuple[str, ...] = ()
    """PDFs that have notes already and can only be read on with their password."""
    drawn: tuple[str, ...] = ()
    """Notes in which a figure was drawn below a block that asks for it."""
    troubled: tuple[LogRecord, ...] = ()
    """Notes whose properties cannot be read or written as they are; see `LogRecord.trouble`."""
    no_model: str = ""
    """Why there were no figures by the encoder, and what helps; "" when there was no need to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """A passage to be made into a note, or one whose note stands already."""

    source: Source
    document: Document
    stretch: Stretch
    log: LogRecord | None


def run_day(
    request: DayRequest,
    desk: Desk,
    on_progress: Progress = lambda pdf, what: None,
    ask_password: AskPassword = lambda pdf, wrong: "",
    on_notice: Callable[[str], None] = lambda sentence: None,
) -> DayReport:
    """Make the day's notes. With dry_run the same plan is made and nothing is written.

    on_notice is told, before a document leaves the machine, where it goes.
    Raises UsageError for a request that fits no PDF at all; what goes wrong with one PDF is in the report.
    """
    desk.drafter.begin_run()
    is_alone = bool(request.copies) or request.upgrade  # a watched PDF, or notes of earlier versions
    drawn, troubles = ((), []) if is_alone else draw_blocks(desk, dry_run=request.dry_run)
    failed = [Failure.of("", each) for each in troubles]
    logs = desk.vault.logs()
    reader = PdfReader(desk.settings.extract.ocr_languages, ask_password, request.copies)
    notes: list[NoteResult] = []
    waiting: list[str] = []
    finished: list[str] = []
    missing: list[Missing] = []
    locked: list[str] = []
    made = 0
    books: set[str] = set()
    noted: set[str] = set()
    for source in _sources(desk, logs, request, bool(drawn), reader.book_at):
        if isinstance(source, Failure):
            failed.append(source)
            continue
        if isinstance(source, Missing):
            missing += [source] if source.log not in noted else []
            continue
        if made >= desk.settings.day.max_notes and not request.pdfs:
            waiting.append(source.name)
            continue
        try:
            on_progress(source.name, "looking at its pages")
            document = reader.read(source.path, ())
            if document.book in books:
                continue
            source = source.known_as(document, logs)
            books.add(document.book)
            noted.update(log.path for log in source.logs)
            if request.only_new and source.logs and not request.pages:
                notes.append(_standing(source, document, desk))
                continue
            tasks = (_old if request.upgrade else _tasks)(source, document, request, desk)
            for place, task in enumerate(tasks, 1):
                if request.upgrade:
                    on_progress(source.name, f"note {place} of {len(tasks)}")
                taken = {note.path for note in notes}
                result = _note(task, request, desk, reader, taken, on_progress, on_notice)
                notes.append(result)
                made += result.status == "written"
            if not tasks and not request.upgrade:
                finished.append(source.name)
        except UsageError:
            raise
        except LockedPdfError as error:
            if source.logs and not (request.pdfs or request.book or request.refresh):
                locked.append(source.name)
            else:
                failed.append(Failure.of(source.name, error))
        except NotegenError as error:
            failed.append(Failure.of(source.name, error))
        except Exception as error:  # a fault of notegen with one PDF must not cost the others theirs
            failed.append(_fault(source, error))
    return DayReport(
        notes=tuple(notes),
        failed=tuple(failed),
        waiting=tuple(waiting),
        finished=tuple(finished),
        missing=tuple(missing),
        locked=tuple(locked),
        drawn=drawn,
        troubled=tuple(log for log in logs if log.trouble),
        no_model=desk.encoder.missing,
    )


def _sources(
    desk: Desk, logs: tuple[LogRecord, ...], request: DayRequest, has_drawn: bool, book_at: Callable[[Path], str]
) -> Iterator[Source | Failure | Missing]:
    """The sources of the day. That there is no PDF at all is no failure of a day that has drawn figures."""
    try:
        yield from sources_of_the_day(desk, logs, pdfs=request.pdfs, book=request.book, book_at=book_at)
    except PdfError:
        if not has_drawn or request.pdfs:
            raise


def _fault(source: Source, error: Exception) -> Failure:
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}"
    reason = f"This PDF brought notegen to a fault of its own ({where}: {error})."
    return Failure(pdf=source.name, reason=reason, next_step="Please report it with the PDF.", kind=where)


def _standing(source: Source, document: Document, desk: Desk) -> NoteResult:
    """The latest note of a book that has notes already."""
    log = max(source.logs, key=lambda log: (date_of(log), log.pdf_pages))
    first, last = log.pdf_pages[0] - 1, min(log.pdf_pages[1], document.page_count) - 1
    there = stretch_of_pages(document, min(first, last), last, document.page_count)
    task = _Task(source=source, document=document, stretch=there, log=log)
    return _result(task, log.path, place_of(log, desk), "unchanged", desk)


def _old(source: Source, document: Document, request: DayRequest, desk: Desk) -> list[_Task]:
    """The notes of the source that an earlier version made."""
    tasks = []
    for log in source.logs:
        first, last = log.pdf_pages[0] - 1, log.pdf_pages[1] - 1
        if MadeFrom.read(log.made_from).is_earlier and 0 <= first <= last < document.page_count:
            there = stretch_of_pages(document, first, last, max(desk.settings.day.max_pages, last - first + 1))
            tasks.append(_Task(source=source, document=document, stretch=there, log=log))
    return tasks


def _tasks(source: Source, document: Document, request: DayRequest, desk: Desk) -> list[_Task]:
    """Today's passage of the source, if any is left, and those whose notes link a PDF that is not there any more."""
    max_pages = desk.settings.day.max_pages
    tasks = []
    stretch = _stretch(document, source, request, max_pages)
    if stretch is not None:
        pages = (stretch.first + 1, stretch.last + 1)
        mine = [log for log in source.logs if log.pdf_pages == pages]
        tasks.append(_Task(source=source, document=document, stretch=stretch, log=mine[0] if mine else None))
    for log in source.logs:
        first, last = log.pdf_pages[0] - 1, log.pdf_pages[1] - 1
        is_known = any(log is task.log for task in tasks)
        if not is_known and 0 <= first <= last < document.page_count and not links_its_pdf(log, source.book, desk):
            there = stretch_of_pages(document, first, last, max_pages)
            tasks.append(_Task(source=source, document=document, stretch=there, log=log))
    return tasks


def _stretch(document: Document, source: Source, request: DayRequest, max_pages: int) -> Stretch | None:
    if request.pages:
        return stretch_of_pages(document, *page_indexes(request.pages, document), max_pages)
    if request.section:
        return stretch_of_section(document, request.section)
    date = request.date.isoformat()
    reads = [
        Read(date=date_of(log).isoformat(), first=log.pdf_pages[0] - 1, last=log.pdf_pages[1] - 1)
        for log in source.logs
        if 1 <= log.pdf_pages[0] <= log.pdf_pages[1] <= document.page_count
    ]
    todays = [read for read in reads if read.date == date]
    if todays and not request.next:
        return stretch_of_pages(document, todays[-1].first, todays[-1].last, max_pages)
    found = next_stretch(document, reads, max_pages)
    if found is None and reads and (request.refresh or (request.pdfs and not request.next)):
        latest = max(reads, key=lambda read: (read.date, read.last))
        return stretch_of_pages(document, latest.first, latest.last, max_pages)
    return found


def _note(
    task: _Task,
    request: DayRequest,
    desk: Desk,
    reader: PdfReader,
    taken: Collection[str],
    on_progress: Progress,
    on_notice: Callable[[str], None],
) -> NoteResult:
    """Make the task's note, unless it stands as it should. taken: notes of this run, which a dry run does not write."""
    if task.log and task.log.trouble:
        kept = _result(task, task.log.path, place_of(task.log, desk), "kept", desk)
        return replace(kept, said=(f"The note was left as it is: {task.log.trouble}.",))
    wishes = _wishes_of(task, desk)
    is_wished = request.refresh or request.upgrade or bool(request.sentence)
    says_more = task.log and _says_more(task.log, desk)
    stands = task.log and MadeFrom.read(task.log.made_from).stands(wishes) and not is_wished
    if task.log and (stands or says_more) and is_whole(task.log, task.source.book, desk):
        found = _result(task, task.log.path, place_of(task.log, desk), "unchanged", desk)
        return replace(found, said=(MODEL_NOT_NAMED,)) if says_more and is_wished else found
    pdf_path, copy = linkable_place(task.source, desk)
    note_path = (
        task.log.path if task.log else log_path(task.stretch.title, task.source.path.stem, request.date, desk, taken)
    )
    place = Place(
        vault=desk.vault,
        note_path=note_path,
        pdf_path=pdf_path,
        attachment_folder=desk.vault.settings.attachments_of(note_path) or desk.settings.log.attachments.strip("/"),
        date=((task.log and task.log.date) or request.date).isoformat(),
        tags=desk.settings.log.tags,
        concept_tags=desk.settings.concepts.tags,
        language=code_of(desk.settings.learner.language),
        made_from=made_from(
            wishes if desk.encoder.get() is None else _wishes_of(task, desk)  # its weights may just have come
        ),
    )
    stretch = task.stretch
    on_progress(task.source.name, f"reading {stretch.page_count} pages")
    document = reader.read(
        task.source.path,
        range(stretch.first, stretch.last + 1),
        lambda done, asked: on_progress(task.source.name, f"{done} of {asked} pages are read"),
    )
    if document.sha256 != task.source.sha256:
        raise ChangedPdfError(f"{task.source.name} changed while it was being read.", "Run notegen day again.")
    on_progress(task.source.name, "drafting")
    others = [log for log in task.source.logs if log is not task.log]
    brief = Brief(
        dry_run=request.dry_run,
        refresh=request.refresh,
        notes=learner_words(others, desk.vault) if _sends_notes(desk) else (),
        step=lambda what: on_progress(task.source.name, what),
        notice=on_notice,
    )
    plan, record = make_note(cut(document, stretch), place, _wishes(task, request, desk), desk, brief)
    if task.log and task.log.drafter == "llm" and not (record.model or record.is_complete):
        kept = _result(task, task.log.path, place_of(task.log, desk), "unchanged", desk)
        return replace(kept, record=record, said=("What a model wrote into this note before stays.",))
    if copy:
        plan = _with_copy(plan, copy)
    if not request.dry_run:
        on_progress(task.source.name, "writing")
        apply(plan, desk.vault)
    note = plan.writes[-1]
    mended = note.status == "unchanged" and any(each.status == "written" for each in plan.writes)
    return replace(
        _result(task, note.path, pdf_path, "updated" if mended else note.status, desk),
        drafter=desk.drafter.name if record.model else ExtractiveDrafter.name,
        record=record,
        said=(*note.said, *([document.ocr_advice] if document.ocr_advice else [])),
        suspect=document.suspect,
        writes=plan.writes,
    )


def _sends_notes(desk: Desk) -> bool:
    """The learner allows it, and there is a model to send them to."""
    return desk.settings.draft.send_notes and desk.drafter.name != ExtractiveDrafter.name


def _wishes(task: _Task, request: DayRequest, desk: Desk) -> Wishes:
    """What the figures of the task's note need to know of the vault."""
    is_long = task.document.page_count > desk.settings.day.max_pages
    return Wishes(
        sentence=request.sentence,
        notes=note_titles(desk.vault),
        readings=readings_of(task.source.book, desk.vault) if is_long else (),
        is_long_book=is_long,
    )


def _result(task: _Task, path: str, source: str, status: WriteStatus, desk: Desk) -> NoteResult:
    labels = task.document.labels
    first, last = labels[task.stretch.first], labels[task.stretch.last]
    return NoteResult(
        path=path,
        source=source,
        title=task.stretch.title,
        pages=first if task.stretch.page_count == 1 else f"{first}-{last}",
        pdf_pages=pdf_pages(task.stretch.first, task.stretch.last),
        drafter=desk.drafter.name,
        status=status,
        suspect=task.document.suspect,
    )


def _with_copy(plan: Plan, copy: Attachment) -> Plan:
    write = Write(path=copy.path, data=copy.data, status="written")
    return Plan(writes=(write, *plan.writes))


def _says_more(log: LogRecord, desk: Desk) -> bool:
    """A model drafted the note and none is asked now, though nobody said to quote only: what was paid for stays."""
    quotes = ExtractiveDrafter.name
    return log.drafter == "llm" and desk.drafter.name == quotes and desk.settings.draft.drafter != quotes


def _wishes_of(task: _Task, desk: Desk) -> str:
    has_scans = not all(task.document.words[task.stretch.first : task.stretch.last + 1])
    return wishes_of(desk, has_scans=has_scans)

"""One day: which PDFs, which passage of each, and the notes of each passage. An error belongs to one PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from notegen.desk import Desk
from notegen.errors import LockedPdfError, NotegenError, PdfError, UsageError
from notegen.extract.document import Document
from notegen.kinds.figure_block import FIGURE_BLOCK
from notegen.kinds.kind import place_at
from notegen.language.names import code_of
from notegen.reading.today import stretch_of_pages
from notegen.run.editions import archive, earlier_edition
from notegen.run.ledger import keep_ledger
from notegen.run.making import kept, make
from notegen.run.rabbit_holes import park_rabbit_holes
from notegen.run.reader import AskPassword, PdfReader
from notegen.run.report import DayReport, Failure, Missing, NoteResult
from notegen.run.request import DayRequest, Progress, Run
from notegen.run.review import Decided
from notegen.run.review_note import read_back, show
from notegen.run.sources import Source, date_of, sources_of_the_day
from notegen.run.task import task_of, tasks_of
from notegen.vault.apply import apply
from notegen.vault.logs import LogRecord
from notegen.vault.plan import plan
from notegen.vault.waiting import count_waiting


def run_day(
    request: DayRequest,
    desk: Desk,
    on_progress: Progress = lambda pdf, what: None,
    ask_password: AskPassword = lambda pdf, wrong: "",
    on_notice: Callable[[str], None] = lambda sentence: None,
    on_pages: Callable[[int, int], None] = lambda done, total: None,
) -> DayReport:
    """Make the day's notes. With dry_run the same plan is made and nothing is written.

    on_notice is told, before a document leaves the machine, where it goes; on_pages (pages read, pages asked for).
    Raises UsageError for a request that fits no PDF at all; what goes wrong with one PDF is in the report.
    """
    desk.drafter.begin_run()
    reader = PdfReader(desk.settings.extract.ocr_languages, ask_password, request.copies)
    run = Run(desk=desk, reader=reader, on_progress=on_progress, on_notice=on_notice, on_pages=on_pages)
    day = _Day()
    folder = desk.settings.review.folder
    words = desk.templates.catalogue(code_of(desk.settings.learner.language))
    decided = Decided() if request.dry_run else read_back(desk.vault, folder, words)
    if not (request.copies or request.upgrade):  # a watched PDF is alone, and so are notes of earlier versions
        _draw_blocks(request, run, day)
    logs = desk.vault.logs()
    for source in _sources(request, logs, run, has_drawn=bool(day.drawn)):
        if isinstance(source, Failure):
            day.failed.append(source)
        elif isinstance(source, Missing):
            day.missing.append(source)
        elif day.made >= desk.settings.day.max_notes and not request.pdfs:
            day.waiting.append(source.name)
        else:
            _read_on(source, request, logs, run, day)
    if not request.dry_run:
        show(desk.vault, folder, words)
    return day.report(
        decided=decided,
        troubled=tuple(log for log in logs if log.trouble),
        proposals=count_waiting(desk.vault),
        no_model=desk.encoder.missing,
    )


@dataclass(slots=True)
class _Day:
    """The report as it grows."""

    notes: list[NoteResult] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    finished: list[str] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    locked: list[str] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    editions: list[str] = field(default_factory=list)
    books: set[str] = field(default_factory=set)
    """Ids of those that were looked at: a second file of a book is no second book."""
    has_ledger: bool = False
    """What the learner did is in the ledger."""
    noted: set[str] = field(default_factory=set)
    """Paths of the logs of those books, and of earlier editions of them."""

    @property
    def made(self) -> int:
        """How many notes are new."""
        return sum(note.status == "written" for note in self.notes)

    def report(self, *, decided: Decided, troubled: tuple[LogRecord, ...], proposals: int, no_model: str) -> DayReport:
        return DayReport(
            notes=tuple(self.notes),
            failed=tuple(self.failed),
            waiting=tuple(self.waiting),
            finished=tuple(self.finished),
            missing=tuple(each for each in self.missing if each.log not in self.noted),
            editions=tuple(self.editions),
            locked=tuple(self.locked),
            drawn=tuple(self.drawn),
            troubled=troubled,
            decided=decided,
            proposals=proposals,
            no_model=no_model,
        )


def _draw_blocks(request: DayRequest, run: Run, day: _Day) -> None:
    """Draw the figures that notes of the vault ask for. What goes wrong with one note concerns that note alone."""
    desk = run.desk
    for subject in FIGURE_BLOCK.subjects(desk):
        try:
            made = FIGURE_BLOCK.make(subject, place_at(subject.path, desk), desk)
            if not made.notes:
                continue
            planned = plan(made.notes, desk.vault)
            if not request.dry_run:
                apply(planned, desk.vault)
            day.drawn.append(subject.path)
        except NotegenError as error:
            day.failed.append(Failure.of("", error))


def _keep_ledger(request: DayRequest, desk: Desk, day: _Day) -> None:
    """Write down what the learner did since the last day, once, before a new log looks at it: where no log is new,
    nothing changes. Not in a dry run, nor for a watched PDF, which is alone."""
    if request.dry_run or request.copies or day.has_ledger:
        return
    day.has_ledger = True
    try:
        keep_ledger(desk, request.date, dry_run=False)
        park_rabbit_holes(desk, request.date, dry_run=False)
    except NotegenError as error:
        day.failed.append(Failure.of("", error))


def _sources(
    request: DayRequest, logs: Sequence[LogRecord], run: Run, *, has_drawn: bool
) -> Iterator[Source | Failure | Missing]:
    """The sources of the day. That there is no PDF at all is no failure of a day that has drawn figures."""
    try:
        yield from sources_of_the_day(run.desk, logs, pdfs=request.pdfs, book=request.book, book_at=run.reader.book_at)
    except PdfError:
        if not has_drawn or request.pdfs:
            raise


def _read_on(source: Source, request: DayRequest, logs: Sequence[LogRecord], run: Run, day: _Day) -> None:
    """Make the notes that are due of one source. logs: of the vault."""
    try:
        run.on_progress(source.name, "looking at its pages")
        document = run.reader.read(source.path, ())
        if document.book in day.books:
            return
        source = source.known_as(document, logs)
        if earlier := earlier_edition(source, document, logs, run.desk):
            day.editions.append(archive(earlier, source, run.desk, dry_run=request.dry_run))
            day.noted.update(log.path for log in earlier)
        day.books.add(document.book)
        day.noted.update(log.path for log in source.logs)
        if request.only_new and source.logs and not request.pages:
            day.notes.append(_latest(source, document, request, run))
            return
        tasks = tasks_of(source, document, request, run.desk)
        for place, task in enumerate(tasks, 1):
            if request.upgrade:
                run.on_progress(source.name, f"note {place} of {len(tasks)}")
            elif task.note is None:
                _keep_ledger(request, run.desk, day)
            day.notes.append(make(task, request, run, taken={note.path for note in day.notes}))
        if not tasks and not request.upgrade:
            day.finished.append(source.name)
    except UsageError:
        raise
    except LockedPdfError as error:
        if source.logs and not (request.pdfs or request.book or request.refresh):
            day.locked.append(source.name)
        else:
            day.failed.append(Failure.of(source.name, error))
    except Exception as error:  # a fault of notegen with one PDF must not cost the others theirs
        day.failed.append(Failure.of(source.name, error))


def _latest(source: Source, document: Document, request: DayRequest, run: Run) -> NoteResult:
    """The latest note of a book that has notes already."""
    log = max(source.logs, key=lambda log: (date_of(log), log.pdf_pages))
    first, last = log.pdf_pages[0] - 1, min(log.pdf_pages[1], document.page_count) - 1
    there = stretch_of_pages(document, min(first, last), last, document.page_count)
    return kept(task_of(log, source, document, there, request, run.desk), run)

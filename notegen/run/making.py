"""One task: is its note due, where does it go, how is it made; then it is made, planned and written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import nullcontext
from dataclasses import replace

from notegen.compose.place import Place
from notegen.draft.draft import DraftRecord
from notegen.draft.drafter import Brief
from notegen.draft.quoting.extractive import ExtractiveDrafter
from notegen.errors import ChangedPdfError
from notegen.extract.document import Document
from notegen.kinds.kind import NOT_DRAFTED, place_at
from notegen.kinds.log import LOG
from notegen.kinds.made_from import MadeFrom
from notegen.learner.written import last_words
from notegen.reading.passage import pdf_pages
from notegen.run.asked import with_copy
from notegen.run.editions import with_reference
from notegen.run.report import NoteResult
from notegen.run.request import DayRequest, Run
from notegen.run.review import refusals
from notegen.run.sources import is_whole, linkable_place, place_of
from notegen.run.task import Task
from notegen.store.editions import keep_edition
from notegen.vault.apply import apply_as_it_is
from notegen.vault.note import Attachment, Edit, Note, Plan, WriteStatus
from notegen.vault.plan import plan
from notegen.vault.writing import letting_others_write

MODEL_NOT_NAMED = "A model wrote into this note: name it again with --model, or give that up with --drafter extractive."
MODEL_STAYS = "What a model wrote into this note before stays."
QUOTES = ExtractiveDrafter.name


def make(task: Task, request: DayRequest, run: Run, taken: Collection[str]) -> NoteResult:
    """The note of the task, made and written, unless it stands as it should.

    taken: paths of the run's notes, which a dry run does not write. Raises what a kind's `make` and `apply` raise.
    """
    if stands := standing(task, request, run):
        return stands
    place, copy = where(task, request, run, taken)
    document = _read(task, run)
    run.on_progress(task.source.name, "drafting")
    brief = how(task, request, run)
    asks = run.desk.drafter.name != QUOTES and not request.dry_run
    with letting_others_write(run.desk.vault) if asks else nullcontext():
        made = task.kind.make(replace(task.subject, document=document, brief=brief), place, run.desk)
    if task.note and task.note.drafter == "llm" and not (made.record.model or made.record.is_complete):
        return kept(task, run, MODEL_STAYS, made.record)
    notes = made.notes if task.note else _with_reference(made.notes, task, run)
    vault = run.desk.vault

    def planned_now() -> Plan:
        return with_copy(plan(notes, vault), copy)

    if request.dry_run:
        planned = planned_now()
    else:
        run.on_progress(task.source.name, "writing")
        planned = apply_as_it_is(planned_now, vault)
        keep_edition(vault.private_folder, run.reader.place_of(task.source.path), document.sha256)
    return _made(task, planned, made.record, place.pdf_path, document, run)


def _with_reference(notes: Sequence[Note | Edit], task: Task, run: Run) -> tuple[Note | Edit, ...]:
    """The notes of a new task; the last of them refers to those of an earlier edition."""
    *others, note = notes
    stretch = task.subject.stretch
    if isinstance(note, Note) and task.kind is LOG:
        note = with_reference(note, task.source, (stretch.first + 1, stretch.last + 1), run.desk)
    return (*others, note)


def standing(task: Task, request: DayRequest, run: Run) -> NoteResult | None:
    """Is the note due? What stands in its place, when it is not; None when it is to be made."""
    note = task.note
    if note is None:
        return None
    if note.trouble:
        return replace(kept(task, run, f"The note was left as it is: {note.trouble}."), status="kept")
    is_wished = request.refresh or request.upgrade or bool(request.sentence)
    wishes = MadeFrom.read(task.kind.made_from(task.subject, run.desk)).wishes
    is_current = not is_wished and MadeFrom.read(note.made_from).stands(wishes)
    says_more = note.drafter == "llm" and run.desk.drafter.name == QUOTES != run.desk.settings.draft.drafter
    if not (is_current or says_more) or not is_whole(note, task.source.book, run.desk):
        return None
    return kept(task, run, MODEL_NOT_NAMED if says_more and is_wished else "")


def where(task: Task, request: DayRequest, run: Run, taken: Collection[str]) -> tuple[Place, Attachment | None]:
    """Where the note goes, and the copy of its PDF that has to be written for its links."""
    pdf_path, copy = linkable_place(task.source, run.desk)
    path = task.note.path if task.note else task.kind.place(task.subject, run.desk, taken)
    run.desk.encoder.get()  # its weights may come only now, and the note is made from them, too
    place = place_at(
        path,
        run.desk,
        pdf_path=pdf_path,
        date=(task.note and task.note.date) or request.date,
        made_from=task.kind.made_from(task.subject, run.desk),
    )
    return place, copy


def how(task: Task, request: DayRequest, run: Run) -> Brief:
    """How the note is to be drafted, and whom to tell."""
    desk, name = run.desk, task.source.name
    sends_notes = desk.settings.draft.send_notes and desk.drafter.name != QUOTES
    others = [log for log in task.source.logs if log is not task.note]
    return Brief(
        dry_run=request.dry_run,
        refresh=request.refresh,
        notes=last_words(others, desk.vault) if sends_notes else (),
        refused=refusals(task.note.path, desk.vault) if task.note else (),
        step=lambda what: run.on_progress(name, what),
        notice=run.on_notice,
    )


def _read(task: Task, run: Run) -> Document:
    """The document, with the task's pages read in full."""
    source, stretch = task.source, task.subject.stretch
    run.on_progress(source.name, f"reading {stretch.page_count} pages")

    def on_page(done: int, asked: int) -> None:
        run.on_pages(done, asked)
        run.on_progress(source.name, f"{done} of {asked} pages are read")

    document = run.reader.read(source.path, range(stretch.first, stretch.last + 1), on_page)
    if document.sha256 != source.sha256:
        raise ChangedPdfError(f"{source.name} changed while it was being read.", "Run notegen day again.")
    return document


def kept(task: Task, run: Run, said: str = "", record: DraftRecord = NOT_DRAFTED) -> NoteResult:
    """The result of a note that is left as it stands. said: why, where it is worth a word."""
    assert task.note is not None
    source = place_of(task.note, run.desk) if task.note.source else task.source.name
    result = _result(task, task.note.path, source, "unchanged", run)
    return replace(result, record=record, said=(said,) if said else ())


def _made(task: Task, planned: Plan, record: DraftRecord, pdf_path: str, document: Document, run: Run) -> NoteResult:
    note = planned.writes[-1]
    mended = note.status == "unchanged" and any(each.status == "written" for each in planned.writes)
    return replace(
        _result(task, note.path, pdf_path, "updated" if mended else note.status, run),
        drafter=run.desk.drafter.name if record.model else QUOTES,
        record=record,
        said=(*note.said, *([document.ocr_advice] if document.ocr_advice else [])),
        suspect=document.suspect,
        writes=planned.writes,
    )


def _result(task: Task, path: str, source: str, status: WriteStatus, run: Run) -> NoteResult:
    document, stretch = task.subject.document, task.subject.stretch
    first, last = document.labels[stretch.first], document.labels[stretch.last]
    return NoteResult(
        path=path,
        source=source,
        title=stretch.title,
        pages=first if stretch.page_count == 1 else f"{first}-{last}",
        pdf_pages=pdf_pages(stretch.first, stretch.last),
        drafter=run.desk.drafter.name,
        status=status,
        suspect=document.suspect,
    )

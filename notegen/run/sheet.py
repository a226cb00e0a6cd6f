"""The sheet of a book: what its logs' passages say, condensed into one note."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from notegen.compose.filters import NAME_DIGITS
from notegen.desk import Desk
from notegen.draft.draft import Draft, Formula, Quotation, QuotedLine
from notegen.draft.quoting.extractive import Work
from notegen.draft.quoting.quotation import quoted
from notegen.errors import PdfError
from notegen.extract.document import Document
from notegen.kinds.cards import CARDS
from notegen.kinds.kind import place_at
from notegen.kinds.sheet import SHEET, SheetPassage, SheetSubject, held
from notegen.learner.cards.noted import cards_in
from notegen.learner.cards.plugin import CardSyntax
from notegen.learner.cited import Cited, cited_in
from notegen.learner.ledger.concepts import Concept as Learned
from notegen.learner.ledger.definition import definition_in
from notegen.learner.ledger.reading import read_ledger
from notegen.learner.sheet import GROUPS, WORDS_PER_PAGE, Room, Wrong, in_turn
from notegen.reading.passage import cut
from notegen.run.asked import read_book, write_notes
from notegen.run.reader import AskPassword, PdfReader
from notegen.run.request import Progress
from notegen.run.shelves import plain
from notegen.run.sources import Source, linkable_place
from notegen.run.task import stretch_of
from notegen.vault.logs import LogRecord
from notegen.vault.note import Write


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReport:
    """What became of the sheet."""

    subject: SheetSubject
    pdf: str
    note: Write
    """As it was written, or would be."""
    room: Room
    """What it takes, and how many statements, formulas, tables and figures found no room."""

    def count(self, group: str) -> int:
        """How many it shows of one of the GROUPS."""
        return sum(len(each.group(group)) for each in self.subject.passages)


def make_sheet(
    desk: Desk,
    book: str,
    *,
    pages: int,
    today: dt.date,
    dry_run: bool,
    on_progress: Progress = lambda pdf, what: None,
    ask_password: AskPassword = lambda pdf, wrong: "",
) -> SheetReport:
    """Condense what was read of a book. pages: how long the sheet may be. today: what is dated later does not count.

    Raises UsageError for a book that is not there, PdfError where nothing of it was read or can be condensed.
    """
    reader = PdfReader(desk.settings.extract.ocr_languages, ask_password)
    source, document = read_book(book, "sheet", reader, desk)
    pdf_path, _ = linkable_place(source, desk)
    room = Room(pages * WORDS_PER_PAGE)
    wrong = tuple(each for each in _wrong(desk, document, pdf_path, today) if room.takes(each))
    said = {plain(each.answer) for each in wrong}
    passages, language = [], ""
    for log in _once(source.logs):
        on_progress(source.name, f"condensing pp. {log.pages}")
        if passage := _passage(log, source, document, reader, desk, said):
            passages.append(passage[0])
            language = language or passage[1]
    fitting = zip(passages, room.share([each.items for each in passages]), strict=True)
    kept = tuple(replace(each, items=items) for each, items in fitting if items)
    if not kept and not wrong:
        title = source.path.stem
        next_step = f"Read on in it first: notegen day --book “{title}”"
        raise PdfError(f"What was read of {title} holds nothing that a sheet could show.", next_step)
    subject = SheetSubject(document=document, name=source.path.stem, language=language, passages=kept, wrong=wrong)
    note = _noted(subject, source, desk, dry_run=dry_run)
    return SheetReport(subject=subject, pdf=pdf_path, note=note, room=room)


def as_data(report: SheetReport) -> dict[str, Any]:
    """The report for programs, ready for JSON. Fields may be added; none is renamed."""
    return {
        "book": report.subject.name,
        "id": report.subject.document.book,
        "path": report.note.path,
        "pdf": report.pdf,
        "status": report.note.status,
        "words": report.room.taken,
        "passages": [each.pdf_pages for each in report.subject.passages],
        **{group: report.count(group) for group in GROUPS},
        "wrong": len(report.subject.wrong),
        "left_out": report.room.left_out,
        "said": list(report.note.said),
    }


def _noted(subject: SheetSubject, source: Source, desk: Desk, *, dry_run: bool) -> Write:
    """The note, written unless it is a dry run."""
    pdf_path, copy = linkable_place(source, desk)
    known = SHEET.known({SHEET.mark: subject.document.book}, desk.vault)
    path = known[0].path if known else SHEET.place(subject, desk, ())
    place = place_at(path, desk, pdf_path=pdf_path)
    planned = write_notes(SHEET.make(subject, place, desk).notes, copy, desk, dry_run=dry_run)
    return planned.writes[-1]


def _once(logs: Sequence[LogRecord]) -> list[LogRecord]:
    """The logs in the order of the book, one for each run of pages."""
    return list({log.pdf_pages: log for log in sorted(logs, key=lambda log: log.pdf_pages)}.values())


def _passage(
    log: LogRecord, source: Source, document: Document, reader: PdfReader, desk: Desk, said: set[str]
) -> tuple[SheetPassage, str] | None:
    """(what a log's passage gives, its language); None where it has nothing to quote.

    said: what the sheet says already, letters only, which grows.
    """
    stretch = stretch_of(log, document, desk)
    if stretch is None:
        return None
    try:
        work = Work(cut(reader.read(source.path, range(stretch.first, stretch.last + 1)), stretch))
    except PdfError:  # a passage without a sentence that can be quoted
        return None
    draft, text = work.draft(), desk.vault.text(log.path)

    def is_held(data: bytes) -> bool:
        """The log embeds this picture, and it is there."""
        return hashlib.sha256(data).hexdigest()[:NAME_DIGITS] in text and held(data, desk.vault) is not None

    items = in_turn(
        list(_definitions(work, said)),
        [each for each in _formulas(draft, said) if is_held(each.block.crop)],
        [
            each
            for section in draft.sections
            for each in section.tables
            if (each.caption and plain(each.caption) in plain(text) if each.rows else is_held(each.png))
        ],
        [each for section in draft.sections for each in section.pictures if is_held(each.png)],
    )
    pages = "{}-{}".format(*log.pdf_pages)
    one = SheetPassage(title=stretch.title, pages=log.pages, pdf_pages=pages, log=log.path, items=items)
    return one, work.language


def _definitions(work: Work, said: set[str]) -> Iterator[Quotation]:
    """What defines the shown concepts, the most important first: the unit that begins with the defining sentence, else
    that sentence alone, for what stands before it is no part of the definition."""
    units = {(unit.head.page, unit.head.text): unit for section in work.units for unit in section}
    for sentence in (concept.definition for concept in work.shown):
        if sentence is None or plain(sentence.text) in said:
            continue
        unit = units.get((sentence.page, sentence.text))
        if unit is None or not unit.is_certain or any(part.block or plain(part.text) in said for part in unit.parts):
            said.add(plain(sentence.text))
            line = QuotedLine(page=sentence.page, statement=work.statement(sentence))
            yield Quotation(unit="", kind="definition", lines=(line,))
        else:
            said.update(plain(part.text) for part in unit.parts)
            yield quoted(unit, work.concepts)


def _formulas(draft: Draft, said: set[str]) -> Iterator[Formula]:
    """The display formulas of the passage, each with the sentence that leads to it where that is not said yet."""
    crops: set[bytes] = set()
    for section in draft.sections:
        quoted_ones = [
            Formula(block=line.block, lead=before.statement if before else None)
            for each in section.quotations
            for before, line in zip((None, *each.lines), each.lines, strict=False)
            if line.block and line.block.kind == "formula"
        ]
        for one in sorted((*quoted_ones, *section.formulas), key=lambda each: (each.block.page, each.block.bbox[1])):
            if one.block.crop in crops:
                continue
            crops.add(one.block.crop)
            is_new = one.lead is not None and plain(one.lead.text) not in said
            said.update({plain(one.lead.text)} if one.lead else ())
            yield one if is_new else replace(one, lead=None)


def _wrong(desk: Desk, document: Document, pdf_path: str, today: dt.date) -> Iterator[Wrong]:
    """What was answered again or hard, the latest first, each once; only what this book answers."""
    ledger = read_ledger(desk.vault, desk.settings.concepts.folder, desk.settings.ledger, today)
    deeds = [
        (deed, each.concept)
        for each in ledger
        for deed in each.entry.deeds
        if deed.grade in ("again", "hard") and deed.date <= today and deed.about
    ]
    answers = _card_answers(desk) if deeds else {}
    seen: set[str] = set()
    for deed, concept in sorted(deeds, key=lambda each: each[0].date, reverse=True):
        cited = answers.get(plain(deed.about)) or _what_it_is(concept, desk)
        if cited is None or cited.pdf != pdf_path or not 1 <= cited.page <= document.page_count:
            continue
        if not {plain(deed.about), plain(cited.text)} & seen:
            seen |= {plain(deed.about), plain(cited.text)}
            yield Wrong(
                question=deed.about,
                date=deed.date.isoformat(),
                concept=concept.path,
                answer=cited.text,
                page=cited.page - 1,
            )


def _card_answers(desk: Desk) -> dict[str, Cited]:
    """Letters of a card's question → its answer."""
    syntax, vault = CardSyntax.read(desk.vault.storage.read), desk.vault
    found = {}
    for record in vault.notes_of(CARDS):
        for card in cards_in(vault.text(record.path), syntax):
            cited = cited_in(" ".join(card.answer.split("\n")), record.path, vault)
            if cited and not card.is_edited:
                found[plain(card.question)] = cited
    return found


def _what_it_is(concept: Learned, desk: Desk) -> Cited | None:
    note = concept.notes[0]
    definition = definition_in(note.text)
    return cited_in(definition.markdown, note.path, desk.vault) if definition else None

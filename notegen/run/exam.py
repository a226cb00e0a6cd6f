"""The mock exam of a book: what its logs' passages ask and nobody has asked the learner yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from notegen.desk import Desk
from notegen.errors import PdfError
from notegen.extract.document import Document
from notegen.kinds.cards import CARDS
from notegen.kinds.exam import EXAM, ExamSubject, key_of
from notegen.kinds.kind import place_at
from notegen.language.names import code_of
from notegen.learner.cards.exported import as_text
from notegen.learner.cards.noted import cards_in, ids_of
from notegen.learner.cards.plugin import CardSyntax
from notegen.learner.cards.rules import Known
from notegen.learner.exam import ExamQuestion, questions_in, unasked
from notegen.learner.ledger.definition import definition_in
from notegen.learner.ledger.entry import entry_in
from notegen.learner.ledger.reading import read_ledger
from notegen.run.asked import read_book, write_notes
from notegen.run.quiz import question_of
from notegen.run.reader import AskPassword, PdfReader
from notegen.run.request import Progress
from notegen.run.shelves import studied_in
from notegen.run.sources import Source, linkable_place
from notegen.vault.identity import properties_of, yaml_of
from notegen.vault.note import WriteStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamReport:
    """What became of the exam."""

    name: str
    """The PDF's name, without its ending."""
    book: str
    """Its id."""
    pdf: str
    date: dt.date
    path: str
    answers: str
    """Path of the answer key; "" where the learner took it away."""
    status: WriteStatus
    questions: tuple[ExamQuestion, ...]
    """As they stand there, or would."""
    left_over: int = 0
    """Unasked questions beyond those of a new exam."""


def make_exam(
    desk: Desk,
    book: str,
    *,
    count: int,
    date: dt.date,
    dry_run: bool,
    on_progress: Progress = lambda pdf, what: None,
    ask_password: AskPassword = lambda pdf, wrong: "",
) -> ExamReport:
    """Make the exam of a book for a day, with at most `count` questions; one that is there stays as it is.

    Raises UsageError for a book that is not there, PdfError where nothing of it was read or nothing is left to ask.
    """
    reader = PdfReader(desk.settings.extract.ocr_languages, ask_password)
    source, document = read_book(book, "exam", reader, desk)
    if there := _made(source, document, date, desk):
        return there
    passages = studied_in(source, document, reader, desk, on_progress, per_page=None)
    ids, known = _asked(source, desk)
    cards, left_over = unasked([(each.language, each.cards) for each in passages], ids, known, count)
    if not cards:
        next_step = f"Read on in it first: notegen day --book “{source.path.stem}”"
        raise PdfError(f"No question of {source.path.stem} is left that was never asked.", next_step)
    language = next((each.language for each in passages if each.language), "")
    subject = ExamSubject(document=document, name=source.path.stem, language=language, date=date, cards=tuple(cards))
    return _noted(subject, source, left_over, desk, dry_run=dry_run)


def as_data(report: ExamReport) -> dict[str, Any]:
    """The report for programs, ready for JSON. Fields may be added; none is renamed."""
    return {
        "book": report.name,
        "id": report.book,
        "date": report.date.isoformat(),
        "path": report.path,
        "answers": report.answers,
        "pdf": report.pdf,
        "status": report.status,
        "questions": [
            {
                "id": each.id,
                "question": each.question,
                "answer": each.answer,
                "page": each.page,
                "pages": each.page_label,
            }
            for each in report.questions
        ],
        "left_over": report.left_over,
    }


def _made(source: Source, document: Document, date: dt.date, desk: Desk) -> ExamReport | None:
    """The exam of this day that is there. Raises PdfError where only its answer key is."""
    paths = {record.key: record.path for record in desk.vault.notes_of(EXAM)}
    path = paths.get(key_of(document.book, date), "")
    answers = paths.get(key_of(document.book, date, is_answers=True), "")
    if not path and not answers:
        return None
    if not path:
        raise PdfError(
            f"The exam of this day is gone, and its answer key is there: {answers}.",
            "Delete that too, or make one of another day: notegen exam --date.",
        )
    return ExamReport(
        name=source.path.stem,
        book=document.book,
        pdf=linkable_place(source, desk)[0],
        date=date,
        path=path,
        answers=answers,
        status="unchanged",
        questions=tuple(questions_in(desk.vault.text(answers or path))),
    )


def _noted(subject: ExamSubject, source: Source, left_over: int, desk: Desk, *, dry_run: bool) -> ExamReport:
    """The two notes, written unless it is a dry run."""
    pdf_path, copy = linkable_place(source, desk)
    place = place_at(EXAM.place(subject, desk, ()), desk, pdf_path=pdf_path)
    planned = write_notes(EXAM.make(subject, place, desk).notes, copy, desk, dry_run=dry_run)
    answers, note = planned.writes[-2:]
    return ExamReport(
        name=subject.name,
        book=subject.document.book,
        pdf=pdf_path,
        date=subject.date,
        path=note.path,
        answers=answers.path,
        status=note.status,
        questions=tuple(questions_in(answers.data.decode())),
        left_over=left_over,
    )


def _asked(source: Source, desk: Desk) -> tuple[set[str], Known]:
    """(ids, texts) of what was asked: by cards, whatever became of them, by earlier exams, and as evidence tells."""
    vault, syntax = desk.vault, CardSyntax.read(desk.vault.storage.read)
    noted = [vault.text(record.path) for record in vault.notes_of(CARDS)]
    exams = [vault.text(record.path) for record in vault.notes_of(EXAM)]
    cards = [(as_text(card.question), as_text(card.answer)) for text in noted for card in cards_in(text, syntax)]
    ids = {each for text in (*noted, *exams) for each in ids_of(text)}
    return ids, Known([*cards, *_in_evidence(source, desk)])


def _in_evidence(source: Source, desk: Desk) -> Iterator[tuple[str, str]]:
    """(question, answer) of what the ledger names; the answer only where a concept's own question was asked."""
    vault, names = desk.vault, desk.settings.ledger
    language = code_of(desk.settings.learner.language)
    for each in read_ledger(vault, desk.settings.concepts.folder, names, dt.date.max):
        definition = definition_in(each.concept.notes[0].text)
        own = question_of(each.concept, desk.templates, language)
        for deed in each.entry.deeds:
            yield deed.about, as_text(definition.markdown) if definition and deed.about == own else ""
    for log in source.logs:
        for deed in entry_in(properties_of(yaml_of(vault.text(log.path))), names, dt.date.max).deeds:
            yield deed.about, ""

"""A quiz over what was read: its questions out of the vault, and what was answered back into it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast, get_args

from notegen.compose.templates import Templates
from notegen.desk import Desk
from notegen.errors import UsageError
from notegen.language.detect import language_of
from notegen.language.names import code_of
from notegen.learner.cards.exported import as_text, page_label
from notegen.learner.ledger.concepts import Concept, Naming
from notegen.learner.ledger.deed import Deed, Grade
from notegen.learner.ledger.definition import definition_in
from notegen.learner.ledger.entry import Entry, entry_in
from notegen.learner.quiz import Asked, QuizQuestion, chosen
from notegen.run.cards import CardsOfBook, make_cards
from notegen.run.ledger import Standing, keep_ledger, record
from notegen.run.reader import AskPassword
from notegen.run.report import Failure
from notegen.run.request import Progress
from notegen.vault.identity import properties_of, yaml_of
from notegen.vault.logs import LogRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz:
    """The questions of a day."""

    asked: tuple[Asked, ...]
    pool: tuple[QuizQuestion, ...]
    """All that could be asked."""
    failed: tuple[Failure, ...]

    def question(self, id_: str) -> QuizQuestion:
        """The question with this id. Raises UsageError."""
        found = next((each for each in self.pool if each.id == id_), None)
        if found is None:
            raise UsageError(f"There is no question {id_}.", "notegen quiz --json lists them.")
        return found


def make_quiz(
    desk: Desk,
    today: dt.date,
    *,
    book: str = "",
    count: int,
    on_progress: Progress = lambda pdf, what: None,
    ask_password: AskPassword = lambda pdf, wrong: "",
) -> Quiz:
    """The questions of today. Nothing is written. book: as in `make_cards`."""
    report = make_cards(desk, book=book, dry_run=True, on_progress=on_progress, ask_password=ask_password)
    standings = keep_ledger(desk, today, dry_run=True).standings
    naming = Naming([each.concept for each in standings])
    pool = [question for one in report.books for question in _of_cards(one, naming, desk)]
    entries: dict[str, Entry] = {each.concept.path: each.entry for each in standings}
    for path in {topic for each in pool for topic in each.topics} - set(entries):
        entries[path] = entry_in(properties_of(yaml_of(desk.vault.text(path))), desk.settings.ledger, today)
    pool += _of_concepts(standings, pool, [one.name for one in report.books], bool(book), desk)
    asked = chosen(pool, entries, today, count)
    return Quiz(asked=tuple(asked), pool=tuple(pool), failed=report.failed)


def answered(
    desk: Desk, question: QuizQuestion, grade: Grade, today: dt.date, *, is_sure: bool | None = None
) -> tuple[str, ...]:
    """Write down that a question was asked and how it went; return what could not be written, and why."""
    deed = Deed(date=today, what="recalled", grade=grade, is_sure=is_sure, where=question.note, about=question.question)
    return record(desk, [(topic, deed) for topic in question.topics], today)


def grade_of(text: str) -> tuple[str, Grade]:
    """(id of a question, how it went) of ID=GRADE. Raises UsageError."""
    id_, _, grade = text.rpartition("=")
    if not id_ or grade not in get_args(Grade):
        raise UsageError(f"--grade {text}: no grade of a question.", "Write it as ID=good; or again, hard, easy.")
    return id_, cast(Grade, grade)


def record_grades(told: Sequence[tuple[str, Grade]], quiz: Quiz, desk: Desk, today: dt.date) -> dict[str, Any]:
    """Write down how questions went; return what was written, for programs. Raises UsageError for an unknown id."""
    questions = [(quiz.question(id_), grade) for id_, grade in told]
    troubles = [each for question, grade in questions for each in answered(desk, question, grade, today)]
    keep_ledger(desk, today, dry_run=False)
    written = [{"id": each.id, "grade": grade, "notes": list(each.topics)} for each, grade in questions]
    return {"date": today.isoformat(), "recorded": written, "troubles": troubles}


def as_data(quiz: Quiz, today: dt.date) -> dict[str, Any]:
    """The questions for programs, ready for JSON. Fields may be added; none is renamed."""
    return {
        "date": today.isoformat(),
        "questions": [
            {
                "id": each.question.id,
                "question": each.question.question,
                "answer": each.question.answer,
                "book": each.question.book,
                "page": each.question.page,
                "pages": each.question.page_label,
                "note": each.question.note,
                "topics": list(each.question.topics),
                "due": each.is_due,
            }
            for each in quiz.asked
        ],
        "failed": [{"pdf": each.pdf, "reason": each.reason, "next_step": each.next_step} for each in quiz.failed],
    }


def _of_cards(one: CardsOfBook, naming: Naming, desk: Desk) -> Iterator[QuizQuestion]:
    """The cards of a book that are to be asked, each with the log of its page."""
    logs = [log for log in desk.vault.logs() if log.book == one.book]
    for card in one.asked:
        log = _log_of(card.page, logs)
        language = language_of(card.answer, "en")
        named = tuple(concept.path for concept in naming.named_in(card.question, language))
        if not named and log is None:
            continue
        yield QuizQuestion(
            id=card.id,
            question=as_text(card.question),
            answer=as_text(card.answer),
            book=one.name,
            page=card.page,
            page_label=page_label(card.answer),
            note=log.path if log else named[0],
            topics=named or ((log.path,) if log else ()),
        )


def _log_of(page: int | None, logs: Sequence[LogRecord]) -> LogRecord | None:
    found = [log for log in logs if page is not None and log.pdf_pages[0] <= page <= log.pdf_pages[1]]
    return found[0] if found else None


def _of_concepts(
    standings: Sequence[Standing], pool: Sequence[QuizQuestion], books: Sequence[str], is_one_book: bool, desk: Desk
) -> Iterator[QuizQuestion]:
    """What a concept is, for those that no card asks about and that the book defines in their note."""
    asked = {topic for each in pool for topic in each.topics}
    for each in standings:
        definition = definition_in(each.concept.notes[0].text)
        if definition is None or each.concept.path in asked or (is_one_book and definition.book not in books):
            continue
        yield QuizQuestion(
            id=f"concept:{each.concept.path}",
            question=question_of(each.concept, desk.templates, code_of(desk.settings.learner.language)),
            answer=as_text(definition.markdown),
            book=definition.book,
            page=definition.page,
            page_label=page_label(definition.markdown),
            note=each.concept.path,
            topics=(each.concept.path,),
        )


def question_of(concept: Concept, templates: Templates, language: str) -> str:
    """What asks for a concept. language: ISO 639-1 of the learner; "" for that of the concept's note."""
    own = language or language_of(concept.notes[0].text, "en")
    return templates.catalogue(own).said("What does “{concept}” mean?", concept=concept.name)

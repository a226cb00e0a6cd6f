"""The mock exam of a book: questions that nobody has asked yet, and their answers in a note of their own."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Collection
from dataclasses import dataclass, replace

from notegen.compose.filters import LogFilters
from notegen.compose.finished import finished_note
from notegen.compose.place import Place
from notegen.desk import Desk
from notegen.extract.document import Document
from notegen.kinds.kind import Made
from notegen.kinds.marked import MarkedKind, filters_of
from notegen.learner.cards.card import Card
from notegen.vault.names import free_path, legal_name
from notegen.vault.note import Merge, Note, Property

TEMPLATE = "exam.md.j2"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamSubject:
    """A book and what is asked of it. It is `exam` in the template."""

    document: Document
    """Its pages' labels count."""
    name: str
    """The PDF's name, without its ending."""
    language: str
    date: dt.date
    cards: tuple[Card, ...]
    """The questions with their answers, in the order in which they are asked."""

    @property
    def title(self) -> str:
        """Of the exam, as its file is called: a day has one of a book."""
        return f"{self.name} {self.date.isoformat()}"


@dataclass(frozen=True, slots=True)
class Exam(MarkedKind):
    """A NoteKind. Two notes for each book and day, the questions and the answer key; both are the learner's at once."""

    name = "exam"
    mark = "exam_of"
    merge: Merge = "once"

    def key(self, subject: ExamSubject) -> str:
        """As `NoteKind.key`, of the questions."""
        return key_of(subject.document.book, subject.date)

    def place(self, subject: ExamSubject, desk: Desk, taken: Collection[str]) -> str:
        """As `NoteKind.place`, of the questions; a note that is in the way keeps its name."""
        return _free(f"Exam – {subject.title}", desk)

    def make(self, subject: ExamSubject, place: Place, desk: Desk) -> Made:
        """The answer key and the questions, each linked from the other."""
        answers = _free(f"Exam – {subject.title} – Answers", desk)
        planned = (place.note_path, answers)
        return Made(
            notes=(
                self._note(subject, replace(place, note_path=answers), place.note_path, planned, desk),
                self._note(subject, place, answers, planned, desk),
            )
        )

    def _note(self, subject: ExamSubject, place: Place, other: str, planned: tuple[str, ...], desk: Desk) -> Note:
        """One of the two notes. other: path of the other one."""
        is_answers = place.note_path != planned[0]
        filters = filters_of(LogFilters, subject, place, desk)
        properties: dict[str, Property] = {
            "type": self.name,
            self.mark: key_of(subject.document.book, subject.date, is_answers=is_answers),
            "source": desk.vault.property_link(place.pdf_path, place.note_path),
            "date": subject.date.isoformat(),
        }
        context = {
            "exam": subject,
            "is_answers": is_answers,
            "other": desk.vault.link(other, place.note_path, planned=planned),
        }
        note = finished_note(TEMPLATE, context, properties, filters, desk.templates, planned=planned)
        return replace(note, kind=self)


EXAM = Exam()


def key_of(book: str, date: dt.date, *, is_answers: bool = False) -> str:
    """What a note of an exam is known by. book: its id."""
    return f"{book} {date.isoformat()}{' answers' * is_answers}"


def _free(title: str, desk: Desk) -> str:
    path, files = posixpath.join(desk.settings.folders.exams.strip("/"), legal_name(title)), desk.vault.storage
    return free_path(path, lambda each: files.is_there(files.spelling(each)))

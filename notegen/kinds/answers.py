"""The note of answers: what the vault's books said to the learner's questions. It only grows."""

from __future__ import annotations

import posixpath
from collections.abc import Collection
from dataclasses import dataclass, replace

from notegen.compose.answers import AnswerContext
from notegen.compose.finished import finished_note
from notegen.compose.note_filters import note_filters
from notegen.compose.place import Place
from notegen.desk import Desk
from notegen.kinds.kind import Made
from notegen.kinds.marked import MarkedKind
from notegen.language.detect import language_of
from notegen.vault.note import Merge, Property

NAME = "Questions and Answers.md"
_KEY = "the vault's books"


@dataclass(frozen=True, slots=True)
class Answers(MarkedKind):
    """A NoteKind. A vault has one note of it; a question that stands there is not put in again."""

    name = "answers"
    mark = "answers_of"
    merge: Merge = "append"
    only = _KEY

    def key(self, subject: AnswerContext) -> str:
        """As `NoteKind.key`."""
        return _KEY

    def place(self, subject: AnswerContext, desk: Desk, taken: Collection[str]) -> str:
        """As `NoteKind.place`."""
        return posixpath.join(desk.settings.questions.folder.strip("/"), NAME)

    def make(self, subject: AnswerContext, place: Place, desk: Desk) -> Made:
        """The note with the one question; a note that is there takes it in at its end."""
        properties: dict[str, Property] = {
            "type": self.name,
            self.mark: _KEY,
            "tags": list(desk.settings.questions.tags),
        }
        filters = note_filters(place, desk.templates, language_of(subject.question))
        note = finished_note("answers.md.j2", {"answers": (subject,)}, properties, filters, desk.templates)
        return Made(notes=(replace(note, kind=self),))


ANSWERS = Answers()

"""The note of answers: what the vault's books said to the learner's questions. It only grows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from notegen.compose.answers import AnswerContext
from notegen.compose.finished import finished_note
from notegen.compose.note_filters import note_filters
from notegen.compose.place import Place
from notegen.desk import Desk
from notegen.kinds.kind import Made, known_by_key
from notegen.language.detect import language_of
from notegen.vault.logs import NoteRecord
from notegen.vault.note import Merge, Property
from notegen.vault.vault import Vault

NAME = "Questions and Answers.md"
_KEY = "the vault's books"


@dataclass(frozen=True, slots=True)
class Answers:
    """A NoteKind. A vault has one note of it; a question that stands there is not put in again."""

    name = "answers"
    mark = "answers_of"
    merge: Merge = "append"

    def identity(self, properties: Mapping[str, Any]) -> str | None:
        """As `NoteKind.identity`."""
        return _KEY if properties.get(self.mark) == _KEY else None

    def known(self, properties: Mapping[str, Any], vault: Vault) -> Sequence[NoteRecord]:
        """As `NoteKind.known`."""
        return known_by_key(self, properties, vault)

    def key(self, subject: AnswerContext) -> str:
        """As `NoteKind.key`."""
        return _KEY

    def place(self, subject: AnswerContext, desk: Desk, taken: Collection[str]) -> str:
        """As `NoteKind.place`."""
        folder = desk.settings.questions.folder.strip("/")
        return f"{folder}/{NAME}" if folder else NAME

    def made_from(self, subject: AnswerContext, desk: Desk) -> str:
        """As `NoteKind.made_from`: nothing of it is ever made again."""
        return ""

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

"""The note of rabbit holes: one for a vault, which only grows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from notegen.compose.place import Place
from notegen.compose.plain import PlainFilters, plain_note
from notegen.desk import Desk
from notegen.kinds.kind import Made
from notegen.kinds.marked import MarkedKind
from notegen.language.names import code_of
from notegen.vault.note import Merge

TEMPLATE = "rabbit_holes.md.j2"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedHole:
    """One on its way into the note."""

    id: str
    text: str
    link: str
    """Markdown: a link to the note in which it was marked."""
    why: str
    time: str
    """Markdown: a date, or links to concepts."""


@dataclass(frozen=True, slots=True)
class RabbitHoles(MarkedKind):
    """A NoteKind. What stands in the note is the learner's."""

    name = "rabbit holes"
    mark = "overview_of"
    merge: Merge = "append"
    only = "rabbit holes"

    def key(self, subject: Sequence[ParkedHole]) -> str:
        """As `NoteKind.key`."""
        return self.name

    def place(self, subject: Sequence[ParkedHole], desk: Desk, taken: Collection[str]) -> str:
        """As `NoteKind.place`."""
        return desk.settings.ledger.rabbit_holes

    def make(self, subject: Sequence[ParkedHole], place: Place, desk: Desk) -> Made:
        """The note with those that are new; a note that is there takes them in at its end."""
        language = desk.templates.catalogue(code_of(desk.settings.learner.language))
        filters = PlainFilters(desk.vault, place.note_path, place.attachment_folder, language)
        properties = {"type": "overview", self.mark: self.name}
        note = plain_note(TEMPLATE, {"holes": subject}, properties, filters, desk.templates)
        return Made(notes=(replace(note, kind=self),))


RABBIT_HOLES = RabbitHoles()

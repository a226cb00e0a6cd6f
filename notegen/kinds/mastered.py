"""The overview of the ledger: one note of what is mastered and what is on the way, made of the concept notes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from notegen.compose.place import Place
from notegen.compose.plain import PlainFilters, plain_note
from notegen.desk import Desk
from notegen.kinds.kind import Made
from notegen.kinds.marked import MarkedKind
from notegen.language.names import code_of
from notegen.vault.note import Merge

TEMPLATE = "mastered.md.j2"
BASE = """filters:
  and:
    - type == "concept"
views:
  - type: table
    name: Mastered
    filters:
      and:
        - {mastered}
    order:
      - file.name
      - {learned}
      - {mastered}
      - {next_review}
  - type: table
    name: Due
    filters:
      and:
        - {next_review}
        - date({next_review}) <= today()
    order:
      - file.name
      - {learned}
      - {next_review}
  - type: table
    name: All
    order:
      - file.name
      - {learned}
      - {mastered}
      - {next_review}
      - {evidence}
"""
"""A view of Obsidian Bases over the concept notes (help.obsidian.md/bases/syntax)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One concept in the overview. Dates are YYYY-MM-DD, "" for none."""

    path: str
    level: str
    mastered: str
    next_review: str
    deeds: tuple[str, ...]
    """Each in words, without its link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MasteredContext:
    """`ledger` in the template: both in the order of names."""

    mastered: tuple[Shown, ...]
    begun: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Mastered(MarkedKind):
    """A NoteKind. There is one such note in a vault."""

    name = "mastered"
    mark = "overview_of"
    merge: Merge = "regions"
    only = "mastered"

    def key(self, subject: MasteredContext) -> str:
        """As `NoteKind.key`."""
        return self.name

    def place(self, subject: MasteredContext, desk: Desk, taken: Collection[str]) -> str:
        """As `NoteKind.place`."""
        return desk.settings.ledger.note

    def make(self, subject: MasteredContext, place: Place, desk: Desk) -> Made:
        """The note."""
        language = desk.templates.catalogue(code_of(desk.settings.learner.language))
        filters = PlainFilters(desk.vault, place.note_path, place.attachment_folder, language)
        properties = {"type": "overview", self.mark: self.name}
        note = plain_note(TEMPLATE, {"ledger": subject}, properties, filters, desk.templates)
        return Made(notes=(replace(note, kind=self),))


MASTERED = Mastered()

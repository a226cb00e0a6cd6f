"""The concept note: made once of what a passage defines, from then on the learner's."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from notegen.compose.concept import concept_note
from notegen.compose.place import Place
from notegen.desk import Desk
from notegen.kinds.kind import Made
from notegen.link.related import NewConcept, Related
from notegen.reading.passage import Passage
from notegen.vault.identity import identity_of
from notegen.vault.logs import NoteRecord
from notegen.vault.note import Merge
from notegen.vault.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptSubject:
    """A concept that a passage defines and that no note of the vault is called by."""

    concept: NewConcept
    passage: Passage
    related: Related
    """The connections of the passage's log."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A NoteKind. A concept note is known by its names, which links lead to, and from its first day the learner's."""

    name = "concept"
    mark = "passage"
    merge: Merge = "once"

    def identity(self, properties: Mapping[str, Any]) -> str | None:
        """As `NoteKind.identity`: the passage that the note was made of, which may have made others."""
        found = identity_of(properties)
        return found.key if found and found.kind == self.name else None

    def known(self, properties: Mapping[str, Any], vault: Vault) -> Sequence[NoteRecord]:
        """As `NoteKind.known`: none, for `link/new_concepts.py` has made sure that no note is called so."""
        return ()

    def key(self, subject: ConceptSubject) -> str:
        """As `NoteKind.key`."""
        return subject.concept.path

    def place(self, subject: ConceptSubject, desk: Desk, taken: Collection[str]) -> str:
        """As `NoteKind.place`."""
        return subject.concept.path

    def made_from(self, subject: ConceptSubject, desk: Desk) -> str:
        """As `NoteKind.made_from`: the passage, which the note names."""
        return subject.concept.passage

    def make(self, subject: ConceptSubject, place: Place, desk: Desk) -> Made:
        """The note. place: of the passage's log."""
        note = concept_note(subject.concept, subject.passage, subject.related, place, desk.templates)
        return Made(notes=(replace(note, kind=self),))


CONCEPT = Concept()

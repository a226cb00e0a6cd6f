"""What a kind of note is: how a note of it is known, where it goes, what it is made from and how, how it is merged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from notegen.compose.place import Place
from notegen.desk import Desk
from notegen.draft.draft import DraftRecord
from notegen.draft.drafter import UNTOLD, Brief
from notegen.extract.document import Document
from notegen.language.names import code_of
from notegen.reading.stretch import Stretch
from notegen.vault.identity import Book
from notegen.vault.logs import NoteRecord
from notegen.vault.note import Edit, KnownKind, Merge, Note
from notegen.vault.vault import Vault

NOT_DRAFTED = DraftRecord()
Subject = TypeVar("Subject", contravariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageSubject:
    """A stretch of a book that is to have a note."""

    document: Document
    """Surveyed only, as long as nobody knows whether the note is to be made; for `make` the stretch is read in full."""
    stretch: Stretch
    book: Book
    """All that the vault knows of the book: its id, its files."""
    name: str
    """The PDF's name, without its ending."""
    date: dt.date
    """Of the note, when it is new."""
    sentence: str = ""
    """Whose attention the learner wants drawn; "" for the definition of the main concept."""
    brief: Brief = UNTOLD


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a kind made of its subject. Nothing of it is written yet."""

    notes: tuple[Note | Edit, ...]
    """In the order in which they are to be written; the note that the subject is to have comes last."""
    record: DraftRecord = NOT_DRAFTED
    """How it was drafted."""


class NoteKind(Protocol[Subject]):
    """A kind of note. `run/` and the plan know kinds by this alone; `notegen.kinds.KINDS` lists them."""

    @property
    def name(self) -> str:
        """The word for it, in requests and in the property `type`."""

    @property
    def mark(self) -> str:
        """A property that every note of the kind has and no other note; what is without it is not looked at."""

    @property
    def merge(self) -> Merge:
        """How a new version reaches the note that is there."""

    def identity(self, properties: Mapping[str, Any]) -> str | None:
        """The key of the note with these properties: what tells it from the others of its kind, wherever the learner
        moved it. None where they are not those of such a note."""

    def known(self, properties: Mapping[str, Any], vault: Vault) -> Sequence[NoteRecord]:
        """The notes of the vault that are the same note as one with these properties: none, or by accident several."""

    def key(self, subject: Subject) -> str:
        """The key that the note of the subject has, or will have."""

    def place(self, subject: Subject, desk: Desk, taken: Collection[str]) -> str:
        """Where a new note goes, relative to the vault. taken: paths of notes of this run that are not written yet.

        Raises UsageError where the settings name no place for it.
        """

    def made_from(self, subject: Subject, desk: Desk) -> str:
        """The property `made_from` of a note that is made now, in the form of `kinds.made_from`: as long as what the
        learner decides about it stays the same, nothing is read or made again."""

    def make(self, subject: Subject, place: Place, desk: Desk) -> Made:
        """The finished notes. Raises PdfError, UsageError for a broken template, NotegenError for an unsafe note."""


def known_by_key(kind: KnownKind, properties: Mapping[str, Any], vault: Vault) -> Sequence[NoteRecord]:
    """`NoteKind.known` of a kind whose notes have one key each."""
    key = kind.identity(properties)
    return [record for record in vault.notes_of(kind) if key is not None and record.key == key]


def place_at(path: str, desk: Desk, *, pdf_path: str = "", date: dt.date | None = None, made_from: str = "") -> Place:
    """The Place of a note, with what the settings say about it. Arguments: as the fields of Place."""
    settings = desk.settings
    return Place(
        vault=desk.vault,
        note_path=path,
        pdf_path=pdf_path,
        attachment_folder=desk.vault.settings.attachments_of(path) or settings.log.attachments.strip("/"),
        date=date.isoformat() if date else "",
        tags=settings.log.tags,
        concept_tags=settings.concepts.tags,
        raw_extract=settings.log.raw_extract,
        language=code_of(settings.learner.language),
        made_from=made_from,
    )

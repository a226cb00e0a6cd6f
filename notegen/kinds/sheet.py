"""The sheet of a book: what was read of it condensed to a few pages, to revise from."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Collection
from dataclasses import dataclass, replace

from notegen.compose.filters import NAME_DIGITS, LogFilters
from notegen.compose.finished import finished_note
from notegen.compose.place import Place
from notegen.desk import Desk
from notegen.extract.document import Document
from notegen.kinds.kind import Made
from notegen.kinds.marked import MarkedKind, filters_of
from notegen.learner.sheet import GROUPS, Item, Wrong
from notegen.vault.names import legal_name
from notegen.vault.note import Merge, Property
from notegen.vault.vault import Vault

TEMPLATE = "sheet.md.j2"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPassage:
    """A passage that was read, and what the sheet shows of it."""

    title: str
    pages: str
    """As printed."""
    pdf_pages: str
    """"40-52", counted from 1."""
    log: str
    """Path of its log."""
    items: tuple[Item, ...]

    def group(self, name: str) -> list[Item]:
        """Those of one of the GROUPS."""
        return [each for each in self.items if isinstance(each, GROUPS[name])]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSubject:
    """A book of which something was read. It is `sheet` in the template."""

    document: Document
    """Its pages' labels count."""
    name: str
    """The PDF's name, without its ending."""
    language: str
    passages: tuple[SheetPassage, ...]
    wrong: tuple[Wrong, ...]


@dataclass(slots=True, kw_only=True)
class SheetFilters(LogFilters):
    """The filters of a sheet: it embeds the files that the logs embed and brings none of its own."""

    def _attach(self, data: bytes, suffix: str) -> str:
        return held(data, self.vault) or LogFilters._attach(self, data, suffix)


@dataclass(frozen=True, slots=True)
class Sheet(MarkedKind):
    """A NoteKind. One note for each book."""

    name = "sheet"
    mark = "sheet_of"
    merge: Merge = "regions"

    def key(self, subject: SheetSubject) -> str:
        """As `NoteKind.key`."""
        return subject.document.book

    def place(self, subject: SheetSubject, desk: Desk, taken: Collection[str]) -> str:
        """As `NoteKind.place`."""
        return posixpath.join(desk.settings.folders.sheets.strip("/"), legal_name(subject.name))

    def make(self, subject: SheetSubject, place: Place, desk: Desk) -> Made:
        """The note."""
        filters = filters_of(SheetFilters, subject, place, desk)
        targets = {each.log: each.title or subject.name for each in subject.passages} | {
            each.concept: "" for each in subject.wrong
        }
        links = {
            path: desk.vault.link(path, place.note_path, page=None, alias=alias) for path, alias in targets.items()
        }
        properties: dict[str, Property] = {
            "type": self.name,
            self.mark: subject.document.book,
            "source": desk.vault.property_link(place.pdf_path, place.note_path),
        }
        context = {"sheet": subject, "links": links}
        note = finished_note(TEMPLATE, context, properties, filters, desk.templates)
        return Made(notes=(replace(note, kind=self),))


SHEET = Sheet()


def held(data: bytes, vault: Vault) -> str | None:
    """The path of the picture in the vault that holds these bytes, by its name; None where there is none."""
    found = vault.files.named(f"{hashlib.sha256(data).hexdigest()[:NAME_DIGITS]}.png")
    return found[0] if found else None

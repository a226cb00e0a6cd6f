"""What the kinds share whose notes are known by the value of their mark alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar

from notegen.compose.filters import LogFilters
from notegen.compose.place import Place
from notegen.desk import Desk
from notegen.extract.document import Document
from notegen.kinds.kind import known_by_key
from notegen.vault.logs import NoteRecord
from notegen.vault.note import Merge
from notegen.vault.vault import Vault


class MarkedKind:
    """A part of a NoteKind: the value of `mark` is the id of the book, or the one word of a kind that a vault has a
    single note of. Such notes are made whenever somebody asks for them."""

    name: str
    mark: str
    merge: Merge
    only: str = ""
    """The one key there is; "" where each subject has its own."""

    def identity(self, properties: Mapping[str, Any]) -> str | None:
        """As `NoteKind.identity`."""
        value = properties.get(self.mark)
        key = value.strip() if isinstance(value, str) else ""
        return key if key and key == (self.only or key) else None

    def known(self, properties: Mapping[str, Any], vault: Vault) -> Sequence[NoteRecord]:
        """As `NoteKind.known`."""
        return known_by_key(self, properties, vault)

    def made_from(self, subject: object, desk: Desk) -> str:
        """As `NoteKind.made_from`: nothing that would have to be looked at first."""
        return ""


class OfOneBook(Protocol):
    """A subject that is a book."""

    @property
    def document(self) -> Document: ...
    @property
    def language(self) -> str: ...


_Filters = TypeVar("_Filters", bound=LogFilters)


def filters_of(kind: type[_Filters], subject: OfOneBook, place: Place, desk: Desk, **more: Any) -> _Filters:
    """The filters of a note about one book, in the language of the note. more: what the kind of filters has besides."""
    return kind(
        vault=desk.vault,
        note_path=place.note_path,
        attachment_folder=place.attachment_folder,
        pdf_path=place.pdf_path,
        document=subject.document,
        catalogue=desk.templates.catalogue(place.language or subject.language),
        **more,
    )

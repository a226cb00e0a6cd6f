"""The cards of a book: one note that grows with each passage that is read."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

from notegen.compose.filters import LogFilters
from notegen.compose.finished import finished_note
from notegen.compose.place import Place
from notegen.desk import Desk
from notegen.extract.document import Document
from notegen.kinds.kind import Made
from notegen.kinds.marked import MarkedKind, filters_of
from notegen.learner.cards.card import Card
from notegen.learner.cards.plugin import CardSyntax
from notegen.markdown import write
from notegen.vault.identity import yaml_of
from notegen.vault.listed import listed
from notegen.vault.names import legal_name
from notegen.vault.note import Merge, Property
from notegen.vault.vault import Vault

TEMPLATE = "cards.md.j2"
_NOT_IN_TAGS = re.compile(r"[^\w-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPassage:
    """A passage and the cards that it gives."""

    title: str
    date: str
    """On which it was studied, YYYY-MM-DD."""
    pages: str
    """As printed."""
    pdf_pages: str
    """"40-52", counted from 1."""
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsContext:
    """`cards` in the template."""

    book: str
    """Title of the PDF."""
    passages: tuple[CardPassage, ...]
    """Those that the note does not have yet."""
    syntax: CardSyntax


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsSubject:
    """A book with passages whose cards are to be made."""

    document: Document
    """Surveyed: its pages' labels count."""
    book: str
    """Its id."""
    name: str
    """The PDF's name, without its ending."""
    language: str
    passages: tuple[CardPassage, ...]
    syntax: CardSyntax


@dataclass(slots=True, kw_only=True)
class CardFilters(LogFilters):
    """The filters of a cards note."""

    syntax: CardSyntax

    def all(self) -> dict[str, Callable[..., Any]]:
        """Filter name → function."""
        return {
            **LogFilters.all(self),
            "card": lambda text: self.syntax.inert(write.escape(text)),
            "inert": self.syntax.inert,
        }


@dataclass(frozen=True, slots=True)
class Cards(MarkedKind):
    """A NoteKind. One note for each book; what stands in it is never touched again."""

    name = "cards"
    mark = "cards_of"
    merge: Merge = "append"

    def key(self, subject: CardsSubject) -> str:
        """As `NoteKind.key`."""
        return subject.book

    def place(self, subject: CardsSubject, desk: Desk, taken: Collection[str]) -> str:
        """As `NoteKind.place`."""
        return posixpath.join(desk.settings.cards.folder.strip("/"), legal_name(subject.name))

    def made_of(self, path: str, vault: Vault) -> tuple[str, ...]:
        """The passages ("40-52") whose cards a note of this kind has, whatever became of them."""
        return listed(yaml_of(vault.text(path)), "passages")

    def make(self, subject: CardsSubject, place: Place, desk: Desk) -> Made:
        """The note with the cards that are new; a note that is there takes them in at its end."""
        filters = filters_of(CardFilters, subject, place, desk, syntax=subject.syntax)
        shown = tuple(each for each in subject.passages if each.cards)
        context = CardsContext(book=subject.document.title, passages=shown, syntax=subject.syntax)
        known = self.known({self.mark: subject.book}, desk.vault)
        earlier = self.made_of(known[0].path, desk.vault) if known else ()
        tag = "/".join(each for each in (desk.settings.cards.tag.strip("#/ "), tag_of(subject.name)) if each)
        properties: dict[str, Property] = {
            "type": self.name,
            self.mark: subject.book,
            "source": desk.vault.property_link(place.pdf_path, place.note_path),
            "passages": list(dict.fromkeys([*earlier, *(each.pdf_pages for each in subject.passages)])),
            **({} if known else {"tags": [tag]}),
        }
        note = finished_note(TEMPLATE, {"cards": context}, properties, filters, desk.templates)
        return Made(notes=(replace(note, kind=self),))


CARDS = Cards()


def tag_of(name: str) -> str:
    """A book's name as a part of a tag: letters, digits, hyphens; not digits alone, which Obsidian takes for none."""
    plain = _NOT_IN_TAGS.sub("-", name).strip("-_")
    return f"b-{plain}" if plain.isdigit() else plain

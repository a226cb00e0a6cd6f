"""Which note is this, and which book is it about: the one answer to both.

A note that notegen made has a kind (`log`, `concept`) and a key: book and pages of the passage that it was made of.
Both stand in its properties and, for the case that these cannot be read any more, in a last comment of its body:

    %% notegen:note log b1-0123456789abcdef 40-52 %%

A book is known by an id of its text (`extract.book`); the hashes of its files are other names of it. Notes of versions
that knew no books name the file alone. `type` is the learner's to change, so it makes no log; a note of `type: concept`
is a concept note without a key, whoever wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from notegen.vault.frontmatter import FrontmatterError, entries, fault, span
from notegen.vault.listed import listed

_BOOK = re.compile(r"[bf]\d{1,3}-[0-9a-f]{16}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PAGES = re.compile(r"(\d{1,9})(?:\s*[-–]\s*(\d{1,9}))?")
_PASSAGE = re.compile(r"(?:[bf]\d{1,3}-[0-9a-f]{16}|[0-9a-f]{12}) \d{1,9}(?:-\d{1,9})?")
_COMMENT = re.compile(r"^%% notegen:note ([a-z-]+) (\S[^\n%]*?) %%[ \t\r]*$", re.MULTILINE)
_MAY_TELL = re.compile(r"^[\"']?(?:source_sha256|passage)[\"']?[ \t]*:", re.MULTILINE | re.IGNORECASE)
"""Properties that make a note one of notegen's; looked for before any YAML is read."""
_ONE_PROPERTY = re.compile(r"^([\"']?)(\w+)\1[ \t]*:[^\n]*\n?(?:(?:[ \t]+|-)[^\n]*\n?)*", re.MULTILINE)
_DIGITS_OF_FILE = 12


@dataclass(frozen=True, slots=True)
class Identity:
    """Which note it is."""

    kind: str
    key: str
    """`passage_key`; "" for a concept note that notegen did not make."""


class OfBook(Protocol):
    """What says which book it is of."""

    @property
    def book(self) -> str: ...
    @property
    def source_sha256(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Book:
    """A book as a vault knows it."""

    id: str
    files: frozenset[str]
    """SHA-256 of every file of it that is known."""

    def has(self, one: OfBook) -> bool:
        """Whether it is about this book."""
        return bool(one.book and one.book == self.id) or one.source_sha256 in self.files

    def passage_keys(self, pdf_pages: str) -> frozenset[str]:
        """All keys that notes of these pages may have."""
        return frozenset(passage_key(each, pdf_pages) for each in (self.id, *self.files))


def book_of(book: str, sha256: str, known: Iterable[OfBook]) -> Book:
    """The book with this id that lies in a file with this hash. known: what says of which files it was made before."""
    files = {each.source_sha256 for each in known if book and each.book == book}
    return Book(book, frozenset({sha256, *files} - {""}))


def passage_key(book: str, pdf_pages: str) -> str:
    """The key of what is made of these pages ("40-52"). book: its id, or the SHA-256 of its file."""
    return f"{book[:_DIGITS_OF_FILE] if _SHA256.fullmatch(book) else book} {pdf_pages}"


def book_id(value: object) -> str:
    """The id of a book that a property holds; "" for anything else."""
    text = str(value).strip() if isinstance(value, str) else ""
    return text if _BOOK.fullmatch(text) else ""


def pages_of(value: object) -> tuple[int, int] | None:
    """First and last page that a property `pdf_pages` holds."""
    found = _PAGES.fullmatch("" if value is None else str(value).strip())
    return (int(found[1]), int(found[2] or found[1])) if found else None


def file_hash(value: object) -> str:
    """The SHA-256 that a property holds; "" for anything else."""
    text = str(value).strip().lower()
    return text if _SHA256.fullmatch(text) else ""


def identity_of(properties: Mapping[str, Any]) -> Identity | None:
    """Which note has these properties (names in lower case); None for one that notegen did not make."""
    sha256, pages = file_hash(properties.get("source_sha256")), pages_of(properties.get("pdf_pages"))
    if sha256 and pages:
        return Identity("log", passage_key(book_id(properties.get("book")) or sha256, "{}-{}".format(*pages)))
    passage = str(properties.get("passage") or "")
    return Identity("concept", passage) if _PASSAGE.fullmatch(passage) else None


def identity_in(text: str) -> Identity | None:
    """Which note has this text; None for one that is none of notegen's.

    Its properties are the learner's to change: where the last comment says otherwise, that holds.
    """
    yaml_text = yaml_of(text)
    told = identity_of(properties_of(yaml_text)) if yaml_text and _MAY_TELL.search(yaml_text) else None
    if found := commented(text, told):
        return found
    return told or (Identity("concept", "") if yaml_text and "concept" in listed(yaml_text, "type") else None)


def commented(text: str, told: Identity | None = None) -> Identity | None:
    """Which note it is by its last comment. told: by its properties; a comment that agrees is preferred, for another
    note's text, with its comment, may have been put at the end."""
    found = [Identity(*each) for each in _COMMENT.findall(text)] if "notegen:note" in text else []
    return told if told in found else found[-1] if found else None


def with_comment(body: str, identity: Identity | None) -> str:
    """The body with its last comment saying which note it is; as it is where no book is known."""
    if identity is None or not book_id(identity.key.partition(" ")[0]):
        return body
    comment = f"%% notegen:note {identity.kind} {identity.key} %%"
    if found := list(_COMMENT.finditer(body)):
        start, end = found[-1].start(), found[-1].start() + len(found[-1][0].rstrip())
        return body[:start] + comment + body[end:]
    line_end = "\r\n" if "\r\n" in body else "\n"
    return f"{body.rstrip()}{line_end * 2}{comment}{line_end}"


def yaml_of(text: str) -> str:
    """The YAML of a note, also where its closing line is gone: then all up to a blank line or the first marker."""
    if where := span(text):
        return text[where[0] : where[1]]
    if not fault(text):
        return ""
    found = re.match(r"\ufeff?---[ \t]*\r?\n((?:(?!%% notegen:|\r?\n|#)[^\n]*\n?)*)", text)
    return found[1] if found else ""


def properties_of(yaml_text: str) -> dict[str, Any]:
    """The properties by their names in lower case; of duplicates the first one counts.

    Where the YAML as a whole is broken, those that can be read by themselves.
    """
    try:
        found = entries(yaml_text)
    except FrontmatterError:
        found = []
        for piece in _ONE_PROPERTY.finditer(yaml_text):
            try:
                found += entries(piece[0])
            except FrontmatterError:
                continue
    properties: dict[str, Any] = {}
    for entry in found:
        properties.setdefault(entry.key.lower(), entry.value)
    return properties

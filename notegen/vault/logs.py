"""What the notes' own properties say about what was read. Nothing else remembers it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from notegen.vault.files import VaultFiles, text_of
from notegen.vault.frontmatter import fault, span
from notegen.vault.identity import (
    Identity,
    book_id,
    book_of,
    commented,
    file_hash,
    identity_of,
    pages_of,
    passage_key,
    properties_of,
    yaml_of,
)
from notegen.vault.note import KnownKind

_HEAD_BYTES = 4096
_LONGEST_HEAD_BYTES = 135_168
_TAIL_BYTES = 1024
"""Where the comment is looked for that says which note it is."""
_MAY_BE_LOG = re.compile(rb"^[\"']?source_sha256[\"']?[ \t]*:", re.MULTILINE | re.IGNORECASE)
_COMMENT = b"%% notegen:note log "


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRecord:
    """What one note that notegen made says of itself."""

    path: str
    """Relative to the vault."""
    key: str = ""
    """What tells it from the others of its kind."""
    date: dt.date | None
    """None when the learner made it something that is no date."""
    source: str
    """The link to the PDF, as text: "[[Book.pdf]]"; "" for none."""
    drafter: str
    title: str
    """The title property, else the note's name."""
    made_from: str
    """What the note was made from, beside the PDF: a hash; "" when the note does not say."""
    newer_edition: str = ""
    """The link to the PDF that has another text now; "" for a note of what it has today."""
    trouble: str = ""
    """Why its properties cannot be written, and in which line; "" for a sound note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRecord(NoteRecord):
    """What one log says of the passage that it is about."""

    source_sha256: str
    """Of the file that it was made of; "" where only the note's last comment can be read."""
    book: str = ""
    """The id of its book; "" in notes of versions that knew none."""
    pages: str
    """As printed in the book."""
    pdf_pages: tuple[int, int]
    """First and last page of the file, from 1."""


def read_logs(files: VaultFiles, paths: tuple[str, ...]) -> Iterator[LogRecord]:
    """Yield the record of each note that is a log. Others are left out."""
    for path, head, tail in _opened(files, paths):
        is_commented = _COMMENT in tail
        if not (is_commented or _MAY_BE_LOG.search(head)):
            continue
        record = record_in(path, head + b"\n" + tail if is_commented else head)
        if record:
            yield record


def read_notes_of(kind: KnownKind, files: VaultFiles, paths: tuple[str, ...]) -> Iterator[NoteRecord]:
    """Yield the record of each note of a kind, known by its property or its last comment. Others are left out."""
    for path, head, tail in _opened(files, paths):
        if kind.mark.encode() in head or f"%% notegen:note {kind.name} ".encode() in tail:
            text = text_of(head + b"\n" + tail)
            properties = properties_of(yaml_of(text))
            told = kind.identity(properties)
            last = commented(text, None if told is None else Identity(kind.name, told))
            key = last.key if last and last.kind == kind.name else told
            if key is not None:
                yield NoteRecord(key=key, trouble=_trouble(text), **_common(path, properties))


def _opened(files: VaultFiles, paths: tuple[str, ...]) -> Iterator[tuple[str, bytes, bytes]]:
    """(path, beginning, end) of each note that can be read: no more than its properties and its last comment take."""
    for path in paths:
        if path.endswith(".md"):
            try:
                head = files.head(path, _HEAD_BYTES)
                is_whole = len(head) < _HEAD_BYTES
                is_opened = head.removeprefix(b"\xef\xbb\xbf").startswith(b"---")
                if is_opened and not is_whole and span(text_of(head)) is None:
                    head = files.head(path, _LONGEST_HEAD_BYTES)
                tail = head if is_whole else files.tail(path, _TAIL_BYTES)
            except OSError:
                continue
            yield path, head, tail


def record_of(path: str, properties: Mapping[str, Any]) -> LogRecord | None:
    """Return what the properties of the note `path` say; None when they are not those of a log.

    Their names are in lower case.
    """
    found = identity_of(properties)
    if found is None or found.kind != "log":
        return None
    return _record(path, properties, file_hash(properties.get("source_sha256")))


def record_in(path: str, data: bytes) -> LogRecord | None:
    """Return what the note `path` with these bytes says; None when it is no log."""
    text = text_of(data)
    properties = properties_of(yaml_of(text))
    told = identity_of(properties)
    record = record_of(path, properties)
    if (known := commented(text, told)) and known.kind == "log" and known != told:
        book, _, pdf_pages = known.key.partition(" ")
        if book_id(book) and pages_of(pdf_pages):
            named = {**properties, "book": book, "pdf_pages": pdf_pages}
            record = _record(path, named, file_hash(properties.get("source_sha256")))
    if record is None:
        return None
    return replace(record, trouble=_trouble(text))


def _record(path: str, properties: Mapping[str, Any], sha256: str) -> LogRecord:
    pages, book = pages_of(properties["pdf_pages"]), book_id(properties.get("book"))
    assert pages is not None
    return LogRecord(
        key=passage_key(book or sha256, "{}-{}".format(*pages)),
        source_sha256=sha256,
        book=book,
        pages=_text("pages", properties),
        pdf_pages=pages,
        **_common(path, properties),
    )


def _common(path: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that the properties of every kind have."""
    return {
        "path": path,
        "date": _date(_text("date", properties)),
        "source": _text("source", properties),
        "drafter": _text("drafter", properties),
        "title": _text("title", properties) or path.rpartition("/")[2].removesuffix(".md"),
        "made_from": _text("made_from", properties),
        "newer_edition": _text("newer_edition", properties),
    }


def _text(name: str, properties: Mapping[str, Any]) -> str:
    value = properties.get(name)
    return "" if value is None else str(value).strip()


def _trouble(text: str) -> str:
    error = fault(text)
    return f"{error.message} (line {error.line})" if error else ""


def same_passage(one: LogRecord, logs: Iterable[LogRecord]) -> list[LogRecord]:
    """Those of the logs that are about the same pages of the same book."""
    logs = tuple(logs)
    book = book_of(one.book, one.source_sha256, logs)
    return [log for log in logs if log.pdf_pages == one.pdf_pages and book.has(log)]


def originals(logs: Iterable[LogRecord]) -> list[LogRecord]:
    """The logs of one book without second ones of the same pages: copies that the learner made in Obsidian are theirs.

    Obsidian puts a number behind the name of a copy, so the shortest path is taken for the original's.
    """
    logs = tuple(logs)
    first: dict[tuple[int, int], LogRecord] = {}
    for log in sorted(logs, key=lambda log: (len(log.path), log.path)):
        first.setdefault(log.pdf_pages, log)
    return [log for log in logs if first[log.pdf_pages] is log]


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None

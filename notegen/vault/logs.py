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
    book_id,
    book_of,
    commented,
    file_hash,
    identity_of,
    pages_of,
    properties_of,
    yaml_of,
)

_HEAD_BYTES = 4096
_LONGEST_HEAD_BYTES = 135_168
_TAIL_BYTES = 1024
"""Where the comment is looked for that says which note it is."""
_MAY_BE_LOG = re.compile(rb"^[\"']?source_sha256[\"']?[ \t]*:", re.MULTILINE | re.IGNORECASE)
_COMMENT = b"%% notegen:note log "


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRecord:
    """What one log says of the passage that it is about."""

    path: str
    """Relative to the vault."""
    date: dt.date | None
    """None when the learner made it something that is no date."""
    source: str
    """The link to the PDF, as text: "[[Book.pdf]]"."""
    source_sha256: str
    """Of the file that it was made of; "" where only the note's last comment can be read."""
    book: str = ""
    """The id of its book; "" in notes of versions that knew none."""
    pages: str
    """As printed in the book."""
    pdf_pages: tuple[int, int]
    """First and last page of the file, from 1."""
    drafter: str
    title: str
    """The title property, else the note's name."""
    made_from: str
    """What the note was made from, beside the PDF: a hash; "" when the note does not say."""
    trouble: str = ""
    """Why its properties cannot be written, and in which line; "" for a sound note."""


def read_logs(files: VaultFiles, paths: tuple[str, ...]) -> Iterator[LogRecord]:
    """Yield the record of each note that is a log. Others are left out."""
    for path in paths:
        if path.endswith(".md"):
            try:
                record = _read(files, path)
            except OSError:
                continue
            if record:
                yield record


def _read(files: VaultFiles, path: str) -> LogRecord | None:
    """Read no more of the file than its properties and its last comment take."""
    head = files.head(path, _HEAD_BYTES)
    is_whole = len(head) < _HEAD_BYTES
    is_opened = head.removeprefix(b"\xef\xbb\xbf").startswith(b"---")
    if is_opened and not is_whole and span(text_of(head)) is None:
        head = files.head(path, _LONGEST_HEAD_BYTES)
    record = record_in(path, head) if _MAY_BE_LOG.search(head) else None
    if record and record.book:
        return record
    tail = head if is_whole else files.tail(path, _TAIL_BYTES)
    return record_in(path, head + b"\n" + tail) if _COMMENT in tail else record


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
    record = record_of(path, properties)
    if (record is None or not record.book) and (known := commented(text)) and known.kind == "log":
        book, _, pdf_pages = known.key.partition(" ")
        if book_id(book) and pages_of(pdf_pages):
            named = {**properties, "book": book, "pdf_pages": pdf_pages}
            record = _record(path, named, record.source_sha256 if record else "")
    if record is None:
        return None
    error = fault(text)
    return replace(record, trouble=f"{error.message} (line {error.line})") if error else record


def _record(path: str, properties: Mapping[str, Any], sha256: str) -> LogRecord:
    def text(key: str) -> str:
        value = properties.get(key)
        return "" if value is None else str(value).strip()

    pages = pages_of(properties["pdf_pages"])
    assert pages is not None
    return LogRecord(
        path=path,
        date=_date(text("date")),
        source=text("source"),
        source_sha256=sha256,
        book=book_id(properties.get("book")),
        pages=text("pages"),
        pdf_pages=pages,
        drafter=text("drafter"),
        title=text("title") or path.rpartition("/")[2].removesuffix(".md"),
        made_from=text("made_from"),
    )


def same_passage(one: LogRecord, logs: Iterable[LogRecord]) -> list[LogRecord]:
    """Those of the logs that are about the same pages of the same book."""
    logs = tuple(logs)
    book = book_of(one.book, one.source_sha256, logs)
    return [log for log in logs if log.pdf_pages == one.pdf_pages and book.has(log)]


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None

"""What the notes' own properties say about what was read. Nothing else remembers it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from notegen.vault.files import VaultFiles
from notegen.vault.frontmatter import span
from notegen.vault.properties import parse, split

_HEAD_BYTES = 4096
_LONGEST_HEAD_BYTES = 135_168
_IS_LOG = re.compile(rb"^[\"']?source_sha256[\"']?[ \t]*:", re.MULTILINE | re.IGNORECASE)
"""What makes a note a log: the hash of its PDF. `type` is the learner's to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRecord:
    """The properties of one log that say which passage it is about."""

    path: str
    """Relative to the vault."""
    date: dt.date | None
    """None when the learner made it something that is no date."""
    source: str
    """The link to the PDF, as text: "[[Book.pdf]]"."""
    source_sha256: str
    pages: str
    """As printed in the book."""
    pdf_pages: tuple[int, int]
    """First and last page of the file, from 1."""
    drafter: str
    title: str
    """The title property, else the note's name."""
    made_from: str
    """What the note was made from, beside the PDF: a hash; "" when the note does not say."""


def read_logs(files: VaultFiles, paths: tuple[str, ...]) -> Iterator[LogRecord]:
    """Yield the record of each note that is a log; others, and those whose properties are broken, are left out."""
    for path in paths:
        if path.endswith(".md") and (yaml_text := _yaml_of_log(files, path)):
            record = record_of(path, parse(yaml_text))
            if record:
                yield record


def _yaml_of_log(files: VaultFiles, path: str) -> str | None:
    """Read only as much of the file as its frontmatter takes."""
    try:
        head = files.head(path, _HEAD_BYTES)
        if not head.removeprefix(b"\xef\xbb\xbf").startswith(b"---"):
            return None
        if span(head.decode("utf-8", "replace")) is None:
            head = files.head(path, _LONGEST_HEAD_BYTES)
    except OSError:
        return None
    if not _IS_LOG.search(head):
        return None
    yaml_text, _ = split(head.decode("utf-8", "replace"))
    return yaml_text


def record_of(path: str, properties: Mapping[str, Any]) -> LogRecord | None:
    """Return what the properties of the note `path` say; None when they are not those of a log."""

    def text(key: str) -> str:
        value = properties.get(key)
        return "" if value is None else str(value).strip()

    first_last = re.fullmatch(r"(\d{1,9})(?:\s*[-–]\s*(\d{1,9}))?", text("pdf_pages"))
    sha256 = text("source_sha256").lower()
    if not first_last or not re.fullmatch(r"[0-9a-f]{64}", sha256):
        return None
    return LogRecord(
        path=path,
        date=_date(text("date")),
        source=text("source"),
        source_sha256=sha256,
        pages=text("pages"),
        pdf_pages=(int(first_last[1]), int(first_last[2] or first_last[1])),
        drafter=text("drafter"),
        title=text("title") or path.rpartition("/")[2].removesuffix(".md"),
        made_from=text("made_from"),
    )


def record_in(path: str, data: bytes) -> LogRecord | None:
    """Return what the note `path` with these bytes says; None when it is no log."""
    yaml_text, _ = split(data.decode("utf-8", "replace"))
    return record_of(path, parse(yaml_text or ""))


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None

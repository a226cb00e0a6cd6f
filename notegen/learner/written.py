"""What the learner wrote, read and ticked, as the logs of a book tell it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from notegen.figures.coverage import Reading
from notegen.vault.identity import Book
from notegen.vault.logs import LogRecord
from notegen.vault.properties import split
from notegen.vault.regions import find
from notegen.vault.vault import Vault

_TICKED = re.compile(r"^[> \t]*- \[[^ ]\]", re.MULTILINE)
_OPEN = re.compile(r"^[> \t]*- \[ \]", re.MULTILINE)
_MARKS = re.compile(r"^[\s>]*(?:[-*+](?:\s+|$))?(?:\[[^\]]\]\s+)?")
_FRAME = re.compile(r"^(?:#{1,6}\s|\[![a-z-]+\]|-{3,}$|%%)|:$")
"""A heading, a callout's title, a rule, a comment, a question that is not answered: the template's own lines."""


def written_in(body: str) -> str:
    """The learner's own lines of a note: outside notegen's regions, without the template's; "" for none."""
    for region in reversed(find(body)):
        body = body[: region.start] + body[region.end :]
    lines = [_MARKS.sub("", line).strip(" \t\u200b") for line in body.splitlines()]
    return "\n".join(line for line in lines if line and not _FRAME.search(line))


def last_words(logs: Sequence[LogRecord], vault: Vault) -> tuple[tuple[str, str], ...]:
    """(path, what is written in it) of the latest of the logs; nothing where that is nothing or cannot be read."""
    latest = max(logs, key=lambda log: (log.date or dt.date.min, log.pdf_pages), default=None)
    words = written_in(split(vault.text(latest.path))[1]) if latest else ""
    return ((latest.path, words),) if latest and words else ()


def readings_of(book: Book, vault: Vault) -> tuple[Reading, ...]:
    """What the logs of a book say: their pages, whether the learner wrote in them, whether every check is ticked."""
    found = []
    for log in vault.logs():
        if book.has(log):
            body = split(vault.text(log.path))[1]
            is_recalled = bool(_TICKED.search(body)) and not _OPEN.search(body)
            first, last = log.pdf_pages[0] - 1, log.pdf_pages[1] - 1
            found.append(Reading(first=first, last=last, is_noted=bool(written_in(body)), is_recalled=is_recalled))
    return tuple(found)

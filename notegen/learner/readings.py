"""How far a book has been read, noted and recalled."""

from __future__ import annotations

import re

from notegen.figures.coverage import Reading
from notegen.vault import regions
from notegen.vault.identity import Book
from notegen.vault.properties import split
from notegen.vault.vault import Vault

_TICKED = re.compile(r"^[> \t]*- \[[^ ]\]", re.MULTILINE)
_OPEN = re.compile(r"^[> \t]*- \[ \]", re.MULTILINE)
_NOT_WRITTEN = re.compile(r"#|-{3,}$|%%|\[!|.*:$")
"""Lines that a learner finds there: headings, rules, comments, callout titles, prompts that wait for an answer."""


def readings_of(book: Book, vault: Vault) -> tuple[Reading, ...]:
    """What the logs of a book say: their pages, whether the learner wrote in them, whether every check is ticked."""
    found = []
    for log in vault.logs():
        if not book.has(log):
            continue
        _, body = split(vault.text(log.path))
        found.append(
            Reading(
                first=log.pdf_pages[0] - 1,
                last=log.pdf_pages[1] - 1,
                is_noted=_is_noted(body),
                is_recalled=bool(_TICKED.search(body)) and not _OPEN.search(body),
            )
        )
    return tuple(found)


def _is_noted(body: str) -> bool:
    """The learner wrote something of their own outside of notegen's regions, an answer to a prompt for example."""
    for region in reversed(regions.find(body)):
        body = body[: region.start] + body[region.end :]
    lines = (line.strip(" \t>-*\u200b") for line in body.splitlines())
    return any(line and not _NOT_WRITTEN.match(line) for line in lines)

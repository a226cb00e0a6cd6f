"""What figures need to know of the vault: names for the map, and how far a book has been read, noted and recalled."""

from __future__ import annotations

import contextlib
import re

from notegen.figures.coverage import Reading
from notegen.figures.request import Names
from notegen.vault import regions
from notegen.vault.properties import parse, split
from notegen.vault.vault import Vault

MAX_NOTES = 1_000
"""Titles that are compared at most: the first time that is a second or two of the model's work, later it is kept."""


def note_titles(vault: Vault) -> tuple[str, ...]:
    """Names of the vault's notes that say something (letters, no log of notegen's), by path."""
    logs = {log.path for log in vault.logs()}
    paths = (path for path in vault.files.paths if path.endswith(".md") and path not in logs)
    titles = (path.rpartition("/")[2].removesuffix(".md") for path in paths)
    return tuple(title for title in titles if sum(each.isalpha() for each in title) >= 3)[:MAX_NOTES]


def names_of(vault: Vault) -> Names:
    """Concepts of the latest log, as its properties say, and the notes' titles."""
    dated = [log for log in vault.logs() if log.date]
    today: tuple[str, ...] = ()
    if dated:
        latest = max(dated, key=lambda log: (str(log.date), log.path))
        with contextlib.suppress(OSError):
            yaml_text, _ = split((vault.root / latest.path).read_text(encoding="utf-8", errors="replace"))
            listed = parse(yaml_text or "").get("concepts")
            today = tuple(str(each) for each in listed) if isinstance(listed, list) else ()
    return Names(today=today, notes=note_titles(vault))


_TICKED = re.compile(r"^[> \t]*- \[[^ ]\]", re.MULTILINE)
_OPEN = re.compile(r"^[> \t]*- \[ \]", re.MULTILINE)
_NOT_WRITTEN = re.compile(r"#|-{3,}$|%%|\[!|.*:$")
"""Lines that a learner finds there: headings, rules, comments, callout titles, prompts that wait for an answer."""


def readings_of(sha256: str, vault: Vault) -> tuple[Reading, ...]:
    """What the logs of a PDF say: their pages, whether the learner wrote in them, whether every check is ticked."""
    found = []
    for log in vault.logs():
        if log.source_sha256 != sha256:
            continue
        try:
            _, body = split((vault.root / log.path).read_text(encoding="utf-8", errors="replace"))
        except OSError:
            continue
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

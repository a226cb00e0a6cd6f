"""What figures need to know of the vault: the names for its map."""

from __future__ import annotations

from notegen.figures.request import Names
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
        listed = parse(split(vault.text(latest.path))[0] or "").get("concepts")
        today = tuple(str(each) for each in listed) if isinstance(listed, list) else ()
    return Names(today=today, notes=note_titles(vault))

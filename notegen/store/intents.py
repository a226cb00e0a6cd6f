"""Intents: a plan is put down whole before its first write, and crossed out after its last.

One that is still there when the next run begins was cut off by a crash; it holds all that is needed to finish it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from notegen.store.database import Connection
from notegen.store.ledger import Ledger

MAX_BYTES = 256 << 20
"""Of one intent. A larger one (a copied PDF of that size) is not kept: after a crash it is made anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntendedWrite:
    """One file of an intent; the fields are those of `vault.note.Write`."""

    path: str
    data: bytes
    before_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """The writes of one plan that change a file, in order."""

    writes: tuple[IntendedWrite, ...]
    notes: Mapping[str, str]
    """SHA-256 of a PDF → path of the log that the plan makes of it."""


def begin(ledger: Ledger, intent: Intent) -> int:
    """Put the intent down; return its number. Raises StateError."""
    keep = sum(len(write.data) for write in intent.writes) <= MAX_BYTES
    with ledger.changing() as change:
        cursor = change.execute("INSERT INTO intent (notes) VALUES (?)", (json.dumps(dict(intent.notes)),))
        number = cursor.lastrowid or 0
        rows = [
            (number, place, each.path, each.before_sha256, each.data)
            for place, each in enumerate(intent.writes if keep else ())
        ]
        change.executemany("INSERT INTO intent_write VALUES (?, ?, ?, ?, ?)", rows)
    return number


def finish(ledger: Ledger, number: int, notes: Mapping[str, str]) -> None:
    """Cross the intent out and remember the notes that it made, at once. Raises StateError."""
    with ledger.changing() as change:
        change.executemany("INSERT OR REPLACE INTO made VALUES (?, ?)", notes.items())
        _cross_out(change, number)


def abandon(ledger: Ledger, number: int) -> None:
    """Cross the intent out: its notes will be made anew. Raises StateError."""
    with ledger.changing() as change:
        _cross_out(change, number)


def cut_off(ledger: Ledger) -> Iterator[tuple[int, Intent]]:
    """Yield the intents that are still there, oldest first. Raises StateError."""
    for number, notes in ledger.rows("SELECT number, notes FROM intent ORDER BY number"):
        query = "SELECT path, before_sha256, data FROM intent_write WHERE number = ? ORDER BY place"
        writes = (
            IntendedWrite(path=path, before_sha256=before, data=data)
            for path, before, data in ledger.rows(query, (number,))
        )
        yield number, Intent(writes=tuple(writes), notes=json.loads(notes))


def note_made_of(ledger: Ledger, sha256: str) -> str:
    """Return the path that a log of this PDF's content was given; "" when none was made here. Raises StateError."""
    rows = ledger.rows("SELECT note FROM made WHERE sha256 = ?", (sha256,))
    return str(rows[0][0]) if rows else ""


def _cross_out(change: Connection, number: int) -> None:
    change.execute("DELETE FROM intent_write WHERE number = ?", (number,))
    change.execute("DELETE FROM intent WHERE number = ?", (number,))

"""Intents: a plan is put down whole before its first write, and crossed out after its last.

One that is still there when the next run begins was cut off by a crash; it holds all that is needed to finish it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from notegen.store import runs
from notegen.store.database import Connection
from notegen.store.ledger import Ledger
from notegen.store.runs import FileChange, OpenRun

MAX_BYTES = 256 << 20
"""Of one intent. A larger one (a copied PDF of that size) is not kept: after a crash it is made anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntendedWrite:
    """One file of an intent; the fields are those of `vault.note.Write`."""

    path: str
    data: bytes
    before_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntendedRemoval:
    """A file of an intent that goes to the trash; the fields are those of `vault.note.Removal`."""

    path: str
    before_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """The writes of one plan that change a file, in order, and the removals, which come after them."""

    writes: tuple[IntendedWrite, ...]
    removals: tuple[IntendedRemoval, ...] = ()
    notes: Mapping[str, str]
    """SHA-256 of a PDF → path of the log that the plan makes of it."""


def begin(ledger: Ledger, intent: Intent, run: OpenRun | None = None, changes: Sequence[FileChange] = ()) -> int:
    """Put the intent down; return its number. Raises StateError.

    run, changes: what it will have changed, for the record of that run.
    """
    keep = sum(len(write.data) for write in intent.writes) <= MAX_BYTES
    with ledger.changing() as change:
        cursor = change.execute("INSERT INTO intent (notes) VALUES (?)", (json.dumps(dict(intent.notes)),))
        number = cursor.lastrowid or 0
        rows = [
            (number, place, each.path, each.before_sha256, each.data)
            for place, each in enumerate(intent.writes if keep else ())
        ]
        change.executemany("INSERT INTO intent_write VALUES (?, ?, ?, ?, ?)", rows)
        removals = [(number, place, each.path, each.before_sha256) for place, each in enumerate(intent.removals)]
        change.executemany("INSERT INTO intent_removal VALUES (?, ?, ?, ?)", removals if keep else ())
        if run:
            runs.put(change, run, number, changes)
    return number


def finish(ledger: Ledger, number: int, notes: Mapping[str, str]) -> None:
    """Cross the intent out and remember the notes that it made, at once. Raises StateError."""
    with ledger.changing() as change:
        change.executemany("INSERT OR REPLACE INTO made VALUES (?, ?)", notes.items())
        runs.keep(change, number)
        _cross_out(change, number)


def abandon(ledger: Ledger, number: int) -> None:
    """Cross the intent out: its notes will be made anew, and no run has made them. Raises StateError."""
    with ledger.changing() as change:
        runs.take_out(change, number)
        _cross_out(change, number)


def cut_off(ledger: Ledger) -> Iterator[tuple[int, Intent]]:
    """Yield the intents that are still there, oldest first. Raises StateError."""
    for number, notes in ledger.rows("SELECT number, notes FROM intent ORDER BY number"):
        query = "SELECT path, before_sha256, data FROM intent_write WHERE number = ? ORDER BY place"
        writes = (
            IntendedWrite(path=path, before_sha256=before, data=data)
            for path, before, data in ledger.rows(query, (number,))
        )
        query = "SELECT path, before_sha256 FROM intent_removal WHERE number = ? ORDER BY place"
        removals = (IntendedRemoval(path=path, before_sha256=before) for path, before in ledger.rows(query, (number,)))
        yield number, Intent(writes=tuple(writes), removals=tuple(removals), notes=json.loads(notes))


def note_made_of(ledger: Ledger, sha256: str) -> str:
    """Return the path that a log of this PDF's content was given; "" when none was made here. Raises StateError."""
    rows = ledger.rows("SELECT note FROM made WHERE sha256 = ?", (sha256,))
    return str(rows[0][0]) if rows else ""


def _cross_out(change: Connection, number: int) -> None:
    change.execute("DELETE FROM intent_write WHERE number = ?", (number,))
    change.execute("DELETE FROM intent_removal WHERE number = ?", (number,))
    change.execute("DELETE FROM intent WHERE number = ?", (number,))

"""The record of runs: which files each run changed, from which bytes to which, so that it can be told and taken back.

It stands in the ledger, and a change of it is put down in one transaction with the intent that makes it. It is bounded:
the oldest runs go first. Losing it loses nothing but the way back.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from notegen.store.database import Connection
from notegen.store.ledger import Ledger

MOST_RUNS = 1000
"""A watcher that makes ten notes a day fills this in a season."""
MOST_BYTES = 256 << 20
"""Of all runs together, deflated; a log takes some 10 kB."""
MOST_BYTES_OF_FILE = 32 << 20
"""A larger one (a copied book) is recorded by its hash alone."""


@dataclass(slots=True)
class OpenRun:
    """The run that writes now. It is recorded with its first change, and never when it changes nothing."""

    command: str
    """In words: "notegen day"."""
    undoes: int = 0
    """The number of the run that it takes back; 0 for none."""
    number: int = 0
    """0 as long as it is not recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """What one run did to one file."""

    path: str
    """Relative to the vault."""
    before_sha256: str
    """"" for a file that was not there."""
    after_sha256: str
    """"" for a file that was taken away."""
    before: bytes | None = None
    after: bytes | None = None
    """None where there is no file, and where its bytes are not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """A run that changed something, without the bytes."""

    number: int
    at: str
    """When it began to write: ISO 8601, with the zone."""
    command: str
    undoes: int
    undone_by: int
    """The number of the run that took it back and was not taken back itself; 0 for none."""
    changes: tuple[FileChange, ...]
    """Each file once, in the order in which they were changed."""


def put(change: Connection, run: OpenRun, intent: int, changes: Iterable[FileChange]) -> None:
    """Record changes of the run that the intent is about to make. It belongs into the intent's transaction."""
    is_new = not run.number
    if is_new:
        began = dt.datetime.now().astimezone().isoformat(timespec="seconds")
        query = "INSERT INTO run (at, command, undoes) VALUES (?, ?, ?)"
        run.number = change.execute(query, (began, run.command, run.undoes)).lastrowid or 0
    (place,) = change.execute("SELECT COUNT(*) FROM run_change WHERE run = ?", (run.number,)).fetchone()
    rows = [
        (
            run.number,
            at,
            intent,
            each.path,
            each.before_sha256,
            each.after_sha256,
            _kept(each.before),
            _kept(each.after),
        )
        for at, each in enumerate(changes, place)
    ]
    change.executemany("INSERT INTO run_change VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    if is_new:
        _forget_oldest(change, run.number)


def keep(change: Connection, intent: int) -> None:
    """The intent was carried out: its number may be used again."""
    change.execute("UPDATE run_change SET intent = 0 WHERE intent = ?", (intent,))


def take_out(change: Connection, intent: int) -> None:
    """Forget the changes of an intent that was not carried out."""
    change.execute("DELETE FROM run_change WHERE intent = ?", (intent,))
    change.execute("DELETE FROM run WHERE number NOT IN (SELECT run FROM run_change)")


def changes_of_intent(ledger: Ledger, intent: int) -> list[FileChange]:
    """What an intent was to do, with the bytes. Raises StateError."""
    return list(_changes(ledger, "intent", intent))


def changes_of_run(ledger: Ledger, number: int) -> list[FileChange]:
    """What a run did to each file from its first change to its last, with the bytes. Raises StateError."""
    return _whole(_changes(ledger, "run", number))


def runs(ledger: Ledger) -> list[RunRecord]:
    """The runs on record, newest first. Raises StateError."""
    by_run: dict[int, list[FileChange]] = {}
    query = "SELECT run, path, before_sha256, after_sha256 FROM run_change ORDER BY run, place"
    for number, path, before, after in ledger.rows(query):
        by_run.setdefault(number, []).append(FileChange(path=path, before_sha256=before, after_sha256=after))
    found: list[RunRecord] = []
    undone: dict[int, int] = {}
    for number, at, command, undoes in ledger.rows("SELECT number, at, command, undoes FROM run ORDER BY number DESC"):
        if undoes and number not in undone:
            undone.setdefault(undoes, number)
        changes = tuple(_whole(by_run.get(number, [])))
        found.append(
            RunRecord(
                number=number,
                at=at,
                command=command,
                undoes=undoes,
                undone_by=undone.get(number, 0),
                changes=changes,
            )
        )
    return found


def _changes(ledger: Ledger, column: str, number: int) -> Iterator[FileChange]:
    query = (
        "SELECT path, before_sha256, after_sha256, before, after "
        f"FROM run_change WHERE {column} = ? ORDER BY run, place"
    )
    for path, before_sha256, after_sha256, before, after in ledger.rows(query, (number,)):
        yield FileChange(
            path=path,
            before_sha256=before_sha256,
            after_sha256=after_sha256,
            before=None if before is None else zlib.decompress(before),
            after=None if after is None else zlib.decompress(after),
        )


def _whole(changes: Iterable[FileChange]) -> list[FileChange]:
    """Several changes of one file are one: from what was there first to what came last."""
    merged: dict[str, FileChange] = {}
    for each in changes:
        first = merged.get(each.path, each)
        merged[each.path] = FileChange(
            path=each.path,
            before_sha256=first.before_sha256,
            after_sha256=each.after_sha256,
            before=first.before,
            after=each.after,
        )
    return [each for each in merged.values() if each.before_sha256 != each.after_sha256]


def _kept(data: bytes | None) -> bytes | None:
    return None if data is None or len(data) > MOST_BYTES_OF_FILE else zlib.compress(data)


def _forget_oldest(change: Connection, newest: int) -> None:
    query = (
        "SELECT run, SUM(IFNULL(LENGTH(before), 0) + IFNULL(LENGTH(after), 0)) "
        "FROM run_change GROUP BY run ORDER BY run DESC"
    )
    total = 0
    for place, (number, size) in enumerate(change.execute(query).fetchall()):
        total += size
        if number != newest and (place >= MOST_RUNS or total > MOST_BYTES):
            change.execute("DELETE FROM run_change WHERE run <= ?", (number,))
            change.execute("DELETE FROM run WHERE number <= ?", (number,))
            return

"""What must not be forgotten of one vault: plans under way, notes made, and the end of each dropped PDF.

Losing the file loses no note and no PDF: the vault says what was read. It loses the reasons of failures, and a plan
that a crash had cut off is made anew.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from notegen.errors import StateError

FILE_NAME = "ledger.sqlite3"
SCHEMA_VERSION = 1
_LOCK_TIMEOUT_S = 5.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS intent (number INTEGER PRIMARY KEY, notes TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS intent_write (
    number INTEGER NOT NULL, place INTEGER NOT NULL,
    path TEXT NOT NULL, before_sha256 TEXT NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (number, place)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS made (sha256 TEXT PRIMARY KEY, note TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS dropped (
    path TEXT PRIMARY KEY, turn INTEGER NOT NULL,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, inode INTEGER NOT NULL, sha256 TEXT NOT NULL,
    state TEXT NOT NULL, reason TEXT NOT NULL, next_step TEXT NOT NULL,
    note TEXT NOT NULL, earlier_note TEXT NOT NULL, same_as TEXT NOT NULL, suspect TEXT NOT NULL,
    made_with TEXT NOT NULL, deaths INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS dropped_sha256 ON dropped (sha256);
CREATE TABLE IF NOT EXISTS stopped (sha256 TEXT PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID;
"""


class Ledger:
    """One open database; `intents` and `drops` read and write its tables."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self._connection = connection
        self.path = path
        """None: in memory, because there is no place for it or it cannot be used."""

    @classmethod
    def open(cls, folder: Path | None) -> Ledger:
        """Open the ledger in `folder`; None for one in memory.

        A damaged file is set aside as "*.damaged". Where the folder cannot be used the ledger lasts as long as the
        object.
        """
        if folder is None:
            return cls(_in_memory(), None)
        path = folder / FILE_NAME
        for _ in range(2):
            try:
                return cls(_connect(path), path)
            except (sqlite3.OperationalError, OSError):
                break
            except sqlite3.DatabaseError:
                if not _set_aside(path):
                    break
        return cls(_in_memory(), None)

    def close(self) -> None:
        """Close the database; the ledger is not used afterwards."""
        self._connection.close()

    def rows(self, query: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Return what a SELECT finds. Raises StateError."""
        with _told():
            return self._connection.execute(query, values).fetchall()

    def version(self) -> int:
        """Return a number that changes when another process changes the ledger. Raises StateError."""
        return int(self.rows("PRAGMA data_version")[0][0])

    @contextlib.contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for changes that take effect all at once, or not at all. Raises StateError."""
        with _told():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self.commit()
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def commit(self) -> None:
        """Make the changes last. A step of its own, so that a test can put a crash before it."""
        self._connection.execute("COMMIT")


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        if "full" in str(error) or "disk I/O" in str(error):
            reason, step = "There is no room left for notegen's own records.", "Free some space and run it again."
        else:
            reason, step = (
                f"notegen's own records cannot be used ({error}).",
                "Check its folder: notegen doctor shows it.",
            )
        raise StateError(reason, step) from error


def _in_memory() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(_SCHEMA)
    return connection


def _set_aside(path: Path) -> bool:
    try:
        os.replace(path, path.with_name(path.name + ".damaged"))
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _connect(path: Path) -> sqlite3.Connection:
    """Open and check. Raises OSError, OperationalError (locked, not writable, newer) or DatabaseError (damaged)."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=_LOCK_TIMEOUT_S, isolation_level=None)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise sqlite3.OperationalError("made by a newer notegen")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        if version < SCHEMA_VERSION:
            connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
        connection.execute("SELECT count(*) FROM intent, dropped").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection

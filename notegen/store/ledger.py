"""What must not be forgotten of one vault: plans under way, runs, notes made, and the end of each dropped PDF.

Losing the file loses no note and no PDF: the vault says what was read. It loses the reasons of failures and the way
back from earlier runs, and a plan that a crash had cut off is made anew.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from notegen.errors import StateError
from notegen.store.database import Connection, Database

FILE_NAME = "ledger.sqlite3"


class Ledger(Database):
    """One open database; `intents`, `runs` and `drops` read and write its tables."""

    VERSION = 2
    TIMEOUT_S = 5.0
    SYNCHRONOUS = "FULL"
    SCHEMA = """
CREATE TABLE IF NOT EXISTS intent (number INTEGER PRIMARY KEY, notes TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS intent_write (
    number INTEGER NOT NULL, place INTEGER NOT NULL,
    path TEXT NOT NULL, before_sha256 TEXT NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (number, place)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS intent_removal (
    number INTEGER NOT NULL, place INTEGER NOT NULL, path TEXT NOT NULL, before_sha256 TEXT NOT NULL,
    PRIMARY KEY (number, place)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS run (
    number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, command TEXT NOT NULL, undoes INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS run_change (
    run INTEGER NOT NULL, place INTEGER NOT NULL, intent INTEGER NOT NULL, path TEXT NOT NULL,
    before_sha256 TEXT NOT NULL, after_sha256 TEXT NOT NULL, before BLOB, after BLOB,
    PRIMARY KEY (run, place)
);
CREATE INDEX IF NOT EXISTS run_change_intent ON run_change (intent);
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

    @classmethod
    def open(cls, folder: Path | None) -> Ledger:
        """Open the ledger in `folder`; None for one in memory.

        A damaged file is set aside as "*.damaged". Where the folder cannot be used the ledger lasts as long as the
        object.
        """
        return cls(folder / FILE_NAME if folder else None)

    def rows(self, query: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Return what a SELECT finds. Raises StateError."""
        with _told():
            return super().rows(query, values)

    def version(self) -> int:
        """Return a number that changes when another process changes the ledger. Raises StateError."""
        return int(self.rows("PRAGMA data_version")[0][0])

    @contextlib.contextmanager
    def changing(self) -> Iterator[Connection]:
        """Give the connection for changes that take effect all at once, or not at all. Raises StateError."""
        with _told(), super().changing() as connection:
            yield connection


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

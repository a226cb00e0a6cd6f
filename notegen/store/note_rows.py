"""Rows of what was read of the notes of one vault: a cache in a file of its own.

Deleting the file loses time only. Trouble with it never reaches the caller: what cannot be kept is read again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from notegen.store.folder import state_folder

_LOCK_TIMEOUT_S = 2.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS note (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, inode INTEGER NOT NULL,
    sha256 TEXT NOT NULL, facts BLOB NOT NULL, words BLOB NOT NULL
) WITHOUT ROWID;
"""

Stamp = tuple[int, int, int]
"""What tells that a file has not changed (see `vault.files.Stamp`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """What was read of one note. `facts` and `words` mean something to the reader only."""

    path: str
    stamp: Stamp
    sha256: str
    """Of the file's bytes."""
    facts: bytes
    words: bytes


class NoteRows:
    """The rows of one vault."""

    def __init__(self, connection: sqlite3.Connection, place: Path | None, reader: int) -> None:
        self._connection = connection
        self.place = place
        """The file, None for rows in memory."""
        if connection.execute("PRAGMA user_version").fetchone()[0] != reader:
            connection.executescript(f"DROP TABLE IF EXISTS note; {_SCHEMA} PRAGMA user_version = {int(reader)};")

    @classmethod
    def open(cls, vault: str, reader: int, env: Mapping[str, str] = os.environ) -> NoteRows:
        """Open the rows of a vault, by its identity. reader: version of what reads notes; rows of another are dropped.

        A damaged file is replaced; where none can be kept, the rows are in memory.
        """
        if not vault:
            return cls.in_memory(reader)
        place = index_place(vault, env)
        for _ in range(2):
            try:
                return cls(_connect(place), place, reader)
            except sqlite3.OperationalError:
                return cls.in_memory(reader)
            except sqlite3.DatabaseError:
                remove_index(place)
            except OSError:
                break
        return cls.in_memory(reader)

    @classmethod
    def in_memory(cls, reader: int) -> NoteRows:
        """Rows that last as long as the object."""
        return cls(sqlite3.connect(":memory:", isolation_level=None), None, reader)

    def close(self) -> None:
        """Close the file; the rows are not used afterwards."""
        self._connection.close()

    def stamps(self) -> dict[str, Stamp]:
        """Path → stamp of every row."""
        rows = self._all("SELECT path, size, mtime_ns, inode FROM note")
        return {path: (size, mtime_ns, inode) for path, size, mtime_ns, inode in rows}

    def rows(self) -> Iterator[NoteRow]:
        """Every row, by path."""
        query = "SELECT path, size, mtime_ns, inode, sha256, facts, words FROM note ORDER BY path"
        for path, size, mtime_ns, inode, sha256, facts, words in self._all(query):
            yield NoteRow(path=path, stamp=(size, mtime_ns, inode), sha256=sha256, facts=facts, words=words)

    def change(self, changed: Iterable[NoteRow], gone: Iterable[str]) -> None:
        """Put rows in and take others out, all or none of them."""
        with contextlib.suppress(sqlite3.Error, UnicodeError):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._connection.executemany("DELETE FROM note WHERE path = ?", ((path,) for path in gone))
                self._connection.executemany(
                    "INSERT OR REPLACE INTO note VALUES (?, ?, ?, ?, ?, ?, ?)",
                    ((row.path, *row.stamp, row.sha256, row.facts, row.words) for row in changed),
                )
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise

    def _all(self, query: str) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(query).fetchall()
        except sqlite3.Error:
            return []


def index_place(vault: str, env: Mapping[str, str] = os.environ) -> Path:
    """The file in the state folder that holds the rows of a vault, by its identity (the real path of its folder)."""
    real = os.path.realpath(vault)
    name = re.sub(r"[^A-Za-z0-9-]+", "-", os.path.basename(real)).strip("-")[:40] or "vault"
    digest = hashlib.sha256(real.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return state_folder(env) / "index" / f"{name}-{digest}.sqlite3"


def remove_index(place: Path) -> None:
    """Delete the file and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            place.with_name(place.name + suffix).unlink()


def _connect(place: Path) -> sqlite3.Connection:
    place.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(place, timeout=_LOCK_TIMEOUT_S, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.executescript(_SCHEMA)
        connection.execute("SELECT COUNT(*) FROM note").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection

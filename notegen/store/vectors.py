"""Vectors by key, in a file of their own. It may be deleted at any time: what is lost is worked out again."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

from notegen.store.folder import state_folder

FILE_NAME = "vectors.sqlite3"
MAX_ROWS = 400_000
"""Some 350 MB of 384 numbers each: the first to come are the first to go."""
_LOCK_TIMEOUT_S = 1.0
_KEYS_AT_ONCE = 500
"""SQLite binds 999 values at least."""
_SCHEMA = "CREATE TABLE IF NOT EXISTS vector (key BLOB NOT NULL UNIQUE, data BLOB NOT NULL)"


class Vectors:
    """One open file. Trouble with it never reaches the caller: nothing is found in it then, and nothing kept."""

    def __init__(self, path: Path, *, max_rows: int = MAX_ROWS) -> None:
        """Open the file at `path`, made when it is not there. One that is no database is replaced."""
        self._path, self._max_rows = path, max_rows
        self._connection: sqlite3.Connection | None = None
        self._guarded(self._connect)

    @classmethod
    def open(cls, env: Mapping[str, str] = os.environ) -> Vectors:
        """Open the one in the state folder."""
        return cls(state_folder(env) / FILE_NAME)

    def get(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The bytes of those keys (hex) that are there."""
        found: dict[str, bytes] = {}
        self._guarded(lambda: self._read(keys, found))
        return found

    def put(self, rows: Mapping[str, bytes]) -> None:
        """Keep the rows, all or none."""
        self._guarded(lambda: self._write(rows))

    def close(self) -> None:
        """Close the file; nothing is found or kept afterwards."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _read(self, keys: Sequence[str], found: dict[str, bytes]) -> None:
        if self._connection is None:
            return
        left = iter(dict.fromkeys(keys))
        while some := [bytes.fromhex(key) for key in islice(left, _KEYS_AT_ONCE)]:
            query = f"SELECT key, data FROM vector WHERE key IN ({', '.join('?' * len(some))})"
            found.update((key.hex(), data) for key, data in self._connection.execute(query, some))

    def _write(self, rows: Mapping[str, bytes]) -> None:
        if self._connection is None:
            return
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            pairs = [(bytes.fromhex(key), data) for key, data in rows.items()]
            self._connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", pairs)
            newest = self._connection.execute("SELECT max(rowid) FROM vector").fetchone()[0] or 0
            self._connection.execute("DELETE FROM vector WHERE rowid <= ?", (newest - self._max_rows,))

    def _guarded(self, work: object) -> None:
        assert callable(work)
        try:
            work()
        except (sqlite3.OperationalError, OSError):  # another process writes, the disk is full, the folder read-only
            return
        except sqlite3.DatabaseError:
            self.close()
            with contextlib.suppress(sqlite3.Error, OSError):
                for ending in ("", "-wal", "-shm"):
                    self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
                self._connect()

    def _connect(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=_LOCK_TIMEOUT_S, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(_SCHEMA)
        except sqlite3.Error:
            connection.close()
            raise
        self._connection = connection

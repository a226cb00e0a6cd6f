"""A bounded cache in a file of its own: bytes by key, those not used for longest go first.

It may be deleted at any time. Trouble with it never reaches the caller: what cannot be kept is worked out again.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from notegen.store.folder import state_folder

FILE_NAME = "cache.sqlite3"
MAX_BYTES = 500 << 20
_LOCK_TIMEOUT_S = 1.0
_KEPT_SHARE = 0.9
"""Of the bound, after the oldest rows went: so that not every new row has to push one out."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value BLOB NOT NULL, turn INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS kept_turn ON kept (turn);
"""


class Cache:
    """One open cache; use it as a context manager or close it."""

    def __init__(self, path: Path, *, max_bytes: int = MAX_BYTES) -> None:
        """Open the cache at `path`, made when it is not there. A file that is no database is replaced."""
        self._path, self._max_bytes = path, max_bytes
        self._connection: sqlite3.Connection | None = None
        self._open()

    @classmethod
    def open(cls, env: Mapping[str, str] = os.environ) -> Cache:
        """Open the cache in the state folder."""
        return cls(state_folder(env) / FILE_NAME)

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; nothing is found or kept afterwards."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def get(self, key: str) -> bytes | None:
        """The bytes kept under `key`, which count as used now; None when there are none."""
        if self._connection is None:
            return None
        try:
            row = self._connection.execute("SELECT value FROM kept WHERE key = ?", (key,)).fetchone()
            if row is None or not isinstance(row[0], bytes):
                return None
            self._connection.execute("UPDATE kept SET turn = (SELECT max(turn) + 1 FROM kept) WHERE key = ?", (key,))
        except sqlite3.OperationalError:  # another process writes, or the disk is full
            return None
        except sqlite3.DatabaseError:
            self._start_anew()
            return None
        return row[0]

    def put(self, rows: Mapping[str, bytes]) -> None:
        """Keep the rows, all or none, and let the oldest go where they are too much."""
        if self._connection is None:
            return
        try:
            with self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                self._connection.executemany(
                    "INSERT OR REPLACE INTO kept VALUES (?, ?, (SELECT coalesce(max(turn), 0) + 1 FROM kept))",
                    rows.items(),
                )
                self._trim(self._connection)
        except sqlite3.OperationalError:  # as above
            return
        except sqlite3.DatabaseError:
            self._start_anew()

    def _trim(self, connection: sqlite3.Connection) -> None:
        sizes = connection.execute("SELECT turn, length(value) FROM kept ORDER BY turn DESC").fetchall()
        if sum(size for _, size in sizes) <= self._max_bytes:
            return
        room = self._max_bytes * _KEPT_SHARE
        for turn, size in sizes:
            room -= size
            if room < 0:
                connection.execute("DELETE FROM kept WHERE turn <= ?", (turn,))
                return

    def _open(self) -> None:
        try:
            self._connection = _connected(self._path)
        except sqlite3.OperationalError:
            return
        except sqlite3.DatabaseError:
            self._start_anew()
        except OSError:
            return

    def _start_anew(self) -> None:
        self.close()
        with contextlib.suppress(sqlite3.Error, OSError):
            for ending in ("", "-wal", "-shm"):
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
            self._connection = _connected(self._path)


def _connected(path: Path) -> sqlite3.Connection:
    """Raises OSError, OperationalError (locked, not writable) or DatabaseError (no database, damaged)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=_LOCK_TIMEOUT_S, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.executescript(_SCHEMA)
    except sqlite3.Error:
        connection.close()
        raise
    return connection

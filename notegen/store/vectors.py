"""Vectors by key, in a file of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

from notegen.store.database import CacheDatabase, Connection

MAX_ROWS = 400_000
"""Some 350 MB of 384 numbers each: the first to come are the first to go."""
_KEYS_AT_ONCE = 500
"""SQLite binds 999 values at least."""


class Vectors(CacheDatabase):
    """One open file."""

    FILE_NAME = "vectors.sqlite3"
    KEEPS_DAMAGED = False
    SCHEMA = "CREATE TABLE IF NOT EXISTS vector (key BLOB NOT NULL UNIQUE, data BLOB NOT NULL)"

    def __init__(self, path: Path, *, max_rows: int = MAX_ROWS) -> None:
        """Open the file at `path`. Where no file can be used nothing is kept."""
        super().__init__(path)
        self._max_rows = max_rows

    def get(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The bytes of those keys (hex) that are there."""
        found: dict[str, bytes] = {}
        left = iter(dict.fromkeys(keys))
        while some := tuple(bytes.fromhex(key) for key in islice(left, _KEYS_AT_ONCE)):
            query = f"SELECT key, data FROM vector WHERE key IN ({', '.join('?' * len(some))})"
            found.update((key.hex(), data) for key, data in self.found(query, some))
        return found

    def put(self, rows: Mapping[str, bytes]) -> None:
        """Keep the rows, all or none."""

        def kept(connection: Connection) -> None:
            pairs = [(bytes.fromhex(key), data) for key, data in rows.items()]
            connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", pairs)
            newest = connection.execute("SELECT max(rowid) FROM vector").fetchone()[0] or 0
            connection.execute("DELETE FROM vector WHERE rowid <= ?", (newest - self._max_rows,))

        if self.path is not None:
            self.change_by(kept)

"""A bounded cache in a file of its own: bytes by key, those not used for longest go first."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from notegen.store.database import CacheDatabase, Connection

MAX_BYTES = 500 << 20
_KEPT_SHARE = 0.9
"""Of the bound, after the oldest rows went: so that not every new row has to push one out."""


class Cache(CacheDatabase):
    """One open cache; use it as a context manager or close it."""

    FILE_NAME = "cache.sqlite3"
    KEEPS_DAMAGED = False
    SCHEMA = """
CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value BLOB NOT NULL, turn INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS kept_turn ON kept (turn);
"""

    def __init__(self, path: Path, *, max_bytes: int = MAX_BYTES) -> None:
        """Open the cache at `path`. Where no file can be used nothing is kept."""
        super().__init__(path)
        self._max_bytes = max_bytes

    def get(self, key: str) -> bytes | None:
        """The bytes kept under `key`, which count as used now; None when there are none."""
        found = self.found("SELECT value FROM kept WHERE key = ?", (key,))
        if not found or not isinstance(found[0][0], bytes):
            return None
        self.change("UPDATE kept SET turn = (SELECT max(turn) + 1 FROM kept) WHERE key = ?", (key,))
        return found[0][0]

    def put(self, rows: Mapping[str, bytes]) -> None:
        """Keep the rows, all or none, and let the oldest go where they are too much."""
        query = "INSERT OR REPLACE INTO kept VALUES (?, ?, (SELECT coalesce(max(turn), 0) + 1 FROM kept))"

        def kept(connection: Connection) -> None:
            connection.executemany(query, rows.items())
            self._trim(connection)

        if self.path is not None:
            self.change_by(kept)

    def _trim(self, connection: Connection) -> None:
        sizes = connection.execute("SELECT turn, length(value) FROM kept ORDER BY turn DESC").fetchall()
        if sum(size for _, size in sizes) <= self._max_bytes:
            return
        room = self._max_bytes * _KEPT_SHARE
        for turn, size in sizes:
            room -= size
            if room < 0:
                connection.execute("DELETE FROM kept WHERE turn <= ?", (turn,))
                return

"""A small SQLite database of what is slow to find out again. It is a cache: without it notegen is slower, not wrong."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

from notegen.store.database import CacheDatabase

_FRESH_NS = 2_000_000_000
"""A file this young may change again within the same tick of its file system's clock (2 s on FAT)."""
_CHUNK_BYTES = 1 << 20


class Store(CacheDatabase):
    """One open database."""

    FILE_NAME = "store.sqlite3"
    VERSION = 1
    SCHEMA = """
CREATE TABLE IF NOT EXISTS file_hash (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, inode INTEGER NOT NULL,
    sha256 TEXT NOT NULL
) WITHOUT ROWID
"""

    @classmethod
    def in_memory(cls) -> Store:
        """Open a store that lasts as long as the object."""
        return cls(None)

    def sha256_of(self, path: Path) -> str:
        """Return the SHA-256 of a file's bytes, lower-case hex, without reading a file that has not changed.

        Size, modification time and inode tell whether it has. Raises OSError when the file cannot be read.
        """
        before = path.stat()
        key = os.fspath(path.absolute())
        known = self._known(key, before)
        if known:
            return known
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                digest.update(chunk)
        sha256, after = digest.hexdigest(), path.stat()
        is_settled = abs(time.time_ns() - after.st_mtime_ns) > _FRESH_NS
        if is_settled and _facts(before) == _facts(after):
            self._remember(key, after, sha256)
        return sha256

    def _known(self, key: str, stat: os.stat_result) -> str:
        query = "SELECT sha256 FROM file_hash WHERE path = ? AND size = ? AND mtime_ns = ? AND inode = ?"
        rows = self.found(query, (key, *_facts(stat)))
        return str(rows[0][0]) if rows else ""

    def _remember(self, key: str, stat: os.stat_result, sha256: str) -> None:
        self.change("INSERT OR REPLACE INTO file_hash VALUES (?, ?, ?, ?, ?)", (key, *_facts(stat), sha256))


def _facts(stat: os.stat_result) -> tuple[int, int, int]:
    """Size, modification time, inode (folded to SQLite's signed 64 bits: Windows' file numbers can be larger)."""
    return stat.st_size, stat.st_mtime_ns, stat.st_ino & 0x7FFF_FFFF_FFFF_FFFF

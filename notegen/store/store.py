"""A small SQLite database of what is slow to find out again. It is a cache: without it notegen is slower, not wrong."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import time
from collections.abc import Mapping
from pathlib import Path

from notegen.store.folder import state_folder

SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS file_hash (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, inode INTEGER NOT NULL,
    sha256 TEXT NOT NULL
) WITHOUT ROWID
"""
_LOCK_TIMEOUT_S = 1.0
_FRESH_NS = 2_000_000_000
"""A file this young may change again within the same tick of its file system's clock (2 s on FAT)."""
_CHUNK_BYTES = 1 << 20


class Store:
    """One open database. Trouble with it never reaches the caller: what cannot be kept is worked out again."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, path: Path | None = None, env: Mapping[str, str] = os.environ) -> Store:
        """Open the database at `path`, or the one in the state folder.

        A damaged file is set aside as "*.damaged"; one that is locked, cannot be written or comes from a newer notegen
        is left alone, and this run works in memory.
        """
        place = path or state_folder(env) / "store.sqlite3"
        try:
            return cls(_connect(place))
        except sqlite3.OperationalError:
            return cls.in_memory()
        except sqlite3.DatabaseError:
            pass
        except OSError:
            return cls.in_memory()
        try:
            os.replace(place, place.with_name(place.name + ".damaged"))
            for leftover in ("-wal", "-shm"):
                place.with_name(place.name + leftover).unlink(missing_ok=True)
            return cls(_connect(place))
        except (sqlite3.Error, OSError):
            return cls.in_memory()

    @classmethod
    def in_memory(cls) -> Store:
        """Open a store that lasts as long as the object."""
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.execute(_SCHEMA)
        return cls(connection)

    def close(self) -> None:
        """Close the database; the store is not used afterwards."""
        self._connection.close()

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

    def _known(self, key: str, stat: os.stat_result) -> str | None:
        query = "SELECT sha256 FROM file_hash WHERE path = ? AND size = ? AND mtime_ns = ? AND inode = ?"
        with contextlib.suppress(sqlite3.Error, UnicodeError):
            row = self._connection.execute(query, (key, *_facts(stat))).fetchone()
            return str(row[0]) if row else None
        return None

    def _remember(self, key: str, stat: os.stat_result, sha256: str) -> None:
        with contextlib.suppress(sqlite3.Error, UnicodeError):
            self._connection.execute(
                "INSERT OR REPLACE INTO file_hash VALUES (?, ?, ?, ?, ?)", (key, *_facts(stat), sha256)
            )


def _facts(stat: os.stat_result) -> tuple[int, int, int]:
    """Size, modification time, inode (folded to SQLite's signed 64 bits: Windows' file numbers can be larger)."""
    return stat.st_size, stat.st_mtime_ns, stat.st_ino & 0x7FFF_FFFF_FFFF_FFFF


def _connect(path: Path) -> sqlite3.Connection:
    """Open and check. Raises OSError, OperationalError (locked, not writable, newer) or DatabaseError (damaged)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=_LOCK_TIMEOUT_S, isolation_level=None)
    try:
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("damaged")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise sqlite3.OperationalError("made by a newer notegen")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(_SCHEMA)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection

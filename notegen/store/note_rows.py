"""Rows of what was read of the notes of one vault: a cache in a file of its own."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from notegen.store.database import CacheDatabase, Connection
from notegen.store.folder import state_folder

Stamp = tuple[int, int, int]
"""What tells that a file has not changed (see `vault.files.Stamp`)."""


_ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """What was read of one note. `facts` and `words` mean something to the reader only."""

    path: str
    stamp: Stamp
    sha256: str
    """Of the file's bytes."""
    facts: bytes
    words: bytes


class NoteRows(CacheDatabase):
    """The rows of one vault."""

    TIMEOUT_S = 2.0
    KEEPS_DAMAGED = False
    SCHEMA = """
CREATE TABLE IF NOT EXISTS note (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, inode INTEGER NOT NULL,
    sha256 TEXT NOT NULL, facts BLOB NOT NULL, words BLOB NOT NULL
) WITHOUT ROWID
"""

    def __init__(self, path: Path | None, reader: int) -> None:
        """path: None for rows in memory. reader: version of what reads notes; rows of another are dropped."""
        super().__init__(path)
        if self.found("PRAGMA user_version") != [(reader,)]:
            anew = "DROP TABLE IF EXISTS note", self.SCHEMA, f"PRAGMA user_version = {reader:d}"
            self.change_by(lambda rows: [rows.execute(step) for step in anew])

    @classmethod
    def of_vault(cls, vault: str, reader: int, env: Mapping[str, str] = os.environ) -> NoteRows:
        """Open the rows of a vault, by its identity; in memory where it has none."""
        return cls(index_place(vault, env) if vault else None, reader)

    def stamps(self) -> dict[str, Stamp]:
        """Path → stamp of every row."""
        rows = self.found("SELECT path, size, mtime_ns, inode FROM note")
        return {path: (size, mtime_ns, inode) for path, size, mtime_ns, inode in rows}

    def all(self) -> Iterator[NoteRow]:
        """Every row, by path; some are in memory at a time."""
        query = (
            "SELECT path, size, mtime_ns, inode, sha256, facts, words FROM note WHERE path > ? ORDER BY path LIMIT ?"
        )
        last = ""
        while some := self.found(query, (last, _ROWS_AT_ONCE)):
            for path, size, mtime_ns, inode, sha256, facts, words in some:
                yield NoteRow(path=path, stamp=(size, mtime_ns, inode), sha256=sha256, facts=facts, words=words)
            last = some[-1][0]

    def put(self, changed: Iterable[NoteRow], gone: Iterable[str]) -> None:
        """Put rows in and take others out, all or none of them."""

        def work(rows: Connection) -> None:
            rows.executemany("DELETE FROM note WHERE path = ?", ((path,) for path in gone))
            rows.executemany(
                "INSERT OR REPLACE INTO note VALUES (?, ?, ?, ?, ?, ?, ?)",
                ((row.path, *row.stamp, row.sha256, row.facts, row.words) for row in changed),
            )

        self.change_by(work)


def index_place(vault: str, env: Mapping[str, str] = os.environ) -> Path:
    """The file in the state folder that holds the rows of a vault, by its identity (the real path of its folder)."""
    real = os.path.realpath(vault)
    name = re.sub(r"[^A-Za-z0-9-]+", "-", os.path.basename(real)).strip("-")[:40] or "vault"
    digest = hashlib.sha256(real.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return state_folder(env) / "index" / f"{name}-{digest}.sqlite3"

"""The text last generated for each region of a vault's notes, found by the hash in the region's marker.

It is what a later merge compares with. Deleting it costs finesse, never content: a region of which the base is not
known counts as edited.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from notegen.store.database import CacheDatabase, Connection

KEPT_VERSIONS = 5
KEPT_DAYS = 90
"""A version goes when it is neither among the last five of its region nor younger than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What was generated for one region."""

    note: str
    """Path of the note: only to tell which versions are of the same region."""
    region: str
    hash: str
    text: str


class Bases(CacheDatabase):
    """The bases of one vault."""

    FILE_NAME = "bases.sqlite3"
    TIMEOUT_S = 5.0
    SCHEMA = """
CREATE TABLE IF NOT EXISTS base (
    number INTEGER PRIMARY KEY AUTOINCREMENT, note TEXT NOT NULL, region TEXT NOT NULL, hash TEXT NOT NULL,
    text BLOB NOT NULL, day INTEGER NOT NULL, UNIQUE (note, region, hash)
);
CREATE INDEX IF NOT EXISTS base_hash ON base (hash)
"""

    @classmethod
    def of(cls, folder: Path | None) -> Bases:
        """Those in the private folder of a vault; None: in memory."""
        return cls(folder / cls.FILE_NAME if folder else None)

    def text(self, hash: str) -> str | None:
        """The text that was generated with this hash; None where it is not known (any more)."""
        rows = self.found("SELECT text FROM base WHERE hash = ? LIMIT 1", (hash,))
        return zlib.decompress(rows[0][0]).decode("utf-8", "surrogatepass") if rows else None

    def keep(self, bases: Iterable[Base], today: dt.date | None = None) -> None:
        """Remember what was generated, as the latest of its regions, and forget what is old."""
        day = (today or dt.date.today()).toordinal()
        rows = [
            (each.note, each.region, each.hash, zlib.compress(each.text.encode("utf-8", "surrogatepass")), day)
            for each in bases
        ]

        def work(connection: Connection) -> None:
            connection.executemany(
                "INSERT OR REPLACE INTO base (note, region, hash, text, day) VALUES (?, ?, ?, ?, ?)", rows
            )
            for note, region in dict.fromkeys((row[0], row[1]) for row in rows):
                connection.execute(
                    "DELETE FROM base WHERE note = ? AND region = ? AND day < ? AND number NOT IN "
                    "(SELECT number FROM base WHERE note = ? AND region = ? ORDER BY number DESC LIMIT ?)",
                    (note, region, day - KEPT_DAYS, note, region, KEPT_VERSIONS),
                )

        if rows:
            self.change_by(work)

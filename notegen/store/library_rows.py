"""Rows of what was read of a vault's books: their units, and the words of each by stem (SQLite's FTS5).

It is a cache in a file of its own. A book's units have the row ids from `key << BOOK_SHIFT` on, in reading order, so
that the books that are searched are ranges of row ids, and a unit's neighbours in the book are its neighbours here.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from notegen.errors import StateError
from notegen.store.database import CacheDatabase, Connection
from notegen.store.folder import private_folder

BOOK_SHIFT = 24
"""Bits of a row id that count the units of one book: some sixteen million."""
_UNITS = (
    "SELECT unit.id, unit.data, unit.heading, words.topic, words.stems FROM unit JOIN words ON words.rowid = unit.id"
)
_VALUES_AT_ONCE = 500
"""SQLite binds 999 values at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookRow:
    """One book, by the content of its file."""

    key: int
    """Of its row."""
    sha256: str
    """Of the file's bytes."""
    book: str = ""
    """Its identity, in whatever file it is: `extract.book`."""
    title: str = ""
    language: str = ""
    """ISO 639-1; "" where it is not known."""
    labels: tuple[str, ...] = ()
    """The printed number of each page."""
    read: int = 0
    """Pages read so far; all of them once it equals the number of labels."""
    units: int = 0
    heading: str = ""
    """Under which the next page to be read begins."""
    trouble: str = ""
    """Why it could not be read."""

    @property
    def is_whole(self) -> bool:
        """Every page of it has been read."""
        return bool(self.labels) and self.read >= len(self.labels)

    @property
    def rows(self) -> tuple[int, int]:
        """First and last row id of its units."""
        return self.key << BOOK_SHIFT, (self.key + 1 << BOOK_SHIFT) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """One unit. `data` means something to the library only."""

    id: int
    data: str
    heading: str
    """The heading that it stands under."""
    topic: str
    """Stems of that heading."""
    stems: str
    """Of its words; those of each part on a line of their own."""


class LibraryRows(CacheDatabase):
    """The rows of one vault's library."""

    TIMEOUT_S = 5.0
    KEEPS_DAMAGED = False
    SCHEMA = """
CREATE TABLE IF NOT EXISTS book (
    key INTEGER PRIMARY KEY AUTOINCREMENT, sha256 TEXT NOT NULL UNIQUE, book TEXT NOT NULL, title TEXT NOT NULL,
    language TEXT NOT NULL, labels TEXT NOT NULL, read INTEGER NOT NULL, units INTEGER NOT NULL,
    heading TEXT NOT NULL, trouble TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS place (path TEXT PRIMARY KEY, sha256 TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS unit (id INTEGER PRIMARY KEY, data TEXT NOT NULL, heading TEXT NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (stems, topic, tokenize = "unicode61 remove_diacritics 0");
"""

    def __init__(self, path: Path | None, reader: int) -> None:
        """path: None for rows in memory. reader: version of what reads books; rows of another are dropped."""
        super().__init__(path)
        if self.found("PRAGMA user_version") != [(reader,)]:
            names = "book", "place", "unit", "words"
            drops = [f"DROP TABLE IF EXISTS {name}" for name in names]
            makes = [step for step in self.SCHEMA.split(";") if step.strip()]
            anew = *drops, *makes, f"PRAGMA user_version = {reader:d}"
            self.change_by(lambda rows: [rows.execute(step) for step in anew])

    def books(self) -> list[BookRow]:
        """Every book, in the order in which they came."""
        columns = "key, sha256, book, title, language, labels, read, units, heading, trouble"
        return [
            BookRow(
                key=key, sha256=sha256, book=book, title=title, language=language, labels=tuple(json.loads(labels)),
                read=read, units=units, heading=heading, trouble=trouble,
            )
            for key, sha256, book, title, language, labels, read, units, heading, trouble in self.found(
                f"SELECT {columns} FROM book ORDER BY key"
            )
        ]  # fmt: skip

    def reserve(self, count: int) -> list[int]:
        """Keys for so many new books, in rising order, that no book ever had."""
        known = self.found("SELECT max(seq) FROM sqlite_sequence WHERE name = 'book'")
        first = 1 + (known[0][0] or 0 if known else 0)
        return list(range(first, first + count))

    def keep_book(self, row: BookRow, units: Iterable[UnitRow] = ()) -> None:
        """Put in a book as it is now, and further units of it, all or nothing. Raises StateError: nothing."""
        values = (row.key, row.sha256, row.book, row.title, row.language, json.dumps(row.labels), row.read, row.units,
                  row.heading, row.trouble)  # fmt: skip
        change = (
            "INSERT INTO book (key, sha256, book, title, language, labels, read, units, heading, trouble) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sha256) DO UPDATE SET book = excluded.book, "
            "title = excluded.title, language = excluded.language, labels = excluded.labels, read = excluded.read, "
            "units = excluded.units, heading = excluded.heading, trouble = excluded.trouble"
        )

        def work(rows: Connection) -> None:
            rows.execute(change, values)
            for unit in units:
                rows.execute("INSERT OR REPLACE INTO unit VALUES (?, ?, ?)", (unit.id, unit.data, unit.heading))
                rows.execute(
                    "INSERT OR REPLACE INTO words (rowid, stems, topic) VALUES (?, ?, ?)",
                    (unit.id, unit.stems, unit.topic),
                )

        try:
            with self.changing() as connection:
                work(connection)
        except (sqlite3.Error, UnicodeError) as error:
            raise StateError(
                f"The library cannot be written ({error}).",
                "What was read before is kept. Make room, or wait for the other process, and run it again.",
            ) from error

    def rename_book(self, key: int, sha256: str) -> None:
        """The book is in another file now, with the same pages."""
        self.change("UPDATE book SET sha256 = ? WHERE key = ?", (sha256, key))

    def drop_book(self, row: BookRow) -> None:
        """Take a book out with its units."""
        steps = ("DELETE FROM words WHERE rowid BETWEEN ? AND ?", row.rows), (
            "DELETE FROM unit WHERE id BETWEEN ? AND ?", row.rows), ("DELETE FROM book WHERE key = ?", (row.key,)
        )  # fmt: skip
        self.change_by(lambda rows: [rows.execute(query, values) for query, values in steps])

    def places(self) -> dict[str, str]:
        """Path → SHA-256 of each file in which a book was found last."""
        return dict(self.found("SELECT path, sha256 FROM place"))

    def keep_places(self, places: Mapping[str, str], gone: Iterable[str] = ()) -> None:
        """Remember where books are, and forget other places."""

        def work(rows: Connection) -> None:
            rows.executemany("DELETE FROM place WHERE path = ?", ((path,) for path in gone))
            rows.executemany("INSERT OR REPLACE INTO place VALUES (?, ?)", places.items())

        self.change_by(work)

    def units(self, ids: Sequence[int]) -> dict[int, UnitRow]:
        """The units of those row ids that are there."""
        found: dict[int, UnitRow] = {}
        for first in range(0, len(ids), _VALUES_AT_ONCE):
            some = tuple(ids[first : first + _VALUES_AT_ONCE])
            query = f"{_UNITS} WHERE unit.id IN ({', '.join('?' * len(some))})"
            found.update((row[0], _unit(row)) for row in self.found(query, some))
        return found

    def in_range(self, rows: tuple[int, int]) -> list[UnitRow]:
        """The units from one row id to another, in reading order."""
        query = f"{_UNITS} WHERE unit.id BETWEEN ? AND ? ORDER BY unit.id"
        return [_unit(row) for row in self.found(query, rows)]

    def holders(self, stems: Iterable[str], ranges: Sequence[tuple[int, int]]) -> int:
        """How many units of those ranges have one of the stems."""
        query = "SELECT count(*) FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ?"
        return sum(self.found(query, (_any(stems), *each))[0][0] for each in ranges) if stems else 0

    def matching(self, stems: Iterable[str], ranges: Sequence[tuple[int, int]], top: int) -> list[int]:
        """Row ids of the units with most of the stems (FTS5's BM25), best first, at most `top` of each range."""
        query = "SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rank LIMIT ?"
        return [id for each in ranges for (id,) in self.found(query, (_any(stems), *each, top))]


def library_folder(vault: str, env: Mapping[str, str] = os.environ) -> Path | None:
    """The folder of a vault's library, by the vault's identity; None for a vault without one."""
    folder = private_folder(vault, env)
    return folder and folder / "library"


def _unit(row: tuple[Any, ...]) -> UnitRow:
    id, data, heading, topic, stems = row
    return UnitRow(id=id, data=data, heading=heading, topic=topic, stems=stems)


def _any(stems: Iterable[str]) -> str:
    """The FTS5 query for texts with one of the stems."""
    return " OR ".join(f'"{each.replace(chr(34), "")}"' for each in sorted(stems))

"""The engine of a class: one PostgreSQL with pgvector, which many machines read and write.

Words are lexemes of a tsvector, as the library's own stems; vectors are the same whole numbers that the embedded engine
keeps, so both find the same units. What a vault has and others have too stays when that vault drops it.
"""

from __future__ import annotations

import hashlib
import json
import math
import platform
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from notegen.embed.encoder import Floats
from notegen.library.kept_units import storable
from notegen.library.shared_database import SharedDatabase
from notegen.library.vectors import Packed
from notegen.reading.bm25 import LENGTH_SHARE, SATURATION
from notegen.store.library_rows import BOOK_SHIFT, BookRow, UnitRow

_LONGEST_LEXEME = 2_000
"""Bytes; PostgreSQL takes 2,046."""
_IN_RANGES = (
    "EXISTS (SELECT FROM unnest(%s::bigint[], %s::bigint[]) AS range (first, last) WHERE id BETWEEN first AND last)"
)


class PostgresEngine:
    """See `Engine`. Every call may raise StateError: the database is not there, or has gone away."""

    def __init__(self, url: str, vault: str, reader: int) -> None:
        """url: of the database, as libpq reads it. vault: identity of the vault. reader: as `EmbeddedEngine`.

        Nothing is connected yet. Raises UsageError.
        """
        self._database = SharedDatabase(url, reader)
        self._rows, self._changing = self._database.rows, self._database.changing
        self._vault = hashlib.sha256(f"{platform.node()}\0{vault}".encode(errors="replace")).hexdigest()

    def writing(self, who: str) -> AbstractContextManager[None]:
        return self._database.writing()

    def books(self) -> list[BookRow]:
        columns = "key, sha256, book, title, language, labels, read, units, heading, trouble"
        rows = self._rows(f"SELECT {columns} FROM notegen.book ORDER BY key")
        return [
            BookRow(
                key=key, sha256=sha256, book=book, title=title, language=language, labels=tuple(json.loads(labels)),
                read=read, units=units, heading=heading, trouble=trouble,
            )
            for key, sha256, book, title, language, labels, read, units, heading, trouble in rows
        ]  # fmt: skip

    def reserve(self, count: int) -> list[int]:
        rows = self._rows("SELECT nextval('notegen.key') FROM generate_series(1, %s)", (count,))
        return [key for (key,) in rows]

    def keep_book(self, row: BookRow, units: Iterable[UnitRow] = ()) -> None:
        values = (row.key, row.sha256, row.book, row.title, row.language, json.dumps(row.labels), row.read, row.units,
                  row.heading, row.trouble)  # fmt: skip
        change = (
            "INSERT INTO notegen.book (key, sha256, book, title, language, labels, read, units, heading, trouble) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (sha256) DO UPDATE SET book = excluded.book, "
            "title = excluded.title, language = excluded.language, labels = excluded.labels, read = excluded.read, "
            "units = excluded.units, heading = excluded.heading, trouble = excluded.trouble"
        )
        put = (
            "INSERT INTO notegen.unit VALUES (%s, %s, %s, %s, %s, array_to_tsvector(%s::text[])) ON CONFLICT (id) DO "
            "UPDATE SET data = excluded.data, heading = excluded.heading, topic = excluded.topic, "
            "stems = excluded.stems, words = excluded.words"
        )
        with self._changing() as connection, connection.cursor() as cursor:
            cursor.execute(change, values)
            cursor.executemany(
                put,
                ((each.id, each.data, each.heading, each.topic, each.stems, _lexemes(each)) for each in units),
            )

    def rename_book(self, row: BookRow, sha256: str) -> bool:
        if self._others_have(row.sha256):
            return False
        with self._changing() as connection:
            connection.execute("UPDATE notegen.book SET sha256 = %s WHERE key = %s", (sha256, row.key))
        return True

    def drop_book(self, row: BookRow) -> None:
        if self._others_have(row.sha256):
            return
        with self._changing() as connection:
            connection.execute("DELETE FROM notegen.unit WHERE id BETWEEN %s AND %s", row.rows)
            connection.execute("DELETE FROM notegen.vector WHERE id BETWEEN %s AND %s", row.rows)
            connection.execute("DELETE FROM notegen.book WHERE key = %s", (row.key,))

    def places(self) -> dict[str, str]:
        return dict(self._rows("SELECT path, sha256 FROM notegen.place WHERE vault = %s", (self._vault,)))

    def keep_places(self, places: Mapping[str, str], gone: Iterable[str] = ()) -> None:
        put = (
            "INSERT INTO notegen.place VALUES (%s, %s, %s) "
            "ON CONFLICT (vault, path) DO UPDATE SET sha256 = excluded.sha256"
        )
        with self._changing() as connection, connection.cursor() as cursor:
            cursor.execute("DELETE FROM notegen.place WHERE vault = %s AND path = ANY(%s)", (self._vault, [*gone]))
            cursor.executemany(put, [(self._vault, path, sha256) for path, sha256 in places.items()])

    def units(self, ids: Sequence[int]) -> dict[int, UnitRow]:
        return {each.id: each for each in self._units("id = ANY(%s)", ([*ids],))}

    def in_range(self, rows: tuple[int, int]) -> list[UnitRow]:
        return self._units("id BETWEEN %s AND %s", rows)

    def holders(self, stems: Iterable[str], ranges: Sequence[tuple[int, int]]) -> int:
        query = f"SELECT count(*) FROM notegen.unit WHERE words @@ %s::tsquery AND {_IN_RANGES}"
        asked = _any(stems)
        return int(self._rows(query, (asked, *_bounds(ranges)))[0][0]) if asked else 0

    def matching(self, stems: Iterable[str], ranges: Sequence[tuple[int, int]], top: int) -> list[int]:
        """By BM25 with every lexeme counted once: a tsvector of lexemes does not say how often they occur."""
        wanted = sorted({*stems})
        found: list[int] = []
        for each in ranges if wanted else ():
            units = max(1, int(self._rows("SELECT count(*) FROM notegen.unit WHERE id BETWEEN %s AND %s", each)[0][0]))
            have = [self.holders([stem], [each]) for stem in wanted]
            rare = [math.log(1 + (units - n + 0.5) / (n + 0.5)) for n in have]
            weight = " + ".join(["(words @@ %s::tsquery)::int * %s"] * len(wanted))
            query = (
                "WITH own AS (SELECT id, words, length(words) AS size FROM notegen.unit "
                "WHERE words @@ %s::tsquery AND id BETWEEN %s AND %s) "
                f"SELECT id FROM own ORDER BY ({weight}) / "
                "(1 + %s * (1 - %s + %s * size / (SELECT avg(size) FROM own))) DESC, id LIMIT %s"
            )
            asked = [value for stem, weight in zip(wanted, rare, strict=True) for value in (_any([stem]), weight)]
            shape = (SATURATION, LENGTH_SHARE, LENGTH_SHARE)
            found += [id for (id,) in self._rows(query, (_any(wanted), *each, *asked, *shape, top))]
        return found

    def encoded(self, row: BookRow, dimensions: int) -> int:
        query = "SELECT vectors FROM notegen.book WHERE key = %s AND dimensions = %s"
        found = self._rows(query, (row.key, dimensions))
        return int(found[0][0]) if found else 0

    def keep_vectors(self, row: BookRow, first: int, packed: Packed) -> None:
        numbers = packed["numbers"]
        start = row.rows[0] + first
        with self._changing() as connection, connection.cursor() as cursor:
            cursor.execute("DELETE FROM notegen.vector WHERE id BETWEEN %s AND %s", (start, row.rows[1]))
            with cursor.copy("COPY notegen.vector FROM STDIN") as copy:
                for at, vector in enumerate(numbers.tolist()):
                    copy.write_row((start + at, str(vector)))
            done = (first + len(packed), numbers.shape[1], row.key)
            cursor.execute("UPDATE notegen.book SET vectors = %s, dimensions = %s WHERE key = %s", done)

    def near(self, vector: Floats, books: Sequence[BookRow], top: int, also: Collection[int] = ()) -> dict[int, float]:
        whole = "SELECT key FROM notegen.book WHERE key = ANY(%s) AND vectors = units AND dimensions = %s AND units > 0"
        keys = [key for (key,) in self._rows(whole, ([row.key for row in books], len(vector)))]
        asked = str(vector.tolist())
        mine = f"FROM notegen.vector WHERE id >> {BOOK_SHIFT} = ANY(%s)"
        nearest = f"SELECT id, 1 - (numbers <=> %s::vector) AS cosine {mine} ORDER BY cosine DESC, id LIMIT %s"
        named = f"SELECT id, 1 - (numbers <=> %s::vector) {mine} AND id = ANY(%s)"
        return dict(self._rows(nearest, (asked, keys, top))) | dict(self._rows(named, (asked, keys, [*also])))

    def tidy(self, dimensions: int) -> None:
        """Nothing is left over: what belongs to a book goes with it."""

    def size(self) -> int:
        query = "SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class "
        return int(self._rows(query + "WHERE relnamespace = 'notegen'::regnamespace AND relkind = 'r'")[0][0])

    def delete(self) -> None:
        """Delete what no other vault has."""
        with self._changing() as connection:
            connection.execute("DELETE FROM notegen.place WHERE vault = %s", (self._vault,))
        for row in self.books():
            self.drop_book(row)

    def _others_have(self, sha256: str) -> bool:
        query = "SELECT FROM notegen.place WHERE sha256 = %s AND vault <> %s LIMIT 1"
        return bool(self._rows(query, (sha256, self._vault)))

    def _units(self, which: str, values: tuple[Any, ...]) -> list[UnitRow]:
        rows = self._rows(f"SELECT id, data, heading, topic, stems FROM notegen.unit WHERE {which} ORDER BY id", values)
        return [
            UnitRow(id=id, data=data, heading=heading, topic=topic, stems=stems)
            for id, data, heading, topic, stems in rows
        ]


def _lexemes(unit: UnitRow) -> list[str]:
    words = {*unit.stems.split(), *unit.topic.split()}
    return sorted(word for word in words if len(word.encode()) <= _LONGEST_LEXEME)


def _any(stems: Iterable[str]) -> str:
    """The tsquery for texts with one of the stems; "" for none."""
    quoted = (storable(each).replace("\\", "\\\\").replace("'", "''") for each in sorted({*stems}))
    return " | ".join(f"'{each}'" for each in quoted if each and len(each.encode()) <= _LONGEST_LEXEME)


def _bounds(ranges: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
    return [first for first, _ in ranges], [last for _, last in ranges]

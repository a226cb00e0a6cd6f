"""The engine of one machine: SQLite's FTS5 for words, mapped files for vectors, in a folder of the vault's state."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np

from notegen.embed.encoder import Floats
from notegen.errors import StateError
from notegen.library.signs import Rows, SignFile
from notegen.library.vectors import Packed, VectorFiles, cosines_of
from notegen.store.database import remove_database
from notegen.store.library_rows import BOOK_SHIFT, BookRow, LibraryRows, UnitRow
from notegen.store.lock import Lock

FILE_NAME = "units.sqlite3"
MANY_UNITS = 200_000
"""More are looked at by their signs first; fewer are all compared, which takes some 70 ms at most."""


class EmbeddedEngine:
    """See `Engine`."""

    def __init__(self, folder: Path | None, reader: int) -> None:
        """folder: None for one in memory. reader: version of what reads books; what another one read is dropped."""
        self._folder, self._reader = folder, reader
        self._rows = LibraryRows(folder and folder / FILE_NAME, reader)
        self._vectors = VectorFiles(folder)
        self._lock = Lock(folder and folder / "writer.lock")

    def writing(self, who: str) -> AbstractContextManager[None]:
        return self._lock.held(who)

    def books(self) -> list[BookRow]:
        return self._rows.books()

    def reserve(self, count: int) -> list[int]:
        return self._rows.reserve(count)

    def keep_book(self, row: BookRow, units: Iterable[UnitRow] = ()) -> None:
        self._rows.keep_book(row, units)

    def rename_book(self, row: BookRow, sha256: str) -> bool:
        self._vectors.rename(row.sha256, sha256)
        self._rows.rename_book(row.key, sha256)
        return True

    def drop_book(self, row: BookRow) -> None:
        self._rows.drop_book(row)
        self._vectors.drop(row.sha256)

    def places(self) -> dict[str, str]:
        return self._rows.places()

    def keep_places(self, places: Mapping[str, str], gone: Iterable[str] = ()) -> None:
        self._rows.keep_places(places, gone)

    def units(self, ids: Sequence[int]) -> dict[int, UnitRow]:
        return self._rows.units(ids)

    def in_range(self, rows: tuple[int, int]) -> list[UnitRow]:
        return self._rows.in_range(rows)

    def holders(self, stems: Iterable[str], ranges: Sequence[tuple[int, int]]) -> int:
        return self._rows.holders(stems, ranges)

    def matching(self, stems: Iterable[str], ranges: Sequence[tuple[int, int]], top: int) -> list[int]:
        return self._rows.matching(stems, ranges, top)

    def encoded(self, row: BookRow, dimensions: int) -> int:
        return self._vectors.count(row.sha256, dimensions)

    def keep_vectors(self, row: BookRow, first: int, packed: Packed) -> None:
        self._vectors.append(row.sha256, first, packed)

    def near(self, vector: Floats, books: Sequence[BookRow], top: int, also: Collection[int] = ()) -> dict[int, float]:
        whole = [row for row in books if self._vectors.count(row.sha256, len(vector)) == row.units]
        if sum(row.units for row in whole) > MANY_UNITS and self._folder:
            signs = SignFile(self._folder, len(vector))
            ids = signs.ids()
            wanted = np.isin(ids >> BOOK_SHIFT, [row.key for row in whole])
            if np.count_nonzero(wanted) == sum(row.units for row in whole):
                first = signs.nearest(vector, wanted, ids)
                return self._best(self._again(vector, whole, [*first.tolist(), *also]), top, also)
        return self._best(self._all(vector, whole), top, also)

    def _all(self, vector: Floats, books: Sequence[BookRow]) -> tuple[Rows, Floats]:
        """Row ids and cosines of all units of some books."""
        cosines = [self._vectors.cosines(row.sha256, vector) for row in books]
        ids = [row.rows[0] + np.arange(len(each), dtype=np.int64) for row, each in zip(books, cosines, strict=True)]
        return np.concatenate([np.zeros(0, np.int64), *ids]), np.concatenate([np.zeros(0, np.float32), *cosines])

    def _again(self, vector: Floats, books: Sequence[BookRow], ids: Sequence[int]) -> tuple[Rows, Floats]:
        """Row ids and cosines of some units."""
        by_key: dict[int, list[int]] = {}
        for id in sorted(set(ids)):
            by_key.setdefault(id >> BOOK_SHIFT, []).append(id)
        found: list[tuple[Rows, Floats]] = [(np.zeros(0, np.int64), np.zeros(0, np.float32))]
        for row in (each for each in books if each.key in by_key):
            own = by_key[row.key]
            rows = self._vectors.rows(row.sha256, [id - row.rows[0] for id in own], len(vector))
            found.append((np.array(own[: len(rows)], np.int64), cosines_of(rows, vector)))
        return np.concatenate([each for each, _ in found]), np.concatenate([each for _, each in found])

    @staticmethod
    def _best(found: tuple[Rows, Floats], top: int, also: Collection[int]) -> dict[int, float]:
        """Row id → cosine of the best, and of those `also`."""
        ids, cosines = found
        best = np.lexsort((ids, -cosines))[:top]
        rest = np.flatnonzero(np.isin(ids, list(also))) if also else best[:0]
        return {int(ids[at]): float(cosines[at]) for at in [*best.tolist(), *rest.tolist()]}

    def tidy(self, dimensions: int) -> None:
        books = self._rows.books()
        self._vectors.drop_others(each.sha256 for each in books)
        if self._folder is None or not dimensions:
            return
        try:
            self._sign(SignFile(self._folder, dimensions), dimensions, books)
        except OSError as error:
            raise StateError(
                f"The library cannot be written ({error.strerror}).", "Make room, and run it again."
            ) from error

    def _sign(self, signs: SignFile, dimensions: int, books: Sequence[BookRow]) -> None:
        """Bring the signs up to date; there are none for few units."""
        whole = [row for row in books if row.units and self._vectors.count(row.sha256, dimensions) == row.units]
        keys = signs.ids() >> BOOK_SHIFT
        known = set(np.unique(keys).tolist())
        alive = np.count_nonzero(np.isin(keys, [row.key for row in whole]))
        if sum(row.units for row in whole) <= MANY_UNITS or alive < len(keys) / 2:
            signs.clear()
            known = set()
        if sum(row.units for row in whole) > MANY_UNITS:
            for row in (each for each in whole if each.key not in known):
                rows = self._vectors.rows(row.sha256, range(row.units), dimensions)
                signs.append(row.rows[0] + np.arange(len(rows), dtype=np.int64), rows["numbers"])

    def size(self) -> int:
        return sum(each.stat().st_size for each in self._folder.glob("*") if each.is_file()) if self._folder else 0

    def delete(self) -> None:
        self._rows.close()
        if self._folder:
            remove_database(self._folder / FILE_NAME)
        self._vectors.drop_others(())
        self._rows = LibraryRows(self._folder and self._folder / FILE_NAME, self._reader)

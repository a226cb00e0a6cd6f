"""The engine of one machine: SQLite's FTS5 for words, mapped files for vectors, in a folder of the vault's state."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np

from notegen.embed.encoder import Floats
from notegen.library.vectors import Packed, VectorFiles
from notegen.store.database import remove_database
from notegen.store.library_rows import BOOK_SHIFT, BookRow, LibraryRows, UnitRow
from notegen.store.lock import Lock

FILE_NAME = "units.sqlite3"


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
        wanted: dict[int, list[int]] = {}
        for id in also:
            wanted.setdefault(id >> BOOK_SHIFT, []).append(id)
        best: list[tuple[float, int]] = []
        found: dict[int, float] = {}
        for row in books:
            near = self._vectors.cosines(row.sha256, vector)
            if len(near) != row.units:
                continue
            start = row.rows[0]
            best += [(float(near[place]), start + int(place)) for place in np.argsort(-near, kind="stable")[:top]]
            found.update((id, float(near[id - start])) for id in wanted.get(row.key, ()))
        best.sort(key=lambda pair: (-pair[0], pair[1]))
        return {id: cosine for cosine, id in best[:top]} | found

    def tidy(self) -> None:
        self._vectors.drop_others(each.sha256 for each in self._rows.books())

    def size(self) -> int:
        return sum(each.stat().st_size for each in self._folder.glob("*") if each.is_file()) if self._folder else 0

    def delete(self) -> None:
        self._rows.close()
        if self._folder:
            remove_database(self._folder / FILE_NAME)
        self._vectors.drop_others(())
        self._rows = LibraryRows(self._folder and self._folder / FILE_NAME, self._reader)

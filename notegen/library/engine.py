"""What holds the units of a library's books, as one protocol: an engine for one machine, PostgreSQL for a class."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from notegen.embed.encoder import Floats
from notegen.library.vectors import Packed
from notegen.store.library_rows import BookRow, UnitRow


class Engine(Protocol):
    """Books with their units, the words and the vectors of these. What cannot be written raises StateError, and then
    nothing of that call was written."""

    def writing(self, who: str) -> AbstractContextManager[None]:
        """Be the one writer. who: this process, in words, for the others. Raises BusyError."""

    def books(self) -> list[BookRow]:
        """Every book, by key."""

    def reserve(self, count: int) -> list[int]:
        """Keys for so many new books, in rising order; no two writers get the same."""

    def keep_book(self, row: BookRow, units: Iterable[UnitRow] = ()) -> None:
        """Put in a book as it is now, and further units of it, all or nothing."""

    def rename_book(self, row: BookRow, sha256: str) -> bool:
        """The book is in another file now, with the same pages. False: others still have the file that it was in."""

    def drop_book(self, row: BookRow) -> None:
        """Take a book out with its units and vectors, unless others still have its file."""

    def places(self) -> dict[str, str]:
        """Path → SHA-256 of each file of this vault in which a book was found last."""

    def keep_places(self, places: Mapping[str, str], gone: Iterable[str] = ()) -> None:
        """Remember where books are, and forget other places."""

    def units(self, ids: Sequence[int]) -> dict[int, UnitRow]:
        """The units of those row ids that are there."""

    def in_range(self, rows: tuple[int, int]) -> list[UnitRow]:
        """The units from one row id to another, in reading order."""

    def holders(self, stems: Iterable[str], ranges: Sequence[tuple[int, int]]) -> int:
        """How many units of those ranges have one of the stems."""

    def matching(self, stems: Iterable[str], ranges: Sequence[tuple[int, int]], top: int) -> list[int]:
        """Row ids of the units with most of the stems, rare ones counting more; at most `top` of each range."""

    def encoded(self, row: BookRow, dimensions: int) -> int:
        """How many units of a book, from its first on, have a vector."""

    def keep_vectors(self, row: BookRow, first: int, packed: Packed) -> None:
        """Put in the vectors of the units from number `first` on, as `vectors.pack` makes them."""

    def near(self, vector: Floats, books: Sequence[BookRow], top: int, also: Collection[int] = ()) -> dict[int, float]:
        """Row id → cosine of the `top` units of some books that are nearest to a vector, and of the units `also`; of
        books without all their vectors none."""

    def tidy(self, dimensions: int) -> None:
        """Remove what belongs to no book any more, and make ready for searching. dimensions: of vectors; 0: none."""

    def size(self) -> int:
        """Bytes that it takes."""

    def delete(self) -> None:
        """Delete all that is known; it is there again, empty."""

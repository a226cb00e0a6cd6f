"""The vectors of a book's units: rows of int8 in a file that is mapped into memory, one file a book.

A row is scaled so that its largest number is 127, and carries its own length, so a cosine is one product and one
division. On 384 numbers the rounding changes a cosine by some .001.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from notegen.embed.encoder import Floats
from notegen.errors import StateError

Packed = NDArray[np.void]
"""Rows as they are kept."""
_MOST = 127
_ROWS_AT_ONCE = 16_384
"""So many are made floats at a time: 25 MB."""


def pack(vectors: Floats) -> Packed:
    """Vectors as they are kept: each row for itself, so that it is the same with whatever rows it came."""
    rows = np.zeros(len(vectors), row_type(vectors.shape[1]))
    scale = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-12) / _MOST
    rows["numbers"] = np.rint(vectors / scale)
    rows["length"] = np.maximum(np.linalg.norm(rows["numbers"].astype(np.float32), axis=1), 1e-12)
    return rows


def cosines_of(rows: Packed, vector: Floats) -> Floats:
    """The cosine of each row with a vector of length 1."""
    found: Floats = rows["numbers"].astype(np.float32) @ vector / rows["length"]
    return found


def row_type(dimensions: int) -> np.dtype[np.void]:
    """Of one row."""
    return np.dtype([("length", "<f4"), ("numbers", "i1", (dimensions,))])


class VectorFiles:
    """The files of one library, in a folder of their own; None: nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def count(self, name: str, dimensions: int) -> int:
        """How many whole rows the file of a book has."""
        try:
            return self._place(name).stat().st_size // row_type(dimensions).itemsize if self._folder else 0
        except OSError:
            return 0

    def append(self, name: str, first: int, rows: Packed) -> None:
        """Write rows of a book from number `first` on; what stood there and after it goes. Raises StateError."""
        if self._folder is None:
            return
        place = self._place(name)
        try:
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(place, "r+b" if place.exists() else "w+b") as file:
                file.truncate(first * rows.dtype.itemsize)
                file.seek(0, os.SEEK_END)
                file.write(rows.tobytes())
        except OSError as error:
            raise StateError(
                f"The vectors of the library cannot be written ({error.strerror}).",
                "What was made before is kept. Make room, and run it again.",
            ) from error

    def rename(self, name: str, new: str) -> None:
        """The book is known by another name now."""
        if self._folder and self._place(name).is_file():
            os.replace(self._place(name), self._place(new))

    def drop(self, name: str) -> None:
        """Remove the file of a book."""
        if self._folder:
            self._place(name).unlink(missing_ok=True)

    def drop_others(self, names: Iterable[str]) -> None:
        """Remove the files of books that are not among those."""
        wanted = {self._place(name).name for name in names} if self._folder else set()
        for place in self._folder.glob("*.i8") if self._folder else ():
            if place.name not in wanted:
                place.unlink(missing_ok=True)

    def rows(self, name: str, places: Sequence[int], dimensions: int) -> Packed:
        """Some rows of a book; none where there is no file of it, or it is too short."""
        kind = row_type(dimensions)
        try:
            rows = np.memmap(self._place(name), kind, "r")
            return np.array(rows[np.fromiter(places, np.int64)])
        except (OSError, ValueError, IndexError):
            return np.zeros(0, kind)

    def cosines(self, name: str, vector: Floats) -> Floats:
        """The cosine of each unit of a book with a vector; none where there is no file of it."""
        try:
            rows = np.memmap(self._place(name), row_type(len(vector)), "r") if self._folder else None
        except (OSError, ValueError):
            rows = None
        if rows is None:
            return np.zeros(0, np.float32)
        firsts = range(0, len(rows), _ROWS_AT_ONCE)
        return np.concatenate([cosines_of(rows[first : first + _ROWS_AT_ONCE], vector) for first in firsts])

    def _place(self, name: str) -> Path:
        assert self._folder is not None
        return self._folder / f"{name}.i8"

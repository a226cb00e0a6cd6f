"""The signs of all vectors of a library, one bit a number, for a first look at many: 48 MB for a million units.

The Hamming distance of signs grows with the angle between two vectors (M. Charikar 2002). It is counted for every unit,
and only the nearest some thousands are compared by their int8 rows (two-stage search, as in I. Yamada et al. 2021).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from notegen.embed.encoder import Floats

BLOCK = 16_384
"""Units whose signs stand together in the file, word by word: what a processor's cache holds."""
THREADS = 2
FIRST_LOOK = 5_000
"""So many that each thread found nearest are looked at again."""
_WORD = 64
_FAR = np.uint16(0xFFFF)

Rows = NDArray[np.int64]


class SignFile:
    """Signs in blocks, and beside them the row ids of their units. A unit that is no longer wanted stays until the file
    is made anew."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        self._signs, self._ids = folder / "signs.u64", folder / "signs.ids"
        self._words = dimensions // _WORD
        """Numbers after the last whole word are not looked at here."""

    def ids(self) -> Rows:
        """The row ids that are in the file, in its order."""
        try:
            return np.fromfile(self._ids, np.int64)
        except OSError:
            return np.zeros(0, np.int64)

    def append(self, ids: Rows, vectors: NDArray[np.int8]) -> None:
        """Put in further units. What a crash left unfinished is written over: the ids come last. Raises OSError."""
        have = len(self.ids())
        blocks = self._mapped(have + len(ids))
        bits = np.packbits(vectors[:, : self._words * _WORD] > 0, axis=1).view(np.uint64)
        at = 0
        while at < len(ids):
            block, place = divmod(have + at, BLOCK)
            some = min(BLOCK - place, len(ids) - at)
            blocks[block, :, place : place + some] = bits[at : at + some].T
            at += some
        blocks.flush()
        with open(self._ids, "ab") as file:
            file.truncate(have * ids.itemsize)
            file.write(ids.tobytes())

    def clear(self) -> None:
        """Remove the file. Raises OSError."""
        self._ids.unlink(missing_ok=True)
        self._signs.unlink(missing_ok=True)

    def nearest(self, vector: Floats, wanted: NDArray[np.bool_], ids: Rows) -> Rows:
        """Row ids of those whose signs differ least from a vector's. wanted: which of the `ids` count."""
        own = np.packbits(vector[: self._words * _WORD] > 0).view(np.uint64)
        blocks = self._mapped(len(ids))
        parts = np.array_split(np.arange(len(blocks)), THREADS)
        with ThreadPoolExecutor(THREADS) as threads:
            found = list(threads.map(lambda part: _least(blocks, part, own, wanted), parts))
        return ids[np.concatenate(found)]

    def _mapped(self, count: int) -> np.memmap[Any, np.dtype[np.uint64]]:
        """The blocks for so many units; the file grows where it has to."""
        shape = (-(-count // BLOCK), self._words, BLOCK)
        size = int(np.prod(shape)) * 8
        with open(self._signs, "r+b" if self._signs.exists() else "w+b") as file:
            if file.seek(0, os.SEEK_END) < size:
                file.truncate(size)
        return np.memmap(self._signs, np.uint64, "r+", shape=shape)


def _least(blocks: NDArray[np.uint64], part: Sequence[int], own: NDArray[np.uint64], wanted: NDArray[np.bool_]) -> Rows:
    """Places in the file of the nearest in some blocks."""
    if not len(part):
        return np.zeros(0, np.int64)
    start, stop = int(part[0]) * BLOCK, min((int(part[-1]) + 1) * BLOCK, len(wanted))
    distances = np.zeros(len(part) * BLOCK, np.uint16)
    for number, block in enumerate(part):
        here = distances[number * BLOCK : (number + 1) * BLOCK]
        for word, mine in zip(blocks[block], own, strict=True):
            here += np.bitwise_count(word ^ mine)
    distances = distances[: stop - start]
    distances[~wanted[start:stop]] = _FAR
    if len(distances) <= FIRST_LOOK:
        return start + np.flatnonzero(distances != _FAR)
    last = np.partition(distances, FIRST_LOOK)[FIRST_LOOK]
    return start + np.flatnonzero((distances <= last) & (distances != _FAR))

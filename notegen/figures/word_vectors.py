"""Words as the encoder sees them: the first of their numbers, and how near they are to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from notegen.figures.figure import Rows

if TYPE_CHECKING:
    from notegen.embed.encoder import Encoder

SHOWN = 3
"""Numbers of each vector that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordVectors:
    """Some words, measured."""

    model: str
    dimensions: int
    words: tuple[str, ...]
    vectors: tuple[tuple[float, ...], ...]
    """The first numbers of each."""
    cosines: tuple[tuple[float, ...], ...]
    formula: str = r"\cos(a, b) = \frac{a \cdot b}{\lVert a \rVert \, \lVert b \rVert}"
    """How a cosine is computed, in TeX."""

    def vector_rows(self, word: str, vector: str) -> Rows:
        """A table under a header of two cells: each word, and the beginning of its vector."""
        cells = (f"{', '.join(f'{each:z.3f}' for each in row)}, …" for row in self.vectors)
        return ((word, vector), *zip(self.words, cells, strict=True))

    def cosine_rows(self, corner: str) -> Rows:
        """A table of all cosines."""
        body = ((word, *(f"{each:.2f}" for each in row)) for word, row in zip(self.words, self.cosines, strict=True))
        return ((corner, *self.words), *body)

    @property
    def nearest(self) -> tuple[str, str, float]:
        """The two words that are nearest to each other."""
        pairs = [(at, other) for at in range(len(self.words)) for other in range(at)]
        first, second = max(pairs, key=lambda pair: self.cosines[pair[0]][pair[1]])
        return self.words[second], self.words[first], self.cosines[first][second]

    @property
    def farthest(self) -> tuple[str, str, float]:
        """The two that are farthest apart."""
        pairs = [(at, other) for at in range(len(self.words)) for other in range(at)]
        first, second = min(pairs, key=lambda pair: self.cosines[pair[0]][pair[1]])
        return self.words[second], self.words[first], self.cosines[first][second]


def word_vectors(words: Sequence[str], encoder: Encoder) -> WordVectors:
    """Measure some words, two or more."""
    vectors = encoder.encode(list(words))
    cosines = np.clip(vectors @ vectors.T, -1, 1)
    return WordVectors(
        model=encoder.name,
        dimensions=encoder.dimensions,
        words=tuple(words),
        vectors=tuple(tuple(float(each) for each in row[:SHOWN]) for row in vectors),
        cosines=tuple(tuple(float(each) for each in row) for row in cosines),
    )

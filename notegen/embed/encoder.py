"""What an encoder is: texts to vectors, and a sentence to the attention weights inside the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """Where each head of each layer looks while the model reads one sentence."""

    model: str
    words: tuple[str, ...]
    """BERT's words as the sentence spells them, punctuation alone, `[CLS]` first and `[SEP]` last."""
    pieces: tuple[str, ...]
    """The word pieces that the model reads."""
    word_of: tuple[int, ...]
    """For each piece the index of its word; never falling."""
    weights: Floats
    """(layers, heads, pieces, pieces): how much piece i looks at piece j. Each row sums to 1."""
    is_cut: bool = False
    """The sentence was longer than the model reads; its end is missing."""


class Encoder(Protocol):
    """A model that turns texts into vectors."""

    @property
    def name(self) -> str:
        """Of the model; vectors of different names do not compare."""

    @property
    def dimensions(self) -> int:
        """Of its vectors."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """(len(texts), dimensions), each row of length 1, so that a dot product is a cosine."""

    def attention(self, sentence: str) -> Attention:
        """The attention weights of one sentence. Raises NotegenError where the model does not give them."""


def unit_rows(vectors: NDArray[Any]) -> Floats:
    """Each row of (n, dimensions) brought to length 1; a row of zeros stays one."""
    rows: Floats = vectors.astype(np.float32)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-12))
    return rows

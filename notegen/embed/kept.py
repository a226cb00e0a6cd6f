"""An encoder whose vectors are kept: a text is encoded once, in whichever note or run it comes up."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from notegen.embed.encoder import Attention, Encoder, Floats, unit_rows
from notegen.store.vectors import Vectors


class KeptEncoder:
    """The `Encoder` it is given, with its vectors kept under the hash of model and text, as 16-bit numbers."""

    def __init__(self, encoder: Encoder, vectors: Vectors) -> None:
        self._encoder, self._vectors = encoder, vectors
        self.name, self.dimensions = encoder.name, encoder.dimensions

    def encode(self, texts: Sequence[str]) -> Floats:
        """As `Encoder.encode`. A vector is the same whether it was kept or is new: both pass the 16 bits."""
        keys = [self._key(text) for text in texts]
        kept = {
            key: np.frombuffer(data, np.float16)
            for key, data in self._vectors.get(keys).items()
            if len(data) == 2 * self.dimensions
        }
        fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in kept}
        if fresh:
            new = dict(zip(fresh, self._encoder.encode(list(fresh.values())).astype(np.float16), strict=True))
            self._vectors.put({key: vector.tobytes() for key, vector in new.items()})
            kept |= new
        rows = [kept[key] for key in keys]
        return unit_rows(np.stack(rows) if rows else np.zeros((0, self.dimensions)))

    def attention(self, sentence: str) -> Attention:
        return self._encoder.attention(sentence)

    def _key(self, text: str) -> str:
        return hashlib.sha256(f"{self.name}\0{text}".encode(errors="replace")).hexdigest()

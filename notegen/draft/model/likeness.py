"""How near in meaning two texts are, by the encoder on this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # numpy is for those who encode
    from notegen.embed.encoder import Encoder


class EncoderLikeness:
    """A `notegen.draft.model.grounding.Likeness` for several threads. The encoder is opened when it is first needed.

    open_: gives the encoder, None where it cannot be opened: then nothing is near.
    """

    def __init__(self, open_: Callable[[], Encoder | None]) -> None:
        self._open = open_
        self._encoder: Encoder | None = None
        self._is_open = False
        self._lock = threading.Lock()

    def __call__(self, claim: str, sentences: Sequence[str]) -> Sequence[float]:
        """The cosine of the claim with each sentence."""
        with self._lock:
            if not self._is_open:
                self._encoder, self._is_open = self._open(), True
            if self._encoder is None:
                return [0.0] * len(sentences)
            vectors = self._encoder.encode([claim, *sentences])  # unit rows
        return [float(each) for each in vectors[1:] @ vectors[0]]

"""Vectors from an OpenAI-compatible server (OpenAI, Ollama, llama.cpp, vLLM) in place of the built-in model's."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence

import numpy as np

from notegen.embed.encoder import Attention, Encoder, Floats, unit_rows
from notegen.errors import ModelError, NotegenError
from notegen.llm.embeddings import EmbeddingClient
from notegen.llm.endpoint import endpoint_at

TEXTS_PER_CALL = 64
MAX_CHARACTERS = 8_000
"""Of one text: about 2,000 tokens, which every server's default takes."""
_MAX_DIMENSIONS = 8_192


class ServedEncoder:
    """An `Encoder` whose vectors come from a server. After a failure no further call is made."""

    def __init__(
        self, model: str, base_url: str, *, max_texts: int, local: Encoder | None, env: Mapping[str, str] = os.environ
    ) -> None:
        """Ask the server for one vector, to know its length and that it answers.

        max_texts: how many texts may be sent in all; what is over that is refused before it is sent. local: gives the
        attention. Raises UsageError for a wrong address, NotegenError where the server does not give vectors.
        """
        endpoint = endpoint_at(base_url, model, env, setting="model.base_url")
        self._host = endpoint.host
        self.name = f"{model} at {self._host}"
        self._model, self._left, self._local = model, max_texts, local
        self._client = EmbeddingClient(endpoint)
        self._trouble: NotegenError | None = None
        self.dimensions = self._call(["notegen"]).shape[1]

    def encode(self, texts: Sequence[str]) -> Floats:
        """As `Encoder.encode`, some texts a call. Raises NotegenError when the server fails or the budget is spent."""
        if len(texts) > self._left:
            reason = (
                f"{len(texts)} more texts would exceed the {self._left} that may still go to {self._host} in this run."
            )
            raise NotegenError(reason, "Raise model.max_texts, or leave model.served out to use the built-in model.")
        parts = [self._call(texts[at : at + TEXTS_PER_CALL]) for at in range(0, len(texts), TEXTS_PER_CALL)]
        if any(part.shape[1] != self.dimensions for part in parts):
            raise NotegenError(f"{self.name} gives vectors of different lengths.", "Name an embedding model.")
        return np.concatenate(parts) if parts else np.zeros((0, self.dimensions), np.float32)

    def attention(self, sentence: str) -> Attention:
        """Of the built-in model: servers give no attention weights. Raises NotegenError where it is not there."""
        if self._local is None:
            raise NotegenError(
                f"{self.name} gives no attention weights.", "To get a model that does: notegen model fetch"
            )
        return self._local.attention(sentence)

    def _call(self, texts: Sequence[str]) -> Floats:
        if self._trouble:
            raise self._trouble
        self._left -= len(texts)
        try:
            rows = self._client.vectors([text[:MAX_CHARACTERS] or " " for text in texts])
            return _checked_vectors(rows, texts)
        except (ModelError, ValueError, TypeError) as error:
            why = error.reason if isinstance(error, ModelError) else "They are not as many as the texts, or no vectors."
            reason = f"{self._host} gave no vectors by {self._model}. {why}"
            self._trouble = NotegenError(reason, "Check model.served and model.base_url, or leave them out.")
            raise self._trouble from error


def _checked_vectors(rows: Sequence[Sequence[float]], texts: Sequence[str]) -> Floats:
    """A reply is not trusted: as many vectors as texts, equally long, of finite numbers. Raises ValueError."""
    width = len(rows[0]) if rows else 0
    if len(rows) != len(texts) or not 0 < width <= _MAX_DIMENSIONS or any(len(row) != width for row in rows):
        raise ValueError("not as many vectors as texts")
    if not all(math.isfinite(number) for row in rows for number in row):
        raise ValueError("no numbers")
    return unit_rows(np.array(rows, np.float64))

"""Vectors of texts from an OpenAI-compatible server."""

from __future__ import annotations

from collections.abc import Sequence

from notegen.llm.endpoint import Endpoint
from notegen.llm.model_errors import as_model_error
from notegen.llm.wire import openai_client

TIMEOUT_S, RETRIES = 30.0, 1
"""A server embeds some texts in a second or two; one that must first load its model is asked once more."""


class EmbeddingClient:
    """Asks one embedding model."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._client = openai_client(endpoint).with_options(timeout=TIMEOUT_S, max_retries=RETRIES)

    def vectors(self, texts: Sequence[str]) -> list[Sequence[float]]:
        """One vector a text, in order, as the server gave them: unchecked. Raises ModelError."""
        try:
            reply = self._client.embeddings.create(
                model=self.endpoint.model, input=list(texts), encoding_format="float"
            )
            return [each.embedding for each in sorted(reply.data, key=lambda each: each.index)]
        except Exception as error:
            raise as_model_error(error, self.endpoint) from error

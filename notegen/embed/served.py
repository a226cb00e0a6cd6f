"""Vectors from an OpenAI-compatible server (OpenAI, Ollama, llama.cpp, vLLM) in place of the built-in model's."""

from __future__ import annotations

import importlib
import ipaddress
import math
import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np

from notegen.embed.encoder import Attention, Encoder, Floats, unit_rows
from notegen.errors import NotegenError, UsageError

if TYPE_CHECKING:
    import openai

DEFAULT_URL = "https://api.openai.com/v1"
TEXTS_PER_CALL = 64
MAX_CHARACTERS = 8_000
"""Of one text: about 2,000 tokens, which every server's default takes."""
_TIMEOUT_S, _RETRIES = 30.0, 1
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
        url = base_url or env.get("OPENAI_BASE_URL", "") or DEFAULT_URL
        self._host = _checked_host(url)
        self.name = f"{model} at {self._host}"
        self._model, self._left, self._local = model, max_texts, local
        self._client = _client(url, self._host, env)
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
        import openai

        if self._trouble:
            raise self._trouble
        self._left -= len(texts)
        try:
            reply = self._client.embeddings.create(
                model=self._model, input=[text[:MAX_CHARACTERS] or " " for text in texts], encoding_format="float"
            )
            return _checked_vectors([each.embedding for each in sorted(reply.data, key=lambda each: each.index)], texts)
        except (openai.OpenAIError, ValueError, TypeError, AttributeError) as error:
            status = getattr(error, "status_code", None)
            why = f"status {status}" if status else type(error).__name__
            reason = f"{self._host} gave no vectors by {self._model} ({why})."
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


def _checked_host(url: str) -> str:
    example = "For example http://localhost:11434/v1 (Ollama) or https://api.openai.com/v1."
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError as error:
        raise UsageError("model.base_url is no address.", example) from error
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.password:
        raise UsageError("model.base_url must be http:// or https://, name a server and hold no password.", example)
    if parts.scheme == "http" and not _is_loopback(host):
        raise UsageError(
            f"model.base_url would send your notes' text to {host} unencrypted.", "Write https:// instead."
        )
    return host


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _client(url: str, host: str, env: Mapping[str, str]) -> openai.OpenAI:
    import openai

    try:
        key = importlib.import_module("keyring").get_password("notegen", host) or ""
    except Exception:  # not installed, no keyring on this system, or it stays locked
        key = ""
    transport = openai.DefaultHttpx2Client(trust_env=not _is_loopback(host), follow_redirects=False)
    return openai.OpenAI(
        api_key=key or env.get("OPENAI_API_KEY", "") or "none",
        base_url=url,
        timeout=_TIMEOUT_S,
        max_retries=_RETRIES,
        http_client=transport,
    )

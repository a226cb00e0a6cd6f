"""One request, listened to until its end. A server that cannot stream and answers at once is heard as well."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from notegen.errors import ModelError
from notegen.llm.model_errors import fault
from notegen.llm.wire import watched

if TYPE_CHECKING:
    import openai

CONNECT_S = 5.0
MAX_CALL_S = 1800.0
"""A model that trickles for longer than this does not end."""
MAX_CHARS = 400_000
MAX_EVENT_BYTES = 4 * MAX_CHARS
"""Of one event: more is no answer in pieces any more."""
MAX_STREAM_BYTES = 160 * MAX_CHARS
"""Of a whole stream: an event of a token has about so many bytes around each of its letters at most."""
PINGS_PATIENCE = 2.0
"""So many times the allowed silence a server may say that it is alive, and nothing else."""
TOLD_PIECES = 20
"""After so many pieces of an answer, about a token each, it is told how far it is."""


@dataclass(slots=True)
class Heard:
    """What came, whole or not."""

    pieces: list[str] = field(default_factory=list)
    refusal: str = ""
    finish: str = ""
    """The server's finish_reason, "" when it gave none."""
    model: str = ""
    prompt_tokens: int | None = None
    reply_tokens: int | None = None
    first_s: float = 0.0
    """Seconds until the first words came; 0 where they came all at once."""
    last_s: float = 0.0
    """Seconds until the last ones did."""

    @property
    def text(self) -> str:
        return "".join(self.pieces)


def hear(
    client: openai.OpenAI,
    request: dict[str, Any],
    wait_s: float,
    *,
    call_s: float = MAX_CALL_S,
    told: Callable[[int], None] = lambda pieces: None,
) -> Heard:
    """Send the request and listen. wait_s: silence at most. call_s: the whole call at most. told: how many pieces of
    the answer have come, now and then. Raises what the client raises, and ModelError."""
    import openai

    timeout = openai.Timeout(wait_s, connect=min(CONNECT_S, wait_s))
    heard = Heard()
    began = time.monotonic()
    ends = began + call_s
    with client.chat.completions.with_streaming_response.create(**request, timeout=timeout) as response:
        if response.status_code != 200:
            raise fault("garbage")
        if "event-stream" not in response.headers.get("content-type", ""):
            _take_whole(json.loads(_body(response, ends)), heard)
            return heard
        bounds = _Bounds(PINGS_PATIENCE * wait_s, ends)
        response.http_response.stream = watched(response.http_response.stream, bounds.look)
        size = 0
        for chunk in response.parse():
            bounds.event()
            size += _take_chunk(chunk, heard)
            heard.last_s = time.monotonic() - began
            if heard.pieces and not heard.first_s:
                heard.first_s = heard.last_s
            if heard.pieces and len(heard.pieces) % TOLD_PIECES == 0:
                told(len(heard.pieces))
            if size > MAX_CHARS or time.monotonic() > ends:
                raise fault("cut")
    return heard


@dataclass(slots=True)
class _Bounds:
    """What a stream may take, in time and bytes, whatever comes in it."""

    silent_s: float
    """Without an event, at most."""
    ends: float
    """By the monotonic clock."""
    heard_s: float = field(default_factory=time.monotonic)
    event_bytes: int = 0
    stream_bytes: int = 0

    def look(self, piece: bytes) -> None:
        """Raises ModelError when it has been enough."""
        self.event_bytes += len(piece)
        self.stream_bytes += len(piece)
        now_s = time.monotonic()
        if now_s > self.ends or self.event_bytes > MAX_EVENT_BYTES or self.stream_bytes > MAX_STREAM_BYTES:
            raise fault("cut")
        if now_s - self.heard_s > self.silent_s:
            reason = "The server says that it is alive, and nothing else: the model did not answer in time."
            raise ModelError("timeout", reason, "Run notegen day again later.")

    def event(self) -> None:
        """Something was said."""
        self.heard_s, self.event_bytes = time.monotonic(), 0


def _body(response: Any, ends: float) -> bytes:
    read = bytearray()
    for piece in response.iter_bytes():
        read += piece
        if len(read) > MAX_CHARS * 4 or time.monotonic() > ends:
            raise fault("cut")
    return bytes(read)


def _take_chunk(chunk: Any, heard: Heard) -> int:
    """Add one event of a stream; return how many characters it brought."""
    heard.model = heard.model or _text(getattr(chunk, "model", ""))
    usage = getattr(chunk, "usage", None)
    if usage is not None:
        _take_usage(getattr(usage, "prompt_tokens", None), getattr(usage, "completion_tokens", None), heard)
    size = 0
    for choice in (chunk.choices or ())[:1]:
        words = getattr(choice.delta, "content", None)
        if isinstance(words, str):
            heard.pieces.append(words)
            size += len(words)
        heard.refusal += _text(getattr(choice.delta, "refusal", ""))
        heard.finish = _text(choice.finish_reason) or heard.finish
    return size


def _take_whole(data: Any, heard: Heard) -> None:
    """An answer in one piece: the JSON of a chat completion."""
    if isinstance(data, dict) and isinstance(data.get("error"), dict):
        raise ModelError("server", "The server answered with an error.", "Run notegen day again later.")
    if not isinstance(data, dict) or not isinstance(data.get("choices"), list) or not data["choices"]:
        raise fault("garbage")
    choice = data["choices"][0]
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(message, dict):
        raise fault("garbage")
    heard.model = _text(data.get("model"))
    heard.refusal, heard.finish = _text(message.get("refusal")), _text(choice.get("finish_reason"))
    heard.pieces.append(_text(message.get("content")))
    usage = data.get("usage")
    if isinstance(usage, dict):
        _take_usage(usage.get("prompt_tokens"), usage.get("completion_tokens"), heard)


def _take_usage(prompt: Any, reply: Any, heard: Heard) -> None:
    if isinstance(prompt, int) and isinstance(reply, int):
        heard.prompt_tokens, heard.reply_tokens = prompt, reply


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""

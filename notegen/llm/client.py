"""The one door to language models: a question in, a whole answer or one ModelError out.

`chat.completions` is asked in a stream, so that a slow model can be told from a dead one. An answer counts only when
the server says that it is finished (finish_reason "stop"). How a server must be asked is learned from its refusals and
remembered: with a JSON schema, as a JSON object, or in plain words.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from notegen.errors import ModelError
from notegen.llm.circuit_breaker import CircuitBreaker
from notegen.llm.endpoint import Endpoint
from notegen.llm.model_errors import MAX_RETRY_AFTER_S, as_model_error, fault, retry_after_s
from notegen.llm.pace import Pace
from notegen.llm.stream import Heard, hear
from notegen.llm.wire import openai_client
from notegen.markdown.write import clean
from notegen.store.replies import Replies

ATTEMPTS = 3
"""Of one call, while the way to the server fails."""
FIRST_PAUSE_S = 0.5
CHARS_PER_TOKEN = 4.0
"""Of a prompt, about."""
MODELS_TIMEOUT_S = 5.0
MAX_NAME_CHARS = 80
RUNGS = ("json_schema", "json_object", "text")
_FINISH_FAULTS = {"stop": "", "length": "cut", "content_filter": "filter"}
"""What a server's finish_reason says is wrong; any other, and none at all, is a broken answer."""
_NEW_NAME = {"max_tokens": "max_completion_tokens"}
"""What newer models of OpenAI call a parameter that every other server knows by its old name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image that goes along. png: its bytes."""

    name: str
    png: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One turn: who speaks, the words, the pictures."""

    role: str
    text: str
    pictures: tuple[Picture, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """As the API takes it."""
        if not self.pictures:
            return {"role": self.role, "content": self.text}
        import base64

        parts: list[dict[str, Any]] = [{"type": "text", "text": self.text}]
        for each in self.pictures:
            url = f"data:image/png;base64,{base64.b64encode(each.png).decode()}"
            parts += [{"type": "text", "text": f"{each.name}:"}, {"type": "image_url", "image_url": {"url": url}}]
        return {"role": self.role, "content": parts}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a model answered."""

    text: str
    model: str
    """The name that the server reported, "" when it did not."""
    prompt_tokens: int | None
    reply_tokens: int | None
    fault: ModelError | None
    """Why it is no whole answer, though it came and was paid for."""


class ModelClient:
    """Asks one model; used by several threads at once. `calls` counts the requests that were sent."""

    def __init__(self, endpoint: Endpoint, breaker: CircuitBreaker, memory: Replies, max_tokens: int) -> None:
        self.endpoint, self.breaker = endpoint, breaker
        self.calls = 0
        self._memory, self._max_tokens = memory, max_tokens
        self._asked = asked_of(endpoint)
        habit = memory.habit(self._asked)
        self._rung = habit["rung"] if habit.get("rung") in RUNGS else RUNGS[0]
        self._dropped = {str(each) for each in habit.get("dropped", ()) if isinstance(each, str)}
        self.pace = Pace.kept(habit)
        self._client = openai_client(endpoint)

    def ask(
        self, messages: Sequence[Message], schema: Mapping[str, Any], told: Callable[[int], None] = lambda tokens: None
    ) -> Answer:
        """Ask until the way holds, at most ATTEMPTS times. told: how many tokens have come. Raises ModelError."""
        attempt = 0
        tokens = sum(len(each.text) for each in messages) / CHARS_PER_TOKEN
        while True:
            slow_s = self.pace.first_s(tokens) if self.endpoint.follows_pace else 0.0
            wait_s, began = self.breaker.wait_s(slow_s), time.monotonic()
            rung, dropped = self._rung, frozenset(self._dropped)
            try:
                self.calls += 1
                request = self._request(messages, schema, rung, dropped)
                heard = hear(self._client, request, wait_s, call_s=self.pace.call_s(self._max_tokens), told=told)
            except Exception as error:
                problem = as_model_error(error, self.endpoint)
                if problem.kind == "request" and self._learn(str(error), rung, dropped):
                    continue
                attempt += 1
                pause_s = _pause(error, attempt)
                if problem.kind != "blind":
                    self.breaker.failed(problem, time.monotonic() - began)
                if (
                    problem.fatal
                    or problem.kind not in ("timeout", "connection", "server", "rate")
                    or attempt >= ATTEMPTS
                ):
                    raise problem from error
                time.sleep(pause_s)
                continue
            self.breaker.answered()
            self.pace = self.pace.measured(heard)
            self._memory.set_habit(
                self._asked, {"rung": self._rung, "dropped": sorted(self._dropped), **self.pace.as_data()}
            )
            return _answer(heard)

    def _request(
        self, messages: Sequence[Message], schema: Mapping[str, Any], rung: str, dropped: frozenset[str]
    ) -> dict[str, Any]:
        request: dict[str, Any] = {
            "model": self.endpoint.model,
            "messages": [each.as_data() for each in messages],
            "max_tokens": self._max_tokens,
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        if self.endpoint.is_local:  # small models ramble at the usual temperature; some big ones refuse another one
            request |= {"temperature": 0.2, "seed": 1}
        if rung == "json_schema":
            form = {"name": str(schema["title"]), "strict": True, "schema": dict(schema)}
            request["response_format"] = {"type": "json_schema", "json_schema": form}
        elif rung == "json_object":
            request["response_format"] = {"type": "json_object"}
        for name in dropped & request.keys():
            value = request.pop(name)
            if name in _NEW_NAME:
                request[_NEW_NAME[name]] = value
        return request

    def _learn(self, said: str, rung: str, dropped: frozenset[str]) -> bool:
        """Whether there is another way to ask after the server refused this one: without the parameter that it names,
        else one rung lower."""
        if rung != self._rung or dropped != self._dropped:
            return True  # another thread has learned it meanwhile
        words = said.lower()
        for name in ("stream_options", "temperature", "seed", "max_tokens"):
            if name in words and name not in dropped:
                self._dropped.add(name)
                return True
        if rung != RUNGS[-1]:
            self._rung = RUNGS[RUNGS.index(rung) + 1]
            return True
        return False


def offered_by(endpoint: Endpoint) -> tuple[str, ...]:
    """Names of the models that a server offers. Raises ModelError."""
    try:
        page = openai_client(endpoint).with_options(timeout=MODELS_TIMEOUT_S).models.list()
        return tuple(clean(str(each.id))[:MAX_NAME_CHARS] for each in page.data or ())
    except Exception as error:
        raise as_model_error(error, replace(endpoint, model="")) from error


def asked_of(endpoint: Endpoint) -> str:
    """The endpoint and the model as one text: what habits and spending are kept under."""
    return f"{endpoint.base_url} {endpoint.model}"


def _pause(error: Exception, attempt: int) -> float:
    """Seconds before the next attempt: as the server asks, else longer each time."""
    asked = retry_after_s(error)
    return FIRST_PAUSE_S * 2 ** (attempt - 1) if asked is None else min(asked, MAX_RETRY_AFTER_S)


def _answer(heard: Heard) -> Answer:
    kind = "refusal" if heard.refusal else _FINISH_FAULTS.get(heard.finish, "broken")
    if not kind and not heard.text.strip():
        kind = "empty"
    return Answer(
        text=heard.text,
        model=heard.model,
        prompt_tokens=heard.prompt_tokens,
        reply_tokens=heard.reply_tokens,
        fault=fault(kind) if kind else None,
    )

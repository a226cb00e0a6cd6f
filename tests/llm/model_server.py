"""An OpenAI-compatible server that fails on purpose. The model's name says how:

good                 answers well
fault:NAME           has the fault NAME (see FAULTS) each time
fault:NAME*N         has it N times, then answers well
slow:SECONDS         answers well after so long
"""

from __future__ import annotations

import asyncio
import email.utils
import json
import socket
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from model_replies import as_text, good_answer, sentences_of
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

Answerer = Callable[[str], str]


@dataclass
class ModelServer:
    """A running server. calls: of /chat/completions by model; asked: the request bodies; keys: those that came."""

    base_url: str = ""
    calls: Counter[str] = field(default_factory=Counter)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    answers: dict[str, Answerer] = field(default_factory=dict)
    """model → what it answers to a prompt, as text."""

    @property
    def count(self) -> int:
        return sum(self.calls.values())

    def prompts(self) -> list[str]:
        return [json.dumps(each["messages"], ensure_ascii=False) for each in self.asked]


def error(status: int, message: str, code: str | None = None, **headers: str) -> Response:
    return JSONResponse({"error": {"message": message, "code": code, "type": "x"}}, status, headers=headers)


def chunk(model: str, text: str | None = None, finish: str | None = None, **delta: Any) -> str:
    choice = {
        "index": 0,
        "delta": {**({"content": text} if text is not None else {}), **delta},
        "finish_reason": finish,
    }
    data = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": model, "choices": [choice]}
    return f"data: {json.dumps(data)}\n\n"


def usage_chunk(model: str, prompt: int, reply: int) -> str:
    usage = {"prompt_tokens": prompt, "completion_tokens": reply, "total_tokens": prompt + reply}
    data = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": model, "choices": [], "usage": usage}
    return f"data: {json.dumps(data)}\n\n"


def streamed(
    text: str,
    model: str,
    prompt: str,
    *,
    finish: str | None = "stop",
    end: str = "done",
    counted: bool = True,
    low: int = 0,
) -> Response:
    """A stream of an answer. end: "done", or how it goes wrong."""
    pieces = [text[at : at + 40] for at in range(0, len(text), 40)] or [""]

    async def events() -> AsyncIterator[str]:
        half = len(pieces) // 2 if end != "done" else len(pieces)
        for piece in pieces[:half]:
            yield chunk(model, piece)
        if end == "cut":
            return
        if end == "stall":
            await asyncio.sleep(600)
        if end == "drop":
            raise ConnectionResetError
        while end == "pings":
            yield ": ping\n\n"
            await asyncio.sleep(0.05)
        while end == "oneline":
            yield f"data: {'x' * 100_000}"
            await asyncio.sleep(0.001)
        if end == "sseerr":
            yield f"data: {json.dumps({'error': {'message': 'overloaded', 'code': 'overloaded'}})}\n\n"
            return
        if end == "badsse":
            yield 'data: {"id": \n\n'
            return
        yield chunk(model, None, finish)
        if counted:
            yield usage_chunk(model, low or len(prompt) // 4, len(text) // 4)
        yield "data: [DONE]\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")


def edited(change: Callable[[dict[str, Any]], None]) -> Answerer:
    """The good answer with something wrong in it."""

    def answer(prompt: str) -> str:
        data = good_answer(prompt)
        change(data)
        return as_text(data)

    return answer


def _statements(data: dict[str, Any]) -> list[dict[str, Any]]:
    if "tldr" in data:
        return [data["tldr"]["core_idea"], data["tldr"]["key_takeaway"], *data["recap"],
                *(each["statement"] for each in data["mastery"]),
                *(each["what"] for each in data["concepts"])]  # fmt: skip
    return [*data["statements"], *data["happening"]]


def _all_say(text: str) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        for each in _statements(data):
            each["text"] = text

    return change


def _break_code(data: dict[str, Any]) -> None:
    for part in (data.get("example"), (data.get("challenge") or {}).get("starter")):
        if part:
            part["code"] = "def f(:\n    return"


def _foreign_ids(data: dict[str, Any]) -> None:
    for each in _statements(data):
        each["sources"] = ["S999", "p. 7"]


def _echo(prompt: str) -> str:
    data, sentences = good_answer(prompt), sentences_of(prompt)
    for each, text in zip(_statements(data), [*sentences.values()] * 9, strict=False):
        each["text"] = text
    return as_text(data)


BAD_ANSWERS: dict[str, Answerer] = {
    "badjson": lambda prompt: as_text(good_answer(prompt))[:-40],
    "prose": lambda prompt: "I would say that this text is about learning.",
    "empty": lambda prompt: "",
    "wrongschema": lambda prompt: json.dumps({"statements": "none", "tldr": 5}),
    "falsequote": edited(_all_say("As the author puts it, “nobody will ever understand a single word of this”.")),
    "invented": edited(_all_say("This was shown by Vaswani et al. (2017) on page 412 of [7].")),
    "truequote-wrongclaim": edited(_all_say("Elephants cannot jump because 17 volcanoes erupted in Iceland.")),
    "foreignids": edited(_foreign_ids),
    "loop": edited(_all_say("It is a vector and " * 12 + "it is a vector.")),
    "echo": _echo,
    "badcode": edited(_break_code),
}
"""Answers whose content is wrong."""
ODD_BUT_GOOD: dict[str, Answerer] = {
    "fenced": lambda prompt: f"```json\n{as_text(good_answer(prompt))}\n```",
    "think": lambda prompt: f"<think>Is it {{a}}?</think>{as_text(good_answer(prompt))}",
    "prosejson": lambda prompt: f"Here you are:\n{as_text(good_answer(prompt))}\nAnything else?",
}
STREAMS = ("cut", "drop", "stall", "sseerr", "badsse", "pings", "oneline")


def _plain_fault(name: str, model: str, body: dict[str, Any]) -> Response | None:
    """The faults that need no answer."""
    date = email.utils.formatdate(time.time() + 1, usegmt=True)
    form = (body.get("response_format") or {}).get("type", "text")
    schema = error(400, "response_format of type json_schema is not supported")
    simple: dict[str, Response] = {
        "429": error(429, "slow down", **{"retry-after": "0.05"}),
        "429date": error(429, "slow down", **{"retry-after": date}),
        "429long": error(429, "slow down", **{"retry-after": "3600"}),
        "quota": error(429, "You exceeded your current quota", "insufficient_quota"),
        "500": error(500, "boom"),
        "503html": HTMLResponse("<h1>Bad gateway</h1>", 503),
        "401": error(401, f"Incorrect API key provided: {body.get('_key')}", "invalid_api_key"),
        "403": error(403, "not allowed"),
        "404": error(404, f"The model {model} does not exist", "model_not_found"),
        "ctx": error(400, "This model's maximum context length is 512 tokens", "context_length_exceeded"),
        "html200": HTMLResponse("<h1>Welcome</h1>"),
        "emptybody": Response("", media_type="application/json"),
        "nochoices": JSONResponse({"id": "1", "model": model, "choices": []}),
        "nullchoices": JSONResponse({"id": "1", "model": model, "choices": None}),
        "err200": JSONResponse({"error": {"message": "it went wrong"}}),
    }
    if name == "noschema" and form == "json_schema":
        return schema
    if name == "nojsonobject" and form != "text":
        return schema if form == "json_schema" else error(400, "'type' must be 'json_schema' or 'text'")
    if name == "blind" and "image_url" in json.dumps(body["messages"]):
        return error(500, "image input is not supported - hint: you may need to provide the mmproj")
    if name == "newparams" and "max_tokens" in body:
        return error(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
    if name == "newparams" and "temperature" in body:
        return error(400, "Unsupported value: 'temperature' does not support 0.2 with this model.")
    return simple.get(name)


FAULTS = (
    "429", "429date", "429long", "quota", "500", "503html", "401", "403", "404", "ctx", "noschema", "nojsonobject",
    "newparams", "blind", "hang", "html200", "emptybody", "nochoices", "nullchoices", "err200", "length", "refusal",
    "filter", "null", "surrogate", "nousage", "lowprompt", "othermodel", "nostream", "duplast",
    *BAD_ANSWERS, *ODD_BUT_GOOD, *STREAMS,
)  # fmt: skip


async def _respond(server: ModelServer, request: Request) -> Response:
    body = await request.json()
    model = str(body["model"])
    body["_key"] = request.headers.get("authorization", "").removeprefix("Bearer ")
    server.keys.add(body["_key"])
    server.calls[model] += 1
    server.asked.append({key: value for key, value in body.items() if key != "_key"})
    prompt = "\n".join(
        part["text"] if isinstance(part, dict) else part
        for each in body["messages"]
        if each["role"] == "user"
        for part in (each["content"] if isinstance(each["content"], list) else [each["content"]])
        if isinstance(part, str) or part["type"] == "text"
    )
    everything = json.dumps(body["messages"], ensure_ascii=False)
    name, _, times = model.removeprefix("fault:").partition("*")
    if model.startswith("slow:"):
        await asyncio.sleep(float(name.removeprefix("slow:")))
        name = ""
    elif not model.startswith("fault:") or (times and server.calls[model] > int(times)):
        name = ""
    if name == "hang":
        await asyncio.sleep(600)
    fault = _plain_fault(name, model, body)
    if fault is not None:
        return fault
    text = (server.answers.get(model) or BAD_ANSWERS.get(name) or ODD_BUT_GOOD.get(name) or good_text)(prompt)
    if name == "surrogate":
        text = text.replace("So ", "So \\ud800\\u202e\\u200b")
    if name == "nostream":
        message = {"role": "assistant", "content": text}
        usage = {"prompt_tokens": len(prompt) // 4, "completion_tokens": 9}
        return JSONResponse(
            {"model": model, "choices": [{"message": message, "finish_reason": "stop"}], "usage": usage}
        )
    if name == "refusal":
        return StreamingResponse(
            iter([chunk(model, None, None, refusal="I cannot help with that."), chunk(model, None, "stop")]),
            media_type="text/event-stream",
        )
    finish = {"length": "length", "filter": "content_filter"}.get(name, "stop")
    return streamed(
        "" if name == "null" else text[: len(text) // 2] if name == "length" else text,
        "another-model-7b" if name == "othermodel" else model,
        everything,
        finish=finish,
        end=name if name in STREAMS else "done",
        counted=name != "nousage",
        low=9 if name == "lowprompt" else 0,
    )


def good_text(prompt: str) -> str:
    return as_text(good_answer(prompt))


@contextmanager
def serving(port: int = 0) -> Iterator[ModelServer]:
    """A server on a port of this machine (0: a free one), in a thread of its own."""
    server = ModelServer()

    async def chat(request: Request) -> Response:
        return await _respond(server, request)

    async def models(request: Request) -> Response:
        names = ["good", *(f"fault:{each}" for each in FAULTS)]
        rows = [{"id": each, "object": "model", "created": 1, "owned_by": "x"} for each in names]
        return JSONResponse({"object": "list", "data": rows})

    app = Starlette(
        routes=[Route("/v1/chat/completions", chat, methods=["POST"]), Route("/v1/models", models, methods=["GET"])]
    )
    listener = socket.socket()
    listener.bind(("127.0.0.1", port))
    runner = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off", timeout_graceful_shutdown=0))
    thread = threading.Thread(target=runner.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not runner.started:
        time.sleep(0.01)
    server.base_url = f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
    try:
        yield server
    finally:
        runner.should_exit = runner.force_exit = True
        thread.join(timeout=5)
        listener.close()

"""JSON-RPC 2.0, one object a line: what comes in is checked here, what goes out is written whole."""

from __future__ import annotations

import json
import os
import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from notegen.serve.fault import INVALID_REQUEST, PARSE_ERROR, Fault

LONGEST_LINE_BYTES = 16 << 20
"""A note of 2 MB, every character of it escaped, fits in."""
_READ_BYTES = 1 << 16
_NEXT_STEP = "Send JSON-RPC 2.0, one object a line."

Id = str | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A request, or a notification."""

    method: str
    params: dict[str, Any]
    id: Id
    is_notification: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer to what this side asked."""

    id: Id
    result: Any
    """None for an error."""


def lines(file: int) -> Iterator[bytes | Fault]:
    """The lines that come in on a file descriptor, until it ends; a Fault in place of one that is too long."""
    kept, too_long = bytearray(), False
    while data := os.read(file, _READ_BYTES):
        *whole, rest = data.split(b"\n")
        for part in whole:
            kept += part
            if too_long or len(kept) > LONGEST_LINE_BYTES:
                yield _fault(INVALID_REQUEST, f"A line is longer than {LONGEST_LINE_BYTES >> 20} MB.")
            elif kept.strip():
                yield bytes(kept)
            kept, too_long = bytearray(), False
        kept += rest
        if len(kept) > LONGEST_LINE_BYTES:
            kept, too_long = bytearray(), True
    if kept.strip() and not too_long:
        yield bytes(kept)


def message_of(line: bytes) -> Message | Reply | tuple[Id, Fault]:
    """What a line says; (its id, the fault) of one that makes no sense."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return None, _fault(PARSE_ERROR, "A line is no JSON.")
    if not isinstance(data, dict):
        return None, _fault(INVALID_REQUEST, "A line is no JSON object.")
    id_ = data.get("id")
    if isinstance(id_, bool) or not isinstance(id_, str | int | None):
        return None, _fault(INVALID_REQUEST, "An id is a text or a whole number.")
    if data.get("jsonrpc") == "2.0" and "method" not in data and ("result" in data or "error" in data):
        return Reply(id=id_, result=data.get("result"))
    method, params = data.get("method"), data.get("params", {})
    if data.get("jsonrpc") != "2.0" or not isinstance(method, str):
        return id_, _fault(INVALID_REQUEST, "A request has jsonrpc “2.0” and a method.")
    if params is None:
        params = {}
    if not isinstance(params, dict):
        return id_, _fault(INVALID_REQUEST, "Parameters are an object: they are given by name.")
    return Message(method=method, params=params, id=id_, is_notification="id" not in data)


def _fault(code: int, reason: str) -> Fault:
    return Fault(code=code, reason=reason, next_step=_NEXT_STEP, kind="ProtocolError")


class Output:
    """Where objects go out. A thread of its own writes, so that no interruption can tear a line."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._waiting: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._thread.start()

    def send(self, data: dict[str, Any]) -> None:
        """Put an object on its way."""
        self._waiting.put({"jsonrpc": "2.0", **data})

    def close(self, patience_s: float) -> None:
        """Write what is on its way."""
        self._waiting.put(None)
        self._thread.join(patience_s)

    def _write(self) -> None:
        while (data := self._waiting.get()) is not None:
            line = json.dumps(data).encode("ascii") + b"\n"
            try:
                while line:
                    line = line[os.write(self._file, line) :]
            except OSError:  # nobody listens any more: the end of input says so, too
                return

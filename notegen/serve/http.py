"""The face for other programs of this machine: HTTP on loopback, with a token, behind the gate of `gate`."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from uvicorn.protocols.http.h11_impl import H11Protocol

from notegen.errors import UsageError
from notegen.serve.fault import PARSE_ERROR, Fault
from notegen.serve.gate import LARGEST_HEADERS_BYTES, Gate, asks_for_lines
from notegen.serve.jobs import Jobs
from notegen.serve.openapi import description, page
from notegen.serve.refusal import failure
from notegen.serve.waiting import FaultError, Waiting, run_beside

LOOPBACK = "127.0.0.1"
HEADERS_S = 10.0
"""In which a connection must have sent its headers."""
_AT_ONCE = 64
_NO_OBJECT = Fault(
    code=PARSE_ERROR, reason="The body is no JSON object.", next_step="Send the parameters as one.", kind="Refused"
)
_HEADERS = [
    ("connection", "close"),
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("content-security-policy", "default-src 'none'"),
]
"""Of every answer. One request a connection: what is slow is slow once."""


def serve_http(vault: Path | None, port: int, token: str, on_ready: Callable[[str], None]) -> None:
    """Serve a vault on this machine until it is interrupted. port: 0 for any free one. on_ready: told the address.

    Raises UsageError where the port is taken.
    """
    jobs = Jobs()
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((LOOPBACK, port))
        listening.listen()
    except OSError as error:
        raise UsageError(f"Port {port} cannot be taken: {error.strerror}.", "Give another one with --port.") from error
    port = listening.getsockname()[1]
    config = uvicorn.Config(
        Gate(app(Waiting(vault, jobs)), port, token),
        http=_InTime,
        ws="none",
        lifespan="off",
        log_level="error",
        access_log=False,
        server_header=False,
        headers=_HEADERS,
        limit_concurrency=_AT_ONCE,
        h11_max_incomplete_event_size=LARGEST_HEADERS_BYTES,
    )

    async def face() -> None:
        on_ready(f"http://{LOOPBACK}:{port}/")
        await uvicorn.Server(config).serve(sockets=[listening])

    run_beside(jobs, face)


def app(waiting: Waiting) -> Starlette:
    """The routes behind the gate."""

    async def home(request: Request) -> Response:
        return HTMLResponse(page())

    async def described(request: Request) -> Response:
        return JSONResponse(description())

    async def call(request: Request) -> Response:
        try:
            params = json.loads(await request.body() or b"{}")
            if not isinstance(params, dict):
                raise ValueError("no object")
        except (ValueError, RecursionError):
            return failure(_NO_OBJECT)
        name = request.path_params["method"]
        if asks_for_lines(request):
            return StreamingResponse(_lines(waiting, name, params), media_type="application/x-ndjson")
        return await _whole(waiting, name, params, request)

    return Starlette(
        routes=[
            Route("/", home, methods=["GET"]),
            Route("/openapi.json", described, methods=["GET"]),
            Route("/v1/{method}", call, methods=["POST"]),
        ]
    )


async def _whole(waiting: Waiting, name: str, params: dict[str, Any], request: Request) -> Response:
    """The answer in one piece. Who hangs up cancels."""
    answer = asyncio.create_task(waiting.answer(name, params, lambda *told: None))
    gone = asyncio.create_task(_hung_up(request))
    try:
        await asyncio.wait({answer, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            return Response(status_code=499)  # nobody reads it
        return JSONResponse(answer.result())
    except FaultError as error:
        return failure(error.fault)
    finally:
        answer.cancel()
        gone.cancel()


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _lines(waiting: Waiting, name: str, params: dict[str, Any]) -> AsyncIterator[bytes]:
    """Progress and the answer, a line each. Who hangs up cancels."""
    told: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()

    def tell(done: int, total: int, text: str) -> None:
        told.put_nowait({"progress": {"done": done, "total": total, "text": text}})

    answer = asyncio.create_task(waiting.answer(name, params, tell))
    answer.add_done_callback(lambda task: told.put_nowait(None))
    try:
        while (each := await told.get()) is not None:
            yield _line(each)
        yield _line({"result": answer.result()})
    except FaultError as error:
        yield _line({"error": error.fault.as_data()})
    finally:
        answer.cancel()


def _line(data: dict[str, Any]) -> bytes:
    return json.dumps(data).encode("ascii") + b"\n"


class _InTime(H11Protocol):
    """HTTP/1.1 for those who say in time what they want."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.loop.call_later(HEADERS_S, self._hang_up_on_the_slow)

    def _hang_up_on_the_slow(self) -> None:
        if getattr(self, "cycle", None) is None and not self.transport.is_closing():
            self.transport.close()

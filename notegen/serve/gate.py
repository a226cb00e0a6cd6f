"""What stands before the HTTP face: a request that a web page could have sent is refused before anything reads it.

The Host must be this server's own: a name that was rebound to 127.0.0.1 is not, and a GET after rebinding carries no
Origin that could tell (RFC 9110, section 7.2). The Origin, where there is one, is on a short list. A body is JSON,
which no page can send without asking first (Fetch, section 4.8), and must be small and in time.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from notegen.serve.refusal import refusal
from notegen.serve.token import is_right

LARGEST_BODY_BYTES = 4 << 20
"""A note of 2 MB, escaped as JSON usually is, fits in."""
LARGEST_HEADERS_BYTES = 16 << 10
BODY_S = 10.0
"""In which a body must have come; one that drips is refused."""
ORIGINS = frozenset({b"app://obsidian.md"})
"""What may ask from inside a browser engine: Obsidian itself."""
OPEN_PATHS = frozenset({"/", "/openapi.json"})
"""The description of the face, which tells nothing of the vault."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Lets through what a program of this user asks."""

    app: ASGIApp
    port: int
    token: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        refused = self._refused(scope)
        if refused is not None:
            await refusal(*refused)(scope, receive, send)
            return
        try:
            body = await asyncio.wait_for(_body(receive), BODY_S)
        except TimeoutError:
            await refusal(408, "The body did not come in time.", "Send it at once.")(scope, receive, send)
            return
        if body is None:
            await refusal(413, "The body is too large.", "Send at most 4 MB.")(scope, receive, send)
            return
        given: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return given.pop() if given else await receive()

        await self.app(scope, replay, send)

    def _refused(self, scope: Scope) -> tuple[int, str, str] | None:
        """(status, reason, next step) for what does not come in."""
        if sum(len(name) + len(value) for name, value in scope["headers"]) > LARGEST_HEADERS_BYTES:
            return 431, "The headers are too large.", "Send at most 16 kB."
        headers: dict[bytes, list[bytes]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.lower(), []).append(value)
        own = {f"{name}:{self.port}".encode() for name in ("127.0.0.1", "localhost")}
        hosts, origins = headers.get(b"host", []), headers.get(b"origin", [])
        if len(hosts) != 1 or hosts[0].lower() not in own:
            return 421, "The Host is not this server's.", f"Ask 127.0.0.1:{self.port} itself."
        if len(origins) > 1 or not ORIGINS.issuperset(origins):
            return 403, "This Origin may not ask.", "Ask from a program, not from a web page."
        if not origins and headers.get(b"sec-fetch-site", [b"none"]) not in ([b"none"], [b"same-origin"]):
            return 403, "A web page may not ask.", "Ask from a program."
        if scope["path"] in OPEN_PATHS and scope["method"] in ("GET", "HEAD"):
            return None
        given = headers.get(b"authorization", [])
        if len(given) != 1 or not is_right(given[0], self.token):
            return 401, "The token is missing or wrong.", "Send Authorization: Bearer and the token of this vault."
        if scope["method"] != "POST":
            return 405, "Methods are called by POST.", "See the page at / for how to ask."
        kinds = headers.get(b"content-type", [])
        if len(kinds) != 1 or kinds[0].split(b";")[0].strip().lower() != b"application/json":
            return 415, "The body is no JSON.", "Send Content-Type: application/json."
        return self._too_large(headers)

    def _too_large(self, headers: dict[bytes, list[bytes]]) -> tuple[int, str, str] | None:
        length = headers.get(b"content-length", [b"0"])[0]
        if not length.isdigit() or int(length) > LARGEST_BODY_BYTES:
            return 413, "The body is too large.", "Send at most 4 MB."
        if b"content-encoding" in headers:
            return 415, "A packed body is not read.", "Send it as it is."
        return None


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None for one that is too large."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY_BYTES:
            return None
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return bytes(body)


def asks_for_lines(request: Request) -> bool:
    """Whether the caller wants progress, as lines of JSON."""
    return "application/x-ndjson" in request.headers.get("accept", "")

"""The HTTP face against what a web page, a neighbour or a broken client may send: all of it is refused."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import socket
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from faces import HttpFace

ASK = "POST /v1/status HTTP/1.1"


@pytest.fixture
def face(book: Path, env: dict[str, str]) -> Iterator[HttpFace]:
    made = HttpFace(book.parent.parent, env)
    yield made
    made.close()


def sent(face: HttpFace, data: bytes) -> tuple[int, bytes]:
    """(status, all that came back) of bytes on a connection of their own; status 0 where it was closed without one."""
    with socket.create_connection(("127.0.0.1", face.port), timeout=30) as line:
        with contextlib.suppress(OSError):
            line.sendall(data)
        got = b""
        try:
            while part := line.recv(65536):
                got += part
        except ConnectionResetError:
            pass
    return int(got.split(b" ", 2)[1]) if got.startswith(b"HTTP/1.1 ") else 0, got


def request(first: str, *headers: str, body: bytes = b"{}") -> bytes:
    lines = [first, *headers, f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


Attacks = dict[str, tuple[bytes, set[int]]]
"""Name → what is sent, and the statuses that refuse it; 0 for a connection that is closed."""


def attacks(face: HttpFace) -> Attacks:
    own, token = f"Host: 127.0.0.1:{face.port}", f"Authorization: Bearer {face.token}"
    kind = "Content-Type: application/json"
    return {
        **of_hosts(face.port, token, kind),
        **of_pages((own, token, kind), face.port),
        **of_tokens(own, kind, face.token),
        **of_bodies((own, token, kind)),
    }


def of_hosts(port: int, *others: str) -> Attacks:
    """Names that were bound to 127.0.0.1."""
    names = f"""evil.example evil.example:{port} 127.0.0.1 127.0.0.1:1 127.0.0.1.nip.io:{port} 2130706433:{port}
        localhost.evil.example:{port} [::1]:{port} 0.0.0.0:{port} 127.0.0.1:{port}@evil.example""".split()
    found = {f"Host {name}": (request(ASK, f"Host: {name}", *others), {421, 400}) for name in ["", *names]}
    found["a rebound page reads"] = request("GET / HTTP/1.1", f"Host: evil.example:{port}", body=b""), {421}
    found["no Host"] = request(ASK, *others), {400, 421}
    found["two Hosts"] = request(ASK, f"Host: 127.0.0.1:{port}", "Host: evil.example", *others), {400, 421}
    return found


def of_pages(good: tuple[str, ...], port: int) -> Attacks:
    """What a page in a browser can send."""
    own, token, _ = good
    origins = f"""https://evil.example null http://127.0.0.1:{port} http://localhost file:// https://obsidian.md
        app://obsidian.md.evil.example""".split()
    kinds = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp")
    found = {f"Origin {each}": (request(ASK, *good, f"Origin: {each}"), {403}) for each in origins}
    found |= {f"type {each}": (request(ASK, own, token, f"Content-Type: {each}"), {415}) for each in kinds}
    found["two Origins"] = request(ASK, *good, "Origin: app://obsidian.md", "Origin: null"), {403}
    found["no Origin, but a page"] = request(ASK, *good, "Sec-Fetch-Site: cross-site"), {403}
    found["no type"] = request(ASK, own, token), {415}
    found["GET"] = request("GET /v1/status HTTP/1.1", *good), {405}
    found["preflight"] = request("OPTIONS /v1/status HTTP/1.1", own, "Origin: https://evil.example"), {403}
    found["upgrade"] = (
        request("GET /v1/status HTTP/1.1", *good, "Connection: Upgrade", "Upgrade: websocket"),
        {405, 400},
    )
    return found


def of_tokens(own: str, kind: str, token: str) -> Attacks:
    """Wrong ones, and the right one in the wrong place."""
    right = f"Authorization: Bearer {token}"
    given: dict[str, list[str]] = {
        "no token": [],
        "an empty one": ["Authorization: Bearer "],
        "half of it": [right[:-20]],
        "a longer one": [right + "x"],
        "another": ["Authorization: Bearer " + "A" * len(token)],
        "basic": [f"Authorization: Basic {token}"],
        "bare": [f"Authorization: {token}"],
        "two": [right, "Authorization: Bearer x"],
        "as a cookie": [f"Cookie: token={token}"],
    }
    found = {f"token: {name}": (request(ASK, own, kind, *each), {401}) for name, each in given.items()}
    found["token in the address"] = request(f"POST /v1/status?token={token} HTTP/1.1", own, kind), {401}
    return found


def of_bodies(good: tuple[str, ...]) -> Attacks:
    """Paths and bodies of one who has the token and means ill, or is broken."""
    paths = "/v1/..%2f..%2fetc%2fpasswd /v1/%2e%2e/secret /../../etc/passwd /v1/status%00 /v1/__class__".split()
    found: Attacks = {f"path {each}": (request(f"POST {each} HTTP/1.1", *good), {400, 404}) for each in paths}
    for body in (b"[]", b"nonsense", b"[" * 100_000, b'{"a": 1'):
        found[f"body {body[:9]!r}"] = request(ASK, *good, body=body), {400}
    chunks = b"".join(b"100000\r\n" + b" " * 0x100000 + b"\r\n" for _ in range(5)) + b"0\r\n\r\n"
    in_chunks = "\r\n".join([ASK, *good, "Transfer-Encoding: chunked", "", ""]).encode()
    outside = b'{"pdfs": ["../../../etc/passwd"]}'
    found |= {
        "a huge body": (request(ASK, *good, body=b" " * (5 << 20)), {413}),
        "a body said to be huge": ("\r\n".join([ASK, *good, "Content-Length: 99999999999", "", ""]).encode(), {413}),
        "a negative length": ("\r\n".join([ASK, *good, "Content-Length: -5", "", ""]).encode(), {400, 413}),
        "huge in chunks": (in_chunks + chunks, {413}),
        "packed": (request(ASK, *good, "Content-Encoding: gzip"), {415}),
        "huge headers": (request(ASK, *good, "X: " + "x" * 100_000), {400, 431}),
        "a file outside": (request("POST /v1/day HTTP/1.1", *good, body=outside), {409, 422}),
        "another vault": (request("POST /v1/status HTTP/1.1", *good, body=b'{"vault": "/"}'), {422}),
        "no HTTP": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", {400, 0}),
    }
    return found


def test_every_attack_is_refused_and_the_face_goes_on(face: HttpFace, vault: Path):
    slow = socket.create_connection(("127.0.0.1", face.port), timeout=30)
    slow.sendall(b"POST /v1/status HTTP/1.1\r\nHost: 127")
    dripping = socket.create_connection(("127.0.0.1", face.port), timeout=30)
    dripping.sendall(request(ASK, f"Host: 127.0.0.1:{face.port}", f"Authorization: Bearer {face.token}",
                             "Content-Type: application/json", body=b"{}")[:-1])  # fmt: skip
    tried = attacks(face)
    assert len(tried) >= 40
    let_in = {name: got[:60] for name, (data, refused_by) in tried.items() for status, got in [sent(face, data)]
              if status not in refused_by}  # fmt: skip
    assert let_in == {}
    assert slow.recv(100) == b""
    assert dripping.recv(100).split(b" ")[1] == b"408"
    slow.close()
    dripping.close()
    assert face.ask("status")["counts"]["waiting"] == 1
    assert not (vault / "Sources").exists()


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_the_token_is_this_users_alone_and_outside_the_vault(face: HttpFace, vault: Path):
    assert stat.S_IMODE(face.token_file.stat().st_mode) == 0o600
    assert not face.token_file.is_relative_to(vault)
    assert len(face.token) >= 43


def test_the_page_and_the_description_name_every_method(face: HttpFace):
    line = http.client.HTTPConnection("127.0.0.1", face.port, timeout=30)
    line.request("GET", "/openapi.json")
    described = json.loads(line.getresponse().read())
    assert f"/v1/{'review.accept'}" in described["paths"]
    line = http.client.HTTPConnection("127.0.0.1", face.port, timeout=30)
    line.request("GET", "/")
    answer = line.getresponse()
    page = answer.read().decode()
    assert all(path in page for path in described["paths"])
    assert answer.getheader("content-security-policy") == "default-src 'none'"


def test_who_hangs_up_cancels(face: HttpFace, vault: Path):
    answer = face.open("day", {"date": "2026-03-01"})
    while b"are read" not in answer.readline():
        pass
    answer.close()
    started = time.monotonic()
    assert face.ask("day", date="2026-03-01")["failed"] == []
    assert time.monotonic() - started < 60
    assert len(list((vault / "Logs").glob("*.md"))) == 1

"""One file over HTTP: bounded, resumed where it broke off, and given up soon where there is no network."""

from __future__ import annotations

import queue
import threading
import urllib.request
from collections.abc import Callable, Mapping
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any

Progress = Callable[[int], None]
"""Called with the number of bytes that are there."""

_READ_TIMEOUT_S = 20.0
_CHUNK_BYTES = 1 << 18


class DownloadError(Exception):
    """Its text says in a few words why a file could not be had."""


def download(url: str, part: Path, size_bytes: int, *, patience_s: float, on_progress: Progress) -> None:
    """Fetch `url` into the file `part`, going on after the bytes that are there already.

    size_bytes: what the whole file has; anything else is not taken. patience_s: how long a server has to answer at all.
    Raises DownloadError, after which what came is kept for the next try; OSError where `part` cannot be written.
    """
    there = part.stat().st_size if part.exists() else 0
    if there >= size_bytes:
        there = 0
    headers = {"Range": f"bytes={there}-"} if there else {}
    with open_url(url, headers, patience_s) as response:
        is_rest = response.status == 206 and response.headers.get("Content-Range", "").startswith(f"bytes {there}-")
        there = there if is_rest else 0
        expected = response.headers.get("Content-Length")
        if expected is not None and expected != str(size_bytes - there):
            raise DownloadError("what it offers has another size")
        with part.open("r+b" if is_rest else "wb") as file:
            file.seek(there)
            while there < size_bytes and (chunk := _read(response)):
                file.write(chunk)
                there += len(chunk)
                on_progress(min(there, size_bytes))
    if there != size_bytes:
        raise DownloadError("the connection broke off")


def open_url(url: str, headers: Mapping[str, str], patience_s: float) -> HTTPResponse:
    """The answer to a GET. Raises DownloadError when none comes in time, or one that is no success.

    A thread asks, because neither a name server nor a list of dead addresses heeds a socket's timeout.
    """
    answers: queue.Queue[Any] = queue.Queue()
    given_up = threading.Event()

    def ask() -> None:
        try:
            request = urllib.request.Request(url, headers={"User-Agent": "notegen", **headers})
            response = urllib.request.urlopen(request, timeout=_READ_TIMEOUT_S, context=_trust())
        except (OSError, HTTPException, ValueError) as error:
            response = error
        answers.put(response)
        if given_up.is_set() and not isinstance(response, Exception):
            response.close()

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=patience_s)
    except queue.Empty:
        given_up.set()
        raise DownloadError(f"no answer within {patience_s:g} s") from None
    if isinstance(answer, Exception):
        raise DownloadError(str(getattr(answer, "reason", answer))) from answer
    assert isinstance(answer, HTTPResponse)
    return answer


def _read(response: HTTPResponse) -> bytes:
    try:
        return response.read(_CHUNK_BYTES)
    except (OSError, HTTPException) as error:
        raise DownloadError("the connection broke off") from error


def _trust() -> Any:
    """TLS that trusts what the system trusts; Python alone knows no authorities on macOS and few on Windows."""
    import ssl

    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

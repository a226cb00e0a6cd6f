"""The process that opens the PDF: request on stdin, progress and one reply on stdout, nothing else.

Lines out: "@page done asked" (page index it is at, pages done, pages asked for; 0 asked while it looks over the
whole file), then one line of JSON, {"document": …} or {"reason": …, "next_step": …}.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from ..errors import PdfError


def main() -> None:
    """Answer one request, within limits that the system enforces where it can."""
    request = json.loads(sys.stdin.buffer.readline())
    with _private_stdout() as out:
        _limit(request["cpu_s"], request["memory_bytes"])
        _without_layout_model()
        reply = _reply(request, out)
        out.write(json.dumps(reply, default=_base64).encode("ascii") + b"\n")
        out.flush()
        os._exit(0)  # MuPDF's tidying up after a damaged file can take long, or crash


def _private_stdout() -> IO[bytes]:
    """Standard output for us alone: what C code prints there goes nowhere."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return out


def _limit(cpu_s: int, memory_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's limits are the only ones
        return
    for kind, value in ((resource.RLIMIT_CPU, cpu_s), (resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):  # macOS refuses some
            resource.setrlimit(kind, (value, resource.getrlimit(kind)[1]))


def _without_layout_model() -> None:
    """Keep `import pymupdf` from loading its neural layout model: 0.7 s of CPU and 50 MB that nothing here uses."""
    sys.modules["pymupdf.layout"] = None  # type: ignore[assignment]


def _reply(request: dict[str, Any], out: IO[bytes]) -> dict[str, Any]:
    from .whole import Request, read_document

    def report(page: int, done: int, asked: int) -> None:
        out.write(b"@%d %d %d\n" % (page, done, asked))
        out.flush()

    try:
        document = read_document(
            Request(
                path=Path(request["path"]),
                pages=request["pages"],
                sha256=request["sha256"],
                cut_off=request["cut_off"],
                skip={int(page): reason for page, reason in request["skip"].items()},
            ),
            report,
        )
    except PdfError as error:
        return {"reason": error.reason, "next_step": error.next_step}
    return {"document": asdict(document)}


def _base64(value: object) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(f"no JSON for {type(value).__name__}")


if __name__ == "__main__":
    main()

"""The process that opens the PDF: request on stdin, progress and answers on stdout, nothing else.

Lines out: "@page" (index of the page it is at), or one of {"facts": …}, {"page": …}, {"advice": …}, {"end": true} and
{"refusal": …} as JSON; the last two end it.
"""

from __future__ import annotations

import base64
import gc
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from notegen.errors import LockedPdfError, PdfError
from notegen.extract.document import Highlight, IndexEntry, OutlineEntry, Page
from notegen.extract.facts import Advice, Facts
from notegen.extract.worker.limits import OUT_OF_MEMORY, confine, end_with_parent

_COLLECT_EVERY = 20_000
"""New objects between two looks for garbage: one page is a few thousand lists and dicts, and the usual 700 make a fifth
of the reading time a look at them."""
_NAMES = {Facts: "facts", Page: "page", Advice: "advice"}


def main() -> None:
    """Answer one request, within limits that the system enforces where it can."""
    request = json.loads(sys.stdin.buffer.readline())
    with _private_stdout() as out:
        confine(cpu_s=request["cpu_s"], memory_bytes=request["memory_bytes"])
        end_with_parent()
        _without_layout_model()
        try:
            for answer in _answers(request, out):
                out.write(json.dumps(answer, default=_base64).encode("ascii") + b"\n")
                out.flush()
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        os._exit(0)  # MuPDF's tidying up after a damaged file can take long, or crash


def _private_stdout() -> IO[bytes]:
    """Standard output for us alone: what C code prints there goes nowhere."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return out


def _without_layout_model() -> None:
    """Keep `import pymupdf` from loading its neural layout model: 0.7 s of CPU and 50 MB that nothing here uses."""
    sys.modules["pymupdf.layout"] = None  # type: ignore[assignment]


def _answers(request: dict[str, Any], out: IO[bytes]) -> Iterator[dict[str, Any]]:
    from notegen.extract.request import Request
    from notegen.extract.walk import read

    gc.freeze()
    gc.set_threshold(_COLLECT_EVERY)

    def report(page: int) -> None:
        out.write(b"@%d\n" % page)
        out.flush()

    asked = Request(
        path=Path(request["path"]),
        pieces=request["pieces"],
        cut_off=request["cut_off"],
        facts=_facts(request["facts"]),
        done=frozenset(request["done"]),
        skip={int(page): reason for page, reason in request["skip"].items()},
        password=request["password"],
        ocr_languages=request["ocr_languages"],
    )
    try:
        for part in read(asked, report):
            yield {_NAMES[type(part)]: asdict(part)}
    except PdfError as error:
        locked = isinstance(error, LockedPdfError)
        yield {"refusal": {"reason": error.reason, "next_step": error.next_step, "locked": locked}}
        return
    yield {"end": True}


def _facts(data: dict[str, Any] | None) -> Facts | None:
    """The facts as they were sent by a worker before and checked by the parent."""
    if data is None:
        return None
    outline = tuple(OutlineEntry(**entry) for entry in data["outline"])
    index = tuple(IndexEntry(term=entry["term"], pages=tuple(entry["pages"])) for entry in data["index"])
    highlights = tuple(Highlight(**each) for each in data["highlights"])
    return Facts(**{**data, "outline": outline, "index": index, "highlights": highlights})


def _base64(value: object) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(f"no JSON for {type(value).__name__}")


if __name__ == "__main__":
    main()

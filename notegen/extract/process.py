"""The parent's side of extraction: checks the file, runs the worker process within its limits, checks its answer.

PDF text is hostile and MuPDF is C that neither a thread nor a signal can stop, so it never runs in this process.
"""

from __future__ import annotations

import hashlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ..errors import PdfError
from .document import Document

_HEAD_BYTES = _TAIL_BYTES = 1024
_PASSED_ON = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE")
_RESTARTS = 3
_CHECK_EVERY_S = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one extraction may cost. Where the system has no limits of its own (Windows) the parent holds them alone."""

    wall_s: float = 300.0
    page_s: float = 20.0
    """One page that takes longer is skipped."""
    cpu_s: int = 120
    memory_bytes: int = 2 << 30


def extract(
    path: Path,
    pages: Iterable[int] | None = None,
    *,
    limits: Limits = Limits(),
    on_page: Callable[[int, int], None] | None = None,
) -> Document:
    """Read a PDF into a Document, in a worker process.

    pages: indexes from 0 of the pages to read; None for all, () for the facts of the whole file only.
    on_page: called with (pages done, pages asked for) as the work goes on.
    Raises PdfError when there is nothing to be read; a file without any text layer is no error.
    """
    request: dict[str, Any] = {
        "path": str(path.absolute()),
        "pages": None if pages is None else sorted(set(pages)),
        "sha256": _checked_sha256(path),
        "cut_off": not _has_end(path),
        "cpu_s": limits.cpu_s,
        "memory_bytes": limits.memory_bytes,
        "skip": {},
    }
    deadline_s = time.monotonic() + limits.wall_s
    stopped = ""
    for _ in range(_RESTARTS):
        run = _Run(request, limits, deadline_s, on_page)
        reply = run.reply()
        if reply is not None:
            document = _document(reply, path)
            if request["skip"] and not any(document.words):
                break  # nothing is left beside the pages that stopped the reader
            return document
        stopped = run.stopped
        if run.page is None or time.monotonic() > deadline_s:
            break
        request["skip"][run.page] = f"It was left out: {stopped}."
    raise PdfError(
        f"Reading {path.name} was stopped: {stopped}.",
        "Open it in a PDF viewer and print or export it to a new PDF, then use that.",
    )


class _Run:
    """One worker process, from start to its reply or its end."""

    def __init__(
        self, request: dict[str, Any], limits: Limits, deadline_s: float, on_page: Callable[[int, int], None] | None
    ) -> None:
        self.stopped = "the reader crashed"
        """Why there is no reply, as the end of a sentence."""
        self.page: int | None = None
        """Index of the page that the worker is at."""
        self._limits, self._deadline_s, self._on_page = limits, deadline_s, on_page
        self._lines: queue.Queue[bytes] = queue.Queue()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "notegen.extract.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_clean_environment(),
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True).start()
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.close()
        except OSError:  # it died at once: the reply that does not come says so
            pass

    def reply(self) -> bytes | None:
        """The worker's last line; None when it died or was killed, see `stopped`."""
        try:
            return self._wait()
        finally:
            self._process.kill()
            self._process.wait()

    def _read(self, pipe: IO[bytes]) -> None:
        with pipe:
            for line in pipe:
                self._lines.put(line)
        self._lines.put(b"")

    def _wait(self) -> bytes | None:
        heard_s = checked_s = time.monotonic()
        while True:
            try:
                line = self._lines.get(timeout=_CHECK_EVERY_S)
            except queue.Empty:
                line = None
            now_s = time.monotonic()
            if now_s - checked_s >= _CHECK_EVERY_S:
                checked_s = now_s
                if self._is_over_limit(heard_s if line is None else now_s):
                    return None
            if line is None:
                continue
            if not line.startswith(b"@"):
                return line or None
            heard_s = now_s
            self.page, done, every = (int(number) for number in line[1:].split())
            if self._on_page is not None and every:
                self._on_page(done, every)

    def _is_over_limit(self, heard_s: float) -> bool:
        now_s = time.monotonic()
        if now_s > self._deadline_s:
            self.stopped = f"it took longer than {self._limits.wall_s:g} seconds"
        elif self.page is not None and now_s - heard_s > self._limits.page_s:
            self.stopped = f"page {self.page + 1} took longer than {self._limits.page_s:g} seconds"
        elif _memory_bytes(self._process.pid) > self._limits.memory_bytes:
            self.stopped = f"it needed more than {self._limits.memory_bytes >> 20} MB of memory"
        else:
            return False
        return True


def _memory_bytes(pid: int) -> int:
    import psutil  # type: ignore[import-untyped]

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


def _clean_environment() -> dict[str, str]:
    """Only what an interpreter needs: no key or token reaches the process that reads the PDF."""
    kept = {name: value for name in _PASSED_ON if (value := os.environ.get(name)) is not None}
    package_folder = str(Path(__file__).resolve().parents[2])
    return {**kept, "PYTHONPATH": package_folder, "PYTHONIOENCODING": "utf-8", "PYMUPDF_SUGGEST_LAYOUT_ANALYZER": "0"}


def _checked_sha256(path: Path) -> str:
    """SHA-256 of the file in hex, when it looks like a PDF at all."""
    if not path.exists():
        raise PdfError(f"There is no file {path}.", "Check the name, or put the PDF there.")
    if not path.is_file():
        raise PdfError(f"{path} is not a file.", "Name a PDF.")
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise PdfError(f"{path.name} cannot be read: {error.strerror or error}.", "Check its permissions.") from error
    if not head:
        raise PdfError(f"{path.name} is empty.", "Download or copy it again.")
    if b"%PDF-" not in head:
        is_html = head.lstrip().lower().startswith((b"<!doctype html", b"<html"))
        what = "a web page" if is_html else "something else"
        raise PdfError(f"{path.name} is not a PDF: it holds {what}.", "Download or export the PDF itself.")
    return digest


def _has_end(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
        return b"%%EOF" in file.read()


def _document(reply: bytes, path: Path) -> Document:
    """The worker's reply as a Document, every field checked: the process that made it had read hostile input."""
    from pydantic import BaseModel, ConfigDict, ValidationError

    class Reply(BaseModel):
        model_config = ConfigDict(val_json_bytes="base64", extra="forbid")
        document: Document | None = None
        reason: str = ""
        next_step: str = ""

    try:
        answer = Reply.model_validate_json(reply)
    except ValidationError as error:
        raise PdfError(f"Reading {path.name} gave an answer that makes no sense.", "Report this PDF.") from error
    if answer.document is None:
        raise PdfError(answer.reason, answer.next_step)
    return answer.document

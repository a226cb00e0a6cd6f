"""The parent's side of extraction: checks the file, has it read or remembers what was read, puts it together."""

from __future__ import annotations

import hashlib
import json
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from notegen.errors import ChangedPdfError, LockedPdfError, PdfError, StoppedPdfError
from notegen.extract.book import book_by_file
from notegen.extract.document import Document, Page
from notegen.extract.facts import Advice, Facts, Piece, first_piece, shares
from notegen.extract.source_file import checked_sha256, has_end
from notegen.extract.text.run_on import run_on
from notegen.extract.version import extractor_version
from notegen.extract.worker.answers import Part, Refusal, part_of
from notegen.extract.worker.workers import Job, Limits, run
from notegen.store import Cache

_USUAL = Limits()


def extract(
    path: Path,
    pages: Iterable[int] | None = None,
    *,
    password: str = "",
    ocr_languages: Sequence[str] = ("eng",),
    cache: Cache | None = None,
    limits: Limits = _USUAL,
    on_page: Callable[[int, int], None] | None = None,
) -> Document:
    """Read a PDF into a Document, in worker processes.

    pages: indexes from 0 of the pages to read; None for all, () for the facts of the whole file only.
    password: of a locked PDF; it goes to the worker and nowhere else.
    ocr_languages: what scanned pages are written in, in tesseract's names.
    cache: what was read before is taken from it, what is read now is kept in it, unless it took a password.
    on_page: called with (pages done, pages asked for) as the work goes on.
    Raises PdfError when there is nothing to be read, LockedPdfError where the right password is missing; a file without
    any text layer is no error.
    """
    sha256, before = checked_sha256(path), path.stat()
    options = {"cut_off": not has_end(path), "ocr_languages": list(ocr_languages)}
    memory = _Memory(cache if not password else None, [extractor_version(), sha256, path.name, options])
    request = {"path": str(path.absolute()), "password": password, **options}
    reading = _Reading(path=path, request=request, memory=memory, limits=limits, on_page=on_page)
    reading.read(None if pages is None else sorted({index for index in pages if index >= 0}))
    after = path.stat()
    if (before.st_size, before.st_mtime_ns, before.st_ino) != (after.st_size, after.st_mtime_ns, after.st_ino):
        raise ChangedPdfError(
            f"{path.name} changed while it was being read.", "Wait until it is complete, and try again."
        )
    memory.keep()
    return reading.document(sha256)


@dataclass(kw_only=True)
class _Reading:
    """One extraction under way."""

    path: Path
    request: dict[str, Any]
    memory: _Memory
    limits: Limits
    on_page: Callable[[int, int], None] | None
    deadline_s: float = 0.0
    asked: Sequence[int] | None = None
    facts: Facts | None = None
    facts_data: Any = None
    """The facts as they came, to be handed on."""
    pages: dict[int, Page] = field(default_factory=dict)
    advice: str = ""

    def read(self, asked: Sequence[int] | None) -> None:
        """Get the facts and all pages asked for, from memory or by workers."""
        self.deadline_s = time.monotonic() + self.limits.wall_s
        self.asked = asked
        if not self._remember(("facts",)):
            self._work([None if asked is None else [first_piece(asked)]])
        assert self.facts is not None
        every = range(self.facts.page_count)
        self.asked = every if asked is None else [index for index in asked if index in every]
        plan = [[first_piece(self.asked)], *shares(self.asked)]
        for piece in (piece for share in plan for piece in share):
            for index in piece:
                if index not in self.pages:
                    self._remember((piece, index))
        left = [share for share in plan if any(index not in self.pages for piece in share for index in piece)]
        if left:
            self._work(left)

    def _remember(self, what: tuple[object, ...]) -> bool:
        line = self.memory.recall(what)
        try:
            return bool(line) and self._keep(part_of(line), line)
        except ValueError:  # a damaged row is as good as none
            return False

    def _work(self, plan: Sequence[Sequence[Piece] | None]) -> None:
        jobs = [
            Job(request={**self.request, "pieces": pieces, "facts": self.facts_data}, done=set(self.pages))
            for pieces in plan
        ]
        run(jobs, self.limits, self.deadline_s, self._take)
        for job in jobs:
            if job.stopped:
                self._give_up(job)

    def _take(self, job: Job, line: bytes) -> bool:
        try:
            part = part_of(line)
        except ValueError as error:
            raise PdfError(
                f"Reading {self.path.name} gave an answer that makes no sense.", "Report this PDF."
            ) from error
        if isinstance(part, Refusal):
            raise (LockedPdfError if part.locked else PdfError)(part.reason, part.next_step)
        if part is None:
            return True
        self._keep(part, line)
        if isinstance(part, Facts):
            job.request["facts"] = self.facts_data
            if not job.skip:
                self.memory.add(("facts",), line)
        elif isinstance(part, Page):
            job.done.add(part.index)
            if part.index not in job.skip:
                self.memory.add((self._piece(job, part.index), part.index), line)
        return False

    def _piece(self, job: Job, index: int) -> Piece:
        assert self.facts is not None
        pieces = job.request["pieces"] or [first_piece(range(self.facts.page_count))]
        return next((tuple(i for i in piece if i < self.facts.page_count) for piece in pieces if index in piece), ())

    def _keep(self, part: Part, line: bytes) -> bool:
        if isinstance(part, Facts):
            self.facts, self.facts_data = part, json.loads(line)["facts"]
        elif isinstance(part, Page):
            self.pages[part.index] = part
            if self.on_page is not None and self.facts is not None:
                self.on_page(len(self.pages), self.facts.page_count if self.asked is None else len(self.asked))
        elif isinstance(part, Advice):
            self.advice = part.text
            self.memory.forget_pages()
        return True

    def _give_up(self, job: Job) -> None:
        """What could not be read any more is left out; raises PdfError when that is everything."""
        if self.facts is None or not any(not page.skipped for page in self.pages.values()):
            raise StoppedPdfError(
                f"Reading {self.path.name} was stopped: {job.stopped}.",
                "Open it in a PDF viewer and print or export it to a new PDF, then use that.",
            )
        for piece in job.request["pieces"] or [first_piece(range(self.facts.page_count))]:
            for index in piece:
                if index < self.facts.page_count and index not in self.pages:
                    reason = job.skip.get(index, f"It was left out: {job.stopped}.")
                    label = self.facts.labels[index]
                    self.pages[index] = Page(index=index, label=label, width=0.0, height=0.0, skipped=reason)

    def document(self, sha256: str) -> Document:
        assert self.facts is not None
        words = list(self.facts.words)
        for index, page in self.pages.items():
            if page.ocr:
                words[index] = sum(len(block.text.split()) for block in page.blocks)
        return Document(
            sha256=sha256,
            title=self.facts.title or self.path.stem,
            page_count=self.facts.page_count,
            labels=self.facts.labels,
            words=tuple(words),
            outline=self.facts.outline,
            roles=self.facts.roles,
            index=self.facts.index,
            pages=run_on([self.pages[index] for index in sorted(self.pages)]),
            suspect=self.facts.suspect,
            language=self.facts.language,
            highlights=self.facts.highlights,
            book=self.facts.book or book_by_file(sha256),
            ocr_advice=self.advice,
        )


class _Memory:
    """The cache as one extraction sees it: the worker's own lines, under a key of all that they depend on."""

    def __init__(self, cache: Cache | None, depends_on: Sequence[object]) -> None:
        self._cache, self._depends_on = cache, depends_on
        self._new: dict[str, bytes] = {}

    def recall(self, what: tuple[object, ...]) -> bytes:
        """The line that was kept; b"" when there is none, or only a damaged one."""
        row = self._cache.get(self._key(what)) if self._cache else None
        try:
            return zlib.decompress(row) if row else b""
        except zlib.error:
            return b""

    def add(self, what: tuple[object, ...], line: bytes) -> None:
        if self._cache:
            self._new[self._key(what)] = zlib.compress(line, 1)

    def forget_pages(self) -> None:
        """Keep none of the pages read this time: something was missing for them."""
        facts = self._key(("facts",))
        self._new = {key: row for key, row in self._new.items() if key == facts}

    def keep(self) -> None:
        if self._cache and self._new:
            self._cache.put(self._new)

    def _key(self, what: tuple[object, ...]) -> str:
        return hashlib.sha256(json.dumps([*self._depends_on, what]).encode()).hexdigest()

"""Bringing the library up to date: what is new or has changed is read, run of pages by run of pages."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future
from dataclasses import dataclass, replace
from typing import Any

from notegen.errors import LockedPdfError, NotegenError
from notegen.library.engine import Engine
from notegen.library.kept_units import text_of
from notegen.library.shelf import Shelved
from notegen.library.tasks import ENCODED_AT_ONCE, Read, RunAsked, RunRead, TextsAsked, encode, read_by, read_run
from notegen.library.vectors import Packed
from notegen.library.workers import Job, Workers, done_by
from notegen.store.library_rows import BookRow

ENCODED_IN_A_TASK = 8 * ENCODED_AT_ONCE
"""Units whose vectors are made and kept at once: what is lost where encoding is interrupted."""

OnPages = Callable[[str, int, int], None]
"""Told (path of a PDF, its pages read, its pages)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What bringing the library up to date came to."""

    read: int
    """Books of which something was read."""
    pages: int
    """Pages that were read."""
    encoded: int
    """Units that got a vector."""
    failed: tuple[tuple[str, str], ...]
    """Path and reason of each PDF that cannot be read."""
    unencoded: str = ""
    """Why some units got no vector where they should have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the result depends on besides the files."""

    ocr_languages: tuple[str, ...] = ("eng",)
    model: str = ""
    """Name of the encoder; "" for none."""
    dimensions: int = 0
    weights: str = ""
    """Where its weights are; "" for the usual place."""
    threads: int = 0
    """As `TextsAsked.threads`."""


class Shelving:
    """Puts books into one library. One at a time: who calls is the engine's writer."""

    def __init__(
        self,
        engine: Engine,
        read: Read,
        workers: Workers,
        options: Options,
        on_pages: OnPages = lambda path, done, total: None,
    ) -> None:
        """read: reads a PDF here, for what workers cannot: asking for a password."""
        self._engine, self._read, self._workers, self._options = engine, read, workers, options
        self._on_pages = on_pages
        self._pages = self._encoded = 0
        self._failed: dict[str, str] = {}
        self._unencoded = ""

    def refresh(self, shelf: Sequence[Shelved]) -> Done:
        """Read what is new on the shelf, and drop what was replaced. A book whose file is gone stays."""
        known = {each.sha256: each for each in self._engine.books()}
        self._drop_replaced(shelf, known)
        new = [each for each in shelf if each.sha256 not in known]
        known |= {
            each.sha256: BookRow(key=key, sha256=each.sha256)
            for key, each in zip(self._engine.reserve(len(new)), new, strict=True)
        }
        due = [each for each in shelf if not known[each.sha256].is_whole and not known[each.sha256].trouble]
        self._engine.keep_places({each.path: each.sha256 for each in shelf if each not in due})
        self._read_all(deque(self._job(each, known[each.sha256]) for each in due))
        books = self._engine.books()
        if self._options.model:
            self._encode_all(books)
        self._engine.tidy(self._options.dimensions)
        paths = {each.sha256: each.path for each in shelf}
        failed = {paths[row.sha256]: row.trouble for row in books if row.trouble and row.sha256 in paths} | self._failed
        return Done(
            read=len(due), pages=self._pages, encoded=self._encoded, failed=tuple(failed.items()),
            unencoded=self._unencoded,
        )  # fmt: skip

    def _drop_replaced(self, shelf: Sequence[Shelved], known: dict[str, BookRow]) -> None:
        """Of files that have changed: the book stays where it has the same pages (a highlight was made in it), or is
        still in another file. Else it is no longer anywhere."""
        now, places = {each.path: each for each in shelf}, self._engine.places()
        changed = {path: sha256 for path, sha256 in places.items() if path in now and now[path].sha256 != sha256}
        left = {sha256 for path, sha256 in places.items() if path not in changed} | {each.sha256 for each in shelf}
        self._engine.keep_places({}, gone=changed)
        for path, sha256 in changed.items():
            row, new = known.get(sha256), now[path]
            if row is None or sha256 in left:
                continue
            same = new.sha256 not in known and self._has_same_pages(row, new)
            if same and self._engine.rename_book(row, new.sha256):
                del known[sha256]
                known[new.sha256] = replace(row, sha256=new.sha256)
            else:
                del known[sha256]
                self._engine.drop_book(row)

    def _has_same_pages(self, row: BookRow, shelved: Shelved) -> bool:
        try:
            return row.is_whole and self._read(shelved.place, ()).book == row.book
        except NotegenError:
            return False

    def _job(self, shelved: Shelved, row: BookRow) -> Job:
        asked = RunAsked(
            place=shelved.place, sha256=shelved.sha256, first=row.read, language=row.language, heading=row.heading,
            ocr_languages=self._options.ocr_languages,
        )  # fmt: skip
        return Job(read_run, asked, (shelved, row))

    def _read_all(self, jobs: deque[Job]) -> None:
        for job, future in done_by(self._workers, lambda: jobs.popleft() if jobs else None):
            shelved, row = job.subject
            try:
                row = self._keep(row, self._result(job, future))
            except NotegenError as error:
                self._fail(shelved, row, error)
            else:
                self._on_pages(shelved.path, row.read, len(row.labels))
                if not row.is_whole:
                    jobs.appendleft(self._job(shelved, row))
                    continue
            self._engine.keep_places({shelved.path: shelved.sha256})

    def _result(self, job: Job, future: Future[Any]) -> RunRead:
        """What a worker read. Raises NotegenError."""
        try:
            found: RunRead = future.result()
        except LockedPdfError:
            found = read_by(self._read, job.asked)
        except BrokenExecutor as error:
            raise NotegenError(
                "Each worker that read it died.", "Look at it with: notegen inspect, or leave it out of the vault."
            ) from error
        return found

    def _fail(self, shelved: Shelved, row: BookRow, error: NotegenError) -> None:
        trouble = f"{error.reason} {error.next_step}".strip()
        self._failed[shelved.path] = trouble
        if not error.passes:
            self._engine.keep_book(replace(row, trouble=trouble))

    def _keep(self, row: BookRow, found: RunRead) -> BookRow:
        start = row.rows[0] + row.units
        kept = replace(
            row, book=found.book, title=found.title, language=found.language, labels=found.labels, read=found.stop,
            units=row.units + len(found.units), heading=found.heading,
        )  # fmt: skip
        self._engine.keep_book(kept, [replace(unit, id=start + unit.id) for unit in found.units])
        self._pages += found.stop - row.read
        return kept

    def _encode_all(self, books: Sequence[BookRow]) -> None:
        """Have the vectors made that are missing. They are kept in the order of the units, whichever come first."""
        coming = self._missing(books)
        waiting: dict[tuple[int, int], Packed] = {}
        due: dict[int, int] = {}
        for job, future in done_by(self._workers, lambda: None if self._unencoded else next(coming, None)):
            row, first, start = job.subject
            try:
                waiting[row.key, first] = future.result()
            except NotegenError as error:
                self._unencoded = f"{error.reason} {error.next_step}".strip()
            except BrokenExecutor:
                self._unencoded = "Each worker that encoded died."
            at = due.get(row.key, start)
            while (packed := waiting.pop((row.key, at), None)) is not None:
                self._engine.keep_vectors(row, at, packed)
                self._encoded += len(packed)
                at += len(packed)
            due[row.key] = at

    def _missing(self, books: Sequence[BookRow]) -> Iterator[Job]:
        """Jobs for the units without a vector; (book, number of the first unit, that of the book's first job)."""
        options = self._options
        for row in (each for each in books if each.is_whole):
            have = self._engine.encoded(row, options.dimensions)
            if have == row.units:
                continue
            start = have - have % ENCODED_AT_ONCE if have < row.units else 0
            for first in range(start, row.units, ENCODED_IN_A_TASK):
                rows = row.rows[0] + first, row.rows[0] + first + ENCODED_IN_A_TASK - 1
                texts = tuple(text_of(each.data) for each in self._engine.in_range(rows))
                asked = TextsAsked(texts=texts, model=options.model, path=options.weights, threads=options.threads)
                yield Job(encode, asked, (row, first, start))

"""The library of a vault brought up to date, and what is in it: as `notegen library` and programs are told it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from notegen.errors import UsageError
from notegen.extract.document import Document
from notegen.library.library import Book
from notegen.library.opening import OpenLibrary
from notegen.library.shelving import Done, OnPages
from notegen.library.workers import LocalPool, Workers
from notegen.run.reader import AskPassword, PdfReader


def no_pages(path: str, done: int, total: int) -> None:
    """Tell nobody."""


def refresh(
    library: OpenLibrary,
    who: str,
    ask_password: AskPassword,
    on_pages: OnPages = no_pages,
    workers: Workers | None = None,
) -> Done:
    """Read what is new or has changed of the vault's PDFs. who: this process, in words. workers: None: this process.

    Raises BusyError where another process is at it, StateError where the library cannot be written.
    """
    ocr_languages = library.settings.extract.ocr_languages
    reader = PdfReader(ocr_languages, ask_password)

    def read(path: Path, pages: Iterable[int] | None) -> Document:
        return reader.read(path, pages)

    return library.refresh(library.shelf(), read, on_pages, who=who, workers=workers)


@contextmanager
def opened_workers(count: int | None, cluster: str | None) -> Iterator[Workers | None]:
    """Who reads and encodes: so many processes, or the Dask cluster at an address; None: this process. They are ended,
    or left, afterwards. Raises UsageError, StateError."""
    workers: Workers | None = None
    if count and cluster:
        raise UsageError("Workers are either here or on a cluster.", "Leave out --workers or --cluster.")
    if cluster:
        from notegen.library.cluster import Cluster

        workers = Cluster(cluster)
    elif count and count > 1:
        workers = LocalPool(count)
    try:
        yield workers
    finally:
        if workers is not None:
            workers.close()


def index_as_data(library: OpenLibrary, done: Done, seconds: float) -> dict[str, Any]:
    """What was read, for programs. seconds: how long it took."""
    books = library.library(library.shelf()).books()
    return {
        "books": len(books),
        "read": done.read,
        "pages": done.pages,
        "units": sum(each.units for each in books),
        "encoded": library.encoded(),
        "failed": [{"pdf": path, "reason": reason} for path, reason in done.failed],
        "unencoded": done.unencoded,
        "seconds": round(seconds, 2),
        "bytes": library.size(),
        "folder": str(library.folder or "memory"),
    }


def status_as_data(library: OpenLibrary) -> dict[str, Any]:
    """What is in the library and what is not yet, for programs."""
    shelf = library.shelf()
    known = {row.sha256 for row in library.engine.books()}
    return {
        "books": books_as_data(library.library(shelf).books()),
        "waiting": [each.path for each in shelf if each.sha256 not in known],
        "encoded": library.encoded(),
        "bytes": library.size(),
        "folder": str(library.folder or "memory"),
    }


def books_as_data(books: Iterable[Book]) -> list[dict[str, Any]]:
    """The books for programs."""
    return [
        {
            "pdf": each.pdf,
            "title": each.title,
            "language": each.language,
            "pages": len(each.labels),
            "read": each.read,
            "units": each.units,
            "gone": each.is_gone,
            "trouble": each.trouble,
        }
        for each in books
    ]

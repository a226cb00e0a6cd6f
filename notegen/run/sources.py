"""Where a PDF is, seen from the vault: the file that page links go to, and the logs that were made of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from notegen.desk import Desk
from notegen.errors import ChangedPdfError, PdfError, UsageError
from notegen.extract.document import Document
from notegen.run.inbox import look
from notegen.run.report import Failure, Missing
from notegen.vault.identity import Book, book_of
from notegen.vault.logs import LogRecord, NoteRecord, originals
from notegen.vault.names import collision_key, is_linkable, legal_name
from notegen.vault.note import Attachment

PICTURE_NAME = re.compile(r"\b[0-9a-f]{16}\.(?:png|csv)\b")
"""How notegen names pictures: by their content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One PDF of a run."""

    path: Path
    """The file to read."""
    name: str
    """As the person knows it: relative to the vault, or as given on the command line."""
    sha256: str
    logs: tuple[LogRecord, ...] = ()
    """Notes in the vault that were made of this book: as far as its file tells, until its pages were looked at."""

    @property
    def book(self) -> Book:
        """The book as far as it is known."""
        return book_of(next((log.book for log in reversed(self.logs) if log.book), ""), self.sha256, self.logs)

    def known_as(self, document: Document, logs: Sequence[LogRecord]) -> Source:
        """The source with the notes of its book, in whatever file it was when they were made."""
        book = book_of(document.book, self.sha256, logs)
        return replace(self, logs=tuple(originals(log for log in logs if book.has(log))))


def sources_of_the_day(
    desk: Desk, logs: Sequence[LogRecord], *, pdfs: Sequence[Path], book: str, book_at: Callable[[Path], str]
) -> Iterator[Source | Failure | Missing]:
    """The PDFs of the day, each content once: those named; else new ones of the inbox, then books in progress.

    book_at: as in `books_in_progress`.
    """
    opened: list[Source | Failure | Missing] = [_opened(path, desk, logs) for path in pdfs]
    if not pdfs:
        opened += _in_inbox(desk, logs)
        known = {each.sha256 for each in opened if isinstance(each, Source)}
        opened += books_in_progress(desk, logs, known, book_at)
        if not opened:
            raise PdfError(
                f"There is no PDF in {', '.join(desk.settings.inbox.folders)} of {desk.vault.name}.",
                "Drop a PDF there, or name one: notegen day Book.pdf",
            )
        opened.sort(key=_turn)
    if book:
        opened = _matching(book, opened)
    seen: set[str] = set()
    for each in opened:
        if not isinstance(each, Source):
            yield each
        elif each.sha256 not in seen:
            seen.add(each.sha256)
            yield each


def _turn(each: Source | Failure | Missing) -> tuple[bool, dt.date]:
    """New PDFs come first, then the book that has waited longest."""
    if not isinstance(each, Source) or not each.logs:
        return False, dt.date.min
    return True, max(date_of(log) for log in each.logs)


def date_of(log: LogRecord) -> dt.date:
    """When the log was made; the beginning of time where its property is no date."""
    return log.date or dt.date.min


def _opened(path: Path, desk: Desk, logs: Sequence[LogRecord]) -> Source | Failure:
    try:
        return open_source(path, desk, logs)
    except PdfError as error:
        return Failure.of(str(path), error)


def _matching(book: str, opened: Sequence[Source | Failure | Missing]) -> list[Source | Failure | Missing]:
    sources = [each for each in opened if isinstance(each, Source)]
    wanted = book.casefold().removesuffix(".pdf")
    found = [each for each in sources if each.path.stem.casefold() == wanted]
    found = found or [each for each in sources if wanted in each.name.casefold()]
    if len(found) == 1:
        return list(found)
    listed = ", ".join(each.name for each in (found or sources)[:8]) or "none"
    trouble = "more than one PDF is" if found else "no PDF is"
    raise UsageError(f"“{book}”: {trouble} called so.", f"Choose one of: {listed}.")


def _in_inbox(desk: Desk, logs: Sequence[LogRecord]) -> Iterator[Source | Failure]:
    """The PDFs in the inbox folders, by name: those that `watch` takes, and why it would refuse the others."""
    found = [
        each for each in look(desk.vault.storage, desk.settings.inbox.folders).files.items() if not each[1].ignored
    ]
    for path, one in sorted(found, key=lambda each: collision_key(each[0])):
        if one.trouble:
            yield Failure.of(path, PdfError(one.trouble, one.next_step))
        else:
            yield _opened(one.place, desk, logs)


def open_source(path: Path, desk: Desk, logs: Sequence[LogRecord]) -> Source:
    """The source at `path`. Raises PdfError where there is no such file."""
    name, path = str(path), path.absolute()
    if any(0xD800 <= ord(character) <= 0xDFFF for character in name):
        raise PdfError(f"The name {name!r} is no Unicode text.", "Rename the file.")
    inside = desk.vault.storage.path_of(path)
    if inside is not None:
        name = inside
    if path.is_dir():
        raise PdfError(f"{name} is a folder.", "Name the PDF in it.")
    if not path.is_file():
        raise PdfError(f"There is no file {name}.", "Check its name, or drop it into the inbox and run notegen day.")
    try:
        sha256 = desk.vault.sha256_of(path.absolute())
    except OSError as error:
        raise PdfError(f"{name} cannot be read: {error.strerror}.", "Check the file's permissions.") from error
    return Source(path=path, name=name, sha256=sha256, logs=tuple(log for log in logs if log.source_sha256 == sha256))


def books_in_progress(
    desk: Desk, logs: Sequence[LogRecord], known: set[str], book_at: Callable[[Path], str]
) -> Iterator[Source | Missing]:
    """Sources of logs whose PDF is not among `known` hashes: where the log says, or wherever it was moved to.

    book_at: the id of the book in a file, "" where it cannot be read; asked of a PDF that has changed where a log links
    it. One that is in the vault no more is a Missing: nothing was promised of it, so it is no failure. A book of which
    there is a newer edition is not gone on with.
    """
    for book, own in _by_book(logs):
        if book.files & known or any(log.newer_edition for log in own):
            continue
        place = _place_in_vault(book.files, own, desk) or _changed_place(book, own, desk, book_at)
        if place is None:
            yield Missing(pdf=place_of(own[-1], desk), log=own[-1].path)
        else:
            sha256 = desk.vault.sha256_of(place)
            yield Source(path=desk.vault.storage.local_path(place), name=place, sha256=sha256, logs=tuple(own))


def _by_book(logs: Sequence[LogRecord]) -> list[tuple[Book, list[LogRecord]]]:
    """The logs of each book, in order."""
    groups: list[tuple[Book, list[LogRecord]]] = []
    for log in sorted(logs, key=lambda log: not log.book):  # those that name a book say which files it has
        group = next((own for book, own in groups if book.has(log)), None)
        if group is None:
            groups.append((book_of(log.book, log.source_sha256, logs), [log]))
        else:
            group.append(log)
    order = {log.path: place for place, log in enumerate(logs)}
    return [(book, sorted(own, key=lambda log: order[log.path])) for book, own in groups]


def _changed_place(book: Book, logs: Sequence[LogRecord], desk: Desk, book_at: Callable[[Path], str]) -> str | None:
    """Where a log links a PDF that is this book though its bytes have changed: highlighted, or saved again."""
    for path in dict.fromkeys(desk.vault.resolve(log.source.strip("[]"), log.path) for log in logs if log.source):
        if path and path.lower().endswith(".pdf") and book_at(desk.vault.storage.local_path(path)) == book.id != "":
            return path
    return None


def place_of(log: NoteRecord, desk: Desk) -> str:
    """The PDF that a note links, relative to the vault; its link text where that leads nowhere."""
    target = log.source.strip("[]")
    return desk.vault.resolve(target, log.path) or target


def links_its_pdf(log: NoteRecord, book: Book, desk: Desk) -> bool:
    """The note's source link leads to its book. One that cannot be read, or that the learner made plain words, is not
    judged."""
    path = desk.vault.resolve(log.source.strip("[]"), log.path)
    try:
        return "[[" not in log.source or (path is not None and desk.vault.sha256_of(path) in book.files)
    except OSError:
        return False


def is_whole(log: NoteRecord, book: Book, desk: Desk) -> bool:
    """The note's PDF and pictures are where it looks for them."""
    text = desk.vault.text(log.path)
    pictures = set(PICTURE_NAME.findall(text))
    return bool(text) and links_its_pdf(log, book, desk) and all(desk.vault.files.named(name) for name in pictures)


def linkable_place(source: Source, desk: Desk) -> tuple[str, Attachment | None]:
    """(path in the vault for page links, the copy that has to be written for it or None).

    A PDF stays where it is when Obsidian can link it there; else a copy goes to the sources folder.
    """
    place = _place_in_vault(source.book.files, source.logs, desk, source.path)
    if place is not None:
        return place, None
    folder = desk.settings.sources.folder.strip("/")
    stem = legal_name(source.path.stem, "")
    for number in range(10_000):
        name = f"{stem}.pdf" if number == 0 else f"{stem} {number}.pdf"
        path = f"{folder}/{name}" if folder else name
        if not desk.vault.files.named(name):
            break
    data = source.path.read_bytes()
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise ChangedPdfError(f"{source.name} changed while it was being read.", "Run notegen day again.")
    return path, Attachment(path=path, data=data)


def _place_in_vault(
    files: Collection[str], logs: Sequence[LogRecord], desk: Desk, given: Path | None = None
) -> str | None:
    """A path in the vault that holds one of these contents under a name that Obsidian can link."""
    vault = desk.vault
    candidates = [vault.resolve(log.source.strip("[]"), log.path) for log in reversed(logs)]
    if given is not None:
        candidates.append(desk.vault.storage.path_of(given))
    for path in candidates:
        if path and _is_fit(path, files, desk):
            return path
    found = [vault.find_pdf(each) for each in sorted(files)]
    return next((path for path in found if path and _is_fit(path, files, desk)), None)


def _is_fit(path: str, files: Collection[str], desk: Desk) -> bool:
    """Obsidian can link it: legal names, no other book of the same name, and it is still this book."""
    vault = desk.vault
    twins = [twin for twin in vault.files.named(path.rsplit("/", 1)[-1]) if twin != path]
    linkable = all(is_linkable(part) for part in path.split("/"))
    return linkable and _holds(path, files, desk) and all(_holds(twin, files, desk) for twin in twins)


def _holds(path: str, files: Collection[str], desk: Desk) -> bool:
    try:
        return desk.vault.sha256_of(path) in files
    except OSError:
        return False

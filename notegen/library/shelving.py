"""Bringing the library up to date: what is new or has changed is read, run of pages by run of pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from notegen.draft.quoting.outline import is_loose
from notegen.embed.encoder import Encoder
from notegen.errors import NotegenError
from notegen.extract.document import Block, Document
from notegen.language.detect import language_of
from notegen.library.shelf import Shelved
from notegen.library.terms import terms
from notegen.library.vectors import VectorFiles
from notegen.reading.passage import Passage
from notegen.reading.unit import Part, Unit, numbered
from notegen.reading.units import WHOLE_PARAGRAPH_WORDS, units_of
from notegen.store.library_rows import BOOK_SHIFT, BookRow, LibraryRows, UnitRow

READER = 3
"""Version of what is kept of a book; raised when its units or terms are made in another way."""
RUN_PAGES = 100
"""Pages that are read and kept at once: what is lost where reading is interrupted."""
ENCODED_AT_ONCE = 64
_NOT_READ = ("contents", "index", "blank")
"""Roles of pages that say nothing by themselves."""

Read = Callable[[Path, Iterable[int] | None], Document]
"""As `notegen.extract.extract`."""
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


class Shelving:
    """Puts books into the rows and vectors of one library. One at a time: who calls holds the library's lock."""

    def __init__(
        self,
        rows: LibraryRows,
        vectors: VectorFiles,
        read: Read,
        encoder: Encoder | None,
        on_pages: OnPages = lambda path, done, total: None,
    ) -> None:
        self._rows, self._vectors, self._read, self._encoder, self._on_pages = rows, vectors, read, encoder, on_pages
        self._pages = self._encoded = 0
        self._failed: dict[str, str] = {}

    def refresh(self, shelf: Sequence[Shelved]) -> Done:
        """Read what is new on the shelf, and drop what was replaced. A book whose file is gone stays."""
        known = {each.sha256: each for each in self._rows.books()}
        self._drop_replaced(shelf, known)
        books_read = 0
        for each in shelf:
            row = known.get(each.sha256) or BookRow(key=0, sha256=each.sha256)
            if not row.is_whole and not row.trouble:
                books_read += 1
                self._shelve(each, row)
            self._rows.keep_places({each.path: each.sha256})
        books = self._rows.books()
        for row in books:
            self._encode(row)
        self._vectors.drop_others(each.sha256 for each in books)
        paths = {each.sha256: each.path for each in shelf}
        failed = {paths[row.sha256]: row.trouble for row in books if row.trouble and row.sha256 in paths} | self._failed
        return Done(read=books_read, pages=self._pages, encoded=self._encoded, failed=tuple(failed.items()))

    def _drop_replaced(self, shelf: Sequence[Shelved], known: dict[str, BookRow]) -> None:
        """Of files that have changed: the book stays where it has the same pages (a highlight was made in it), or is
        still in another file. Else it is no longer anywhere."""
        now, places = {each.path: each for each in shelf}, self._rows.places()
        changed = {path: sha256 for path, sha256 in places.items() if path in now and now[path].sha256 != sha256}
        left = {sha256 for path, sha256 in places.items() if path not in changed} | {each.sha256 for each in shelf}
        for path, sha256 in changed.items():
            row, new = known.get(sha256), now[path]
            if row is None or sha256 in left:
                continue
            del known[sha256]
            if new.sha256 not in known and self._has_same_pages(row, new):
                self._vectors.rename(sha256, new.sha256)
                self._rows.rename_book(row.key, new.sha256)
                known[new.sha256] = replace(row, sha256=new.sha256)
            else:
                self._rows.drop_book(row)
        self._rows.keep_places({}, gone=changed)

    def _has_same_pages(self, row: BookRow, shelved: Shelved) -> bool:
        try:
            return row.is_whole and self._read(shelved.place, ()).book == row.book
        except NotegenError:
            return False

    def _shelve(self, shelved: Shelved, row: BookRow) -> None:
        try:
            row = self._opened(shelved, row)
            while not row.is_whole:
                row = self._next_run(shelved, row)
                self._on_pages(shelved.path, row.read, len(row.labels))
        except NotegenError as error:
            trouble = f"{error.reason} {error.next_step}".strip()
            self._failed[shelved.path] = trouble
            if not error.passes:
                self._rows.keep_book(replace(row, trouble=trouble))

    def _opened(self, shelved: Shelved, row: BookRow) -> BookRow:
        if row.labels:
            return row
        document = self._read(shelved.place, ())
        known = replace(row, book=document.book, title=document.title, labels=document.labels)
        return self._rows.keep_book(known)

    def _next_run(self, shelved: Shelved, row: BookRow) -> BookRow:
        pages = range(row.read, min(row.read + RUN_PAGES, len(row.labels)))
        document = self._read(shelved.place, pages)
        roles = dict(enumerate(document.roles))
        blocks = [b for page in document.pages if roles.get(page.index, "") not in _NOT_READ for b in page.blocks]
        language = row.language or language_of("\n".join(block.text for block in blocks), document.language)
        loose = _is_loose(document, blocks, pages)
        found = units_of(blocks, book=row.book, language=language, loose=loose)
        headings, last = _headings(blocks, row.heading)
        if loose:
            found = slides_of(found, headings)
        units = [
            unit_row((row.key << BOOK_SHIFT) + number, unit, headings[unit.start], language)
            for number, unit in zip(count(row.units), numbered(found))
        ]
        self._pages += len(pages)
        return self._rows.keep_book(
            replace(row, language=language, read=pages.stop, units=row.units + len(units), heading=last), units
        )

    def _encode(self, row: BookRow) -> None:
        encoder = self._encoder
        if encoder is None or not row.is_whole or self._vectors.has(row.sha256, row.units, encoder.dimensions):
            return
        import numpy as np

        texts = [" ".join(part.text for part in parts_of(each.data)) for each in self._rows.in_range(row.rows)]
        some = [texts[first : first + ENCODED_AT_ONCE] for first in range(0, len(texts), ENCODED_AT_ONCE)]
        vectors = [encoder.encode(each) for each in some]
        self._vectors.keep(
            row.sha256, np.concatenate(vectors) if vectors else np.zeros((0, encoder.dimensions), np.float32)
        )
        self._encoded += len(texts)


def slides_of(units: Sequence[Unit], headings: Sequence[str]) -> tuple[Unit, ...]:
    """The short lines of one slide as one unit: alone they say little. headings: of the blocks, by `Unit.start`."""
    joined: list[Unit] = []
    for unit in units:
        last = joined[-1] if joined else None
        if (
            last is not None
            and (last.page, headings[last.start]) == (unit.page, headings[unit.start])
            and len(last.text.split()) + len(unit.text.split()) <= WHOLE_PARAGRAPH_WORDS
        ):
            joined[-1] = replace(last, parts=(*last.parts, *unit.parts))
        else:
            joined.append(unit)
    return tuple(joined)


def unit_row(id: int, unit: Unit, heading: str, language: str) -> UnitRow:
    """A unit as it is kept."""
    parts = [[p.kind, p.page, p.text, _is_text(p), p.marker, p.opens, p.joined] for p in unit.parts]
    stems = "\n".join(" ".join(terms(part.text, language)) for part in unit.parts)
    data = json.dumps([unit.kind, unit.nth, parts], ensure_ascii=False)
    return UnitRow(id=id, data=data, heading=heading, topic=" ".join(terms(heading, language)), stems=stems)


def _is_text(part: Part) -> bool:
    """Its letters say what the page shows. A display formula's do not, where only a crop can show it."""
    return part.certain and not (part.kind == "formula" and part.block is not None and part.block.crop)


def parts_of(data: str) -> tuple[Part, ...]:
    """The parts in a kept unit."""
    return tuple(_part(*each) for each in json.loads(data)[2])


def unit_of(data: str, book: str) -> Unit:
    """The unit that was kept. book: identity of its book."""
    kind, nth, parts = json.loads(data)
    return Unit(book=book, parts=tuple(_part(*each) for each in parts), kind=kind, nth=nth)


def _part(kind: Any, page: int, text: str, certain: bool, marker: str, opens: bool, joined: bool) -> Part:
    return Part(kind=kind, page=page, text=text, certain=certain, marker=marker, opens=opens, joined=joined)


def _is_loose(document: Document, blocks: Sequence[Block], pages: range) -> bool:
    return is_loose(
        Passage(
            document=document, title="", chapter="", first=pages.start, last=pages.stop - 1, blocks=tuple(blocks),
            pictures=(), tables=(),
        )
    )  # fmt: skip


def _headings(blocks: Sequence[Block], before: str) -> tuple[list[str], str]:
    """For each block the heading that it stands under, and the last one. before: that of the pages before."""
    found, current = [], before
    for block in blocks:
        if block.kind == "heading":
            current = " ".join(block.text.split())
        found.append(current)
    return found, current

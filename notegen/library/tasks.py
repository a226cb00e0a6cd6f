"""What is done for a book, as pure functions of its content and the options: a run of its pages read, texts encoded.

Each can be done anywhere and twice. What is asked and what comes back travels between processes and machines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from notegen import __version__
from notegen.draft.quoting.outline import is_loose
from notegen.embed.encoder import Encoder
from notegen.embed.opening import open_encoder
from notegen.errors import ChangedPdfError, NotegenError, StateError
from notegen.extract import extract
from notegen.extract.document import Block, Document
from notegen.language.detect import language_of
from notegen.library.kept_units import storable, unit_row
from notegen.library.vectors import Packed, pack
from notegen.reading.passage import Passage
from notegen.reading.unit import Unit, numbered
from notegen.reading.units import WHOLE_PARAGRAPH_WORDS, units_of
from notegen.store import Cache
from notegen.store.library_rows import UnitRow

READER = 3
"""Version of what is kept of a book; raised when its units or terms are made in another way."""
RUN_PAGES = 100
"""Pages that are read and kept at once: what is lost where reading is interrupted."""
ENCODED_AT_ONCE = 64
VERSION = f"{__version__}, reader {READER}"
"""Of what does the tasks: those of another would not make the same of a book."""
_NOT_READ = ("contents", "index", "blank")
"""Roles of pages that say nothing by themselves."""

Read = Callable[[Path, Iterable[int] | None], Document]
"""As `notegen.extract.extract`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAsked:
    """A run of pages that is to be read."""

    place: Path
    sha256: str
    """Of the file there. With the options below it says all that the result depends on."""
    first: int
    """Index of the first page."""
    language: str
    """Of the book; "" where it is not known yet."""
    heading: str
    """Under which the first page begins."""
    ocr_languages: tuple[str, ...] = ("eng",)
    version: str = VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRead:
    """What a run of pages came to."""

    book: str
    title: str
    language: str
    labels: tuple[str, ...]
    stop: int
    """Index of the page after the last."""
    heading: str
    """Under which that page begins."""
    units: tuple[UnitRow, ...]
    """Their ids are numbers from 0 on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextsAsked:
    """Texts of units that are to be encoded, `ENCODED_AT_ONCE` at a time from the first of their book on."""

    texts: tuple[str, ...]
    model: str
    """Name of the encoder."""
    path: str = ""
    """Where its weights are; "" for the usual place."""
    threads: int = 0
    """That one encoder uses; 0: as many as there are cores."""
    version: str = VERSION


def read_run(asked: RunAsked) -> RunRead:
    """Read a run of pages. Raises NotegenError: the PDF cannot be read, or this is another notegen."""
    _check(asked.version)
    if not asked.place.exists():
        raise StateError(
            f"{asked.place} is not there on the machine of a worker.",
            "Let the workers see the folder under the same path, as a shared folder.",
        )
    with Cache.open() as cache:
        return read_by(lambda path, pages: extract(path, pages, ocr_languages=asked.ocr_languages, cache=cache), asked)


def encode(asked: TextsAsked) -> Packed:
    """Encode texts with the weights that are on this machine. Raises NotegenError where there are none."""
    _check(asked.version)
    encoder = _encoder(asked.path, asked.threads)
    if encoder.name != asked.model:
        raise StateError(f"A worker's encoder is {encoder.name}, not {asked.model}.", "Give it the same model.")
    return encode_by(encoder, asked.texts)


def read_by(read: Read, asked: RunAsked) -> RunRead:
    """Read a run of pages by a reader. Raises NotegenError."""
    labels = read(asked.place, ()).labels
    pages = range(asked.first, min(asked.first + RUN_PAGES, len(labels)))
    document = read(asked.place, pages)
    if document.sha256 != asked.sha256:
        raise ChangedPdfError(f"{asked.place.name} has changed since it was looked at.", "Run it again.")
    roles = dict(enumerate(document.roles))
    blocks = [b for page in document.pages if roles.get(page.index, "") not in _NOT_READ for b in page.blocks]
    language = asked.language or language_of("\n".join(block.text for block in blocks), document.language)
    loose = _is_loose(document, blocks, pages)
    found = units_of(blocks, book=document.book, language=language, loose=loose)
    headings, last = _headings(blocks, asked.heading)
    if loose:
        found = slides_of(found, headings)
    units = (unit_row(at, unit, headings[unit.start], language) for at, unit in enumerate(numbered(found)))
    return RunRead(
        book=document.book, title=storable(document.title), language=language, labels=document.labels, stop=pages.stop,
        heading=storable(last), units=tuple(units),
    )  # fmt: skip


def encode_by(encoder: Encoder, texts: Sequence[str]) -> Packed:
    """Encode texts, always the same ones together: what else is in a batch may change the last bit of a vector."""
    import numpy as np

    some = [texts[first : first + ENCODED_AT_ONCE] for first in range(0, len(texts), ENCODED_AT_ONCE)]
    return np.concatenate([pack(encoder.encode(each)) for each in some])


def _check(version: str) -> None:
    if version != VERSION:
        raise StateError(
            f"A worker has notegen {VERSION}, this is notegen {version}.", "Install the same version for the workers."
        )


@lru_cache(maxsize=1)
def _encoder(path: str, threads: int) -> Encoder:
    troubles: list[NotegenError] = []
    encoder = open_encoder(path=path, threads=threads, say=troubles.append)
    if encoder is None:
        raise troubles[0]
    return encoder


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

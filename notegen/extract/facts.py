"""What is known of a whole PDF, and in which pieces its pages are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from notegen.extract.document import Highlight, IndexEntry, OutlineEntry
from notegen.extract.roles import Role

PIECE_PAGES = 200
"""Pages that are read together and know each other's type and running headers. It bounds a worker's memory."""
WORKERS = 2
"""Processes that read a long book. Each holds a piece in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a look over the whole file gives; every page is read with it at hand."""

    title: str
    """From the metadata or the first page; "" when neither names one."""
    page_count: int
    labels: tuple[str, ...]
    words: tuple[int, ...]
    vocabulary: Mapping[str, int]
    """Lower-case words of the whole file, hyphenated compounds whole, and how often each occurs."""
    outline: tuple[OutlineEntry, ...]
    roles: tuple[Role, ...]
    """What every page is for."""
    index: tuple[IndexEntry, ...]
    language: str
    suspect: str
    """Why the file looks damaged or incomplete, one sentence; "" for a sound file."""
    book: str
    """Which book it is by its text (`book.book_by_text`); "" where that cannot tell."""
    highlights: tuple[Highlight, ...] = ()
    """The learner's marks and notes in the file."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What to install so that the pages asked for are read better, one or two sentences."""

    text: str


Piece = tuple[int, ...]
"""Indexes of pages that are read together, ascending."""


def first_piece(pages: Sequence[int]) -> Piece:
    """The pages that are read by the process that looks over the file."""
    return tuple(pages[:PIECE_PAGES])


def shares(pages: Sequence[int]) -> list[list[Piece]]:
    """The pages after the first piece, as one list of pieces for each worker. Only the pages asked for decide it, so
    that the same request gives the same blocks every time."""
    rest = pages[PIECE_PAGES:]
    share_pages = -(-len(rest) // WORKERS)
    parts = [rest[start : start + share_pages] for start in range(0, len(rest), share_pages)] if rest else []
    return [[tuple(part[start : start + PIECE_PAGES]) for start in range(0, len(part), PIECE_PAGES)] for part in parts]

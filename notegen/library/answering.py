"""A short answer to a question: at most five units of the books, word for word, in the order of the argument."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from notegen.library.library import Book, Found, Hit, printed
from notegen.reading.unit import Part

MAX_UNITS = 5
LEAST_SHARE = 0.6
"""A unit beside the first belongs to the answer when it has so much of what the fullest one has of the question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A part of an answer: words of one book, as printed."""

    parts: tuple[Part, ...]
    hit: Hit

    @property
    def text(self) -> str:
        """On one line."""
        return printed(self.parts)

    @property
    def book(self) -> Book:
        """Where it stands."""
        return self.hit.book


def answer_of(found: Found) -> tuple[Quoted, ...]:
    """The answer in what was found; nothing where the books do not answer.

    Only what can be shown as printed is part of it. The books come in the order of their best units, and in a book its
    units in reading order, which is that of its argument.
    """
    if not found.is_answered:
        return ()
    shown = [hit for hit in found.hits if hit.certain]
    fullest = max((hit.covered for hit in shown), default=0.0)
    chosen = [hit for at, hit in enumerate(shown) if at == 0 or hit.covered >= LEAST_SHARE * fullest][:MAX_UNITS]
    return tuple(Quoted(parts=hit.certain, hit=hit) for hit in _in_order(chosen))


def _in_order(hits: Sequence[Hit]) -> list[Hit]:
    books = list(dict.fromkeys(hit.book.key for hit in hits))
    place = {hit.unit.id: (books.index(hit.book.key), hit.row) for hit in hits}
    return sorted(hits, key=lambda hit: place[hit.unit.id])

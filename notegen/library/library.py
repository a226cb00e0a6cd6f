"""What a library is: books, their units, and a search over them. One protocol, so that another engine can stand in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from notegen.library.terms import Word
from notegen.reading.unit import Part, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """One book of the library."""

    key: int
    """Its number in this library."""
    book: str
    """Its identity, as `extract.book` gives it: the first part of its units' ids."""
    title: str
    language: str
    """ISO 639-1; "" where it is not known."""
    pdf: str
    """Path of its file: in the vault, or absolute for one of a folder outside. The last one known where it is gone."""
    labels: tuple[str, ...]
    """The printed number of each page."""
    read: int
    """Pages that are in the library; fewer than `labels` while it is being read."""
    units: int
    is_gone: bool = False
    """Its file is no longer there; its units are kept."""
    trouble: str = ""
    """Why it could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A unit that speaks to a question."""

    unit: Unit
    book: Book
    row: int
    """Its place among the units of its book, in reading order."""
    heading: str
    """The heading that it stands under."""
    best: int
    """Index of the part that speaks to the question most."""
    score: float
    """From 0 to 1, for this question only: 1 is the first by every signal."""
    covered: float
    """Share of the question's words in its sentences, rare words counting more."""

    @property
    def page(self) -> int:
        """Index of the page of the best part."""
        return self.unit.parts[self.best].page

    @property
    def label(self) -> str:
        """The printed number of that page."""
        return self.book.labels[self.page] if self.page < len(self.book.labels) else str(self.page + 1)

    @property
    def text(self) -> str:
        """What of it can be shown as printed, around its best part; all of it as the file has it where nothing can."""
        return printed(self.certain or self.unit.parts)

    @property
    def is_whole(self) -> bool:
        """All of it can be shown as printed; else a formula, or what cannot be read for sure, is on the page only."""
        return self.unit.is_certain

    @property
    def certain(self) -> tuple[Part, ...]:
        """The parts around the best one that can be shown as printed; none where that one cannot."""
        parts, first, last = self.unit.parts, self.best, self.best
        if not parts[self.best].certain:
            return ()
        while first > 0 and parts[first - 1].certain:
            first -= 1
        while last + 1 < len(parts) and parts[last + 1].certain:
            last += 1
        return parts[first : last + 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found."""

    hits: tuple[Hit, ...]
    """Best first; no two of them say the same."""
    coverage: float
    """Share of the question's words, rare ones counting more, that stand together in three neighbouring sentences."""
    missing: tuple[str, ...]
    """Words of the question that no unit of the books has."""
    is_unanswered: bool = False
    """The kind of answer that is asked for, a number, is not among the hits."""

    @property
    def is_answered(self) -> bool:
        """The books speak of what was asked; else the hits are only the nearest that there is."""
        return bool(self.hits) and self.coverage > LEAST_COVERAGE and not self.is_unanswered


LEAST_COVERAGE = 0.365
"""Found on nine annotated passages of nine fields and checked on nine others: .70 of the questions that a book does not
answer lie below it, and .94 of the others above."""


class Library(Protocol):
    """The units of the books that a vault knows."""

    def books(self) -> Sequence[Book]:
        """Every book, gone ones and unreadable ones too."""

    def search(self, words: Sequence[Word], text: str, *, books: Collection[int] | None, top: int) -> Found:
        """The units that speak to a question or claim. words: what it is about; text: the whole of it.

        books: keys of the books to look in; None for all.
        """


def printed(parts: Sequence[Part]) -> str:
    """Parts as they stand on the page, on one line: items with their own numbers and bullets."""
    return " ".join(f"{part.marker} {part.text}" if part.marker else part.text for part in parts)

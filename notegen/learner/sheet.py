"""What goes on a sheet to revise from: which statements of what was read, so that they fit on so many pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from notegen.draft.draft import Formula, Quotation
from notegen.extract.document import Picture, Table

WORDS_PER_PAGE = 400
"""Of A4 at 11 points with headings and page links; notegen counts words, for a note has no pages."""
EMBED_WORDS = 80
"""What a table or figure takes of a page, in words: a fifth of its height."""
FORMULA_WORDS = 25
"""What the picture of a formula takes: two or three lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A question that was answered wrong, or hardly."""

    question: str
    date: str
    """Of the last such answer, YYYY-MM-DD."""
    concept: str
    """Path of the note of the concept that it asks about."""
    answer: str
    """The source's sentence: the answer of its card, else what the concept is."""
    page: int
    """Index from 0."""


Item = Quotation | Formula | Table | Picture | Wrong
GROUPS = {"definitions": Quotation, "formulas": Formula, "tables": Table, "pictures": Picture}
"""What a sheet shows of a passage, by the names that templates and programs use."""


@dataclass(slots=True)
class Room:
    """The room on the pages of a sheet."""

    words: int
    taken: int = 0
    left_out: int = 0
    """Items that did not fit."""

    def takes(self, item: Item) -> bool:
        """Whether there is room for one more, which is then taken."""
        fits = self.taken + words_of(item) <= self.words
        self.taken += words_of(item) if fits else 0
        self.left_out += not fits
        return fits

    def share(self, passages: Sequence[Sequence[Item]]) -> list[tuple[Item, ...]]:
        """What fits of each passage. Each gives one item in turn; one too long for what is left is skipped."""
        kept: list[list[Item]] = [[] for _ in passages]
        for turn in zip_longest(*passages):
            for own, item in zip(kept, turn, strict=True):
                if item is not None and self.takes(item):
                    own.append(item)
        return [tuple(own) for own in kept]


def in_turn(*groups: Sequence[Item]) -> tuple[Item, ...]:
    """Of each group one in turn, so that a short sheet has of all of them."""
    return tuple(each for turn in zip_longest(*groups) for each in turn if each is not None)


def words_of(item: Item) -> int:
    """What an item takes of a page, in words."""
    if isinstance(item, Wrong):
        return len(f"{item.question} {item.answer}".split())
    if isinstance(item, Quotation):
        return sum(len(line.statement.text.split()) for line in item.lines if line.statement)
    if isinstance(item, Formula):
        return FORMULA_WORDS + (len(item.lead.text.split()) if item.lead else 0)
    return len(item.caption.split()) + (0 if isinstance(item, Table) and item.rows else EMBED_WORDS)

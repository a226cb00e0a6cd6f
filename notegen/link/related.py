"""What links adds to a log: the notes that belong to it, the names that become links, the concepts that get a note."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notegen.draft.draft import Statement

if TYPE_CHECKING:  # numpy is for those who want links
    from notegen.link.ranking import Suggestion
    from notegen.link.sure_names import SureNames


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConcept:
    """A concept of the passage that is to have a note of its own."""

    name: str
    """As the source writes it."""
    path: str
    """Of its note, relative to the vault."""
    aliases: tuple[str, ...]
    """Its acronym, or what the acronym stands for."""
    what: Statement
    """The source's definition, word for word."""
    why: Statement | None
    """A second sentence of the source on it."""
    passage: str
    """Of which it was made (`identity.passage_key`)."""
    related: tuple[str, ...]
    """Paths of notes that the source names in the same paragraphs, most often first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """The connections of one log."""

    notes: tuple[Suggestion, ...] = ()
    """Notes of the vault that belong to the passage, best first."""
    concepts: tuple[NewConcept, ...] = ()
    earlier: tuple[str, ...] = ()
    """Paths of the concept notes that an earlier version of the log made."""
    names: SureNames | None = None
    """What becomes a link at its first mention; None: nothing does."""
    fits: Callable[[str], bool] = lambda path: True
    """Whether the note at a path is about what the passage is about; asked for names that are common words."""
    is_english: bool = True
    """Of the passage: whose plurals are looked for."""

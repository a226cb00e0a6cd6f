"""The role of a drafter: it turns a passage into a Draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from notegen.draft.draft import Draft
from notegen.reading.passage import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """How one draft is to be made, and whom to tell. Quoting needs none of it."""

    dry_run: bool = False
    """Ask nothing: what is not known already is priced."""
    refresh: bool = False
    """Ask anew what is known already."""
    notes: tuple[tuple[str, str], ...] = ()
    """(path of a note, what the learner wrote in it); only with draft.send_notes."""
    refused: tuple[tuple[str, str], ...] = ()
    """(name of a part of the note, why the learner refused what was proposed for it)."""
    step: Callable[[str], None] = lambda what: None
    """Told what is happening, a few words."""
    notice: Callable[[str], None] = lambda sentence: None
    """Told what the learner must know before a document leaves the machine, a sentence."""


UNTOLD = Brief()


class Drafter(Protocol):
    """Fills the typed Draft. It must give the same Draft for the same passage and settings."""

    @property
    def name(self) -> str:
        """The word that the note's `drafter` property carries."""
        ...

    @property
    def identity(self) -> str:
        """All that a Draft depends on beside the passage: a note is made again when it changes."""
        ...

    def begin_run(self) -> None:
        """A new run begins: its budget is whole, and what stopped the last one is tried again."""
        ...

    def draft(self, passage: Passage, brief: Brief) -> Draft:
        """The passage's Draft. Raises PdfError where the passage holds nothing to draft from."""
        ...

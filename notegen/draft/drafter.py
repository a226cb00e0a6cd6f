"""The role of a drafter: it turns a passage into a Draft."""

from __future__ import annotations

from typing import Protocol

from notegen.draft.draft import Draft
from notegen.reading.passage import Passage


class Drafter(Protocol):
    """Fills the typed Draft. It must give the same Draft for the same passage and settings."""

    @property
    def name(self) -> str:
        """The word that the note's `drafter` property carries."""
        ...

    def draft(self, passage: Passage) -> Draft:
        """The passage's Draft. Raises PdfError where the passage holds nothing to draft from."""
        ...

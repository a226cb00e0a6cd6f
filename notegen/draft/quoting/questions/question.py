"""A question, and the words of the source that answer it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from notegen.reading.unit import Part, Unit

QuestionKind = Literal[
    "definition", "term", "purpose", "composition", "fact", "cause", "contrast", "list", "condition", "method",
    "effect", "book",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of one unit."""

    kind: QuestionKind
    """What is asked for; "book" is a question that the source itself asks."""
    text: str
    """One sentence with a question mark, in the language of the source."""
    unit: Unit
    parts: tuple[Part, ...]
    """Those of the unit that are shown as the answer, as printed."""
    taken: str
    """The words of the question that are the source's, not those that ask."""
    subjects: tuple[str, ...]
    """The noun phrases that are asked about, as they stand in the source."""
    says: str
    """The words of the answer that the question does not hold: what must be known."""

    @property
    def page(self) -> int:
        """Index of the page on which the answer begins."""
        return self.parts[0].page

    @property
    def answer(self) -> str:
        """All that is shown as the answer."""
        return " ".join(part.text for part in self.parts)

"""What a language model says to a question of the learner, from passages of their books."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from notegen.draft.drafter import Brief


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One statement of the model."""

    text: str
    verdict: Literal["supported", "unverified"]
    passages: tuple[int, ...]
    """Indexes of the passages that bear it, or that the model names for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A model's answer."""

    model: str
    said: tuple[Said, ...]
    """In the order of the argument; empty where the model finds no answer, or nothing of it holds."""


@runtime_checkable
class Explainer(Protocol):
    """A drafter that can also answer a question."""

    def explain(self, question: str, passages: Sequence[str], brief: Brief) -> Explained:
        """What the model says to a question. passages: of the books, best first. Raises ModelError."""
        ...

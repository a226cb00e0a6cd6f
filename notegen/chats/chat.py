"""What a chat is: who said what, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["learner", "assistant"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that was said, as Markdown."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """One conversation."""

    turns: tuple[Turn, ...]
    title: str = ""
    """As the chat program named it; "" where it did not."""
    id: str = ""
    """The program's own, so that an export of a chat that went on is known again; "" where there is none."""
    date: str = ""
    """YYYY-MM-DD, when it began; "" where it does not say."""

    @property
    def asks(self) -> bool:
        """Whether the learner says anything in it."""
        return any(turn.role == "learner" and turn.text.strip() for turn in self.turns)

"""What a concept is, and how its name is found in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from notegen.language.stems import stem
from notegen.language.words import tokens
from notegen.reading.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A named idea of the passage."""

    name: str
    """As printed, singular or plural as it stands, without an article."""
    mentions: int
    """Number of sentences that name it."""
    definition: Sentence | None = None
    """The sentence that says what it is, when there is one that may be quoted."""
    first_said: Sentence | None = None
    """Without a definition: one of the first sentences that name it, of which it is the subject."""
    proofs: tuple[str, ...] = ()
    """What speaks for it: "heading", "emphasis", "defined", …"""
    points: float = 0.0
    """What the proofs are worth together; see `score.points`."""
    is_shown: bool = False
    """Proven well enough to be shown and to get a note; the others serve links and search."""

    @property
    def stems(self) -> tuple[str, ...]:
        return name_stems(self.name)


def name_stems(name: str) -> tuple[str, ...]:
    """What identifies a name whatever its inflection: its words' stems in order."""
    return tuple(stem(word) for word in tokens(name))


def mentions(sentence_stems: Sequence[str], name: Sequence[str]) -> bool:
    """The stems of `name` stand in a row among the sentence's."""
    return any(
        tuple(sentence_stems[i : i + len(name)]) == tuple(name) for i in range(len(sentence_stems) - len(name) + 1)
    )

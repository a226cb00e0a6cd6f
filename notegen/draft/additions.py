"""What a language model adds to a Draft, checked and labelled. Data only; texts are plain text.

A Claim is the model's sentence. It never carries a page: what it stands on are source sentences, shown below it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from notegen.draft.draft import CodeListing, ConceptMap, Statement
from notegen.extract.document import Maths

Verdict = Literal["supported", "unverified", "contradicted", "own"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where evidence stands in the note."""

    block: str
    """Id of a block of the note."""
    page: int
    """Index of the page that the evidence is from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence or two by the model."""

    text: str
    verdict: Verdict = "own"
    """supported: the evidence says so, by words, numbers and negation. unverified: it names evidence that does not say
    so clearly. contradicted: the evidence says the reverse; such a claim stands only in the list of what was left out.
    own: from the model's own knowledge; nothing in the source is claimed for it."""
    evidence: tuple[Statement, ...] = ()
    """Sentences of the source."""
    anchors: tuple[Anchor, ...] = ()
    """Where these stand in the note, page by page."""
    terms: tuple[str, ...] = ()
    maths: tuple[Maths, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A table by the model."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    """The first is the header; all have the same length."""
    verdict: Verdict = "unverified"
    evidence: tuple[Statement, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    recomputed: int = 0
    """How many numbers were wrong and are notegen's own now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """What the subject is to a tool that the learner works with."""

    tool: str
    claim: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    text: str
    answer: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the model says that it sees in a picture. name: the picture's label."""

    name: str
    claim: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionAdditions:
    """For one section."""

    claims: tuple[Claim, ...] = ()
    aspects: tuple[tuple[str, Claim], ...] = ()
    """(aspect, claim): what a text of its kind is asked for, as "holding" of a case."""
    example: CodeListing | None = None
    happening: tuple[Claim, ...] = ()
    comparison: Comparison | None = None
    diagram: ConceptMap | None = None
    bridge: Bridge | None = None
    production: Claim | None = None
    """What matters where the idea is put to work."""
    mistakes: tuple[Claim, ...] = ()
    questions: tuple[Question, ...] = ()
    seen: tuple[Seen, ...] = ()
    left_out: tuple[str, ...] = ()
    """What the model wrote that did not hold, and why, a few words each."""
    contradicted: tuple[Claim, ...] = ()
    """Claims that the source contradicts, with the sentences that do."""

    @property
    def is_empty(self) -> bool:
        return not (self.claims or self.aspects or self.example or self.happening or self.comparison or self.diagram
                    or self.bridge or self.production or self.mistakes or self.questions or self.seen)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptAdditions:
    name: str
    what: Claim
    why: Claim | None = None
    example: CodeListing | None = None
    bridge: Bridge | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeAdditions:
    goal: str
    steps: tuple[str, ...]
    expected: tuple[str, ...] = ()
    starter: CodeListing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeAdditions:
    """For the passage as a whole."""

    tldr: tuple[tuple[str, Claim], ...] = ()
    """(label, claim) of each line."""
    concepts: tuple[ConceptAdditions, ...] = ()
    challenge: ChallengeAdditions | None = None
    mastery: tuple[tuple[str, Claim], ...] = ()
    """(concept, claim)."""
    recap: tuple[Claim, ...] = ()
    left_out: tuple[str, ...] = ()
    contradicted: tuple[Claim, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.tldr or self.concepts or self.challenge or self.mastery or self.recap)

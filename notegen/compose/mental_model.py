"""What the template of a mental model is given: a raw note as topics, with what was computed and what the books say."""

from __future__ import annotations

from dataclasses import dataclass

from notegen.claims.arithmetic import Sum
from notegen.claims.counts import Likeness, Miscount, Share
from notegen.claims.held import Held, Source, Verdict
from notegen.claims.raw_note import RabbitHole, Thought, Topic
from notegen.compose.held import HeldClaims
from notegen.figures.word_sums import MeasuredSum


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """What was computed of a topic."""

    sums: tuple[Sum, ...] = ()
    shares: tuple[Share, ...] = ()
    likenesses: tuple[Likeness, ...] = ()
    miscounts: tuple[Miscount, ...] = ()
    word_sums: tuple[MeasuredSum, ...] = ()
    unmeasured: tuple[str, ...] = ()
    """Sums of words that wait for the encoder's weights."""

    @property
    def any(self) -> bool:
        """Whether there is anything."""
        return bool(self.sums or self.shares or self.likenesses or self.miscounts or self.word_sums or self.unmeasured)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicContext:
    """One topic in the template."""

    title: str
    link: str
    """Markdown: to the section of the raw note."""
    parked: RabbitHole | None
    insights: tuple[Thought, ...]
    moments: tuple[Thought, ...]
    """In which something was understood."""
    analogies: tuple[Thought, ...]
    claims: HeldClaims
    computed: Computed
    reading: tuple[Source, ...]
    """What the books have on it beyond the claims."""

    @property
    def is_empty(self) -> bool:
        """Nothing stands under it."""
        return not (self.insights or self.moments or self.analogies or self.claims.all or self.computed.any)

    @property
    def bare(self) -> list[Held]:
        """Claims that are not found and stand nowhere else in the topic."""
        return self.claims.beside([each.text for each in (*self.insights, *self.moments, *self.analogies)])


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelContext:
    """`model` in the template."""

    title: str
    raw_link: str
    """Markdown: to the raw note."""
    has_books: bool
    topics: tuple[TopicContext, ...]
    questions: tuple[Thought, ...]
    """Open ones."""
    rabbit_holes: tuple[RabbitHole, ...]

    @property
    def claims(self) -> list[Held]:
        """All of them."""
        return [each for topic in self.topics for each in topic.claims.all]

    def count(self, verdict: Verdict) -> int:
        """Claims with a verdict."""
        return sum(each.verdict == verdict for each in self.claims)

    @property
    def contradicted(self) -> list[Held]:
        """What is to be tested."""
        return [each for each in self.claims if each.verdict == "contradicted"]


def thoughts_of(topic: Topic, kind: str) -> tuple[Thought, ...]:
    """The thoughts of a kind, each once."""
    return tuple({each.text: each for each in topic.thoughts if each.kind == kind}.values())

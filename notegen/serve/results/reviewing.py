"""What the methods about waiting text answer. Fields may come in; none is renamed."""

from __future__ import annotations

from notegen.serve.results.result import Result


class Proposal(Result):
    """New text that waits beside the learner's."""

    id: str
    note: str
    region: str
    name: str
    state: str
    why: str
    before: str
    after: str
    day: str


class ReviewList(Result):
    """The proposals that wait."""

    dry_run: bool
    proposals: list[Proposal]


class Decided(ReviewList):
    """What came of decisions, and the proposals that still wait."""

    accepted: list[Proposal]
    rejected: list[Proposal]
    left: list[Proposal]
    written: list[str]

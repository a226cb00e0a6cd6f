"""What the methods that look at the vault answer. Fields may come in; none is renamed."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from notegen.serve.results.result import Result


class Drop(Result):
    """A PDF of the inbox."""

    path: str
    state: Literal["done", "failed", "waiting"]
    reason: str
    next_step: str
    note: str
    same_as: str
    suspect: bool
    sha256: str


class Ignored(Result):
    """A file of the inbox that is no business of notegen's."""

    path: str
    reason: str


class Condition(Result):
    """A condition of a quest."""

    condition: str
    met: bool


class QuestStanding(Result):
    """A quest, and how far the learner is."""

    path: str
    topic: str
    complete: bool
    complete_when: list[Condition]


class Status(Result):
    """The inbox of the vault."""

    vault: str
    watching: bool
    watcher: str
    log: str
    inbox: list[str]
    trouble: str
    counts: dict[str, int]
    pdfs: list[Drop]
    ignored: list[Ignored]
    proposals: int = 0
    quests: list[QuestStanding] = Field(default_factory=list)
    ticked: list[str] = Field(default_factory=list)


class Problem(Result):
    """What is wrong with a note."""

    rule: str
    severity: Literal["error", "warning", "info"]
    line: int
    message: str


class Check(Result):
    """What is wrong with each note."""

    ok: bool
    notes: dict[str, list[Problem]]


class Suggestion(Result):
    """A note that belongs to another."""

    path: str
    score: float
    reason: str


class Related(Result):
    """What belongs to each note, best first."""

    related: dict[str, list[Suggestion]]

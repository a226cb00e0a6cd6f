"""What the methods that make notes answer. Fields may come in; none is renamed."""

from __future__ import annotations

from notegen.serve.results.result import Result, Written


class DrafterOfPart(Result):
    """Who drafted a section, and why not the model."""

    title: str
    by: str
    reason: str


class Usage(Result):
    """What a model was sent and cost."""

    prompt_tokens: int
    reply_tokens: int
    cost_usd: float | None


class Note(Result):
    """A passage and what became of its note."""

    path: str
    source: str
    title: str
    pages: str
    pdf_pages: str
    drafter: str
    status: str
    suspect: bool
    sections: list[DrafterOfPart]
    overview: dict[str, str] | None
    calls: int
    model: str
    endpoint: str
    usage: Usage
    said: list[str]
    concepts: list[Written]
    attachments: list[Written]


class Failed(Result):
    """A PDF without a note."""

    pdf: str
    reason: str
    next_step: str


class Troubled(Result):
    """A note that cannot be written safely."""

    note: str
    reason: str


class Day(Result):
    """What came of a day's request."""

    dry_run: bool
    notes: list[Note]
    failed: list[Failed]
    waiting: list[str]
    finished: list[str]
    missing: list[str]
    editions: list[str]
    locked: list[str]
    drawn: list[str]
    troubled: list[Troubled]
    no_model: str

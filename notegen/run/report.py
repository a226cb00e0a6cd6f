"""What came of a request: each note, each PDF without one, and all of it as data for programs."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from notegen.draft.draft import DraftRecord, Estimate
from notegen.errors import NotegenError
from notegen.kinds.kind import NOT_DRAFTED
from notegen.run.review import Decided
from notegen.vault.logs import LogRecord
from notegen.vault.note import Write, WriteStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A PDF that has no note, and what to do about it."""

    pdf: str
    """As the person knows it; "" where the trouble is no PDF's."""
    reason: str
    next_step: str
    kind: str
    """The class of the error, and for a fault of notegen its place: fit for a log, because it quotes nothing."""
    passes: bool = False
    """As in NotegenError."""

    @classmethod
    def of(cls, pdf: str, error: Exception) -> Failure:
        """The failure of a PDF by an error that says what to do, or by a fault of notegen's own."""
        if isinstance(error, NotegenError):
            kind = type(error).__name__
            return cls(pdf=pdf, reason=error.reason, next_step=error.next_step, kind=kind, passes=error.passes)
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}"
        reason = f"This PDF brought notegen to a fault of its own ({where}: {error})."
        return cls(pdf=pdf, reason=reason, next_step="Please report it with the PDF.", kind=where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A PDF that a log was made of and that is not in the vault any more."""

    pdf: str
    """Relative to the vault, as the log links it."""
    log: str
    """The log's path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteResult:
    """A passage and what became of its note."""

    path: str
    """Of the note, relative to the vault."""
    source: str
    """Of the PDF, relative to the vault."""
    title: str
    pages: str
    """As printed: "25-36"."""
    pdf_pages: str
    """Counted from 1: "40-52"."""
    drafter: str
    status: WriteStatus
    suspect: str = ""
    record: DraftRecord = NOT_DRAFTED
    """How it was drafted; empty for a note that stands already."""
    said: tuple[str, ...] = ()
    """What was left alone in the note and why."""
    writes: tuple[Write, ...] = ()

    @property
    def beside(self) -> list[Write]:
        """What is written beside the note itself: notes of new concepts, pictures, the copy of a PDF."""
        return [each for each in self.writes if each.path != self.path]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReport:
    """What came of a day's request."""

    notes: tuple[NoteResult, ...] = ()
    failed: tuple[Failure, ...] = ()
    waiting: tuple[str, ...] = ()
    """PDFs left for another run because of day.max_notes."""
    finished: tuple[str, ...] = ()
    """PDFs with nothing left to read."""
    missing: tuple[Missing, ...] = ()
    """Books in progress whose PDF is gone."""
    editions: tuple[str, ...] = ()
    """PDFs that have another text now than the notes of them quote, and what was done, one sentence each."""
    locked: tuple[str, ...] = ()
    """PDFs that have notes already and can only be read on with their password."""
    drawn: tuple[str, ...] = ()
    """Notes in which a figure was drawn below a block that asks for it."""
    troubled: tuple[LogRecord, ...] = ()
    """Notes whose properties cannot be read or written as they are; see `NoteRecord.trouble`."""
    decided: Decided = field(default_factory=Decided)
    """What was ticked in the note of proposals, and is done."""
    proposals: int = 0
    """How many wait in the vault (see `vault.waiting`)."""
    no_model: str = ""
    """Why there were no figures by the encoder, and what helps; "" when there was no need to say."""


def as_data(report: DayReport, *, dry_run: bool) -> dict[str, Any]:
    """The report for programs, ready for JSON. Fields may be added; none is renamed."""
    return {
        "dry_run": dry_run,
        "notes": [_note(note) for note in report.notes],
        "failed": [{"pdf": each.pdf, "reason": each.reason, "next_step": each.next_step} for each in report.failed],
        "waiting": list(report.waiting),
        "finished": list(report.finished),
        "missing": [each.pdf for each in report.missing],
        "editions": list(report.editions),
        "locked": list(report.locked),
        "drawn": list(report.drawn),
        "troubled": [{"note": log.path, "reason": log.trouble} for log in report.troubled],
        "proposals": report.proposals,
        "decided": {
            "accepted": [each.proposal.id for each in report.decided.accepted],
            "rejected": [each.proposal.id for each in report.decided.rejected],
            "left": [each.proposal.id for each in report.decided.left],
        },
        "no_model": report.no_model,
    }


def _note(note: NoteResult) -> dict[str, Any]:
    written = [{"path": each.path, "status": each.status} for each in note.beside]
    return {
        "path": note.path,
        "source": note.source,
        "title": note.title,
        "pages": note.pages,
        "pdf_pages": note.pdf_pages,
        "drafter": note.drafter,
        "status": note.status,
        "suspect": bool(note.suspect),
        **_drafting(note.record),
        "said": list(note.said),
        "concepts": [each for each in written if each["path"].endswith(".md")],
        "attachments": [each for each in written if not each["path"].endswith(".md")],
    }


def _drafting(record: DraftRecord) -> dict[str, Any]:
    """Who drafted each section, the calls, what they cost, and what a dry run expects."""
    data: dict[str, Any] = {
        "sections": [{"title": each.title, "by": each.by, "reason": each.reason} for each in record.sections],
        "overview": {"by": record.whole.by, "reason": record.whole.reason} if record.whole.title else None,
        "calls": record.calls,
        "model": record.model,
        "endpoint": record.endpoint,
        "usage": {
            "prompt_tokens": record.prompt_tokens,
            "reply_tokens": record.reply_tokens,
            "cost_usd": record.cost_usd,
        },
    }
    return data | {"estimate": _estimate(record.estimate)} if record.estimate else data


def _estimate(estimate: Estimate) -> dict[str, Any]:
    return {
        "pages": estimate.pages,
        "pictures": estimate.pictures,
        "sections": estimate.sections,
        "calls": estimate.calls,
        "prompt_tokens": list(estimate.prompt_tokens),
        "reply_tokens": list(estimate.reply_tokens),
        "price_usd": list(estimate.price_usd) if estimate.price_usd else None,
        "notes": list(estimate.notes),
    }

"""Chats to notes of questions: as `notegen questions import` and programs are told it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from notegen.chats.chat import Chat
from notegen.chats.reading import Pasted, read_chats
from notegen.compose.questions import QuestionContext
from notegen.desk import Desk
from notegen.errors import UsageError
from notegen.kinds.judging import OnClaim
from notegen.kinds.kind import place_at
from notegen.kinds.questions import QUESTIONS, QuestionsSubject, subjects_of
from notegen.library.library import Library
from notegen.run.refining import place_of
from notegen.vault.apply import apply
from notegen.vault.note import Write
from notegen.vault.plan import plan
from notegen.vault.writing import writing

MAX_CHATS = 50
"""Chats that one import takes unasked; an export of years holds thousands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """One note of questions."""

    title: str
    write: Write
    """What the plan does with the note."""
    questions: tuple[QuestionContext, ...]
    dropped: int
    """Greetings and offers that were left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What became of a file."""

    notes: tuple[Imported, ...]
    repaired: tuple[str, ...]
    """Code pages that its UTF-8 had been read as."""


def import_chats(
    data: bytes,
    name: str,
    desk: Desk,
    library: Library,
    *,
    only: str = "",
    dry_run: bool,
    on_claim: OnClaim = lambda done, total: None,
) -> Import:
    """The notes of the chats in a file. name: what a person calls it. only: words in the titles of the chats meant.

    Raises UsageError for a file without questions, and where nothing is written; VaultError, BusyError as `apply`.
    """
    pasted = read_chats(data, name)
    chats = _chosen(pasted, only, name)
    notes: list[Imported] = []
    with nullcontext() if dry_run else writing(desk.vault, "notegen questions"):
        for chat in chats:
            for subject in subjects_of(chat, pasted, desk, library, on_claim):
                taken = {each.write.path for each in notes}
                notes.append(_note(subject, desk, taken, dry_run=dry_run))
    return Import(notes=tuple(notes), repaired=pasted.repaired)


def as_data(imported: Import, *, dry_run: bool) -> dict[str, Any]:
    """What was imported, ready for JSON. Fields may be added; none is renamed."""
    written = [each.write.path for each in imported.notes if each.write.status in ("written", "updated")]
    return {
        "dry_run": dry_run,
        "written": [] if dry_run else written,
        "repaired": list(imported.repaired),
        "notes": [
            {
                "title": each.title,
                "path": each.write.path,
                "status": each.write.status,
                "said": list(each.write.said),
                "dropped": each.dropped,
                "questions": [_question(question) for question in each.questions],
            }
            for each in imported.notes
        ],
    }


def _note(subject: QuestionsSubject, desk: Desk, taken: set[str], *, dry_run: bool) -> Imported:
    place = place_at(QUESTIONS.place(subject, desk, taken), desk, date=dt.date.today())
    planned = plan(QUESTIONS.make(subject, place, desk).notes, desk.vault)
    if not dry_run:
        apply(planned, desk.vault)
    return Imported(
        title=subject.title,
        write=planned.writes[-1],
        questions=subject.asked,
        dropped=subject.questions.dropped,
    )


def _chosen(pasted: Pasted, only: str, name: str) -> Sequence[Chat]:
    wanted = [chat for chat in pasted.chats if only.casefold() in chat.title.casefold()]
    if not wanted:
        titles = ", ".join(f"“{chat.title}”" for chat in pasted.chats[:5])
        raise UsageError(f"No chat in {name} is called “{only}”.", f"It holds {len(pasted.chats)}: {titles} …")
    if len(wanted) > MAX_CHATS:
        raise UsageError(
            f"{name} holds {len(wanted)} chats.",
            f"Name {MAX_CHATS} of them at most by words of their titles: --only WORDS",
        )
    return wanted


def _question(question: QuestionContext) -> dict[str, Any]:
    return {
        "number": question.number,
        "question": question.short,
        "times": question.times,
        "answers": len(question.answers),
        "claims": [
            {"text": each.text, "verdict": each.verdict, "evidence": [place_of(one) for one in each.evidence]}
            for answer in question.answers
            for each in answer.claims.all
        ],
        "tables": [
            {
                "wrong": part.weights.wrong,
                "sums": {each.label: round(each.total, 4) for each in part.weights.sums},
                "computed": {each.word: round(each.value, 4) for each in part.weights.computed},
                "drawn": part.figure is not None,
            }
            for answer in question.answers
            for part in answer.parts
            if part.weights
        ],
    }

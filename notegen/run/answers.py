"""An answer of the books put into the vault's note of answers."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable

from notegen.compose.answers import SIGNS, AnswerContext, QuotedContext, SaidContext
from notegen.desk import Desk
from notegen.kinds.answers import ANSWERS
from notegen.kinds.kind import place_at
from notegen.library.library import Hit
from notegen.run.asking import Answer
from notegen.vault.apply import apply
from notegen.vault.note import Write
from notegen.vault.plan import plan

NEAREST = 3
"""Passages that are shown where the books do not answer."""


def save(answer: Answer, desk: Desk, *, dry_run: bool = False) -> Write:
    """Add the question and its answer to the note, where it does not stand there yet; what the plan does with the note.

    The caller holds the writer's lock. Raises VaultError, UsageError for a broken template.
    """
    said = answer.explained.said if answer.explained else ()
    subject = AnswerContext(
        question=answer.question,
        date=dt.date.today().isoformat(),
        quoted=tuple(_quoted(each.hit for each in answer.quoted)),
        claims=tuple(SaidContext(text=each.text, sign=SIGNS[each.verdict]) for each in said),
        model=answer.explained.model if answer.explained else "",
        nearest=tuple(_quoted(hit for hit in answer.found.hits[:NEAREST] if hit.certain)),
    )
    known = ANSWERS.known({ANSWERS.mark: ANSWERS.key(subject)}, desk.vault)
    place = place_at(known[0].path if known else ANSWERS.place(subject, desk, ()), desk)
    planned = plan(ANSWERS.make(subject, place, desk).notes, desk.vault)
    if not dry_run:
        apply(planned, desk.vault)
    return planned.writes[-1]


def _quoted(hits: Iterable[Hit]) -> Iterable[QuotedContext]:
    for hit in hits:
        yield QuotedContext(
            text=" ".join(hit.text.split()),
            pdf=hit.book.pdf,
            pdf_page=hit.page + 1,
            page=hit.label,
            book=hit.book.title,
            is_linked=not hit.book.is_gone and not os.path.isabs(hit.book.pdf),
        )

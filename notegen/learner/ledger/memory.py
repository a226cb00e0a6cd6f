"""When to ask again: FSRS-6 with the parameters that its authors fitted to many learners (package `fsrs`).

Jarrett Ye and others, https://github.com/open-spaced-repetition/free-spaced-repetition-scheduler. Fuzzing is off, so
that the same deeds give the same day; steps of minutes are off, for notegen counts in days. A day counts once, by its
worst grade.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from notegen.learner.ledger.deed import Deed, Grade

_LINE = re.compile(r"fsrs6 (?P<stability>\d+(?:\.\d+)?) (?P<difficulty>\d+(?:\.\d+)?) (?P<last>\d{4}-\d\d-\d\d)")
_ORDER: tuple[Grade, ...] = ("again", "hard", "good", "easy")
"""FSRS rates them from 1."""
_LEAST_STABILITY, _LEAST_DIFFICULTY, _MOST_DIFFICULTY = 0.001, 1.0, 10.0
"""Bounds of FSRS-6."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """How well a concept is remembered, and until when."""

    stability: float
    """Days after which nine of ten would still know it."""
    difficulty: float
    """From 1 to 10."""
    last: dt.date
    due: dt.date

    def __str__(self) -> str:
        return f"fsrs6 {self.stability:.6f} {self.difficulty:.6f} {self.last.isoformat()}"


def read_memory(line: str, due: dt.date | None) -> Memory | None:
    """The memory that a property tells; None for a line that is broken."""
    found = _LINE.fullmatch(line.strip())
    if not found:
        return None
    stability, difficulty = float(found["stability"]), float(found["difficulty"])
    try:
        last = dt.date.fromisoformat(found["last"])
    except ValueError:
        return None
    if stability < _LEAST_STABILITY or not _LEAST_DIFFICULTY <= difficulty <= _MOST_DIFFICULTY:
        return None
    return Memory(stability=stability, difficulty=difficulty, last=last, due=due or last)


def reviewed(memory: Memory | None, deeds: Iterable[Deed]) -> Memory | None:
    """The memory after some deeds. memory: before them; None where there was none, and for no deeds."""
    days: dict[dt.date, Grade] = {}
    for deed in deeds:
        before = days.get(deed.date, deed.rating)
        days[deed.date] = min(before, deed.rating, key=_ORDER.index)
    for date, grade in sorted(days.items()):
        memory = _after(memory, grade, max(date, memory.last) if memory else date)
    return memory


def _after(memory: Memory | None, grade: Grade, date: dt.date) -> Memory:
    import fsrs

    scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = fsrs.Card()
    if memory:
        card = fsrs.Card(
            state=fsrs.State.Review,
            step=None,
            stability=memory.stability,
            difficulty=memory.difficulty,
            due=_at(memory.due),
            last_review=_at(memory.last),
        )
    card, _ = scheduler.review_card(card, fsrs.Rating(_ORDER.index(grade) + 1), _at(date))
    assert card.stability is not None
    assert card.difficulty is not None
    assert math.isfinite(card.stability)
    return Memory(stability=card.stability, difficulty=card.difficulty, last=date, due=card.due.date())


def _at(date: dt.date) -> dt.datetime:
    return dt.datetime.combine(date, dt.time(), dt.UTC)

"""A month of study with a clock of the test's own: every due date and warm-up is the one worked out by hand."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from notegen.desk import open_desk
from notegen.learner.ledger.deed import Deed, Grade
from notegen.run.ledger import keep_ledger, record

BEGIN = dt.date(2026, 3, 1)
BOOKS = ("Winds", "Tides", "Currents")
NOTE = "---\ntype: concept\npassage: b1-0123456789abcdef 1-1\n---\n# {name}\n"
BY_HAND: dict[str, tuple[tuple[int, Grade, int], ...]] = {
    # FSRS-6 with its default parameters, nine of ten to be known: (day of the month, grade, days until the next review)
    "Winds": ((1, "good", 2), (3, "good", 11), (14, "good", 46)),
    "Tides": ((1, "again", 1), (2, "good", 2), (4, "good", 6), (10, "good", 17), (27, "good", 44)),
    "Currents": ((1, "easy", 8), (9, "good", 39)),
}


def grades_of(day: int) -> list[tuple[str, Grade]]:
    return [(book, grade) for book, reviews in BY_HAND.items() for on, grade, _ in reviews if on == day]


def due_by_hand(day: int) -> set[str]:
    """The concepts whose last review before this day lies as long back as was worked out, or longer."""
    due = set()
    for book, reviews in BY_HAND.items():
        before = [(on, wait) for on, _, wait in reviews if on < day]
        if before and before[-1][0] + before[-1][1] <= day:
            due.add(book)
    return due


def test_a_month_of_three_books_is_due_to_the_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NOTEGEN_STATE", str(tmp_path / "state"))
    root = tmp_path / "vault"
    (root / "Concepts").mkdir(parents=True)
    (root / "notegen.toml").write_text("", encoding="utf-8")
    for name in BOOKS:
        (root / "Concepts" / f"{name}.md").write_text(NOTE.format(name=name), encoding="utf-8")
    desk = open_desk(root, os.environ, may_fetch=False)
    mastered: dict[str, int] = {}
    for day in range(1, 32):
        today = BEGIN + dt.timedelta(days=day - 1)
        standings = keep_ledger(desk, today, dry_run=False).standings
        assert {each.concept.name for each in standings if each.is_due} == due_by_hand(day), today
        done = [
            (
                f"Concepts/{book}.md",
                Deed(date=today, what="recalled", grade=grade, where=f"Concepts/{book}.md", about="?"),
            )
            for book, grade in grades_of(day)
        ]
        assert record(desk, done, today) == ()
        for each in keep_ledger(desk, today, dry_run=False).standings:
            if each.mastered:
                mastered.setdefault(each.concept.name, day)
    assert mastered == {"Winds": 14, "Tides": 10, "Currents": 9}

"""Methods about what the learner has learned, and is to recall."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

from notegen.serve import requests
from notegen.serve.call import Call
from notegen.serve.results import Answer


def cards(asked: requests.Cards, call: Call) -> Answer:
    """As `notegen cards`."""
    from notegen.desk import open_desk
    from notegen.run.cards import as_data, make_cards
    from notegen.run.passwords import Passwords
    from notegen.vault import writing

    desk = open_desk(call.vault_of(asked.vault), call.env, may_fetch=False, files=call.files)
    with nullcontext() if asked.dry_run else writing(desk.vault, "notegen cards", call.waits_for):
        report = make_cards(
            desk,
            book=asked.book,
            dry_run=asked.dry_run,
            on_progress=lambda pdf, what: call.say(f"{Path(pdf).name}: {what}"),
            ask_password=Passwords(None),
        )
    return {"dry_run": asked.dry_run, **as_data(report)}


def quiz(asked: requests.Quiz, call: Call) -> Answer:
    """As `notegen quiz --json`, and with grades as `notegen quiz --grade ID=GRADE`."""
    from notegen.desk import open_desk
    from notegen.run.passwords import Passwords
    from notegen.run.quiz import as_data, grade_of, make_quiz, record_grades
    from notegen.run.request import date_of_text
    from notegen.vault import writing

    desk = open_desk(call.vault_of(asked.vault), call.env, may_fetch=False, files=call.files)
    today = date_of_text(asked.date)
    told = [grade_of(each) for each in asked.grade]
    made = make_quiz(
        desk,
        today,
        book=asked.book,
        count=asked.n,
        on_progress=lambda pdf, what: call.say(f"{Path(pdf).name}: {what}"),
        ask_password=Passwords(None),
    )
    if not told:
        return as_data(made, today)
    with writing(desk.vault, "notegen quiz", call.waits_for):
        return record_grades(told, made, desk, today)

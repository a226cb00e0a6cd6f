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


def quest(asked: requests.Quest, call: Call) -> Answer:
    """As `notegen quest`."""
    import datetime as dt

    from notegen.run.quest import as_data, make_quest
    from notegen.serve.asking import opened_desk, opened_library
    from notegen.vault import writing

    desk = opened_desk(asked, call, offline=asked.offline)
    library = opened_library(desk, call)
    with nullcontext() if asked.dry_run else writing(desk.vault, "notegen quest", call.waits_for):
        report = make_quest(asked.topics, desk, library, today=dt.date.today(), dry_run=asked.dry_run)
    return {"dry_run": asked.dry_run, **as_data(report)}


def plan(asked: requests.Plan, call: Call) -> Answer:
    """As `notegen plan`."""
    import datetime as dt

    from notegen.desk import open_desk
    from notegen.run.passwords import Passwords
    from notegen.run.reading_plan import as_data, make_plan, plan_request
    from notegen.vault import writing

    request = plan_request(
        asked.book,
        by=asked.by,
        pages_per_day=asked.pages_per_day,
        start=asked.start,
        today=dt.date.today(),
        dry_run=asked.dry_run,
    )
    desk = open_desk(call.vault_of(asked.vault), call.env, may_fetch=False, files=call.files)
    with nullcontext() if asked.dry_run else writing(desk.vault, "notegen plan", call.waits_for):
        report = make_plan(request, desk, Passwords(None))
    return {"dry_run": asked.dry_run, **as_data(report)}


def sheet(asked: requests.Sheet, call: Call) -> Answer:
    """As `notegen sheet`."""
    import datetime as dt

    from notegen.desk import open_desk
    from notegen.run.passwords import Passwords
    from notegen.run.sheet import as_data, make_sheet
    from notegen.vault import writing

    desk = open_desk(call.vault_of(asked.vault), call.env, may_fetch=False, files=call.files)
    with nullcontext() if asked.dry_run else writing(desk.vault, "notegen sheet", call.waits_for):
        report = make_sheet(
            desk,
            asked.book,
            pages=asked.pages,
            today=dt.date.today(),
            dry_run=asked.dry_run,
            on_progress=lambda pdf, what: call.say(f"{Path(pdf).name}: {what}"),
            ask_password=Passwords(None),
        )
    return {"dry_run": asked.dry_run, "pages": asked.pages, **as_data(report)}


def exam(asked: requests.Exam, call: Call) -> Answer:
    """As `notegen exam`."""
    from notegen.desk import open_desk
    from notegen.run.exam import as_data, make_exam
    from notegen.run.passwords import Passwords
    from notegen.run.request import date_of_text
    from notegen.vault import writing

    desk = open_desk(call.vault_of(asked.vault), call.env, may_fetch=False, files=call.files)
    date = date_of_text(asked.date)
    with nullcontext() if asked.dry_run else writing(desk.vault, "notegen exam", call.waits_for):
        report = make_exam(
            desk,
            asked.book,
            count=asked.n,
            date=date,
            dry_run=asked.dry_run,
            on_progress=lambda pdf, what: call.say(f"{Path(pdf).name}: {what}"),
            ask_password=Passwords(None),
        )
    return {"dry_run": asked.dry_run, **as_data(report)}


def ledger(asked: requests.Ledger, call: Call) -> Answer:
    """As `notegen ledger`."""
    from notegen.desk import open_desk
    from notegen.run.ledger import keep_ledger
    from notegen.run.ledger_data import as_data
    from notegen.run.rabbit_holes import park_rabbit_holes
    from notegen.run.request import date_of_text
    from notegen.vault import writing

    desk, today = (
        open_desk(call.vault_of(asked.vault), call.env, may_fetch=False, files=call.files),
        date_of_text(asked.date),
    )
    with nullcontext() if asked.dry_run else writing(desk.vault, "notegen ledger", call.waits_for):
        report = keep_ledger(desk, today, dry_run=asked.dry_run)
        rabbits = park_rabbit_holes(desk, today, dry_run=asked.dry_run)
    return as_data(report, rabbits, dry_run=asked.dry_run)

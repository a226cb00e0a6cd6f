"""`notegen quiz`."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import click

from notegen.cli.day import say_who_is_writing
from notegen.cli.options import json_option, say_json, vault_option
from notegen.cli.passwords import Passwords
from notegen.cli.progress import progress
from notegen.desk import Desk, open_desk
from notegen.learner.ledger.deed import Grade
from notegen.learner.quiz import Asked
from notegen.run.ledger import keep_ledger
from notegen.run.quiz import Quiz, answered, as_data, grade_of, make_quiz, record_grades
from notegen.run.request import date_of_text
from notegen.vault import writing

GRADES: dict[str, Grade] = {"a": "again", "h": "hard", "g": "good", "e": "easy"}


@click.command(name="quiz", short_help="Be asked about what you have read.")
@vault_option()
@click.option("--book", default="", metavar="NAME", help="About this book only: its PDF's name, without .pdf.")
@click.option("--n", "count", default=10, show_default=True, type=click.IntRange(1), help="Questions at most.")
@click.option(
    "--date", "date_text", default="", metavar="YYYY-MM-DD", help="The day to count from; today when left out."
)
@click.option(
    "--grade", "grades", multiple=True, metavar="ID=GRADE", help="For programs: how a question of --json went."
)
@json_option("The questions of today as one JSON object; nothing is asked. With --grade: what was written.")
def command(vault: Path | None, book: str, count: int, date_text: str, grades: tuple[str, ...], as_json: bool) -> int:
    """Be asked about what you have read: first what is due, then what was never asked; books and kinds take turns.

    Type your answer, see the source's words with their page, and grade yourself: again, hard, good or easy. Each answer
    is written at once as evidence into the note of its concept, or of its log where it names none.

    \b
    notegen quiz
    notegen quiz --book "Deep Learning" --n 5
    notegen quiz --json                               the questions, for a program
    notegen quiz --grade d1838f7f6df74f4d=good --json how one of them went

    Exit status: 0 done, 1 something could not be written, 2 wrong usage, 130 interrupted (what was graded is written).
    """
    desk, today = open_desk(vault, os.environ, may_fetch=False), date_of_text(date_text)
    told = [grade_of(each) for each in grades]
    with progress(as_json) as (on_progress, paused):
        quiz = make_quiz(
            desk, today, book=book, count=count, on_progress=on_progress, ask_password=Passwords(None, paused)
        )
    if told:
        return _record(told, quiz, desk, today, as_json)
    if as_json:
        say_json(as_data(quiz, today))
        return 0
    return _ask(quiz, desk, today)


def _record(told: list[tuple[str, Grade]], quiz: Quiz, desk: Desk, today: dt.date, as_json: bool) -> int:
    """Write down what a program says."""
    with writing(desk.vault, "notegen quiz", say_who_is_writing):
        data = record_grades(told, quiz, desk, today)
    if as_json:
        say_json(data)
    else:
        click.echo(f"{len(told)} answer{'s' * (len(told) != 1)} written down.")
        for each in data["troubles"]:
            click.echo(f"! {each}", err=True)
    return 1 if data["troubles"] else 0


def _ask(quiz: Quiz, desk: Desk, today: dt.date) -> int:
    """Ask a person, question by question."""
    for failure in quiz.failed:
        click.echo(f"✗ {failure.pdf}: {failure.reason}", err=True)
    if not quiz.asked:
        click.echo("Nothing is due today, and nothing is left that was never asked.")
        return 0
    troubles: list[str] = []
    grades: list[Grade] = []
    for number, asked in enumerate(quiz.asked, 1):
        grade, is_sure = _one(asked, f"{number}/{len(quiz.asked)}")
        if grade is None:
            break
        grades.append(grade)
        with writing(desk.vault, "notegen quiz", say_who_is_writing):
            troubles += answered(desk, asked.question, grade, today, is_sure=is_sure)
    if grades:
        with writing(desk.vault, "notegen quiz", say_who_is_writing):
            keep_ledger(desk, today, dry_run=False)
    known = sum(grade != "again" for grade in grades)
    click.echo(f"\n{len(grades)} asked, {known} known.")
    for each in troubles:
        click.echo(f"! {each}", err=True)
    return 1 if troubles else 0


def _one(asked: Asked, place: str) -> tuple[Grade | None, bool | None]:
    """(grade, whether the person was sure); no grade when they want to stop."""
    question = asked.question
    click.echo(f"\n{place} · {question.book}{' · due' if asked.is_due else ''}")
    click.echo(click.style(question.question, bold=True))
    said = click.prompt("Your answer (q: stop)", default="", show_default=False)
    if said.strip().lower() == "q":
        return None, None
    sure = click.prompt(
        "Sure? [y/n]", default="", show_default=False, type=click.Choice(["y", "n", ""]), show_choices=False
    )
    click.echo(f"The source{f', {question.page_label}' if question.page_label else ''}:")
    for line in question.answer.split("\n"):
        click.echo(f"    {line}")
    grade = click.prompt("again, hard, good, easy? [a/h/g/e]", type=click.Choice([*GRADES]), show_choices=False)
    return GRADES[grade], (sure == "y") if sure else None

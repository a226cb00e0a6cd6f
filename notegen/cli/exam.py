"""`notegen exam`."""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path

import click

from notegen.cli.day import STATUS_SIGNS, say_who_is_writing
from notegen.cli.options import json_option, say_json, vault_option
from notegen.cli.passwords import Passwords
from notegen.cli.progress import progress
from notegen.desk import open_desk
from notegen.run.exam import ExamReport, as_data, make_exam
from notegen.run.request import date_of_text
from notegen.vault import writing

DEFAULT_COUNT = 10


@click.command(name="exam", short_help="Make a mock exam of what you have read of a book.")
@click.argument("book")
@click.option(
    "--n", "count", type=click.IntRange(min=1), default=DEFAULT_COUNT, show_default=True, help="Questions at most."
)
@click.option("--date", "date_text", default="", metavar="YYYY-MM-DD", help="Of the exam; today when left out.")
@vault_option()
@click.option("--dry-run", is_flag=True, help="Show what would be written and write nothing.")
@json_option()
def command(book: str, count: int, date_text: str, vault: Path | None, dry_run: bool, as_json: bool) -> None:
    """Make a mock exam of BOOK (its PDF's name, without .pdf) from questions that nobody has asked you yet.

    Of the passages that have logs: no question of a card, of a quiz, of a check that you ticked, or of an earlier exam.
    The answers, in the source's own words with their pages, stand in a note of their own. An exam is made once: run
    again for the same day, it stays as it is; another day brings other questions.

    \b
    notegen exam "Deep Learning"
    notegen exam "Deep Learning" --n 5 --dry-run
    notegen exam "Deep Learning" --date 2027-02-01 --json

    Exit status: 0 done, 1 nothing is left to ask or the book cannot be read, 2 wrong usage.
    """
    desk, date = open_desk(vault, os.environ, may_fetch=False), date_of_text(date_text)
    alone = nullcontext() if dry_run else writing(desk.vault, "notegen exam", say_who_is_writing)
    with alone, progress(as_json) as (on_progress, paused):
        report = make_exam(
            desk,
            book,
            count=count,
            date=date,
            dry_run=dry_run,
            on_progress=on_progress,
            ask_password=Passwords(None, paused),
        )
    if as_json:
        say_json({"dry_run": dry_run, **as_data(report)})
    else:
        _say(report, dry_run)


def _say(report: ExamReport, dry_run: bool) -> None:
    status = f"would be {report.status}" if dry_run and report.status == "written" else report.status
    count = len(report.questions)
    click.echo(f"{STATUS_SIGNS[report.status]} {report.path}  ({status}: {count} question{'s' * (count != 1)})")
    if report.answers:
        click.echo(f"    Answer key: {report.answers}")
    if report.left_over:
        click.echo(f"    {report.left_over} more were never asked: give a greater --n to have them.")

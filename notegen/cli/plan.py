"""`notegen plan`."""

from __future__ import annotations

import datetime as dt
import os
from contextlib import nullcontext
from pathlib import Path

import click

from notegen.cli.day import STATUS_SIGNS, say_who_is_writing
from notegen.cli.options import json_option, say_json, vault_option
from notegen.cli.passwords import Passwords
from notegen.cli.progress import progress
from notegen.desk import open_desk
from notegen.run.reading_plan import PlanReport, as_data, make_plan, plan_request
from notegen.vault import writing


@click.command(name="plan", short_help="Plan when a book is read.")
@click.argument("book")
@vault_option()
@click.option("--by", default="", metavar="YYYY-MM-DD", help="Read it to its end by this day.")
@click.option("--pages-per-day", type=click.IntRange(min=1), metavar="N", help="Read about so many pages a day.")
@click.option("--from", "start", default="", metavar="YYYY-MM-DD", help="The first day; today when left out.")
@click.option("--dry-run", is_flag=True, help="Show what would be written and write nothing.")
@json_option()
def command(
    book: str, vault: Path | None, by: str, pages_per_day: int | None, start: str, dry_run: bool, as_json: bool
) -> None:
    """Plan when BOOK (a PDF's name, without .pdf) is read: a note with a tick for each day.

    Days end where sections end. Run it again, with or without --by and --pages-per-day: days whose pages your logs
    cover are ticked, and your own ticks and lines stay. Another pace plans anew what is unread by then.

    \b
    notegen plan "Deep Learning" --pages-per-day 10
    notegen plan "Deep Learning" --by 2027-03-01 --from 2027-01-04
    notegen plan "Deep Learning"                       tick what was read

    Exit status: 0 done, 1 the book cannot be read or nothing of it is left, 2 wrong usage.
    """
    request = plan_request(
        book, by=by, pages_per_day=pages_per_day, start=start, today=dt.date.today(), dry_run=dry_run
    )
    desk = open_desk(vault, os.environ, may_fetch=False)
    alone = nullcontext() if dry_run else writing(desk.vault, "notegen plan", say_who_is_writing)
    with alone, progress(as_json) as (_, paused):
        report = make_plan(request, desk, Passwords(None, paused))
    if as_json:
        say_json({"dry_run": dry_run, **as_data(report)})
    else:
        _say(report, desk.settings.day.max_pages, dry_run)


def _say(report: PlanReport, max_pages: int, dry_run: bool) -> None:
    note, lines = report.note, report.subject.lines
    status = f"would be {note.status}" if dry_run and note.status in ("written", "updated") else note.status
    read = sum(line.is_read for line in lines)
    told = f"{read} of {len(lines)} day{'s' * (len(lines) != 1)} read"
    click.echo(f"{STATUS_SIGNS[note.status]} {note.path}  ({status}: {told}, {lines[0].date} to {lines[-1].date})")
    for sentence in note.said:
        click.echo(f"    {sentence}")
    if report.subject.is_finished:
        click.echo(f"    {report.subject.name} is finished: logs cover every page.")
    elif max(line.last_page - line.page + 1 for line in lines) > max_pages:
        click.echo(f"    Some days have more than the {max_pages} pages that one log takes (max_pages below [day]).")

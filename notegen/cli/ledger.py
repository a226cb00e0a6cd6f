"""`notegen ledger`."""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path

import click

from notegen.cli.day import say_who_is_writing
from notegen.cli.options import json_option, say_json, vault_option
from notegen.desk import open_desk
from notegen.run.ledger import LedgerReport, keep_ledger
from notegen.run.ledger_data import as_data
from notegen.run.rabbit_holes import park_rabbit_holes
from notegen.run.request import date_of_text
from notegen.vault import writing


@click.command(name="ledger", short_help="Keep and show what you have learned.")
@vault_option()
@click.option(
    "--date", "date_text", default="", metavar="YYYY-MM-DD", help="The day to count from; today when left out."
)
@click.option("--dry-run", is_flag=True, help="Show what would be written and write nothing.")
@json_option()
def command(vault: Path | None, date_text: str, dry_run: bool, as_json: bool) -> None:
    """Look at what you did with each concept, write what is new into the properties of its note, and show it.

    What you marked for later in any note (🐰, #rabbit-hole, [!rabbit]) is parked in Rabbit Holes.md.

    Evidence is what you ticked, typed under a question, explained in your own words, tried, answered in notegen quiz or
    reviewed in the plugin Spaced Repetition. Two successes a week or more apart make a concept mastered.

    \b
    notegen ledger
    notegen ledger --dry-run
    notegen ledger --json

    Exit status: 0 done, 1 there is no vault, 2 wrong usage.
    """
    desk = open_desk(vault, os.environ, may_fetch=False)
    alone = nullcontext() if dry_run else writing(desk.vault, "notegen ledger", say_who_is_writing)
    with alone:
        report = keep_ledger(desk, date_of_text(date_text), dry_run=dry_run)
        rabbits = park_rabbit_holes(desk, date_of_text(date_text), dry_run=dry_run)
    if as_json:
        say_json(as_data(report, rabbits, dry_run=dry_run))
    else:
        _say(report, dry_run)
        for text in rabbits.parked:
            click.echo(f"+ {rabbits.path}: 🐰 {text}")
        for text in rabbits.struck:
            click.echo(f"~ {rabbits.path}: {text} is done")


def _say(report: LedgerReport, dry_run: bool) -> None:
    for each in sorted(report.standings, key=lambda each: (not each.is_due, each.concept.name.casefold())):
        review = f", next review {each.entry.next_review}" if each.entry.next_review else ""
        level = f"mastered {each.mastered}" if each.mastered else each.level
        click.echo(
            f"{'*' if each.is_due else ' '} {each.concept.name}: {level}{review}{', due' if each.is_due else ''}"
        )
        for deed in each.new:
            click.echo(f"    + {str(deed).strip('[]').partition('|')[2]}")
        for trouble in each.troubles:
            click.echo(f"    ! {each.concept.path}: {trouble}")
    if not report.standings:
        click.echo("No concept notes yet: notegen day makes them of what a book defines.")
    changed = [each.path for each in report.writes if each.status in ("written", "updated")]
    if changed:
        click.echo(f"{len(changed)} file{'s' * (len(changed) != 1)} {'would be ' if dry_run else ''}written.")

"""`notegen sheet`."""

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
from notegen.run.sheet import SheetReport, as_data, make_sheet
from notegen.vault import writing

DEFAULT_PAGES = 4


@click.command(name="sheet", short_help="Condense what you have read of a book to a few pages.")
@click.argument("book")
@click.option(
    "--pages", type=click.IntRange(min=1), default=DEFAULT_PAGES, show_default=True, help="How long it may be."
)
@vault_option()
@click.option("--dry-run", is_flag=True, help="Show what would be written and write nothing.")
@json_option()
def command(book: str, pages: int, vault: Path | None, dry_run: bool, as_json: bool) -> None:
    """Condense what you have read of BOOK (its PDF's name, without .pdf) into a note to revise from.

    Definitions, formulas, tables and figures of the passages that have logs, and what you answered wrong: the source's
    own words, each once and with its page. A page is about 400 words. Run it again when you have read on: what you
    changed in the note stays.

    \b
    notegen sheet "Deep Learning"
    notegen sheet "Deep Learning" --pages 2 --dry-run

    Exit status: 0 done, 1 nothing was read or the book cannot be read, 2 wrong usage.
    """
    desk = open_desk(vault, os.environ, may_fetch=False)
    alone = nullcontext() if dry_run else writing(desk.vault, "notegen sheet", say_who_is_writing)
    with alone, progress(as_json) as (on_progress, paused):
        report = make_sheet(
            desk,
            book,
            pages=pages,
            today=dt.date.today(),
            dry_run=dry_run,
            on_progress=on_progress,
            ask_password=Passwords(None, paused),
        )
    if as_json:
        say_json({"dry_run": dry_run, "pages": pages, **as_data(report)})
    else:
        _say(report, dry_run)


def _say(report: SheetReport, dry_run: bool) -> None:
    note, room = report.note, report.room
    status = f"would be {note.status}" if dry_run and note.status in ("written", "updated") else note.status
    counted = [(report.count(f"{what}s"), what) for what in ("definition", "formula", "table", "picture")]
    counts = ", ".join(f"{count} {what}{'s' * (count != 1)}" for count, what in counted)
    click.echo(f"{STATUS_SIGNS[note.status]} {note.path}  ({status}: {counts}, about {room.taken} words)")
    if report.subject.wrong:
        click.echo(f"    {len(report.subject.wrong)} answered wrong so far: they come first.")
    if room.left_out:
        click.echo(f"    {room.left_out} more found no room: give more --pages to have them.")
    for sentence in note.said:
        click.echo(f"    {sentence}")

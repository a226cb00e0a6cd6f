"""`notegen day`."""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path

import click

from notegen.cli.drafting import Notices, arguments, drafting_options, say_drafting
from notegen.cli.options import json_option, say_json, vault_option
from notegen.cli.passwords import Passwords
from notegen.cli.progress import fetch_progress, progress
from notegen.desk import Desk, open_desk
from notegen.run.day import run_day
from notegen.run.report import DayReport, as_data
from notegen.run.request import DayRequest, check, date_of_text
from notegen.run.review import told_of
from notegen.vault import writing

STATUS_SIGNS = {"written": "+", "updated": "~", "unchanged": "=", "kept": "!"}


@click.command(name="day", short_help="Make today's notes.")
@click.argument("pdfs", nargs=-1, type=click.Path(path_type=Path), metavar="[PDF …]")
@vault_option()
@click.option("--pages", default="", metavar="A-B", help="These pages: 25-36 as printed, pdf:40-52 counted from 1.")
@click.option("--section", default="", metavar="TITLE", help="This section of the PDF's outline.")
@click.option("--book", default="", metavar="NAME", help="Go on with this book only.")
@click.option("--next", "take_next", is_flag=True, help="Another passage of a book that has moved today already.")
@click.option("--date", "date_text", default="", metavar="YYYY-MM-DD", help="The note's date; today when left out.")
@click.option("--password", metavar="TEXT", help="Of a locked PDF; left out, the keyring or the terminal is asked.")
@drafting_options
@click.option("--templates", type=click.Path(path_type=Path), help="A folder with templates of your own.")
@click.option("--sentence", default="", metavar="TEXT", help="The sentence whose attention is drawn.")
@click.option("--refresh", is_flag=True, help="Make the note again even when nothing has changed.")
@click.option(
    "--upgrade", is_flag=True, help="Make the notes again that an earlier notegen made; your changes in them stay."
)
@click.option(
    "--offline",
    is_flag=True,
    help="Fetch and send nothing: no weights for figures and links, no text to a model elsewhere.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be written and write nothing.")
@json_option()
def command(
    pdfs: tuple[Path, ...],
    vault: Path | None,
    pages: str,
    section: str,
    book: str,
    take_next: bool,
    date_text: str,
    password: str | None,
    templates: Path | None,
    sentence: str,
    refresh: bool,
    upgrade: bool,
    offline: bool,
    dry_run: bool,
    as_json: bool,
    **drafting: str | None,
) -> int:
    """Make today's notes: of the PDFs named, else of what is new in the inbox and of every book in progress.

    \b
    notegen day                               the inbox and the books in progress
    notegen day Book.pdf --pages 25-36        these pages, as printed
    notegen day Book.pdf --section Attention  this section
    notegen day --book Book --next            another passage of it today
    notegen day --upgrade --dry-run           which notes of earlier versions would be made again
    notegen day --dry-run                     what would be written, sent and paid
    notegen day --model llama3.1 --base-url http://localhost:11434/v1

    Exit status: 0 all done, 1 some PDF failed, 2 wrong usage.
    """
    request = DayRequest(
        pdfs=pdfs,
        book=book,
        pages=pages,
        section=section,
        date=date_of_text(date_text),
        next=take_next,
        refresh=refresh,
        upgrade=upgrade,
        sentence=" ".join(sentence.split()),
        dry_run=dry_run,
    )
    check(request)
    desk = open_desk(
        vault,
        os.environ,
        templates=templates,
        may_fetch=not (offline or dry_run),
        offline=offline,
        **arguments(drafting),
    )
    if offline:
        say_not_asked(desk)
    alone = nullcontext() if dry_run else writing(desk.vault, "notegen day", say_who_is_writing)
    with alone, progress(as_json) as (on_progress, paused):
        desk.encoder.on_progress = fetch_progress(as_json, on_progress)
        report = run_day(request, desk, on_progress, Passwords(password, paused), Notices(paused))
    if as_json:
        say_json(as_data(report, dry_run=dry_run))
    else:
        _say(report, dry_run)
        if upgrade and not (report.notes or report.failed):
            click.echo("There is nothing to upgrade: this notegen has made every note whose PDF is there.")
    return 1 if report.failed else 0


def say_not_asked(desk: Desk) -> None:
    """Tell the person that the model they named drafts nothing now."""
    told = desk.settings.draft
    if told.model and told.drafter != "extractive" and desk.drafter.name == "extractive":
        click.echo(f"Offline: {told.model} is not asked, for it runs elsewhere. The source is quoted.", err=True)


def say_who_is_writing(holder: str) -> None:
    """Tell the person why nothing happens yet."""
    click.echo(f"{holder} is writing into this vault; waiting for it …", err=True)


def _say(report: DayReport, dry_run: bool) -> None:
    for note in report.notes:
        status = f"would be {note.status}" if dry_run and note.status in ("written", "updated") else note.status
        click.echo(f"{STATUS_SIGNS[note.status]} {note.path}  ({status})")
        click.echo(f"    pp. {note.pages} of {note.source}")
        for write in note.beside:
            if write.path.endswith(".md"):
                click.echo(f"    {STATUS_SIGNS[write.status]} {write.path}")
        for sentence in (note.suspect, *note.said):
            if sentence:
                click.echo(f"    {sentence}")
        say_drafting(note.record)
    for path in report.drawn:
        click.echo(f"~ {path}  (figure {'would be ' if dry_run else ''}drawn below its block)")
    for failure in report.failed:
        click.echo(f"✗ {failure.pdf + ': ' if failure.pdf else ''}{failure.reason}", err=True)
        if failure.next_step:
            click.echo(f"    {failure.next_step}", err=True)
    told = {note.path for note in report.notes}
    for log in (each for each in report.troubled if each.path not in told):
        click.echo(f"! {log.path}  ({log.trouble})", err=True)
        click.echo("    notegen knows the note and leaves it as it is until that is mended.", err=True)
    if report.waiting:
        click.echo(f"{len(report.waiting)} more for the next run (day.max_notes): {', '.join(report.waiting)}")
    for each in report.missing:
        click.echo(f"The PDF of “{each.log}” is not in the vault any more ({each.pdf}): put it back to read on.")
    for sentence in report.editions:
        click.echo(sentence)
    for name in report.locked:
        click.echo(f"{name} has its notes so far; give its --password to read on.")
    for word, some in (("taken", report.decided.accepted), ("refused", report.decided.rejected)):
        for done in some:
            click.echo(f"{word}, as you ticked: {done.proposal.id}  {done.path} · {done.proposal.name}")
    if report.proposals:
        click.echo(told_of(report.proposals))
    if report.no_model:
        click.echo(f"The model for figures and links: {report.no_model}")
    if report.finished and not report.notes and not report.failed:
        click.echo("Nothing is left to read: every PDF has its notes. Drop another one into the inbox.")

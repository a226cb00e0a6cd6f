"""`notegen cards`."""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path

import click

from notegen.cli.day import STATUS_SIGNS, say_who_is_writing
from notegen.cli.files import put_file
from notegen.cli.options import json_option, say_json, vault_option
from notegen.cli.passwords import Passwords
from notegen.cli.progress import progress
from notegen.desk import Desk, open_desk
from notegen.errors import UsageError
from notegen.run.cards import CardsReport, as_data, make_cards
from notegen.vault import writing

_BOOK = click.option("--book", default="", metavar="NAME", help="Of this book only: its PDF's name, without .pdf.")


@click.group(name="cards", short_help="Make cards of what you have read.", invoke_without_command=True)
@vault_option()
@_BOOK
@click.option("--dry-run", is_flag=True, help="Show what would be written and write nothing.")
@json_option()
@click.pass_context
def command(ctx: click.Context, vault: Path | None, book: str, dry_run: bool, as_json: bool) -> None:
    """Make cards of what you have read: one note a book, in the form of the plugin Spaced Repetition.

    A card is a self-check question that needs no page beside it. A second run adds nothing twice; a card that you
    delete, or below which you write “card: no”, never comes back; one that you have reviewed is never reworded.

    \b
    notegen cards                              cards of every book that has logs
    notegen cards --book "Deep Learning"       of one
    notegen cards export --anki cards.apkg     a package for Anki
    notegen cards export --tsv cards.txt       a text file for Anki: your own fields and tags stay

    Exit status: 0 done, 1 some book failed, 2 wrong usage.
    """
    ctx.obj = (vault, book)
    if ctx.invoked_subcommand is not None:
        return
    desk = open_desk(vault, os.environ, may_fetch=False)
    report = _made(desk, book, dry_run=dry_run, quiet=as_json)
    if as_json:
        say_json({"dry_run": dry_run, **as_data(report)})
    else:
        _say(report, dry_run)
    if report.failed:
        ctx.exit(1)


@command.command(name="export", short_help="Write the cards into a file for Anki.")
@vault_option()
@_BOOK
@click.option("--anki", type=click.Path(path_type=Path, dir_okay=False), help="A package (.apkg) to write.")
@click.option("--tsv", type=click.Path(path_type=Path, dir_okay=False), help="A text file to write.")
@click.option("--deck", default="notegen", metavar="NAME", help="The deck above those of the books; notegen.")
@json_option()
@click.pass_context
def export(
    ctx: click.Context,
    vault: Path | None,
    book: str,
    anki: Path | None,
    tsv: Path | None,
    deck: str,
    as_json: bool,
) -> None:
    """Write the cards of all books, or of one, into a file that Anki imports; cards notes need not be there.

    Importing again adds nothing twice. What you change in Anki after that stays, in a package because each card carries
    the time of its content, in a text file because Anki touches only the columns that it holds.

    \b
    notegen cards export --anki cards.apkg
    notegen cards export --book "Deep Learning" --tsv cards.txt

    Exit status: 0 done, 1 some book failed, 2 wrong usage.
    """
    from notegen.learner.cards.anki import package, table
    from notegen.learner.cards.exported import exported

    if not (anki or tsv):
        raise UsageError("Into which file?", "For example: notegen cards export --anki cards.apkg")
    desk = open_desk(vault or ctx.obj[0], os.environ, may_fetch=False)
    report = _made(desk, book or ctx.obj[1], dry_run=True, quiet=as_json)
    decks = {
        "::".join(each for each in (deck.strip(": "), one.name) if each): (
            one.book,
            exported(one.asked, source=one.name, note_changed_at=one.changed_at),
        )
        for one in report.books
    }
    for file, form in ((anki, package), (tsv, table)):
        if file:
            put_file(file, form(decks), desk)
    count = sum(len(cards) for _, cards in decks.values())
    if as_json:
        files = {"anki": str(anki) if anki else "", "tsv": str(tsv) if tsv else ""}
        say_json({"exported": count, **files, **as_data(report)})
    else:
        for file in (each for each in (anki, tsv) if each):
            click.echo(f"+ {file}  ({count} card{'s' * (count != 1)})")
        _say_failed(report)
    if report.failed:
        ctx.exit(1)


def _made(desk: Desk, book: str, *, dry_run: bool, quiet: bool) -> CardsReport:
    alone = nullcontext() if dry_run else writing(desk.vault, "notegen cards", say_who_is_writing)
    with alone, progress(quiet) as (on_progress, paused):
        return make_cards(
            desk, book=book, dry_run=dry_run, on_progress=on_progress, ask_password=Passwords(None, paused)
        )


def _say(report: CardsReport, dry_run: bool) -> None:
    for one in report.books:
        if not one.path:
            click.echo(f"= {one.name}  (nothing in it is fit for a card yet)")
            continue
        told = f"{one.new} new, {len(one.asked)} in all"
        status = f"would be {one.status}" if dry_run and one.status in ("written", "updated") else one.status
        click.echo(f"{STATUS_SIGNS[one.status]} {one.path}  ({status}: {told})")
        for sentence in one.said:
            click.echo(f"    {sentence}")
    if not report.books and not report.failed:
        click.echo("No book has a log yet: cards are made of what you have read. Run notegen day first.")
    _say_failed(report)


def _say_failed(report: CardsReport) -> None:
    for each in report.failed:
        click.echo(f"✗ {each.pdf}: {each.reason}", err=True)
        if each.next_step:
            click.echo(f"    {each.next_step}", err=True)

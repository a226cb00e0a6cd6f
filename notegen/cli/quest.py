"""`notegen quest`."""

from __future__ import annotations

import datetime as dt
import os
from contextlib import nullcontext
from pathlib import Path

import click

from notegen.cli.asked_library import asked_library
from notegen.cli.day import STATUS_SIGNS, say_who_is_writing
from notegen.cli.files import put_file
from notegen.cli.options import json_option, say_json, vault_option
from notegen.desk import open_desk
from notegen.run.quest import QuestReport, as_data, make_quest
from notegen.run.quest_cards import quest_cards
from notegen.vault import writing


@click.command(name="quest", short_help="Make a learning quest of a topic or concepts.")
@click.argument("topics", nargs=-1, required=True, metavar="TOPIC|CONCEPT...")
@vault_option()
@click.option("--cards", type=click.Path(path_type=Path, dir_okay=False), help="Also write cards to cut out (PDF).")
@click.option("--dry-run", is_flag=True, help="Show what would be written and write nothing.")
@click.option("--offline", is_flag=True, help="Nothing leaves this machine.")
@json_option()
def command(
    topics: tuple[str, ...], vault: Path | None, cards: Path | None, dry_run: bool, offline: bool, as_json: bool
) -> None:
    """Make a learning quest: a goal, stages to read in your books' own words with the pages, practice, a guess with
    measured answers, a figure, and conditions that “notegen status” ticks when your notes show them.

    Each argument is a topic or concept; several make one quest, in the order in which one explains the other. A concept
    without a note gets one, for your own words. Run it again when you have new books: what you wrote stays.

    \b
    notegen quest Embedding
    notegen quest "Dot product" "Cosine similarity"
    notegen quest Embedding --cards quest.pdf

    Exit status: 0 done, 2 wrong usage, or no book speaks of the topic.
    """
    desk = open_desk(vault, os.environ, may_fetch=not offline, offline=offline)
    library = asked_library(desk, "notegen quest")
    alone = nullcontext() if dry_run else writing(desk.vault, "notegen quest", say_who_is_writing)
    with alone:
        report = make_quest(topics, desk, library, today=dt.date.today(), dry_run=dry_run)
    if cards and not dry_run:
        put_file(cards, quest_cards(report.subject, desk), desk)
    if as_json:
        say_json({"dry_run": dry_run, **as_data(report), **({"cards": str(cards)} if cards else {})})
        return
    _say(report, dry_run)
    if cards:
        click.echo(f"+ {cards}{'  (would be written)' if dry_run else ''}")


def _say(report: QuestReport, dry_run: bool) -> None:
    note, quest = report.note, report.subject
    status = f"would be {note.status}" if dry_run and note.status in ("written", "updated") else note.status
    met = sum(line.is_met for line in quest.conditions)
    told = f"{len(quest.stages)} stages, {met} of {len(quest.conditions)} conditions met"
    click.echo(f"{STATUS_SIGNS[note.status]} {note.path}  ({status}: {told})")
    for path in report.made:
        click.echo(f"    {path} comes with it, for your own words.")
    for each in quest.first:
        click.echo(f"    First: {each.name}, which you have not explained yet.")
    for sentence in note.said:
        click.echo(f"    {sentence}")

"""`notegen status`."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import click

from notegen.cli.options import json_option, say_json, vault_option
from notegen.cli.watch import on_one_line, outcome_of
from notegen.desk import Desk, open_desk
from notegen.errors import BusyError
from notegen.run.quests import has_ticks, tick
from notegen.run.review import told_of
from notegen.run.status import Status, as_data, status
from notegen.vault import writing


@click.command(name="status", short_help="Show what became of each PDF.")
@vault_option()
@click.option("--dry-run", is_flag=True, help="Tick nothing in quests.")
@json_option()
def command(vault: Path | None, dry_run: bool, as_json: bool) -> None:
    """Show what became of each PDF in the inbox folders: done, failed with the reason and the next step, or waiting.
    Of quests it shows how many conditions your notes meet, and ticks these in their notes; else it changes nothing.

    \b
    notegen status
    notegen status --dry-run               tick nothing
    notegen status --vault ~/MyVault --json

    Exit status: 0 shown, 1 there is no vault, 2 wrong usage.
    """
    desk = open_desk(vault, os.environ, may_fetch=False)
    shown = status(desk, dt.date.today())
    ticked = () if dry_run else _ticked(shown, desk)
    if as_json:
        say_json(as_data(shown, desk, ticked))
    else:
        _say(shown)


def _ticked(shown: Status, desk: Desk) -> tuple[str, ...]:
    """Tick what quests have met. Another writer is not waited for: the next look ticks it."""
    if not has_ticks(shown.quests, desk):
        return ()
    try:
        with writing(desk.vault, "notegen status", patience_s=0):
            return tick(shown.quests, desk)
    except BusyError as busy:
        click.echo(f"{busy.reason} Quests are ticked next time.", err=True)
        return ()


def _say(shown: Status) -> None:
    for drop in shown.overview.drops:
        click.echo(on_one_line(f"{drop.state:8} {drop.path}{outcome_of(drop)}"))
    for path, reason in shown.overview.ignored.items():
        click.echo(on_one_line(f"ignored  {path}: {reason}"))
    if shown.overview.gone:
        click.echo(shown.overview.gone)
    if shown.proposals:
        click.echo(told_of(shown.proposals))
    for quest in shown.quests:
        told = "complete" if quest.is_complete else f"{sum(quest.met)} of {len(quest.met)} conditions met"
        click.echo(on_one_line(f"quest    {quest.path}: {told}"))
    counts = ", ".join(f"{count} {state}" for state, count in shown.counts.items())
    click.echo(f"{counts}. {shown.watcher + ' is at work.' if shown.watcher else 'No watcher is running.'}")

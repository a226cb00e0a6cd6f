"""`notegen status`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from notegen.cli.options import json_option, say_json, vault_option
from notegen.cli.watch import on_one_line, outcome_of
from notegen.desk import open_desk
from notegen.run.review import told_of
from notegen.run.status import Status, as_data, status


@click.command(name="status", short_help="Show what became of each PDF.")
@vault_option()
@json_option()
def command(vault: Path | None, as_json: bool) -> None:
    """Show what became of each PDF in the inbox folders: done, failed with the reason and the next step, or waiting.
    Changes nothing.

    \b
    notegen status
    notegen status --vault ~/MyVault --json

    Exit status: 0 shown, 1 there is no vault, 2 wrong usage.
    """
    desk = open_desk(vault, os.environ, may_fetch=False)
    shown = status(desk)
    if as_json:
        say_json(as_data(shown, desk))
    else:
        _say(shown)


def _say(shown: Status) -> None:
    for drop in shown.overview.drops:
        click.echo(on_one_line(f"{drop.state:8} {drop.path}{outcome_of(drop)}"))
    for path, reason in shown.overview.ignored.items():
        click.echo(on_one_line(f"ignored  {path}: {reason}"))
    if shown.overview.gone:
        click.echo(shown.overview.gone)
    if shown.proposals:
        click.echo(told_of(shown.proposals))
    counts = ", ".join(f"{count} {state}" for state, count in shown.counts.items())
    click.echo(f"{counts}. {shown.watcher + ' is at work.' if shown.watcher else 'No watcher is running.'}")

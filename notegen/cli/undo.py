"""`notegen undo`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from notegen.cli.history import when
from notegen.cli.options import json_option, say_json, vault_option
from notegen.run.history import TakenBack, take_back, undo_as_data
from notegen.store import Store
from notegen.vault.vault import Vault

SIGNS = {"restored": "~", "returned": "+", "merged": "~", "removed": "-", "unchanged": "=", "kept": "!"}
WORDS = {
    "restored": "as it was before",
    "returned": "is back",
    "merged": "as it was before, with what was changed since",
    "removed": "to .trash",
    "unchanged": "is as it was already",
    "kept": "left as it is",
}


@click.command(name="undo", short_help="Take the last run back, or any other.")
@click.option("--run", "number", type=int, metavar="ID", help="This run of notegen history; else the last one.")
@vault_option()
@click.option("--dry-run", is_flag=True, help="Show what would become of each file and write nothing.")
@json_option()
def command(number: int | None, vault: Path | None, dry_run: bool, as_json: bool) -> None:
    """Take back what the last run wrote into the vault, whichever command it was.

    Files that nobody touched since become what they were, byte for byte; new ones go to the vault's .trash, and those
    that were removed return. Where you changed a file since, your changes stay. An undo is a run, too: undo again to
    have everything back.

    \b
    notegen undo --dry-run      what would become of each file
    notegen undo                take the last run back
    notegen undo                and once more: have it again
    notegen undo --run 12       a run that notegen history lists

    Exit status: 0 done, 1 the vault cannot be written, 2 wrong usage, or nothing is on record.
    """
    done = take_back(number, Vault.find(vault, os.environ, store=Store.open()), dry_run=dry_run)
    if as_json:
        say_json(undo_as_data(done))
    else:
        _say(done)


def _say(done: TakenBack) -> None:
    click.echo(f"Run {done.run.number}, {done.run.command}, {when(done.run.at)}:")
    for each in done.files:
        word = f"is now {done.trashed[each.path]}" if each.path in done.trashed else WORDS[each.status]
        click.echo(f"{SIGNS[each.status]} {each.path}  ({word})")
        if each.said:
            click.echo(f"    {each.said}")
    if done.dry_run:
        click.echo("Nothing was written.")
    elif any(each.status not in ("unchanged", "kept") for each in done.files):
        click.echo("Taken back. To have it again: notegen undo")
    else:
        click.echo("Nothing of it was left to take back.")

"""`notegen history`."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import click

from notegen.cli.options import json_option, say_json, vault_option
from notegen.run.history import history_as_data, runs_of, status_of
from notegen.store import Store
from notegen.store.runs import RunRecord
from notegen.vault.vault import Vault

SIGNS = {"written": "+", "updated": "~", "removed": "-"}
SHOWN = 20
"""Runs on the terminal; `--json` has them all."""


@click.command(name="history", short_help="List the runs and what they changed.")
@click.argument("note", required=False)
@vault_option()
@json_option()
def command(note: str | None, vault: Path | None, as_json: bool) -> None:
    """List what notegen wrote into the vault, run by run, the latest first; with NOTE only the runs that changed it.

    \b
    notegen history
    notegen history "Dot product"
    notegen history --json
    notegen undo --run 12        take one of them back

    Exit status: 0 shown, 1 there is no vault, 2 wrong usage.
    """
    known = runs_of(Vault.find(vault, os.environ, store=Store.open()), note or "")
    if as_json:
        say_json(history_as_data(known))
    else:
        _say(known)


def when(at: str) -> str:
    """A time of the record for a person, in the zone of this machine."""
    return dt.datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")


def _say(known: list[RunRecord]) -> None:
    for run in known[:SHOWN]:
        undoes = f" of run {run.undoes}" if run.undoes else ""
        undone = f"  (taken back by run {run.undone_by})" if run.undone_by else ""
        click.echo(f"{run.number:4}  {when(run.at)}  {run.command}{undoes}{undone}")
        for each in run.changes:
            click.echo(f"      {SIGNS[status_of(each)]} {each.path}")
    if len(known) > SHOWN:
        click.echo(f"{len(known) - SHOWN} earlier ones: notegen history --json")
    if not known:
        click.echo("No run is on record.")

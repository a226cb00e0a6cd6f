"""`notegen status`."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from notegen.cli.options import json_option, say_json, vault_option
from notegen.cli.watch import on_one_line, outcome_of, watcher_lock
from notegen.desk import Desk, open_desk
from notegen.store.drops import Drop
from notegen.watch.log import FILE_NAME as LOG_NAME
from notegen.watch.overview import Overview, overview

STATES = ("done", "failed", "waiting")


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
    watcher = watcher_lock(desk).holder()
    shown = overview(desk)
    shown = replace(shown, drops=tuple(_reasoned(drop, watcher) for drop in shown.drops))
    if as_json:
        say_json(_as_data(shown, desk, watcher))
    else:
        _say(shown, watcher)


def _reasoned(drop: Drop, watcher: str) -> Drop:
    """A drop that waits for nothing but its turn says so."""
    if drop.state != "waiting" or drop.reason:
        return drop
    if watcher:
        return replace(drop, reason="Its turn has not come yet.")
    return replace(drop, reason="No watcher is running.", next_step="Run: notegen watch, or notegen day")


def _as_data(shown: Overview, desk: Desk, watcher: str) -> dict[str, Any]:
    folder = desk.vault.private_folder
    return {
        "vault": desk.vault.name,
        "watching": bool(watcher),
        "watcher": watcher,
        "log": str(folder / LOG_NAME) if folder else "",
        "inbox": list(desk.settings.inbox.folders),
        "trouble": shown.gone,
        "counts": {state: sum(drop.state == state for drop in shown.drops) for state in STATES},
        "pdfs": [_drop_as_data(drop) for drop in shown.drops],
        "ignored": [{"path": path, "reason": reason} for path, reason in shown.ignored.items()],
    }


def _drop_as_data(drop: Drop) -> dict[str, Any]:
    return {
        "path": drop.path,
        "state": drop.state,
        "reason": drop.reason,
        "next_step": drop.next_step,
        "note": drop.note,
        "same_as": drop.same_as,
        "suspect": bool(drop.suspect),
        "sha256": drop.sha256,
    }


def _say(shown: Overview, watcher: str) -> None:
    for drop in shown.drops:
        click.echo(on_one_line(f"{drop.state:8} {drop.path}{outcome_of(drop)}"))
    for path, reason in shown.ignored.items():
        click.echo(on_one_line(f"ignored  {path}: {reason}"))
    if shown.gone:
        click.echo(shown.gone)
    counts = ", ".join(f"{sum(drop.state == state for drop in shown.drops)} {state}" for state in STATES)
    click.echo(f"{counts}. {watcher + ' is at work.' if watcher else 'No watcher is running.'}")

"""`notegen related`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from notegen.cli.index_progress import index_progress
from notegen.cli.options import json_option, say_json, vault_option
from notegen.errors import UsageError
from notegen.link.vault_index import VaultIndex
from notegen.run.relating import Found, as_data, related_to, related_to_all
from notegen.vault.vault import Vault


@click.command(name="related", short_help="Show the notes that belong to a note.")
@click.argument("note", required=False, default="")
@vault_option()
@click.option("--all", "every", is_flag=True, help="For every note of the vault.")
@click.option("--top", default=10, show_default=True, type=click.IntRange(min=1), metavar="N", help="So many at most.")
@json_option()
def command(note: str, vault: Path | None, every: bool, top: int, as_json: bool) -> int:
    """Show the notes of the vault that belong to NOTE, best first, each with its reasons. Nothing is written.

    NOTE is a path or a name as in a link. The score is the estimated chance that a person would link the two.

    \b
    notegen related "Cosine similarity"
    notegen related Concepts/Attention.md --top 5 --json
    notegen related --all --top 10 --json
    """
    if bool(note) == every:
        raise UsageError("Related to which note?", "Name one, or all of them: notegen related --all --json")
    place = Vault.find(vault, os.environ)
    with index_progress("reading the vault") as on_progress:
        if not every:
            found = related_to(note, place, top, os.environ, on_progress)
        else:
            index = VaultIndex.open(place, on_progress)
    if every:
        with index_progress("comparing notes") as on_progress:
            found = related_to_all(place, index, top, on_progress)
    if as_json:
        say_json(as_data(found), indent=None if every else 2)
    else:
        _say(found, every)
    return 0


def _say(found: Found, every: bool) -> None:
    for path, all_ in found.items():
        if every:
            click.echo(path)
        for each in all_:
            click.echo(f"{'  ' * every}{each.score:5.0%}  {each.path}  ({each.reason})")
        if not all_:
            click.echo(f"{'  ' * every}nothing of the vault belongs to it")

"""`notegen related`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from notegen import config
from notegen.cli.index_progress import index_progress
from notegen.cli.options import json_option, say_json, vault_option
from notegen.cli.vault_notes import note_path
from notegen.embed.on_demand import EncoderOnDemand
from notegen.errors import UsageError
from notegen.link.meaning import meaning_of
from notegen.link.ranking import Suggestion, rank
from notegen.link.vault_index import VaultIndex
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
    path = note_path(note, place) if note else ""
    with index_progress("reading the vault") as on_progress:
        index = VaultIndex.open(place, on_progress)
    found = _of_all(place, index, top) if every else {path: _of_one(place, index, path, top)}
    if as_json:
        data = {key: [_data(each) for each in all_] for key, all_ in found.items()}
        say_json({"related": data}, indent=None if every else 2)
    else:
        _say(found, every)
    return 0


def _of_one(vault: Vault, index: VaultIndex, path: str, top: int) -> list[Suggestion]:
    if path not in index.places:
        raise UsageError(f"{path} is left out of links: a template, or hidden by your filters.", "Name another note.")
    settings = config.load(vault.storage.read, os.environ)
    encoder = EncoderOnDemand(path=settings.model.path, hash_of=vault.store.sha256_of, env=os.environ)
    meaning = meaning_of(vault, index, encoder.get() if encoder.is_there else None)
    return rank(index, index.query_of(index.places[path]), top, meaning=meaning)


def _of_all(vault: Vault, index: VaultIndex, top: int) -> dict[str, list[Suggestion]]:
    """For every note of the vault; a template or a hidden note has none."""
    found: dict[str, list[Suggestion]] = {}
    paths = [path for path in vault.files.paths if path.lower().endswith(".md")]
    with index_progress("comparing notes") as on_progress:
        for done, path in enumerate(paths, start=1):
            place = index.places.get(path)
            found[path] = rank(index, index.query_of(place), top) if place is not None else []
            on_progress(done, len(paths))
    return found


def _data(each: Suggestion) -> dict[str, Any]:
    return {"path": each.path, "score": each.score, "reason": each.reason}


def _say(found: dict[str, list[Suggestion]], every: bool) -> None:
    for path, all_ in found.items():
        if every:
            click.echo(path)
        for each in all_:
            click.echo(f"{'  ' * every}{each.score:5.0%}  {each.path}  ({each.reason})")
        if not all_:
            click.echo(f"{'  ' * every}nothing of the vault belongs to it")

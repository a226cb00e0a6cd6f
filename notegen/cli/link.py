"""`notegen link`."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from notegen import config
from notegen.cli.index_progress import index_progress
from notegen.cli.options import json_option, say_json, vault_option
from notegen.errors import NotegenError, UsageError
from notegen.link.inserting import NewLink, new_links, with_new_links
from notegen.link.sure_names import SureNames
from notegen.link.vault_index import VaultIndex
from notegen.run.named_notes import note_path
from notegen.store import Store
from notegen.vault import writing
from notegen.vault.apply import apply
from notegen.vault.note import Plan, Write
from notegen.vault.vault import Vault

_UNSURE_SAID = 5
"""Names that several notes have: so many are said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    path: str
    version: str
    text: str
    links: list[NewLink]


@click.command(name="link", short_help="Suggest links for existing notes.")
@click.argument("notes", nargs=-1, metavar="[NOTE …]")
@vault_option()
@click.option("--write", is_flag=True, help="Write the links into the notes named.")
@click.option("--dry-run", is_flag=True, help="With --write: show what would be written and write nothing.")
@json_option()
def command(notes: tuple[str, ...], vault: Path | None, write: bool, dry_run: bool, as_json: bool) -> int:
    """Show which words of your notes could be links: the first mention of each note that is not linked yet.

    Without NOTE every note of the vault is looked at. Nothing is written without --write, and then only links are
    added, to all of the notes you name or to none: never in code, maths, links or headings. Every other byte stays.

    \b
    notegen link                               suggestions for the whole vault
    notegen link "Attention" Concepts/RNN.md   for two notes
    notegen link "Attention" --write           write them into that note
    notegen link "Attention" --write --dry-run show what that would do

    Exit status: 0 done, 1 some note could not be read or written, 2 wrong usage.
    """
    if write and not notes:
        raise UsageError("Which notes may be changed?", 'Name them, for example: notegen link "Attention" --write')
    place = Vault.find(vault, os.environ, store=Store.open())
    settings = config.load(place.storage.read, os.environ)
    paths = [note_path(note, place) for note in dict.fromkeys(notes)]
    with index_progress("reading the vault") as on_progress:
        index = VaultIndex.open(place, on_progress)
    names = SureNames.of(index, settings.link.inline_min_probability)
    found: list[_Found] = []
    failed: list[NotegenError] = []
    for path in dict.fromkeys(paths) if notes else index.places:
        try:
            found.append(_look(path, index, names, place))
        except NotegenError as error:
            failed.append(error)
    writes = write and not dry_run and not failed
    if writes:
        try:
            _write(found, place)
        except NotegenError as error:
            failed.append(error)
            writes = False
    if as_json:
        say_json({**_data(found, writes, failed), "unsure": names.shared})
    else:
        _say(found, write, writes)
        _say_unsure(names)
    for trouble in () if as_json else failed:
        click.echo(f"notegen: {trouble.reason} {trouble.next_step}", err=True)
    return 1 if failed else 0


def _look(path: str, index: VaultIndex, names: SureNames, vault: Vault) -> _Found:
    if path not in index.places:
        raise UsageError(f"{path} is left out of links: a template, or hidden by your filters.", "Name another note.")
    text, version = vault.read_text(path)
    return _Found(path=path, version=version, text=text, links=new_links(text, index.places[path], index, names, vault))


def _write(found: list[_Found], vault: Vault) -> None:
    """Write into all of the notes, or into none of them."""
    changes = [
        Write(
            path=each.path,
            data=with_new_links(each.text, each.links).encode("utf-8"),
            status="updated",
            before_sha256=each.version,
        )
        for each in found
        if each.links
    ]
    with writing(vault, "notegen link"):
        apply(Plan(writes=tuple(changes)), vault)


def _data(found: list[_Found], written: bool, failed: list[NotegenError]) -> dict[str, Any]:
    links = {
        each.path: [
            {"line": link.line, "text": link.shown, "path": link.path, "link": link.link} for link in each.links
        ]
        for each in found
    }
    return {"written": written, "links": links, "failed": [error.reason for error in failed]}


def _say_unsure(names: SureNames) -> None:
    """What is not linked, and why: names that several notes have."""
    for name, paths in list(names.shared.items())[:_UNSURE_SAID]:
        click.echo(f"“{name}” is not linked: it may be {' or '.join(paths)}.")
    if (more := len(names.shared) - _UNSURE_SAID) > 0:
        click.echo(f"{more} more names that several notes have are not linked: notegen link --json lists them.")


def _say(found: list[_Found], write: bool, written: bool) -> None:
    count = 0
    for each in found:
        for link in each.links:
            count += 1
            click.echo(f"{each.path}:{link.line}: {link.shown} → {link.link}")
    notes = sum(bool(each.links) for each in found)
    many = f"{count} link{'s' * (count != 1)} in {notes} note{'s' * (notes != 1)}"
    if not count:
        click.echo("No words to link were found.")
    elif written:
        click.echo(f"{many} written.")
    else:
        click.echo(f"{many} {'would be written' if write else 'suggested'}; nothing was changed.")

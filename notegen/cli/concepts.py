"""`notegen concepts`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from notegen import config
from notegen.cli.options import json_option, say_json, vault_option
from notegen.errors import UsageError
from notegen.link.concepts import Change, ConceptRecord, concepts_of, merged, renamed
from notegen.link.vault_index import VaultIndex
from notegen.run.named_notes import note_path
from notegen.store import Store
from notegen.vault import writing
from notegen.vault.apply import apply
from notegen.vault.vault import Vault

_DRY_RUN = click.option("--dry-run", is_flag=True, help="Show what would be written and write nothing.")


@click.group(name="concepts", short_help="List, merge and rename concept notes.", invoke_without_command=True)
@vault_option()
@json_option()
@click.pass_context
def command(ctx: click.Context, vault: Path | None, as_json: bool) -> None:
    """List the concept notes of the vault, merge and rename them (links follow), or write one in full.

    Concept notes are those in the folder concepts.folder, and every note whose property type is “concept”.

    \b
    notegen concepts
    notegen concepts rename "Cosine similarity" "Cosine"
    notegen concepts merge "Dot products" "Dot product" --dry-run
    notegen concepts write Embedding
    """
    ctx.obj = (vault, as_json)
    if ctx.invoked_subcommand is None:
        _list(vault, as_json)


@command.command(name="list", short_help="List them, as without a command.")
@vault_option()
@json_option()
@click.pass_context
def list_(ctx: click.Context, vault: Path | None, as_json: bool) -> None:
    """List the concept notes of the vault, with the number of notes that link to each.

    \b
    notegen concepts list --json
    """
    _list(vault or ctx.obj[0], as_json or ctx.obj[1])


@command.command(name="rename", short_help="Give a concept another name.")
@click.argument("concept")
@click.argument("name")
@vault_option()
@_DRY_RUN
@json_option()
@click.pass_context
def rename(ctx: click.Context, concept: str, name: str, vault: Path | None, dry_run: bool, as_json: bool) -> None:
    """Give CONCEPT another NAME. Its old name becomes an alias, the old file goes to the vault's .trash.

    Links in notes, canvases, bases and queries follow, all or none; bookmarks and what may mean something else are
    listed.

    \b
    notegen concepts rename "Cosine similarity" "Cosine"
    """
    place, index, found = _open(vault or ctx.obj[0])
    if not name.strip():
        raise UsageError("The new name is empty.", 'For example: notegen concepts rename "Cosine similarity" "Cosine"')
    _carry_out(renamed(_concept(concept, place, found), name, place, index), place, dry_run, as_json or ctx.obj[1])


@command.command(name="merge", short_help="Make two concepts one.")
@click.argument("concept")
@click.argument("into")
@vault_option()
@_DRY_RUN
@json_option()
@click.pass_context
def merge(ctx: click.Context, concept: str, into: str, vault: Path | None, dry_run: bool, as_json: bool) -> None:
    """Make CONCEPT part of INTO: its names become aliases there, its text comes after that of INTO, and its file goes
    to the vault's .trash.

    \b
    notegen concepts merge "Dot products" "Dot product"
    """
    place, index, found = _open(vault or ctx.obj[0])
    change = merged(_concept(concept, place, found), _concept(into, place, found), place, index)
    _carry_out(change, place, dry_run, as_json or ctx.obj[1])


@command.command(name="write", short_help="Write the note of a concept in full.")
@click.argument("name")
@vault_option()
@_DRY_RUN
@click.option("--offline", is_flag=True, help="Nothing leaves this machine.")
@json_option()
@click.pass_context
def write(ctx: click.Context, name: str, vault: Path | None, dry_run: bool, offline: bool, as_json: bool) -> None:
    """Write the note of the concept NAME in full: what the vault's books say it is, how it comes about, where it is
    used, why it matters and which kinds there are, each sentence with its page; real vectors, cosines and sums of
    words, measured; a figure. What no book tells is left to you. A note that is there keeps every word and takes in
    what it never had.

    \b
    notegen concepts write Embedding
    notegen concepts write "Cosine similarity" --dry-run
    """
    from notegen.cli.asked_library import asked_library
    from notegen.desk import open_desk
    from notegen.run.concept_writing import as_data, write_concept

    desk = open_desk(vault or ctx.obj[0], os.environ, may_fetch=not offline, offline=offline)
    done = write_concept(name, desk, asked_library(desk, "notegen concepts write"), dry_run=dry_run)
    if as_json or ctx.obj[1]:
        say_json(as_data(done, dry_run=dry_run))
        return
    sign = {"written": "+", "updated": "~", "unchanged": "=", "kept": "="}[done.status]
    click.echo(f"{sign} {done.path}{'  (would be written)' if dry_run else ''}")
    for sentence in done.said:
        click.echo(f"  {sentence}")


def _open(vault_path: Path | None) -> tuple[Vault, VaultIndex, list[ConceptRecord]]:
    vault = Vault.find(vault_path, os.environ, store=Store.open())
    settings = config.load(vault.storage.read, os.environ)
    index = VaultIndex.open(vault)
    return vault, index, concepts_of(vault, index, settings.concepts)


def _concept(name: str, vault: Vault, found: list[ConceptRecord]) -> str:
    """The path of a concept note that a person names, by an alias too."""
    aliased = [each.path for each in found if name.casefold() in (alias.casefold() for alias in each.aliases)]
    path = aliased[0] if len(aliased) == 1 and not vault.files.named(f"{name}.md") else note_path(name, vault)
    if path not in {each.path for each in found}:
        raise UsageError(f"{path} is no concept note.", "Set its property type to concept, or rename it in Obsidian.")
    return path


def _carry_out(change: Change, vault: Vault, dry_run: bool, as_json: bool) -> None:
    """All of it or nothing. What follows is written first, so that every link leads somewhere at any moment."""
    writes = [write for write in change.plan.writes if write.status in ("written", "updated")]
    trash = ""
    if not dry_run:
        command = click.get_current_context().info_name
        with writing(vault, f"notegen concepts {command}"):
            trash = apply(change.plan, vault).get(change.old, "")
    if as_json:
        say_json(
            {
                "dry_run": dry_run,
                "old": change.old,
                "new": change.new,
                "written": [write.path for write in writes],
                "left": [{"path": each.path, "line": each.line, "text": each.text} for each in change.left],
            }
        )
        return
    for write in writes:
        sign = "+" if write.status == "written" else "~"
        click.echo(f"{sign} {write.path}{'  (would be written)' if dry_run else ''}")
    click.echo(f"- {change.old}  ({'would go to .trash' if dry_run else f'is now {trash}'})")
    for place in change.left:
        click.echo(f"! {place.path}:{place.line}: {place.text}")
    if change.left:
        click.echo(f"Left as they are ({len(change.left)}): places that may still mean the old name. Look at them.")


def _list(vault_path: Path | None, as_json: bool) -> None:
    _, _, found = _open(vault_path)
    if not as_json:
        _say(found)
        return
    concepts = [
        {"path": each.path, "name": each.name, "aliases": list(each.aliases), "linked_from": each.linked_from}
        for each in found
    ]
    say_json({"concepts": concepts})


def _say(found: list[ConceptRecord]) -> None:
    for each in found:
        also = f"  also: {', '.join(each.aliases)}" if each.aliases else ""
        click.echo(f"{each.linked_from:4}  {each.path}{also}")
    count = f"{len(found)} concept note{'s' * (len(found) != 1)}"
    said = f"{count}; the number is that of the notes in which you link to each."
    click.echo(said if found else "No concept notes yet.")

"""`notegen index`."""

from __future__ import annotations

import os
import time
from pathlib import Path

import click

from notegen import config
from notegen.cli.index_progress import index_progress
from notegen.cli.options import json_option, say_json, vault_option
from notegen.embed.on_demand import EncoderOnDemand
from notegen.errors import UsageError
from notegen.link.meaning import text_of
from notegen.link.note_facts import READER
from notegen.link.refresh import read_notes
from notegen.link.vault_index import VaultIndex
from notegen.store import Store
from notegen.store.database import remove_database
from notegen.store.note_rows import NoteRows, index_place
from notegen.vault.vault import Vault

ENCODED_AT_ONCE = 32


@click.command(name="index", short_help="Bring the index up to date.")
@vault_option()
@click.option("--rebuild", is_flag=True, help="Read every note again.")
@click.option("--delete", is_flag=True, help="Delete the index; the next command that needs it makes it again.")
@json_option()
def command(vault: Path | None, rebuild: bool, delete: bool, as_json: bool) -> int:
    """Bring what notegen knows of the vault's notes up to date: words, names, links, and, where the model is installed,
    a vector for each note. Only notes that changed are read. Every command that needs the index does this by itself.

    The index lies outside the vault and can be deleted at any time.

    \b
    notegen index
    notegen index --rebuild --json
    """
    if rebuild and delete:
        raise UsageError("--rebuild and --delete do not go together.", "Give one of them.")
    place = Vault.find(vault, os.environ, store=Store.open())
    file = index_place(place.storage.identity)
    if rebuild or delete:
        remove_database(file)
    if delete:
        if as_json:
            say_json({"deleted": str(file)}, indent=None)
        else:
            click.echo(f"Deleted: {file}")
        return 0
    started = time.monotonic()
    rows = NoteRows.of_vault(place.storage.identity, READER)
    with index_progress("reading the vault") as on_progress:
        notes, read = read_notes(place, rows, on_progress)
    rows.close()
    index = VaultIndex(notes, place.files)
    encoded = _encode(place, index)
    data = {
        "notes": len(notes),
        "read": read,
        "links": sum(len(each) for each in index.links),
        "encoded": encoded,
        "seconds": round(time.monotonic() - started, 2),
        "index": str(rows.path or "memory"),
    }
    if as_json:
        say_json(data, indent=None)
        return 0
    vectors = f", {encoded} with a vector" if encoded is not None else ""
    click.echo(
        f"{data['notes']} notes, {data['links']} links between them{vectors}; {read} read in {data['seconds']} s."
    )
    click.echo(f"Index: {data['index']}")
    return 0


def _encode(vault: Vault, index: VaultIndex) -> int | None:
    """See to it that every note in English has a vector; the number of them, None without a model."""
    settings = config.load(vault.storage.read, os.environ)
    on_demand = EncoderOnDemand(path=settings.model.path, hash_of=vault.store.sha256_of, env=os.environ)
    encoder = on_demand.get() if on_demand.is_there else None
    if encoder is None:
        return None
    places = [place for place, note in enumerate(index.notes) if note.is_english]
    with index_progress("encoding") as on_progress:
        for first in range(0, len(places), ENCODED_AT_ONCE):
            encoder.encode([text_of(vault, index, place) for place in places[first : first + ENCODED_AT_ONCE]])
            on_progress(first, len(places))
    return len(places)

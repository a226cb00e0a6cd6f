"""The notes that belong to a note of the vault, or to each of them: as `notegen related` and programs are told it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from notegen import config
from notegen.embed.on_demand import EncoderOnDemand
from notegen.errors import UsageError
from notegen.link.meaning import meaning_of
from notegen.link.ranking import Suggestion, rank
from notegen.link.vault_index import VaultIndex
from notegen.run.named_notes import note_path
from notegen.vault.vault import Vault

Found = dict[str, list[Suggestion]]
"""Path of a note → what belongs to it, best first."""
OnNotes = Callable[[int, int], None]
"""Called with (notes done, notes in all)."""


def related_to(name: str, vault: Vault, top: int, env: Mapping[str, str], on_read: OnNotes) -> Found:
    """What belongs to the note that a person calls `name`, at most `top`. env: where settings may come from, too.

    Raises UsageError where there is no such note, or one that takes no part in links.
    """
    path = note_path(name, vault)
    index = VaultIndex.open(vault, on_read)
    if path not in index.places:
        raise UsageError(f"{path} is left out of links: a template, or hidden by your filters.", "Name another note.")
    settings = config.load(vault.storage.read, env)
    encoder = EncoderOnDemand(path=settings.model.path, hash_of=vault.store.sha256_of, env=env)
    meaning = meaning_of(vault, index, encoder.get() if encoder.is_there else None)
    return {path: rank(index, index.query_of(index.places[path]), top, meaning=meaning)}


def related_to_all(vault: Vault, index: VaultIndex, top: int, on_note: OnNotes) -> Found:
    """For every note of the vault; a template or a hidden note has none."""
    found: Found = {}
    paths = [path for path in vault.files.paths if path.lower().endswith(".md")]
    for done, path in enumerate(paths, start=1):
        place = index.places.get(path)
        found[path] = rank(index, index.query_of(place), top) if place is not None else []
        on_note(done, len(paths))
    return found


def as_data(found: Found) -> dict[str, Any]:
    """What was found, ready for JSON. Fields may be added; none is renamed."""
    return {
        "related": {
            path: [{"path": each.path, "score": each.score, "reason": each.reason} for each in all_]
            for path, all_ in found.items()
        }
    }

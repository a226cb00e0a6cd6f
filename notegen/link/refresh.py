"""Keeping what is known of the vault's notes up to date: only what changed is read again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from notegen.link.note_facts import NoteFacts, facts_from, read_facts
from notegen.store.note_rows import NoteRow, NoteRows
from notegen.vault.exclusions import included_notes
from notegen.vault.files import Stamp, text_of
from notegen.vault.vault import Vault

Progress = Callable[[int, int], None]
"""Called with (notes read, notes to read)."""
_BATCH = 500
"""Notes between two commits: what was read by then outlives a crash."""
_FRESH_NS = 2_000_000_000
"""A file this young may change again within one tick of its file system's clock; it is read again next time."""


def read_notes(
    vault: Vault, rows: NoteRows, on_progress: Progress = lambda done, total: None
) -> tuple[list[NoteFacts], int]:
    """The facts of every readable note of the vault, by path, and how many notes had to be read for them.

    A note that cannot be read is left out.
    """
    known = rows.stamps()
    now = {path: stamp for path in included_notes(vault) if (stamp := vault.storage.stamp(path)) is not None}
    stale = [path for path, stamp in now.items() if known.get(path) != stamp]
    found: dict[str, NoteFacts] = {}
    for row in rows.all():
        if now.get(row.path) == row.stamp:
            try:
                found[row.path] = facts_from(row.path, row.sha256, row.facts, row.words)
            except ValueError:
                stale.append(row.path)
    rows.put((), [path for path in known if path not in now])
    batch: list[NoteRow] = []
    for done, (facts, stamp) in enumerate(_read(vault, stale, now), start=1):
        found[facts.path] = facts
        if abs(time.time_ns() - stamp[1]) > _FRESH_NS:
            batch.append(_row(facts, stamp))
        if len(batch) >= _BATCH:
            rows.put(batch, ())
            batch = []
        on_progress(done, len(stale))
    rows.put(batch, ())
    return [found[path] for path in sorted(found)], len(stale)


def _read(vault: Vault, paths: list[str], stamps: dict[str, Stamp]) -> Iterator[tuple[NoteFacts, Stamp]]:
    for path in paths:
        try:
            data, version = vault.storage.read(path)
        except OSError:
            continue
        yield read_facts(path, version, text_of(data)), stamps[path]


def _row(facts: NoteFacts, stamp: Stamp) -> NoteRow:
    return NoteRow(path=facts.path, stamp=stamp, sha256=facts.sha256, facts=facts.as_bytes(), words=facts.ids.tobytes())

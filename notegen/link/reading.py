"""Keeping what is known of the vault's notes up to date: only what changed is read again."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from notegen.link.note_facts import NoteFacts, facts_from, read_facts
from notegen.store.note_rows import NoteRow, NoteRows, Stamp
from notegen.vault.readable import readable_notes
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
    now = {path: stamp for path in readable_notes(vault) if (stamp := _stamp(vault.root / path)) is not None}
    stale = [path for path, stamp in now.items() if known.get(path) != stamp]
    found: dict[str, NoteFacts] = {}
    for row in rows.rows():
        if now.get(row.path) == row.stamp:
            try:
                found[row.path] = facts_from(row.path, row.sha256, row.facts, row.words)
            except ValueError:
                stale.append(row.path)
    rows.change((), [path for path in known if path not in now])
    batch: list[NoteRow] = []
    for done, (facts, stamp) in enumerate(_read(vault.root, stale, now), start=1):
        found[facts.path] = facts
        if abs(time.time_ns() - stamp[1]) > _FRESH_NS:
            batch.append(_row(facts, stamp))
        if len(batch) >= _BATCH:
            rows.change(batch, ())
            batch = []
        on_progress(done, len(stale))
    rows.change(batch, ())
    return [found[path] for path in sorted(found)], len(stale)


def _read(root: Path, paths: list[str], stamps: dict[str, Stamp]) -> Iterator[tuple[NoteFacts, Stamp]]:
    for path in paths:
        try:
            data = (root / path).read_bytes()
        except OSError:
            continue
        yield read_facts(path, hashlib.sha256(data).hexdigest(), data.decode("utf-8", "replace")), stamps[path]


def _row(facts: NoteFacts, stamp: Stamp) -> NoteRow:
    return NoteRow(path=facts.path, stamp=stamp, sha256=facts.sha256, facts=facts.as_bytes(), words=facts.ids.tobytes())


def _stamp(path: Path) -> Stamp | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino & 0x7FFF_FFFF_FFFF_FFFF

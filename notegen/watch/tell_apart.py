"""Tell PDFs apart by their content, whatever they are called."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import replace

from notegen.run.inbox import Found
from notegen.store.drops import Drop
from notegen.vault import Vault

_SOME_FILES, _SOME_BYTES = 200, 64 << 20
"""Are read in one go."""


def tell_apart(
    unknown: Iterable[Drop], found: Mapping[str, Found], vault: Vault
) -> tuple[list[Drop], list[tuple[Drop, str]]]:
    """Hash the first of the drops; return those hashed, and with its kind of trouble each that cannot be read."""
    hashed: list[Drop] = []
    unread: list[tuple[Drop, str]] = []
    for drop in _some(unknown):
        try:
            sha256 = vault.sha256_of(found[drop.path].place)
        except OSError as error:
            reason = f"It cannot be read: {error.strerror or error}."
            step = "Check its permissions; it is tried again by itself."
            unread.append((replace(drop, reason=reason, next_step=step), type(error).__name__))
        else:
            hashed.append(replace(drop, sha256=sha256, reason="", next_step=""))
    return hashed, unread


def _some(drops: Iterable[Drop]) -> list[Drop]:
    """So many as are read in a moment, in order of arrival; at least one."""
    ordered = sorted(drops, key=lambda each: each.turn)[:_SOME_FILES]
    sizes = itertools.accumulate(drop.facts.size for drop in ordered)
    return [drop for drop, size in zip(ordered, sizes, strict=True) if size <= _SOME_BYTES] or ordered[:1]

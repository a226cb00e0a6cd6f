"""Which PDFs the vault knows: all that lie in it, and those of the folders that the settings name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from notegen.config import Settings
from notegen.vault.names import is_linkable, is_visible
from notegen.vault.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """One PDF that is to be in the library."""

    path: str
    """In the vault; absolute for one outside."""
    place: Path
    """Where to read it."""
    sha256: str


def shelf(vault: Vault, settings: Settings) -> list[Shelved]:
    """The PDFs, each content once: of several files the one that links of the vault reach best.

    A file that cannot be read is left out; what the library has of it stays.
    """
    found: dict[str, Shelved] = {}
    for path, place in sorted([*_in_vault(vault), *_in_folders(settings.library.folders)], key=_ease(vault)):
        try:
            sha256 = vault.store.sha256_of(place)
        except OSError:
            continue
        found.setdefault(sha256, Shelved(path=path, place=place, sha256=sha256))
    return sorted(found.values(), key=lambda each: each.path)


def _ease(vault: Vault) -> Callable[[tuple[str, Path]], tuple[bool, bool, bool, int, str]]:
    """How hard a file is to reach by a link, as a key to sort by."""

    def awkwardness(each: tuple[str, Path]) -> tuple[bool, bool, bool, int, str]:
        path, name = each[0], each[0].rpartition("/")[2]
        return os.path.isabs(path), not is_linkable(name), vault.is_ambiguous(name), len(path), path

    return awkwardness


def _in_vault(vault: Vault) -> Iterator[tuple[str, Path]]:
    for path in vault.files.paths:
        if path.lower().endswith(".pdf"):
            yield path, vault.storage.local_path(path)


def _in_folders(folders: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    """PDFs of folders outside the vault and below; hidden ones and links to folders are not entered."""
    for folder in folders:
        top = Path(folder).expanduser().absolute()
        for here, inner, names in os.walk(top):
            inner[:] = sorted(name for name in inner if is_visible(name))
            for name in sorted(names):
                if name.lower().endswith(".pdf") and is_visible(name):
                    place = Path(here) / name
                    yield place.as_posix(), place

"""Where in the vault a file may be put, and under which name."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable
from itertools import count
from pathlib import Path

from notegen.errors import VaultError
from notegen.vault.names import collision_key


def check_place(root: Path, path: str) -> None:
    """Raise VaultError when a file at `path` would lie outside the vault or in a hidden folder, links followed."""
    parts = path.split("/")
    if any(part in ("", ".", "..") or "\\" in part or "\0" in part for part in parts) or posixpath.isabs(path):
        raise VaultError(f"“{path}” is no place inside the vault.", "Check the folders in the settings.")
    real_root = Path(os.path.realpath(root))
    real_folder = Path(os.path.realpath(root.joinpath(*parts[:-1])))
    if not real_folder.is_relative_to(real_root):
        reason = f"“{posixpath.dirname(path)}” leads out of the vault through a symbolic link."
        raise VaultError(reason, "Choose a folder that lies in the vault.")
    if any(part.startswith(".") for part in (*parts, *real_folder.relative_to(real_root).parts)):
        raise VaultError(f"“{path}” lies in a hidden folder, which Obsidian does not show.", "Choose another folder.")


def spelt_on_disk(root: Path, path: str) -> str:
    """Return `path` with each part spelt as it is on disk, if only case or Unicode form differ."""
    spelt: list[str] = []
    for part in path.split("/"):
        try:
            names = os.listdir(root.joinpath(*spelt))
        except OSError:
            names = []
        if part not in names:
            key = collision_key(part)
            part = next((name for name in sorted(names) if collision_key(name) == key), part)
        spelt.append(part)
    return "/".join(spelt)


def free_path(path: str, is_taken: Callable[[str], bool]) -> str:
    """Return `path`, or as Obsidian does "Name 1.md", "Name 2.md", … : the first that is not taken."""
    stem, suffix = posixpath.splitext(path)
    numbered = (f"{stem} {number}{suffix}" for number in count(1))
    return path if not is_taken(path) else next(name for name in numbered if not is_taken(name))

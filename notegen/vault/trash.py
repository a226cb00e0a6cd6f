"""Moving a note out of the way: into the vault's own `.trash`, as Obsidian does it; nothing is ever deleted."""

from __future__ import annotations

from pathlib import Path

from notegen import disk
from notegen.errors import VaultError
from notegen.vault.place import check_place, free_path


def to_trash(root: Path, path: str) -> str:
    """Move the file at `path` to `.trash`, its folders kept; return its new place. Raises VaultError."""
    check_place(root, path)
    trash = root / ".trash"
    if trash.is_symlink():
        raise VaultError(f"{trash} is a link.", "Put a plain folder in its place, or remove it.")
    place = free_path(f".trash/{path}", lambda each: (root / each).exists())
    try:
        disk.make_folder((root / place).parent)
        disk.replace(root / path, root / place)
    except OSError as error:
        raise VaultError(
            f"“{path}” cannot be moved to .trash ({error.strerror or error}).", "Check the folder's permissions."
        ) from error
    return place

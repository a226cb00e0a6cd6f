"""The Obsidian plugin that comes with notegen: where it is, and how it gets into a vault."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

from notegen import disk
from notegen.errors import NotegenError, VaultError

FILES = ("manifest.json", "main.js", "styles.css")
"""What Obsidian loads of a plugin; `data.json`, its settings, is the learner's."""
_IN_CHECKOUT = {"manifest.json": "manifest.json", "main.js": "plugin/main.js", "styles.css": "plugin/styles.css"}
_PLACE = ".obsidian/plugins/notegen"


def shipped_plugin() -> dict[str, bytes]:
    """The plugin's files by name: of the wheel, or of a checkout where it was built. Raises NotegenError."""
    package = Path(str(files("notegen")))
    installed = package / "_plugin"
    places = {name: installed / name if installed.is_dir() else package.parent / _IN_CHECKOUT[name] for name in FILES}
    try:
        return {name: place.read_bytes() for name, place in places.items()}
    except OSError as error:
        raise NotegenError(
            "The plugin is not part of this notegen.", "In a checkout: npm ci && npm run build"
        ) from error


def install_plugin(root: Path) -> list[str]:
    """Put the plugin into the vault at `root`; its settings stay. Return the files that are new or changed, by path.

    Raises NotegenError where there is no plugin, VaultError where it cannot be written.
    """
    shipped = shipped_plugin()
    folder = root / _PLACE
    if Path(os.path.realpath(folder)) != Path(os.path.realpath(root)) / _PLACE:
        raise VaultError(f"{folder} leads out of the vault.", "Put plain folders in its place.")
    changed = [name for name in FILES if _bytes_of(folder / name) != shipped[name]]
    try:
        disk.make_folder(folder)
        for name in changed:
            staged = folder / f".notegen-{name}.tmp"
            if staged.exists():
                disk.remove(staged)
            with disk.create(staged) as file:
                disk.write(file, shipped[name])
            disk.replace(staged, folder / name)
    except OSError as error:
        raise VaultError(f"{folder} cannot be written ({error.strerror}).", "Check its permissions.") from error
    return [f"{_PLACE}/{name}" for name in changed]


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None

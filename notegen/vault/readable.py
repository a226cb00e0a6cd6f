"""Which notes of a vault are the learner's to be linked: not its templates, nor what Obsidian is told to leave out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from notegen.vault.vault import Vault

_TEMPLATE_SETTINGS = (
    ("templates.json", "folder"),
    ("plugins/templater-obsidian/data.json", "templates_folder"),
)
"""File under `.obsidian` → the key that names a folder of templates: the core plugin's, and Templater's."""
_MAX_FILTER = 500


def readable_notes(vault: Vault) -> list[str]:
    """Paths of the notes that are read for links: all but templates and what `userIgnoreFilters` hides."""
    is_left_out = left_out(vault)
    return [path for path in vault.files.paths if path.lower().endswith(".md") and not is_left_out(path)]


def left_out(vault: Vault) -> Callable[[str], bool]:
    """Say of a path whether it is a template or hidden by the learner's own filters."""
    folders = [folder for folder in _template_folders(vault.root) if folder]
    patterns: list[re.Pattern[str]] = []
    for entry in vault.settings.ignore_filters:
        if len(entry) > 2 and entry.startswith("/") and entry.endswith("/") and len(entry) <= _MAX_FILTER:
            try:
                patterns.append(re.compile(entry[1:-1], re.IGNORECASE))
            except (re.error, RecursionError):
                continue
        elif entry.strip("/"):
            folders.append(entry.lstrip("/").lower())

    def is_left_out(path: str) -> bool:
        low = path.lower()
        return any(low.startswith(folder) for folder in folders) or any(each.search(path) for each in patterns)

    return is_left_out


def _template_folders(root: Path) -> list[str]:
    folders = []
    for name, key in _TEMPLATE_SETTINGS:
        try:
            data = json.loads((root / ".obsidian" / name).read_text("utf-8-sig"))
        except (OSError, ValueError, RecursionError):
            continue
        folder = data.get(key) if isinstance(data, dict) else None
        if isinstance(folder, str) and folder.strip("/ "):
            folders.append(folder.strip("/ ").lower() + "/")
    return folders

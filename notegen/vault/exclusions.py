"""Which notes of a vault are the learner's to be linked: not its templates, nor Obsidian's excluded files."""

from __future__ import annotations

import re
from collections.abc import Callable

from notegen.vault.vault import Vault

_MAX_FILTER = 500


def included_notes(vault: Vault) -> list[str]:
    """Paths of the notes that are read for links: all but templates and what `userIgnoreFilters` hides."""
    is_excluded = excluded(vault)
    return [path for path in vault.files.paths if path.lower().endswith(".md") and not is_excluded(path)]


def excluded(vault: Vault) -> Callable[[str], bool]:
    """Say of a path whether it is a template or hidden by the learner's own filters."""
    folders = [f"{folder.lower()}/" for folder in vault.settings.template_folders]
    patterns: list[re.Pattern[str]] = []
    for entry in vault.settings.ignore_filters:
        if len(entry) > 2 and entry.startswith("/") and entry.endswith("/") and len(entry) <= _MAX_FILTER:
            try:
                patterns.append(re.compile(entry[1:-1], re.IGNORECASE))
            except (re.error, RecursionError):
                continue
        elif entry.strip("/"):
            folders.append(entry.lstrip("/").lower())

    def is_excluded(path: str) -> bool:
        low = path.lower()
        return any(low.startswith(folder) for folder in folders) or any(each.search(path) for each in patterns)

    return is_excluded

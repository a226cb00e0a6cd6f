"""The files of a vault that a program has open: what stands in its notes is changed by that program, not beside it.

A note that is being edited is in two places, on the disk and in the editor. Only the editor can replace it so that
nothing typed is lost, as Obsidian's `Vault.process` does.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from notegen.vault.files import NEW, ChangedMeanwhileError, version_of
from notegen.vault.folder import FolderFiles

Outcome = Literal["written", "changed", "unknown"]
"""It was replaced; it is of another version, so it was left; the program does not have that file."""

Replace = Callable[[str, str, str], Outcome]
"""Asks the program to replace a note: (path, new text, the version that it must still have)."""


class EditorFiles(FolderFiles):
    """A folder of this machine whose notes are replaced by the program that has it open; see `VaultFiles`.

    New files, and those that are no notes, are written as in any folder.
    """

    def __init__(self, root: Path, replace: Replace) -> None:
        """root: an existing folder."""
        super().__init__(root)
        self._replace = replace
        self._turn = threading.Lock()

    def write_if(self, path: str, data: bytes, version: str) -> str:
        """Also raises what `replace` raises."""
        text = _text_of(data) if path.lower().endswith(".md") else None
        if version == NEW or text is None:
            return super().write_if(path, data, version)
        with self._turn:
            if self.version_to_replace(path) != version:
                raise ChangedMeanwhileError
            outcome = self._replace(path, text, version)
        if outcome == "changed":
            raise ChangedMeanwhileError
        return version_of(data) if outcome == "written" else super().write_if(path, data, version)


def _text_of(data: bytes) -> str | None:
    """The text of a note; None where an editor would not write the same bytes again."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if text.startswith("\ufeff") else text

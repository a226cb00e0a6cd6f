"""What the links of one note may lead to: the vault as it will be once the note is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from notegen.markdown.anchors import has_subpath
from notegen.markdown.parse import parse
from notegen.markdown.parsed import ParsedNote
from notegen.vault.index import FileIndex, resolve


class NoteTargets:
    """The link targets of one note. It reads other notes only where a link names a part of them."""

    def __init__(
        self,
        text_of: Callable[[str], str],
        files: FileIndex,
        note_path: str,
        page_counts: Mapping[str, int],
        planned: Mapping[str, str],
    ) -> None:
        """text_of: as `Vault.text`. The other arguments are those of `Vault.targets`."""
        self._text_of = text_of
        self._files = files
        self._note_path = note_path
        self._page_counts = page_counts
        self._planned = planned
        self._notes: dict[str, ParsedNote] = {}

    def resolve(self, target: str) -> str | None:
        """Return the path that a link target leads to, "" and "#…" to the note itself."""
        return resolve(self._files, target, self._note_path, {self._note_path, *self._planned})

    def has_heading(self, path: str, subpath: str) -> bool:
        """Say whether the note at `path` has the heading ("#A", "#A#B") or the block ("#^id") of a link."""
        if path not in self._notes:
            self._notes[path] = parse(self._text(path))
        return has_subpath(self._notes[path], subpath)

    def page_count(self, path: str) -> int | None:
        """Return the number of pages of a PDF, None when it is not known."""
        return self._page_counts.get(path)

    def _text(self, path: str) -> str:
        if path in self._planned:
            return self._planned[path]
        return self._text_of(path) if path.endswith(".md") else ""

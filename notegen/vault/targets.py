"""What the links of one note may lead to: the vault as it will be once the note is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from notegen.vault.frontmatter import span
from notegen.vault.index import FileIndex, resolve
from notegen.vault.names import collision_key

_FENCE = re.compile(r"[\s>]*(`{3,}|~{3,})([^`]*)")
_HEADING = re.compile(r"[\s>]{0,9}(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*")
_BLOCK_ID = re.compile(r"(?:.*[\s\])])?\^([A-Za-z0-9-]+)\s*")
_PUNCTUATION = re.compile(r"[!\"#$%&()*+,.:;<=>?@^`{|}~/\[\]\\\s]+")
_WIKILINK = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]")


class NoteTargets:
    """The link targets of one note. It reads other notes only where a link names a part of them."""

    def __init__(
        self,
        root: Path,
        files: FileIndex,
        note_path: str,
        page_counts: Mapping[str, int],
        planned: Mapping[str, str],
    ) -> None:
        """The arguments are those of `Vault.targets`."""
        self._root = root
        self._files = files
        self._note_path = note_path
        self._page_counts = page_counts
        self._planned = planned
        self._outlines: dict[str, tuple[list[tuple[int, str]], set[str]]] = {}

    def resolve(self, target: str) -> str | None:
        """Return the path that a link target leads to, "" and "#…" to the note itself."""
        return resolve(self._files, target, self._note_path, {self._note_path, *self._planned})

    def has_heading(self, path: str, subpath: str) -> bool:
        """Say whether the note at `path` has the heading ("#A", "#A#B") or the block ("#^id") of a link."""
        parts = [part for part in subpath.split("#") if part]
        headings, block_ids = self._outline(path)
        if parts and parts[0].startswith("^"):
            return parts[0][1:].lower() in block_ids
        above, position = 0, 0
        for part in parts:
            wanted = _heading_key(part)
            while position < len(headings):
                level, key = headings[position]
                position += 1
                if key == wanted and level > above:
                    above = level
                    break
            else:
                return False
        return True

    def page_count(self, path: str) -> int | None:
        """Return the number of pages of a PDF, None when it is not known."""
        return self._page_counts.get(path)

    def _outline(self, path: str) -> tuple[list[tuple[int, str]], set[str]]:
        if path not in self._outlines:
            self._outlines[path] = _outline(self._text(path))
        return self._outlines[path]

    def _text(self, path: str) -> str:
        if path in self._planned:
            return self._planned[path]
        if not path.endswith(".md"):
            return ""
        try:
            return (self._root / path).read_text("utf-8", "replace")
        except OSError:
            return ""


def _outline(text: str) -> tuple[list[tuple[int, str]], set[str]]:
    """Return (level, key) of each heading and the block ids of a note; code is no part of it."""
    where = span(text)
    headings: list[tuple[int, str]] = []
    block_ids: set[str] = set()
    fence = ""
    for line in (text[where[2] :] if where else text).splitlines():
        mark = _FENCE.fullmatch(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) and not mark[2].strip() else fence
        elif mark:
            fence = mark[1]
        elif heading := _HEADING.fullmatch(line):
            headings.append((len(heading[1]), _heading_key(heading[2])))
        elif block := _BLOCK_ID.fullmatch(line):
            block_ids.add(block[1].lower())
    return headings, block_ids


def _heading_key(heading: str) -> str:
    """Return what a heading and a link to it have in common: Obsidian ignores punctuation, case and spacing."""
    shown = _WIKILINK.sub(r"\1", heading)
    return " ".join(_PUNCTUATION.sub(" ", collision_key(shown.replace("\u00a0", " "))).split())

"""Three versions of a note become one: its properties name by name, all else line by line (diff3). Where both sides
changed the same, the learner's stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from merge3 import Merge3

from notegen.vault.frontmatter import FrontmatterError, entries
from notegen.vault.properties import split

_BOM = "\ufeff"


def merged_note(base: str, mine: str, new: str) -> tuple[str, tuple[str, ...]]:
    """Bring the changes from `base` to `new` into `mine`; return the note, and what of `new` found no place.

    Line ends and a byte order mark are those of `mine`: another program may have changed them all.
    """
    mark = _BOM if mine.startswith(_BOM) else ""
    base, mine, new = (_like(each.removeprefix(_BOM), mine) for each in (base, mine, new))
    parts = [split(each) for each in (base, mine, new)]
    try:
        pieces = [_pieces(yaml_text) for yaml_text, _ in parts if yaml_text is not None]
    except FrontmatterError:
        pieces = []
    if len(pieces) < len(parts):
        text, left = _merged_lines(base, mine, new)
        return mark + text, left
    yaml_text, left = _merged_pieces(*pieces)
    body, more = _merged_lines(*(body for _, body in parts))
    fences = mine[: mine.index("\n") + 1]
    return f"{mark}{fences}{yaml_text}{fences}{body}", (*left, *more)


def _pieces(yaml_text: str) -> dict[str, str]:
    """The lines of each property by its name in lower case, with the comments below it; "" is what stands above all.

    Raises FrontmatterError where they cannot be told apart.
    """
    found = entries(yaml_text)
    starts = [entry.key_node.start_mark.index for entry in found]
    pieces = {"": yaml_text[: starts[0] if starts else len(yaml_text)]}
    for entry, start, end in zip(found, starts, [*starts[1:], len(yaml_text)], strict=True):
        if entry.key.lower() in pieces:
            raise FrontmatterError("a property is there twice", entry.key_node.start_mark.line + 2)
        pieces[entry.key.lower()] = yaml_text[start:end]
    return pieces


def _merged_pieces(base: dict[str, str], mine: dict[str, str], new: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    merged: list[str] = []
    left: list[str] = []
    for name, own in mine.items():
        before, after = base.get(name, ""), new.get(name, "")
        if own == before:
            merged.append(after)
        elif after == before or own == after:
            merged.append(own)
        else:
            text, more = _merged_lines(before, own, after)
            merged.append(text)
            left += more
    merged += [text for name, text in new.items() if name not in mine and name not in base]
    return "".join(merged), tuple(left)


def _merged_lines(base: str, mine: str, new: str) -> tuple[str, tuple[str, ...]]:
    lines = [text.splitlines(keepends=True) for text in (base, mine, new)]
    text: list[str] = []
    left: list[str] = []
    regions: Iterator[tuple[Any, ...]] = Merge3(lines[0], lines[1], lines[2]).merge_regions()
    for kind, *at in regions:
        if kind == "conflict":
            _, _, first, last, new_first, new_last = at
            text += lines[1][first:last]
            left.append("".join(lines[2][new_first:new_last]))
        else:
            source: Sequence[str] = lines[{"unchanged": 0, "same": 1, "a": 1, "b": 2}[kind]]
            text += source[at[0] : at[1]]
    return "".join(text), tuple(left)


def _like(text: str, other: str) -> str:
    """The text with line ends as in the other: all CRLF, or none."""
    if "\r\n" in other and "\n" not in other.replace("\r\n", ""):
        return re.sub(r"(?<!\r)\n", "\r\n", text)
    return text if "\r\n" in other else text.replace("\r\n", "\n")

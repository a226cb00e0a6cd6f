"""Three versions of a text become one, line by line (diff3): where two changed the same lines, the learner's stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from merge3 import Merge3

_BOM = "\ufeff"


def merged_lines(base: str, mine: str, new: str) -> tuple[str, tuple[str, ...]]:
    """Bring the changes from `base` to `new` into `mine`; return the text, and what of `new` found no place.

    Line ends and a byte order mark are those of `mine`: another program may have changed them all.
    """
    mark = _BOM if mine.startswith(_BOM) else ""
    lines = [_lines(version, like=mine) for version in (base, mine, new)]
    text: list[str] = []
    left: list[str] = []
    regions: Iterator[tuple[Any, ...]] = Merge3(lines[0], lines[1], lines[2]).merge_regions()
    for kind, *at in regions:
        if kind == "conflict":
            _, _, first, last, new_first, new_last = at
            text += lines[1][first:last]
            left.append("".join(lines[2][new_first:new_last]))
        else:
            source = lines[{"unchanged": 0, "same": 1, "a": 1, "b": 2}[kind]]
            text += source[at[0] : at[1]]
    return mark + "".join(text), tuple(left)


def _lines(text: str, *, like: str) -> Sequence[str]:
    """The lines with their ends: all CRLF where those of `like` are, else as they are."""
    text = text.removeprefix(_BOM)
    bare = like.replace("\r\n", "")
    if "\r\n" in like and "\n" not in bare:
        text = re.sub(r"(?<!\r)\n", "\r\n", text)
    elif "\r\n" not in like:
        text = text.replace("\r\n", "\n")
    return text.splitlines(keepends=True)

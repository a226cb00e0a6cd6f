"""Fenced code blocks, found line by line: for what changes a note, where a parse of the whole would be too much.

The rules are CommonMark's (section 4.5, fenced code blocks), with two simplifications: a fence in a list item ends with
the first line that is not indented, and a fence that is indented by four columns or more is taken for one of an item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_QUOTE_MARK = re.compile(r" {0,3}>[ \t]?")
_FENCE = re.compile(
    r"(?P<indent>[ \t]*)(?P<list>(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?P<fence>`{3,}(?!.*`)|~{3,})(?P<info>.*)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """One fenced block; lines count from 0."""

    first: int
    """Its opening line."""
    last: int
    """Its closing line; where it has none, the last line that is part of it."""
    info: str
    """What stands behind the opening fence, such as the language."""
    is_closed: bool


def fences(lines: Sequence[str]) -> Iterator[Fence]:
    """Yield the fenced blocks of a text, in order. lines: without their LF; a CR may end them."""
    first, mark, info, depth, in_item = -1, "", "", 0, False
    for number, line in enumerate(lines):
        if mark:
            rest = _without_quote(line, depth)
            if rest is None or (in_item and rest[:1] not in ("", " ", "\t", "\r")):
                yield Fence(first=first, last=number - 1, info=info, is_closed=False)
                mark = ""
            else:
                found = _FENCE.match(rest)
                if found and found["fence"].startswith(mark) and not found["list"] and not found["info"].strip():
                    yield Fence(first=first, last=number, info=info, is_closed=True)
                    mark = ""
                continue
        depth, rest = _quote_of(line)
        if found := _FENCE.match(rest):
            first, mark, info = number, found["fence"], found["info"].strip()
            in_item = bool(found["list"]) or len(found["indent"].expandtabs(4)) >= 4
    if mark:
        yield Fence(first=first, last=len(lines) - 1, info=info, is_closed=False)


def _quote_of(line: str) -> tuple[int, str]:
    """(how deep the line is quoted, what is quoted)."""
    depth = 0
    while found := _QUOTE_MARK.match(line):
        depth, line = depth + 1, line[found.end() :]
    return depth, line


def _without_quote(line: str, depth: int) -> str | None:
    """What is quoted at that depth; None where the line is not quoted so deep."""
    for _ in range(depth):
        found = _QUOTE_MARK.match(line)
        if not found:
            return None
        line = line[found.end() :]
    return line

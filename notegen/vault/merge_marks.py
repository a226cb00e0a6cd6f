"""Marks that a learner and their plugins leave on a line that notegen wrote, without changing its words.

A tick in a task's box, a block id, the schedule of Spaced Repetition (`<!--SR:…-->`), the dates of Tasks
(`✅ 2026-01-02`), a footnote, a highlight. They belong to the learner and move with their line when its words change.
"""

from __future__ import annotations

import re
from collections import Counter

_BOX = re.compile(r"^([>\s]*(?:[-*+]|\d{1,9}[.)])\s+)\[(.)\](?=\s)")
_BLOCK_ID = re.compile(r"[ \t]+\^[A-Za-z0-9-]+(?=[ \t]*$)", re.MULTILINE)
_SCHEDULE = re.compile(r"\s*<!--SR:[^\n]*?-->")
_TASK_DATE = re.compile(r"[ \t]*[✅❌➕⏳🛫📅]\ufe0f? ?\d{4}-\d\d-\d\d")
_MAY_BE_DATE = re.compile("[✅❌➕⏳🛫📅]")
_FOOTNOTE = re.compile(r"(\S*)(\[\^[^\]\s]+\])(?!:)")
_HIGHLIGHT = re.compile(r"==(?=\S)([^=\n]+?)(?<=\S)==")
_TRAILING = (_TASK_DATE, _SCHEDULE, _BLOCK_ID)
"""In the order in which they stand at a line's end: only a block id may come last (Obsidian's help, block links)."""


def unmarked(text: str) -> str:
    """The text as it would be if nobody had marked it."""
    if " ^" in text or "<!--" in text or not (text.isascii() or not _MAY_BE_DATE.search(text)):
        for mark in _TRAILING:
            text = mark.sub("", text)
    if "[^" in text:
        text = _FOOTNOTE.sub(r"\1", text)
    if "==" in text:
        text = _HIGHLIGHT.sub(r"\1", text)
    box = _BOX.match(text)
    return f"{box[1]}[ ]{text[box.end() :]}" if box else text


def with_marks(base: str, mine: str, new: str) -> str | None:
    """The text `new` with those marks of `mine` that `base` lacks; None where one of them finds no place in it."""
    base, mine, new = _lines(base), _lines(mine), _lines(new)
    text: str | None = _ticked(base, mine, new)
    for place in (_highlighted, _footnoted, _trailed):
        text = None if text is None else place(base, mine, text)
    return None if text is None else text + "\n"


def has_marks(base: str, mine: str) -> bool:
    """Say whether `mine` has a mark that `base` lacks, or another tick."""
    return _tick(base) != _tick(mine) or any(_added(mark, base, mine) for mark in (*_TRAILING, _HIGHLIGHT, _FOOTNOTE))


def _lines(text: str) -> str:
    return text.rstrip("\n")


def _tick(text: str) -> str:
    found = _BOX.match(text)
    return found[2] if found else ""


def _added(mark: re.Pattern[str], base: str, mine: str) -> list[re.Match[str]]:
    """The marks of a sort that `mine` has and `base` lacks, in order."""
    known = Counter(_what(found) for found in mark.finditer(base))
    added = []
    for found in mark.finditer(mine):
        known[_what(found)] -= 1
        if known[_what(found)] < 0:
            added.append(found)
    return added


def _what(found: re.Match[str]) -> str:
    """What makes two marks of a sort the same one."""
    return found[2] if found.re is _FOOTNOTE else found[0].strip()


def _ticked(base: str, mine: str, new: str) -> str | None:
    if _tick(base) == _tick(mine):
        return new
    return _BOX.sub(lambda found: f"{found[1]}[{_tick(mine)}]", new) if _tick(mine) and _tick(new) else None


def _highlighted(base: str, mine: str, new: str) -> str | None:
    for found in _added(_HIGHLIGHT, base, mine):
        if found[0] in new:
            continue
        if new.count(found[1]) != 1:
            return None
        new = new.replace(found[1], found[0])
    return new


def _footnoted(base: str, mine: str, new: str) -> str | None:
    for found in _added(_FOOTNOTE, base, mine):
        places = list(re.finditer(rf"(?<!\S){re.escape(found[1])}(?!\S)", new)) if found[1] else []
        if len(places) != 1:
            return None
        new = new[: places[0].end()] + found[2] + new[places[0].end() :]
    return new


def _trailed(base: str, mine: str, new: str) -> str | None:
    for mark in _TRAILING:
        for found in _added(mark, base, mine):
            own_id = _BLOCK_ID.search(new)
            if mark is _BLOCK_ID and own_id:
                return None
            end = own_id.start() if own_id else len(new)
            new = new[:end] + found[0] + new[end:]
    return new

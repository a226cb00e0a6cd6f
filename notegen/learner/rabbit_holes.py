"""Rabbit holes: what the learner marked as worth a look, but not now; and when its time has come."""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from notegen.markdown.fences import fences
from notegen.vault.properties import split
from notegen.vault.regions import find

HOLE = "hole-"
"""How the keys of regions begin that hold one each."""
RETURNS_AFTER_DAYS = 7
"""One that says nothing of its time comes back after a week."""
WHY = ("why", "warum", "pourquoi", "por qué", "perché", "porquê", "por quê")
NOT_BEFORE = ("not before", "nicht vor", "pas avant", "no antes de", "non prima di", "não antes de")
"""What stands before a reason and a time, in the languages that notegen speaks."""
_MARK = re.compile(r"🐰|(?<![\w#/])#rabbit-hole(?![\w/-])", re.IGNORECASE)
_CALLOUT = re.compile(r"^[ \t]*>[ \t]*\[!rabbit(?:-hole)?\][-+]?[ \t]*(?P<text>.*)$", re.IGNORECASE)
_START = re.compile(r"^[\s>]*(?:#{1,6}[ \t]+)?(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?(?:\[(?P<tick>.)\][ \t]*)?")
_CALLED = re.compile(r"^(?:⚠️?[ \t]*)?rabbit[ -]hole[ \t]*[:–—-][ \t]*", re.IGNORECASE)
_LINK = re.compile(r"!?\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_PARTS = re.compile(r"\s*(?:,|;|\band\b|\bund\b|\bet\b|\by\b|\be\b|\+|&)\s*")
_WHY = re.compile(rf"[(;,–—]?[ \t]*\b(?:{'|'.join(WHY)})[ \t]*:[ \t]*(?P<said>[^;()]+)\)?", re.IGNORECASE)
_WHEN = re.compile(rf"[(;,–—]?[ \t]*\b(?:{'|'.join(NOT_BEFORE)})\b[ \t]*:?[ \t]*(?P<said>[^;()]+)\)?", re.IGNORECASE)
_ITEM = re.compile(r"^[\s>]*- \[(?P<tick>.)\] (?P<text>.*)$")
_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Not before a day, or not before some concepts are explained."""

    date: dt.date | None = None
    concepts: tuple[str, ...] = ()
    """Names."""

    def has_come(self, today: dt.date, explained: Mapping[str, bool]) -> bool:
        """explained: by the names of concepts in small letters; one that is not known is not explained."""
        if self.date and self.date > today:
            return False
        return all(explained.get(name.casefold(), False) for name in self.concepts)


@dataclass(frozen=True, slots=True, kw_only=True)
class RabbitHole:
    """One, as the learner marked it or as its note has it."""

    text: str
    """Plain, one line."""
    why: str = ""
    when: When | None = None
    """None where nothing is said, or what is said cannot be read."""
    is_done: bool = False

    @property
    def id(self) -> str:
        """Hash of its letters."""
        return key_of(self.text)


def key_of(text: str) -> str:
    """What a text is known by: signs, spaces and marks make no difference."""
    return hashlib.sha256(_LETTERS.sub("", text).casefold().encode()).hexdigest()[:16]


def marked_in(text: str) -> Iterator[RabbitHole]:
    """The lines of a note that the learner marked, outside code and outside what notegen wrote."""
    body = split(text)[1]
    if not (_MARK.search(body) or "[!rabbit" in body.casefold()):
        return
    for region in reversed(find(body)):
        body = body[: region.start] + body[region.end :]
    lines = body.replace("\r\n", "\n").split("\n")
    code = {number for fence in fences(lines) for number in range(fence.first, fence.last + 1)}
    for number, line in enumerate(lines):
        callout = _CALLOUT.match(line)
        if number in code or not (callout or _MARK.search(line)):
            continue
        start = _START.match(line)
        said = callout["text"] if callout else line[start.end() if start else 0 :]
        below = _below(lines, number, is_callout=bool(callout))
        if callout and not said.strip() and below:
            said, below = below[0], below[1:]
        is_done = bool(start and start["tick"] not in (None, " ")) or "~~" in said
        if hole := _read(said, below, is_done=is_done):
            yield hole


def _below(lines: list[str], number: int, *, is_callout: bool) -> list[str]:
    """What belongs to a marked line: the rest of its callout, or the list below it."""
    found = []
    for line in lines[number + 1 :]:
        if not line.strip() or not (line.lstrip().startswith(">") if is_callout else line.startswith((" ", "\t"))):
            break
        found.append(_START.sub("", line).strip())
    return found


def _read(said: str, below: list[str], *, is_done: bool) -> RabbitHole | None:
    told = " ; ".join([said, *below])
    why, when = _WHY.search(told), _WHEN.search(told)
    text = _plain(_WHEN.sub("", _WHY.sub("", said)))
    if not _LETTERS.sub("", text):
        return None
    time = when_of(when["said"]) if when else None
    return RabbitHole(text=text, why=_plain(why["said"]) if why else "", when=time, is_done=is_done)


def _plain(text: str) -> str:
    """Without marks, links and emphasis."""
    bare = re.sub(r"[*=~`]{1,3}", "", _LINK.sub(r"\1", _MARK.sub("", text)))
    return _CALLED.sub("", " ".join(bare.split()).strip()).strip(" :;–—-")


def when_of(said: str) -> When | None:
    """The time that a text tells: a day, else names of concepts; None where it tells neither."""
    if found := _DATE.search(said):
        try:
            return When(date=dt.date.fromisoformat(found[0]))
        except ValueError:
            return None
    linked = [match[1].strip() for match in _LINK.finditer(said)]
    names = linked or [part.strip(" .*") for part in _PARTS.split(said)]
    named = tuple(name for name in names if _LETTERS.sub("", name))
    return When(concepts=named) if named else None


def parked_in(text: str) -> dict[str, RabbitHole]:
    """The rabbit holes of their note as it stands, by id: the learner may have changed any line of it."""
    found: dict[str, RabbitHole] = {}
    for region in find(text):
        if not region.id.startswith(HOLE) or region.damaged:
            continue
        items = [item for line in region.text.split("\n") if (item := _ITEM.match(line))]
        if not items:
            continue
        below = [_START.sub("", line).strip() for line in region.text.split("\n") if not _ITEM.match(line)]
        is_done = items[0]["tick"] != " " or "~~" in items[0]["text"]
        hole = _read(_unescaped(items[0]["text"]), below, is_done=is_done)
        if hole:
            found[region.id.removeprefix(HOLE)] = hole
    return found


def done_in(text: str, region_id: str) -> Iterator[str]:
    """The ids of those that the learner ticked or struck where they came back in a log."""
    for region in find(text):
        if region.id == region_id:
            for line in region.text.split("\n"):
                item = _ITEM.match(line)
                if item and (item["tick"] != " " or "~~" in item["text"]):
                    yield key_of(_plain(_unescaped(item["text"])))


def _unescaped(text: str) -> str:
    return html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text))


def struck(text: str, ids: set[str]) -> str:
    """The note of rabbit holes with those that are done struck through and ticked; all else keeps its bytes."""
    for region in reversed(find(text)):
        if region.damaged or region.id.removeprefix(HOLE) not in ids or not region.id.startswith(HOLE):
            continue
        whole = text[region.start : region.end]
        new = re.sub(
            r"^([ \t>]*- )\[.\] (?!~~)([^\r\n]+?)([ \t]*\r?)$", r"\1[x] ~~\2~~\3", whole, count=1, flags=re.MULTILINE
        )
        text = text[: region.start] + new + text[region.end :]
    return text

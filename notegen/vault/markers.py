"""The parts of a note that notegen wrote: how they are marked, and how they are found again.

A region stands between two comment lines that Obsidian does not show:

    %% notegen:begin KEY HASH %%

    …text…

    %% notegen:end KEY %%

KEY says which region it is (`region_keys`). HASH is the start of the SHA-256 of the text as notegen wrote it, so a
later run can tell whether anybody touched it.
The blank lines inside the markers keep Obsidian from reading a marker as part of the block beside it.

A last comment line, the roster, names all regions that the note ever had:

    %% notegen:regions KEY KEY … %%

So a region that is not there was removed by the learner when the roster names it, and is new otherwise.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import accumulate

from notegen.markdown.fences import fences

_HASH_DIGITS = 12
_MARKER = re.compile(r"%%[ \t]*notegen:(?P<edge>begin|end)\b(?P<rest>[^\n]*)")
"""Any line that means to be a marker, whole or damaged."""
_BEGIN = re.compile(r"%% notegen:begin ([a-z0-9-]+) ([0-9a-f]{12}) %%[ \t]*\r?")
_END = re.compile(r"%% notegen:end ([a-z0-9-]+) %%[ \t]*\r?")
_ID = re.compile(r"[a-z0-9-]+")
_ROSTER = re.compile(r"%% notegen:regions((?: [a-z0-9-]+)*) %%[ \t]*\r?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """One region of a body. A damaged one is never replaced; of what it holds there is only a guess."""

    id: str
    """Its KEY."""
    start: int = 0
    """Offset of the begin marker in the body."""
    end: int = 0
    """Offset just after the end marker, its line end excluded."""
    text: str = ""
    """What stands between the markers, line ends as LF, without the blank lines around it. Of a damaged region: what
    stands from its first marker (or the one before it, where its begin is missing) to the next."""
    written_hash: str = ""
    """The HASH of the begin marker: of the text as notegen wrote it; "" where that cannot be read."""
    damaged: str = ""
    """What is wrong with its markers, a few words; "" for a sound region."""

    @property
    def is_as_written(self) -> bool:
        """Nobody has changed the text since notegen wrote it."""
        return text_hash(self.text) == self.written_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marker:
    edge: str
    id: str
    written_hash: str
    is_sound: bool
    start: int
    end: int


def wrap(region_id: str, text: str, written_hash: str = "") -> str:
    """Return `text` between its markers, without a final newline.

    written_hash: of the text as notegen wrote it, where `text` is what the learner made of it.
    Blank lines around the text are dropped and line ends become LF. Raises ValueError for an id that is not
    [a-z0-9-]+ and for text that would break out of its region (a marker line, a fence left open).
    """
    text = _plain(text)
    wrapped = (
        f"%% notegen:begin {region_id} {written_hash or text_hash(text)} %%\n\n{text}\n\n%% notegen:end {region_id} %%"
    )
    found = find(wrapped)
    if len(found) != 1 or found[0].damaged or (found[0].id, found[0].end) != (region_id, len(wrapped)):
        raise ValueError(f"text of region {region_id!r} holds a region marker or an open code fence")
    return wrapped


def roster_line(ids: Iterable[str]) -> str:
    """The roster of these regions."""
    return f"%% notegen:regions {' '.join(ids)} %%"


def find(body: str) -> tuple[Region, ...]:
    """Return the regions of `body` in order.

    A region is sound when its id has exactly one begin and one end marker and nothing else that looks like a marker
    stands between them; any other id is returned once, as damaged. Lines inside code fences are no markers.
    """
    markers = _markers(body)
    by_id: dict[str, list[_Marker]] = {}
    for marker in markers:
        by_id.setdefault(marker.id, []).append(marker)
    regions: list[Region] = []
    for position, marker in enumerate(markers):
        twins = by_id[marker.id]
        after = markers[position + 1] if position + 1 < len(markers) else None
        if trouble := _trouble(twins, marker, after):
            if marker is twins[0]:
                regions.append(_damaged(body, markers, position, trouble))
        elif marker.edge == "begin" and after:
            inner = body[marker.end : after.start]
            regions.append(
                Region(
                    id=marker.id,
                    start=marker.start,
                    end=after.end,
                    text=_plain(inner),
                    written_hash=marker.written_hash,
                )
            )
    return tuple(regions)


def _damaged(body: str, markers: list[_Marker], position: int, trouble: str) -> Region:
    marker = markers[position]
    if marker.edge == "begin":
        first, last = marker.end, markers[position + 1].start if position + 1 < len(markers) else len(body)
    else:
        first, last = markers[position - 1].end if position else 0, marker.start
    text = _plain(body[first:last])
    return Region(id=marker.id, text=text, written_hash=marker.written_hash, damaged=trouble)


def find_roster(body: str) -> tuple[int, int, list[str]] | None:
    """Return (start, end, ids) of the last roster outside code; None where there is none."""
    for start, line in reversed(_lines_outside_fences(body)):
        if found := _ROSTER.fullmatch(line):
            return start, start + len(line.rstrip(" \t\r")), found[1].split()
    return None


def reseal(body: str, only: Collection[str] | None = None) -> str:
    """Return `body` with the hashes of its regions as their text is now: notegen itself has changed it.

    only: ids of the regions that are meant; all where it is left out.
    """
    for region in reversed(find(body)):
        if not region.damaged and not region.is_as_written and (only is None or region.id in only):
            body = body[: region.start] + wrap(region.id, region.text) + body[region.end :]
    return body


def _trouble(twins: list[_Marker], marker: _Marker, after: _Marker | None) -> str:
    """Say what is wrong with the markers of one id, seen from one of them; "" when they are a sound pair."""
    if not all(twin.is_sound for twin in twins):
        return "one of its markers was changed"
    edges = [twin.edge for twin in twins]
    if edges.count("begin") > 1 or edges.count("end") > 1:
        return "one of its markers is there twice"
    if "end" not in edges:
        return "its end marker is missing"
    if "begin" not in edges:
        return "its begin marker is missing"
    if edges[0] == "end":
        return "its markers are in the wrong order"
    if marker.edge == "begin" and after is not twins[1]:
        return "another marker stands inside it"
    return ""


def _markers(body: str) -> list[_Marker]:
    markers: list[_Marker] = []
    for start, line in _lines_outside_fences(body):
        if not (match := _MARKER.match(line)):
            continue
        edge = match["edge"]
        whole = (_BEGIN if edge == "begin" else _END).fullmatch(line)
        named = _ID.search(match["rest"])
        markers.append(
            _Marker(
                edge=edge,
                id=whole[1] if whole else named[0] if named else "",
                written_hash=whole[2] if whole and edge == "begin" else "",
                is_sound=whole is not None,
                start=start,
                end=start + len(line.rstrip(" \t\r")),
            )
        )
    return markers


def _lines_outside_fences(body: str) -> list[tuple[int, str]]:
    """Return (offset, line without its LF) of each line that is no part of a fenced code block."""
    lines = body.split("\n")
    inside = {number for fence in fences(lines) for number in range(fence.first, fence.last + 1)}
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    return [(starts[number], line) for number, line in enumerate(lines) if number not in inside]


def _plain(text: str) -> str:
    """Normalise what a sync tool or an editor may change without anybody having edited the text."""
    lines = text.replace("\r\n", "\n").split("\n")
    filled = [number for number, line in enumerate(lines) if line.strip(" \t")]
    return "\n".join(lines[filled[0] : filled[-1] + 1]) if filled else ""


def text_hash(plain_text: str) -> str:
    """The HASH of a begin marker, for text as `Region.text` has it."""
    return hashlib.sha256(plain_text.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_DIGITS]

"""What notegen last wrote into a note's properties, kept in the note itself: a comment with a hash of each value.

    %% notegen:properties type=1b9a3c0d concepts=52f1a9e7,0c6d7a11 %%

So a value that the learner changed is told from one that is as it was written, on every machine and whatever became of
notegen's own records. A list has a hash for each entry, also for those that the learner has taken out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_LINE = re.compile(r"^%% notegen:properties((?: [\w-]+=[0-9a-f,]*)*) %%[ \t\r]*$", re.MULTILINE)
_IDENTITY = re.compile(r"^%% notegen:note ", re.MULTILINE)
_DIGITS = 8
"""Two values of a note look the same with a chance of one in four thousand million."""
_MOST_ENTRIES = 64
"""Of a list; the oldest that were taken out are forgotten first."""


@dataclass(frozen=True, slots=True)
class PropertyRecord:
    """Hashes by the name of the property, in lower case."""

    hashes: Mapping[str, tuple[str, ...]]

    def knows(self, name: str) -> bool:
        """Whether notegen ever wrote the property."""
        return name.lower() in self.hashes

    def is_as_written(self, name: str, value: Any) -> bool:
        """Whether the value is what notegen last wrote."""
        items = value if isinstance(value, list) else [value]
        return self.hashes.get(name.lower()) == tuple(_hash(item) for item in items)

    def has(self, name: str, item: Any) -> bool:
        """Whether the entry of a list is one that notegen wrote."""
        return _hash(item) in self.hashes.get(name.lower(), ())

    def line(self) -> str:
        """The comment."""
        parts = [f"{name}={','.join(hashes)}" for name, hashes in self.hashes.items()]
        return f"%% notegen:properties{''.join(f' {part}' for part in parts)} %%"


def record_of_properties(properties: Mapping[str, Any]) -> PropertyRecord:
    """The record of a note that is written now with these properties."""
    return PropertyRecord({name.lower(): hashes_of(value) for name, value in properties.items()})


def hashes_of(value: Any) -> tuple[str, ...]:
    """One hash of a value, or one for each entry of a list."""
    return tuple(_hash(item) for item in (value if isinstance(value, list) else [value]))


def with_taken_out(hashes: tuple[str, ...], earlier: tuple[str, ...], current: list[Any]) -> tuple[str, ...]:
    """The hashes of a list that is written now, and of entries that were written earlier and that the learner has
    taken out. current: the list as it stands in the note."""
    there = {_hash(item) for item in current}
    out = [each for each in earlier if each not in there and each not in hashes]
    return (*hashes, *out)[:_MOST_ENTRIES]


def rerecorded(record: PropertyRecord, before: Mapping[str, Any], after: Mapping[str, Any]) -> PropertyRecord:
    """The record once notegen has changed values itself. before, after: the properties by their names in lower case.

    A value that was as written counts as that afterwards, too.
    """
    changed = {
        name: hashes_of(after[name])
        for name in record.hashes
        if name in before and name in after and record.is_as_written(name, before[name])
    }
    return PropertyRecord({**record.hashes, **changed})


def read_record(body: str) -> PropertyRecord | None:
    """The record in a note's body; None where there is none, as in notes of earlier versions."""
    found = _LINE.findall(body) if "notegen:properties" in body else []
    if not found:
        return None
    pairs = (part.partition("=") for part in found[-1].split())
    return PropertyRecord({name: tuple(each for each in hashes.split(",") if each) for name, _, hashes in pairs})


def with_record(body: str, record: PropertyRecord) -> str:
    """The body with the record in place of the one that is there; else before the comment that says which note it is,
    else at its end."""
    line_end = "\r\n" if "\r\n" in body else "\n"
    if found := list(_LINE.finditer(body)):
        start, end = found[-1].start(), found[-1].start() + len(found[-1][0].rstrip())
        return body[:start] + record.line() + body[end:]
    if last := list(_IDENTITY.finditer(body)):
        return body[: last[-1].start()] + record.line() + line_end * 2 + body[last[-1].start() :]
    return f"{body.rstrip()}{line_end * 2}{record.line()}{line_end}"


def _hash(value: Any) -> str:
    """Of the value as text, so that another program's way to write it is no change."""
    text = str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]

"""How new values reach the properties of a note that the learner has edited: key by key, against what notegen wrote."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from notegen.vault.frontmatter import Entry, entries, fault, span
from notegen.vault.note import Property
from notegen.vault.properties import Change, Items, render, split, update
from notegen.vault.property_record import (
    PropertyRecord,
    hashes_of,
    read_record,
    record_of_properties,
    with_taken_out,
)

_NOTEGENS = frozenset({"source", "source_sha256", "book", "drafter", "suspect", "made_from", "passage"})
"""Properties that mean nothing to a learner: in a note without a record they count as notegen's."""
_MISSING = object()


@dataclass(frozen=True, slots=True)
class MergedProperties:
    """A note with new values in its properties."""

    text: str
    record: PropertyRecord | None
    """What to keep of what notegen wrote; None where nothing could be written."""
    said: tuple[str, ...]
    """What was left alone and why, one sentence each."""
    stays: tuple[str, ...] = ()
    """What of the learner's stays beside what is new; worth a word only where the note changes."""


def merge(text: str, ours: Mapping[str, Property], keep: Collection[str] = ()) -> MergedProperties:
    """Bring notegen's own properties into a note.

    A value that is as notegen wrote it becomes the new one. One that the learner changed or removed is theirs,
    whichever property it is. A list is a set: entries of the learner stay, those that they took out stay away, and
    notegen's come and go. keep: properties that notegen sets once. Without a record (a note of an earlier version) an
    entry of a list counts as the learner's, and so does any value but those that mean nothing to them.
    """
    if fault(text):
        return MergedProperties(text, None, update(text, {})[1])
    where = span(text)
    record = read_record(split(text)[1])
    new_record = record_of_properties(ours)
    if where is None:
        if record is None:
            return MergedProperties(render(ours) + text, new_record, ())
        return MergedProperties(
            text, new_record, ("The properties are not in the note any more, so they were left out.",)
        )
    merging = _Merge(entries(text[where[0] : where[1]]), record, dict(new_record.hashes))
    for key, value in ours.items():
        if key in keep:
            merging.set_once(key, value)
        else:
            merging.bring(key, value)
    after, refused = update(text, merging.changes)
    if refused:
        return MergedProperties(text, None, refused)
    return MergedProperties(after, PropertyRecord(merging.hashes), merging.said(), merging.stays())


@dataclass(slots=True)
class _Merge:
    found: list[Entry]
    record: PropertyRecord | None
    hashes: dict[str, tuple[str, ...]]
    """Of the record to come."""
    changes: dict[str, Change] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    taken_out: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)

    def set_once(self, key: str, value: Property) -> None:
        if self._current(key) is _MISSING and not (self.record and self.record.knows(key)):
            self.changes[key] = value

    def bring(self, key: str, value: Property) -> None:
        current = self._current(key)
        if current is _MISSING:
            if self.record and self.record.knows(key):
                self.gone.append(key)
            else:
                self.changes[key] = value
        elif isinstance(value, list) and (items := _items(key, current)) is not None:
            self._bring_list(key, current, items, value)
        elif not _same(current, value):
            if self._is_notegens(key, current):
                self.changes[key] = value
            else:
                self.kept.append(key)

    def said(self) -> tuple[str, ...]:
        said = []
        if self.kept:
            said.append(f"Your own {_listed(self.kept)} in the properties {_stay(self.kept)}.")
        if self.taken_out:
            said.append(f"What you took out of the property {_listed(self.taken_out)} stays away.")
        if self.gone:
            said.append(f"What you took out of the properties stays away: {_listed(self.gone)}.")
        return tuple(said)

    def stays(self) -> tuple[str, ...]:
        return (f"Your own entries in the property {_listed(self.added)} stay.",) if self.added else ()

    def _current(self, key: str) -> Any:
        return next((entry.value for entry in self.found if entry.key.lower() == key.lower()), _MISSING)

    def _is_notegens(self, key: str, current: Any) -> bool:
        return self.record.is_as_written(key, current) if self.record else key in _NOTEGENS

    def _bring_list(self, key: str, current: Any, items: list[Any], value: list[str]) -> None:
        record = self.record
        if record and record.is_as_written(key, items):
            self.changes[key] = value
            return
        wanted = {_entry_key(key, item) for item in value}
        theirs = {_entry_key(key, item) for item in items}
        missing = [item for item in dict.fromkeys(value) if _entry_key(key, item) not in theirs]
        coming = [item for item in missing if not (record and record.has(key, item))]
        staying = [
            place
            for place, item in enumerate(items)
            if _entry_key(key, item) in wanted or not (record and record.has(key, item))
        ]
        if record:
            self.hashes[key.lower()] = with_taken_out(hashes_of(value), record.hashes.get(key.lower(), ()), items)
            self.taken_out += [key] if len(coming) < len(missing) else []
            self.added += [key] if any(not record.has(key, item) for item in items) else []
        if not isinstance(current, list):
            if coming:
                self.changes[key] = [*(str(item) for item in items), *coming]
        elif coming or len(staying) < len(items):
            self.changes[key] = Items(tuple(staying), tuple(coming))


def _items(key: str, current: Any) -> list[Any] | None:
    """The entries of a list, or of the text that older vaults have for one; None for what is no list."""
    if current is None:
        return []
    if isinstance(current, str):
        return [part for part in re.split(r"[,\s]+", current) if part] if key == "tags" else [current]
    return current if isinstance(current, list) else None


def _entry_key(key: str, item: Any) -> str:
    """What makes two entries the same: tags are case-blind."""
    return str(item).lower().removeprefix("#") if key == "tags" else str(item)


def _same(current: Any, value: Property) -> bool:
    return bool(current == value) and type(current) is type(value)


def _stay(names: Sequence[str]) -> str:
    return "stays" if len(names) == 1 else "stay"


def _listed(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"

"""Obsidian's properties in a note that a learner owns: read them, and change some of them, nothing else of the note.

A property keeps its place, its comments and, where its value is equal already, its bytes. `property_merge` decides
which are to change; `property_text` says how a value is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ruamel.yaml.nodes import ScalarNode, SequenceNode

from notegen.vault.frontmatter import Entry, FrontmatterError, entries, fault, span
from notegen.vault.note import Property
from notegen.vault.property_check import PropertyProblem, check_properties
from notegen.vault.property_text import entry_text, inline_text, render, scalar_text

__all__ = ["Items", "PropertyProblem", "check_properties", "parse", "render", "split", "update"]


@dataclass(frozen=True, slots=True)
class Items:
    """What a list is to become: entries that it has, by their place in it, and new ones."""

    kept: tuple[int, ...]
    added: tuple[str, ...]


Change = Property | Items


def split(text: str) -> tuple[str | None, str]:
    """Return the YAML between the `---` lines (None when the note has no frontmatter) and the body after them."""
    where = span(text)
    return (text[where[0] : where[1]], text[where[2] :]) if where else (None, text)


def parse(yaml_text: str) -> dict[str, Any]:
    """Return the properties; {} when the YAML is not valid. Dates are text; of duplicates the first one counts."""
    try:
        found = entries(yaml_text)
    except FrontmatterError:
        return {}
    properties: dict[str, Any] = {}
    for entry in found:
        properties.setdefault(entry.key, entry.value)
    return properties


def update(text: str, changes: Mapping[str, Change]) -> tuple[str, tuple[str, ...]]:
    """Set properties in a note; return the note and what was left alone, one sentence each.

    Names are case-blind; one that is missing comes last; of duplicates the first one is meant. Every line of another
    property, every comment and the order stay. Values that are equal already keep their bytes. Frontmatter that cannot
    be read, or not be changed without touching more, stays as it is.
    """
    if error := fault(text):
        return text, (f"The properties were left as they are: {error.message} (line {error.line}).",)
    where = span(text)
    if where is None:
        ours = {key: list(each.added) if isinstance(each, Items) else each for key, each in changes.items()}
        return render(ours) + text, ()
    start, end, _ = where
    yaml_text = text[start:end]
    found = entries(yaml_text)
    wanted = _wanted(found, changes)
    if not wanted:
        return text, ()
    updated = _edit(yaml_text, found, wanted)
    if "\r\n" in yaml_text:
        updated = re.sub(r"(?<!\r)\n", "\r\n", updated)
    if _read_back(updated) != _expected(found, wanted):
        return text, ("The properties were left as they are: they are written in a way that notegen does not change.",)
    return text[:start] + updated + text[end:], ()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One property that has to change."""

    name: str
    """As the note spells it, else as notegen does."""
    place: int | None
    """Among the entries of the note; None for one that comes in."""
    value: Property
    pieces: tuple[int | str, ...] = ()
    """Of a list: entries that stay, by their place, and new ones."""


def _wanted(found: list[Entry], changes: Mapping[str, Change]) -> list[_Wanted]:
    places: dict[str, int] = {}
    for at, entry in enumerate(found):
        places.setdefault(entry.key.lower(), at)
    wanted = []
    for key, change in changes.items():
        place = places.get(key.lower())
        if place is None:
            wanted.append(_Wanted(key, None, list(change.added) if isinstance(change, Items) else change))
            continue
        current = found[place].value
        pieces = _pieces(current, change)
        value = _values(current, pieces) if isinstance(change, (Items, list)) else change
        if current != value or type(current) is not type(value):
            wanted.append(_Wanted(found[place].key, place, value, pieces))
    return wanted


def _pieces(current: Any, change: Change) -> tuple[int | str, ...]:
    if isinstance(change, Items):
        return (*change.kept, *change.added)
    if not isinstance(change, list):
        return ()
    free = dict[str, list[int]]()
    for place, item in reversed(list(enumerate(current if isinstance(current, list) else ()))):
        if isinstance(item, str):
            free.setdefault(item, []).append(place)
    return tuple(free[item].pop() if free.get(item) else item for item in change)


def _values(current: Any, pieces: tuple[int | str, ...]) -> list[Any]:
    return [current[piece] if isinstance(piece, int) else piece for piece in pieces]


def _expected(found: list[Entry], wanted: list[_Wanted]) -> list[tuple[str, Any]]:
    by_place = {each.place: each.value for each in wanted if each.place is not None}
    there = [(entry.key, by_place.get(place, entry.value)) for place, entry in enumerate(found)]
    return [*there, *((each.name, each.value) for each in wanted if each.place is None)]


def _read_back(yaml_text: str) -> list[tuple[str, Any]]:
    try:
        return [(entry.key, entry.value) for entry in entries(yaml_text)]
    except FrontmatterError:
        return []


def _edit(yaml_text: str, found: list[Entry], wanted: list[_Wanted]) -> str:
    """Return the YAML with the changes made in place; names that are missing come last."""
    edited = yaml_text
    for place, each in sorted(((each.place, each) for each in wanted if each.place is not None), key=lambda at: -at[0]):
        following = found[place + 1].key_node.start_mark.index if place + 1 < len(found) else len(yaml_text)
        first, last, new = _replacement(yaml_text, found[place], following, each)
        edited = edited[:first] + new + edited[last:]
    coming = [each for each in wanted if each.place is None]
    if coming and edited and not edited.endswith("\n"):
        edited += "\n"
    return edited + "".join(entry_text(each.name, each.value) for each in coming)


def _replacement(yaml_text: str, entry: Entry, following: int, wanted: _Wanted) -> tuple[int, int, str]:
    """Return (first, last, text): what to put in place of yaml_text[first:last], as little as keeps the comments."""
    node, begin, value = entry.value_node, entry.key_node.start_mark.index, wanted.value
    if isinstance(node, SequenceNode) and wanted.pieces:
        return _replace_items(yaml_text, node, following, wanted.pieces)
    if node.style in ("|", ">") if isinstance(node, ScalarNode) else not node.flow_style:
        kept = re.search(r"(?:(?<=\n)(?:[ \t]*\r?\n|#[^\n]*\n?))*\Z", yaml_text[begin:following])
        return begin, begin + kept.start() if kept else following, entry_text(wanted.name, value)
    first, last = node.start_mark.index, node.end_mark.index
    if first == last:  # no value at all: it goes right after the colon
        first = last = yaml_text.index(":", entry.key_node.end_mark.index) + 1
    rest_of_line = yaml_text[last:].partition("\n")[0]
    if isinstance(value, list) and value and not rest_of_line.strip():
        return begin, last + len(rest_of_line), entry_text(wanted.name, value).rstrip("\n")
    inline = inline_text(value)
    return first, last, inline if yaml_text[first - 1 : first] in (" ", "\n") else f" {inline}"


def _replace_items(
    yaml_text: str, node: SequenceNode, following: int, pieces: tuple[int | str, ...]
) -> tuple[int, int, str]:
    """Replace the entries of a list; one that stays keeps its bytes, and in a list of lines its comment."""
    if node.flow_style:
        return _replace_between_brackets(yaml_text, node, pieces)
    first = yaml_text.rfind("\n", 0, node.start_mark.index) + 1
    indent = " " * (node.start_mark.index - first)
    starts = [yaml_text.rfind("\n", 0, item.start_mark.index) + 1 for item in node.value]
    tail = re.search(r"(?:(?<=\n)[ \t]*(?:\r?\n|#[^\n]*\n?))*\Z", yaml_text[first:following])
    last = first + tail.start() if tail else following
    lines = [yaml_text[begin:end] for begin, end in zip(starts, [*starts[1:], last], strict=True)]
    new = [lines[each] if isinstance(each, int) else f"{indent}- {scalar_text(each)}\n" for each in pieces]
    return first, last, "".join(line if line.endswith("\n") else f"{line}\n" for line in new)


def _replace_between_brackets(
    yaml_text: str, node: SequenceNode, pieces: tuple[int | str, ...]
) -> tuple[int, int, str]:
    count = len(node.value)
    if count and pieces[:count] == tuple(range(count)):  # nothing goes, so that whatever stands there may stay
        end = node.value[-1].end_mark.index
        return end, end, "".join(f", {scalar_text(str(each))}" for each in pieces[count:])
    there = [yaml_text[item.start_mark.index : item.end_mark.index] for item in node.value]
    inside = ", ".join(there[each] if isinstance(each, int) else scalar_text(each) for each in pieces)
    return node.start_mark.index, node.end_mark.index, f"[{inside}]"

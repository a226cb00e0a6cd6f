"""Obsidian's properties: write them, read them, and change notegen's own ones in a note that a learner owns.

The rules are those of Obsidian's help: text, list, number, checkbox, date; tags, aliases and cssclasses are lists;
a link is always quoted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ruamel.yaml.nodes import ScalarNode, SequenceNode

from notegen.vault.frontmatter import Entry, FrontmatterError, entries, fault, span
from notegen.vault.note import Property
from notegen.vault.property_check import PropertyProblem, check_properties

__all__ = ["PropertyProblem", "check_properties", "parse", "render", "split", "update"]

_PLAIN = re.compile(r"[^\W\d_](?:[\w ./+()’–-]*[\w)])?")
"""Text that YAML reads as itself without quotes."""
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?)?")
_NOT_TEXT = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
"""Words that some YAML reader takes for something else than text."""
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_NEEDS_ESCAPE = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]')


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


def render(properties: Mapping[str, Property]) -> str:
    """Return the whole frontmatter, `---` lines included, in the order of `properties`: same input, same bytes."""
    return "---\n" + "".join(_entry(key, value) for key, value in properties.items()) + "---\n"


def update(text: str, ours: Mapping[str, Property], *, keep: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """Set notegen's own properties in a note; return the note and what was left alone, one sentence each.

    The learner's keys, the order and the comments stay. A key of `keep` is set only where it is missing. `tags` gains
    ours and loses none. Values that are equal already keep their bytes. Frontmatter that notegen cannot read, or
    cannot change without touching more than its own keys, stays as it is.
    """
    if error := fault(text):
        return text, (f"The properties were left as they are: {error.message} (line {error.line}).",)
    where = span(text)
    if where is None:
        return render(ours) + text, ()
    start, end, _ = where
    yaml_text = text[start:end]
    found = entries(yaml_text)
    changes = _changes(found, ours, keep)
    if not changes:
        return text, ()
    updated = _edit(yaml_text, found, changes)
    if "\r\n" in yaml_text:
        updated = re.sub(r"(?<!\r)\n", "\r\n", updated)
    wanted = {name.lower(): value for name, value in changes.items()}
    present = [(entry.key.lower(), wanted.pop(entry.key.lower(), entry.value)) for entry in found]
    if _read_back(updated) != [*present, *wanted.items()]:
        return text, ("The properties were left as they are: they are written in a way that notegen does not change.",)
    return text[:start] + updated + text[end:], ()


def _read_back(yaml_text: str) -> list[tuple[str, Any]]:
    try:
        return [(entry.key.lower(), entry.value) for entry in entries(yaml_text)]
    except FrontmatterError:
        return []


def _changes(found: list[Entry], ours: Mapping[str, Property], keep: frozenset[str]) -> dict[str, Property]:
    """Return the properties whose value has to change, under notegen's names."""
    present = {entry.key.lower(): entry.value for entry in reversed(found)}
    changes: dict[str, Property] = {}
    for key, value in ours.items():
        wanted = value
        if key.lower() in present:
            current = present[key.lower()]
            if key in keep:
                continue
            if key == "tags" and isinstance(value, list):
                wanted = _union(current, value)
            if current == wanted and type(current) is type(wanted):
                continue
        changes[key] = wanted
    return changes


def _union(current: Any, ours: list[str]) -> list[str]:
    """The learner's tags first. Tags are case-blind; a text of several, as older vaults have it, becomes a list."""
    theirs = re.split(r"[,\s]+", current) if isinstance(current, str) else current if isinstance(current, list) else []
    tags = [str(tag) for tag in theirs if tag is not None and str(tag).strip()]
    known = {tag.lower() for tag in tags}
    missing = [tag for tag in ours if tag.lower() not in known]
    return current if isinstance(current, list) and not missing else tags + missing


def _same(key: str, names: Mapping[str, Any]) -> str:
    """Return the spelling that `names` has for `key` (Obsidian's names are case-blind), else `key`."""
    return next((name for name in names if name.lower() == key.lower()), key)


def _edit(yaml_text: str, found: list[Entry], changes: Mapping[str, Property]) -> str:
    """Return the YAML with `changes` made in place; names that are missing come last."""
    edited = yaml_text
    present = {entry.key.lower() for entry in found}
    for position in reversed(range(len(found))):
        name = _same(found[position].key, changes)
        if name in changes:
            following = found[position + 1].key_node.start_mark.index if position + 1 < len(found) else len(yaml_text)
            first, last, new = _replacement(yaml_text, found[position], following, name, changes[name])
            edited = edited[:first] + new + edited[last:]
    if edited and not edited.endswith("\n"):
        edited += "\n"
    return edited + "".join(_entry(key, value) for key, value in changes.items() if key.lower() not in present)


def _replacement(yaml_text: str, entry: Entry, following: int, name: str, value: Property) -> tuple[int, int, str]:
    """Return (first, last, text): what to put in place of yaml_text[first:last], as little as keeps the comments."""
    node, begin = entry.value_node, entry.key_node.start_mark.index
    if isinstance(node, SequenceNode) and not node.flow_style and isinstance(value, list) and value:
        return _replace_items(yaml_text, entry, following, value)
    if node.style in ("|", ">") if isinstance(node, ScalarNode) else not node.flow_style:
        kept = re.search(r"(?:(?<=\n)(?:[ \t]*\r?\n|#[^\n]*\n?))*\Z", yaml_text[begin:following])
        return begin, begin + kept.start() if kept else following, _entry(name, value)
    first, last = node.start_mark.index, node.end_mark.index
    if first == last:  # no value at all: it goes right after the colon
        first = last = yaml_text.index(":", entry.key_node.end_mark.index) + 1
    rest_of_line = yaml_text[last:].partition("\n")[0]
    if isinstance(value, list) and value and not rest_of_line.strip():
        return begin, last + len(rest_of_line), _entry(name, value).rstrip("\n")
    inline = _inline(value)
    return first, last, inline if yaml_text[first - 1 : first] in (" ", "\n") else f" {inline}"


def _replace_items(yaml_text: str, entry: Entry, following: int, value: list[str]) -> tuple[int, int, str]:
    """Replace a list of "- item" lines; an item that stays keeps its line, its comment and its spelling."""
    node = entry.value_node
    first = yaml_text.rfind("\n", 0, node.start_mark.index) + 1
    indent = " " * (node.start_mark.index - first)
    starts = [yaml_text.rfind("\n", 0, item.start_mark.index) + 1 for item in node.value]
    tail = re.search(r"(?:(?<=\n)[ \t]*(?:\r?\n|#[^\n]*\n?))*\Z", yaml_text[first:following])
    last = first + tail.start() if tail else following
    lines: dict[str, str] = {}
    for item, begin, end in zip(entry.value, starts, [*starts[1:], last], strict=True):
        if isinstance(item, str):
            lines.setdefault(item, yaml_text[begin:end])
    return first, last, "".join(lines.get(item, f"{indent}- {_scalar(item)}\n") for item in value)


def _entry(key: str, value: Property) -> str:
    if isinstance(value, list) and value:
        return f"{_scalar(key)}:\n" + "".join(f"  - {_scalar(item)}\n" for item in value)
    return f"{_scalar(key)}: {_inline(value)}\n"


def _inline(value: Property) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_scalar(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else _scalar(value)


def _scalar(text: str) -> str:
    if _DATE.fullmatch(text) or (_PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT):
        return text
    return '"' + _NEEDS_ESCAPE.sub(_escaped, text) + '"'


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    if "\ud800" <= character <= "\udfff":  # half a character: UTF-8 cannot hold it
        return "\ufffd"
    return _ESCAPES.get(character) or f"\\u{ord(character):04x}"

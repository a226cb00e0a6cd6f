"""Whether frontmatter holds what Obsidian's property editor can show and edit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from notegen.vault.frontmatter import Entry, FrontmatterError, entries

_LISTS = frozenset({"tags", "aliases", "cssclasses"})
_SINGULAR = {"tag": "tags", "alias": "aliases", "cssclass": "cssclasses"}
"""Names that Obsidian stopped reading in version 1.9."""
_BAD_TAG = re.compile(r"[\s\u2000-\u206f\u2e00-\u2e7f'!\"#$%&()*+,.:;<=>?@^`{|}~\[\]\\]|\A/|/\Z|//")


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyProblem:
    """One thing that Obsidian would not read as meant."""

    severity: Literal["error", "warning"]
    line: int
    """In the note, from 1; the opening `---` is line 1."""
    message: str


def check_properties(yaml_text: str) -> tuple[PropertyProblem, ...]:
    """Return the problems of the YAML between the `---` lines, in order of lines."""
    try:
        found = entries(yaml_text)
    except FrontmatterError as error:
        return (PropertyProblem(severity="error", line=error.line, message=f"Properties: {error.message}."),)
    problems: list[PropertyProblem] = []
    seen: set[str] = set()
    for entry in found:
        name = entry.key.lower()
        if name in seen:
            problems.append(_error(entry.key_node, f"The property “{entry.key}” is there twice."))
        seen.add(name)
        problems += _check(entry, name)
    return tuple(sorted(problems, key=lambda problem: problem.line))


def _check(entry: Entry, name: str) -> list[PropertyProblem]:
    node = entry.value_node
    if name in _SINGULAR:
        message = f"Obsidian no longer reads “{entry.key}”: it is called “{_SINGULAR[name]}” and is a list."
        return [_error(entry.key_node, message)]
    if name in _LISTS and entry.value is not None and not isinstance(node, SequenceNode):
        return [_error(node, f"“{entry.key}” has to be a list.")]
    problems: list[PropertyProblem] = []
    if isinstance(node, MappingNode):
        problems.append(_error(node, f"“{entry.key}” holds properties of its own, which Obsidian does not support."))
    elif isinstance(node, SequenceNode):
        for item in node.value:
            problems += _check_item(entry.key, item)
            if name == "tags" and isinstance(item, ScalarNode):
                problems += _check_tag(item)
    elif isinstance(entry.value, str) and "\n" in entry.value.strip("\n"):
        problems.append(_warning(node, f"“{entry.key}” has several lines; Obsidian's text property holds one."))
    return problems


def _check_item(key: str, item: Node) -> list[PropertyProblem]:
    if isinstance(item, SequenceNode):
        return [_error(item, f"“{key}” holds a list inside a list; a link like [[Note]] needs quotes.")]
    if isinstance(item, MappingNode):
        return [_error(item, f"“{key}” holds properties of its own, which Obsidian does not support.")]
    if "\n" in item.value.strip("\n"):
        return [_warning(item, f"An entry of “{key}” has several lines; Obsidian holds one.")]
    return []


def _check_tag(item: ScalarNode) -> list[PropertyProblem]:
    tag = item.value.removeprefix("#")
    problems: list[PropertyProblem] = []
    if tag != item.value:
        problems.append(_warning(item, f"The tag “{item.value}” is written without “#” in properties."))
    if not tag or _BAD_TAG.search(tag):
        problems.append(_error(item, f"“{item.value}” is no valid tag: letters, digits, “_”, “-” and “/” only."))
    elif tag.isdigit():
        problems.append(_error(item, f"“{item.value}” is no valid tag: it needs a character that is no digit."))
    return problems


def _error(node: Node, message: str) -> PropertyProblem:
    return PropertyProblem(severity="error", line=node.start_mark.line + 2, message=message)


def _warning(node: Node, message: str) -> PropertyProblem:
    return PropertyProblem(severity="warning", line=node.start_mark.line + 2, message=message)

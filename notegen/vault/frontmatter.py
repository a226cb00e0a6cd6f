"""The YAML block at the top of a note, read as Obsidian reads it: YAML 1.2, plain values, no anchors, no tags.

Values are taken from YAML's node tree, not from a loader, so nothing is constructed, expanded or run, dates stay text,
and every value knows where it stands in the source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

_BLOCK = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)(?<=\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_OPENED = re.compile(r"\A\ufeff?---[ \t]*\r?\n[\"']?\w[^\n]*:")
"""A first line `---` with a property below it; alone it may be a rule."""
_MAX_CHARACTERS = 100_000
"""More than any person keeps in properties; a longer block is not read."""
_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One property where it stands."""

    key: str
    value: Any
    key_node: ScalarNode
    value_node: ScalarNode | CollectionNode


class FrontmatterError(Exception):
    """The block is no mapping of plain values. `line` counts from 1 in the note (the opening `---` is line 1)."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def span(text: str) -> tuple[int, int, int] | None:
    """Return the offsets where the YAML begins and ends and where the body begins; None without frontmatter."""
    match = _BLOCK.match(text)
    return (match.start("yaml"), match.end("yaml"), match.end()) if match else None


def fault(text: str) -> FrontmatterError | None:
    """What keeps the properties of a note from being read or written; None where nothing does."""
    if where := span(text):
        try:
            entries(text[where[0] : where[1]])
        except FrontmatterError as error:
            return error
    elif _OPENED.match(text):
        return FrontmatterError("the line --- that ends the properties is missing", 1)
    return None


def entries(yaml_text: str) -> list[Entry]:
    """Return the properties in order, duplicates included. Raises FrontmatterError."""
    root = _compose(yaml_text)
    if root is None:
        return []
    if not isinstance(root, MappingNode) or root.flow_style:
        raise FrontmatterError("the properties are not one “name: value” a line", root.start_mark.line + 2)
    found: list[Entry] = []
    for key_node, value_node in root.value:
        if not isinstance(key_node, ScalarNode) or key_node.anchor:
            raise FrontmatterError("a property name is not plain text", key_node.start_mark.line + 2)
        found.append(Entry(key=key_node.value, value=_value(value_node), key_node=key_node, value_node=value_node))
    return found


def _compose(yaml_text: str) -> Node | None:
    if len(yaml_text) > _MAX_CHARACTERS:
        raise FrontmatterError("the properties are longer than notegen reads", 1)
    try:
        node: Node | None = YAML(typ="safe", pure=True).compose(yaml_text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        raise FrontmatterError(f"invalid YAML: {error.problem or 'cannot be read'}", line + 2) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise FrontmatterError("invalid YAML: cannot be read", 1) from error
    return node


def _value(node: Node) -> Any:
    """Return plain Python data. Dates stay text: Obsidian's date type is text in YAML too."""
    line = node.start_mark.line + 2
    if node.anchor:
        raise FrontmatterError("YAML anchors and aliases are not used in properties", line)
    if isinstance(node, SequenceNode):
        return [_value(item) for item in node.value]
    if isinstance(node, MappingNode):
        return {str(_value(key)): _value(value) for key, value in node.value}
    kind = str(node.tag).removeprefix(_TAG)
    text: str = node.value
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    try:
        if kind == "int":
            return int(text.replace("_", ""), 0) if re.match(r"[-+]?0[xob]", text) else int(text)
        if kind == "float":
            return float(text.replace(".inf", "inf").replace(".nan", "nan"))
    except ValueError:
        return text
    if kind in ("str", "timestamp", "merge", "value"):
        return text
    raise FrontmatterError("YAML tags are not used in properties", line)

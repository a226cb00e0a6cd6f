"""How a property is written: YAML that Obsidian reads as meant, same input, same bytes.

The rules are those of Obsidian's help: text, list, number, checkbox, date; a link is always quoted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from notegen.vault.note import Property

_PLAIN = re.compile(r"[^\W\d_](?:[\w ./+()’–-]*[\w)])?")
"""Text that YAML reads as itself without quotes."""
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?)?")
_NOT_TEXT = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
"""Words that some YAML reader takes for something else than text."""
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_NEEDS_ESCAPE = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]')


def render(properties: Mapping[str, Property]) -> str:
    """Return the whole frontmatter, `---` lines included, in the order of `properties`: same input, same bytes."""
    return "---\n" + "".join(entry_text(key, value) for key, value in properties.items()) + "---\n"


def entry_text(key: str, value: Property) -> str:
    """The lines of one property; a list has a line for each entry."""
    if isinstance(value, list) and value:
        return f"{scalar_text(key)}:\n" + "".join(f"  - {scalar_text(item)}\n" for item in value)
    return f"{scalar_text(key)}: {inline_text(value)}\n"


def inline_text(value: Property) -> str:
    """The value on one line."""
    if isinstance(value, list):
        return "[" + ", ".join(scalar_text(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else scalar_text(value)


def scalar_text(text: str) -> str:
    """Text, in quotes where YAML would take it for something else."""
    if _DATE.fullmatch(text) or (_PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT):
        return text
    return '"' + _NEEDS_ESCAPE.sub(_escaped, text) + '"'


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    if "\ud800" <= character <= "\udfff":  # half a character: UTF-8 cannot hold it
        return "\ufffd"
    return _ESCAPES.get(character) or f"\\u{ord(character):04x}"

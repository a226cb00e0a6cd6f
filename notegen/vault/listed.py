"""List properties of a note, read quickly: a vault has thousands of notes, and few of their properties matter."""

from __future__ import annotations

import re
from typing import Any

from notegen.vault.properties import parse

_PLAIN_ITEM = re.compile(r"\s*-\s+([^\W\d_](?:[\w .()’/-]*[\w)])?)\s*")


def listed(yaml_text: str, *names: str) -> tuple[str, ...]:
    """The texts of the list (or the one text) under the first of `names` that is there; () for none.

    Only that property is read as YAML, so what is broken elsewhere does no harm. A text with commas is several.
    """
    lower = yaml_text.lower()
    for name in names:
        if name.lower() not in lower:
            continue
        found = re.search(
            rf"^[\"']?{re.escape(name)}[\"']?[ \t]*:(?:[^\n]*\n?)(?:(?:[ \t]+|[ \t]*-)[^\n]*\n?|[ \t]*\n)*",
            yaml_text,
            re.MULTILINE | re.IGNORECASE,
        )
        if not found:
            continue
        head, *items = found[0].rstrip().split("\n")
        plain = [_PLAIN_ITEM.fullmatch(item) for item in items]
        if items and head.endswith(":") and all(plain):
            return tuple(item[1] for item in plain if item)
        values = list(parse(found[0]).values())
        return tuple(_texts(values[0])) if values else ()
    return ()


def _texts(value: Any) -> list[str]:
    """Only plain values: what is nested is no name."""
    if isinstance(value, list):
        return [str(item).strip() for item in value if isinstance(item, (str, int, float)) and str(item).strip()]
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else []

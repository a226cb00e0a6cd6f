"""How people mark thoughts in raw notes ("Key insight:", "Rabbit hole", "Status"): patterns of `note_marks.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

MarkKind = Literal[
    "insight", "aha", "analogy", "compares", "question", "rabbit_hole", "put_off", "status", "not_before"
]
_FILE = Path(__file__).parent / "note_marks.toml"


def has_mark(kind: MarkKind, text: str) -> bool:
    """Whether a label, heading or sentence is marked so."""
    return any(pattern.search(text) for pattern in _patterns()[kind])


def without_mark(kind: MarkKind, text: str) -> str:
    """The text without the words of a mark, and without the signs that parted them from the rest."""
    for pattern in _patterns()[kind]:
        text = pattern.sub("", text)
    return " ".join(re.sub(r"^[\W_]+|[\s:–—-]+$", "", text).split())


def not_before(text: str) -> str:
    """After what something that is put off may be taken up, in the words of the text; "" where it does not say."""
    found = [match for pattern in _patterns()["not_before"] if (match := pattern.search(text))]
    return " ".join(found[0]["when"].split()).rstrip(" ,:)") if found else ""


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {kind: tuple(re.compile(each, re.IGNORECASE) for each in lines) for kind, lines in data.items()}

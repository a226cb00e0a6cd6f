"""Lines that a page prints twice in one place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def without_overprints(lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """One of the lines with the same letters in the same place, to a point: publishers fill and outline a text in two
    passes, and it is read twice."""
    once: dict[tuple[tuple[int, ...], str], dict[str, Any]] = {}
    for number, line in enumerate(lines):
        text = "".join(span["text"] for span in line["spans"])
        place = tuple(round(edge) for edge in line["spans"][0]["bbox"][:2]) if text.strip() else (number,)
        once.setdefault((place, text), line)
    return list(once.values())

"""Capitals set wide apart, as in titles: MuPDF takes the room between them for spaces between words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

_FEWEST = 6
"""Letters in a row of the page; fewer may be names of points or matrices."""


def rejoin(lines: Sequence[dict[str, Any]]) -> None:
    """Make each of MuPDF's lines that holds spaced capitals one span of whole words, in place.

    A space that MuPDF put in stands in a span of its own; one that the page has stands among its letters.
    """
    rows: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for line in lines:
        if line["spans"] and len(line["spans"][0]["text"].strip()) <= 1:
            rows[round(line["spans"][0]["origin"][1])].append(line)
    for row in rows.values():
        letters = [token for line in row for span in line["spans"] for token in span["text"].split()]
        if len(letters) < _FEWEST or not all(len(letter) == 1 and letter.isupper() for letter in letters):
            continue
        for line in row:
            spans = [span for span in line["spans"] if span["text"] != " "]
            text = "".join(span["text"] for span in spans)
            x0, y0, _, _ = spans[0]["bbox"]
            line["spans"] = [{**spans[0], "text": text, "bbox": (x0, y0, *spans[-1]["bbox"][2:])}]

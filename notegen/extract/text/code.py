"""Code: rows of a monospaced font with their indentation, and the language where it is clear."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from notegen.extract.text.line import Line

_NUMBER = re.compile(r"[0-9]{1,4}")
_FARTHEST_NUMBER = 4
"""Rows from one number to the next: a number, its code, and what a wide gap in that sets apart."""
_EDGE_PT = 1.0
"""Between the ends of rows that are set to the right."""
_SIGNS: dict[str, tuple[tuple[str, int], ...]] = {
    "python": (
        (r"^\s*def \w+\(.*\).*:", 3), (r"^>>> ", 3), (r"^\s*(from [\w.]+ )?import [\w.*, ]+", 1), (r"\bself\.", 1),
        (r"^\s*class \w+.*:\s*$", 1), (r"^\s*(if|for|while|elif|with) .*:\s*$", 1), (r"^\s*(else|try):\s*$", 1),
        (r"^\s*@\w+", 1), (r"\bprint\(", 1), (r"\b(np|plt|pd|torch|tf|nn)\.\w+", 1),
    ),
    "r": (
        (r"^\s*> ", 2), (r"[\w)\]] ?<- ", 2), (r"\bfunction\(.*\)\s*\{?", 1), (r"\blibrary\(\w+\)", 1),
        (r"\w\$[a-z]\w*", 1), (r"\bc\([\w\"'., -]+\)", 1),
        (r"^\s*\+ ", 1), (r"\b(data\.frame|read\.table|lm|summary|attach|plot)\(", 1),
    ),
    "java": (
        (r"\bpublic (static |class |void )", 1), (r"\bSystem\.out\.", 1), (r"^\s*import java", 1),
        (r"\bprivate \w+ \w+;", 1), (r"\bnew \w+\(", 1),
    ),
    "c": (
        (r"^\s*#include\b", 1), (r"\b(int|void|char|double|float) \*?\w+\(.*\)\s*\{?", 1), (r"\bprintf\(", 1),
        (r"\b(struct|typedef) ", 1), (r"->\w+", 1),
    ),
    "cpp": (
        (r"\bstd::", 1), (r"#include <\w+>", 1), (r"\bcout\b", 1), (r"\btemplate\s*<", 1), (r"\bnamespace \w+", 1),
    ),
    "javascript": (
        (r"\b(const|let|var) \w+ =", 1), (r"=>\s*[{(\w]", 1), (r"\bconsole\.log", 1), (r"\bfunction \w*\(", 1),
        (r"===", 1), (r"\brequire\(", 1),
    ),
    "bash": (
        (r"^\s*\$ \S", 2), (r"^\s*#!/bin/(ba|z)?sh", 1), (r"\|\s*grep\b", 1),
        (r"^\s*(sudo|apt-get|pip|cd|ls|mkdir|export|echo|git|chmod) ", 1),
    ),
    "sql": (
        (r"(?i)^\s*select\b.*", 1), (r"(?i)\bfrom \w+", 1), (r"(?i)\bwhere \w+", 1),
        (r"(?i)^\s*(insert into|create table|update \w+ set|delete from)\b", 1),
    ),
    "html": ((r"<(html|body|div|head|p|a)\b[^>]*>", 1), (r"</\w+>", 1)),
    "json": ((r'^\s*"\w+":\s', 1),),
    "haskell": ((r"^\w+ ::", 1), (r"\bwhere\s*$", 1), (r"^\s*data \w+ =", 1)),
    "rust": ((r"\bfn \w+\(", 1), (r"\blet mut\b", 1), (r"\bimpl\b", 1)),
    "go": ((r"^\s*func (\(\w+ \*?\w+\) )?\w+\(", 1), (r"\w :=\s", 1), (r"^package \w+", 1)),
}  # fmt: skip
"""What a line of each language looks like, and how much such a line says."""


def is_set_right(rows: Sequence[Line]) -> bool:
    """Whether rows of different lengths all end at one right edge, as no code does: it is a list of names or links."""
    ends, starts = [row.x1 for row in rows], [row.x0 for row in rows]
    size = rows[0].size
    return len(rows) > 1 and max(ends) - min(ends) < _EDGE_PT and max(starts) - min(starts) > 2 * size


def without_line_numbers(rows: Sequence[Line]) -> list[Line]:
    """The rows of a column less the numbers of lines before code, as a row of their own or at the start of one.

    A number counts when the one before or after it is the next in turn.
    """
    numbers = {i: number for i in range(len(rows)) if (number := _line_number(rows, i)) is not None}
    order = list(numbers)
    counted = {
        i for a, b in pairwise(order) if numbers[b] - numbers[a] == 1 and b - a <= _FARTHEST_NUMBER for i in (a, b)
    }
    kept = []
    for i, row in enumerate(rows):
        if i not in counted:
            kept.append(row)
        elif len(row.spans) > 1:
            kept.append(Line(row.spans[1:]))
    return kept


def _line_number(rows: Sequence[Line], i: int) -> int | None:
    """The number that stands before code in or beside the row."""
    row = rows[i]
    first, *rest = row.spans
    beside = rows[i + 1] if i + 1 < len(rows) else None
    if not _NUMBER.fullmatch(first.text.strip()) or first.mono:
        return None
    if rest:
        is_code = "://" not in row.text and all(span.mono or not span.text.strip() for span in rest)
    else:
        is_code = beside is not None and beside.mono and abs(beside.baseline - row.baseline) < 1
    return int(first.text) if is_code else None


def code_text(rows: Sequence[Line], leading: float) -> str:
    """The rows with indentation and blank lines as printed.

    leading: distance of the baselines of neighbouring lines, in font sizes.
    """
    width = _advance(rows)
    left = min(row.x0 for row in rows)
    lines: list[str] = []
    before: Line | None = None
    for row in rows:
        if before is not None and abs(row.baseline - before.baseline) < 0.3 * row.size:
            lines[-1] = lines[-1].ljust(round((row.x0 - left) / width)) + _spread(row, width)
            continue
        if before is not None:
            lines += [""] * min(2, round((row.baseline - before.baseline) / (leading * row.size) - 0.75))
        lines.append(" " * round((row.x0 - left) / width) + _spread(row, width))
        before = row
    return "\n".join(line.rstrip() for line in lines)


def _advance(rows: Sequence[Line]) -> float:
    """The width of one character: all are alike in a monospaced font."""
    spans = [span for row in rows for span in row.spans if span.mono and len(span.text.strip()) > 3]
    chars = sum(len(span.text.rstrip()) for span in spans)
    width = sum(span.x1 - span.x0 for span in spans)
    return width / chars if chars and width > 0 else rows[0].size * 0.55


def _spread(row: Line, width: float) -> str:
    """The row's text; a gap inside it is as many spaces as fit."""
    text = ""
    for i, span in enumerate(row.spans):
        if i:
            column = round((span.x0 - row.x0) / width)
            text = text.rstrip().ljust(column) if column > len(text.rstrip()) else text
        text += span.text
    return text.rstrip()


def language(text: str) -> str:
    """The info string for a fence when the language is clear, else ""."""
    lines = text.splitlines()
    scores: dict[str, float] = {}
    for name, signs in _SIGNS.items():
        hits = [weight * sum(bool(re.search(sign, line)) for line in lines) for sign, weight in signs]
        scores[name] = sum(hits) + sum(hit > 0 for hit in hits) - 1
    best, second = sorted(scores, key=lambda name: scores[name], reverse=True)[:2]
    return best if scores[best] >= 2 and scores[best] > scores[second] else ""

"""Code: rows of a monospaced font with their indentation, and the language where it is clear."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lines import Line

_SIGNS: dict[str, tuple[str, ...]] = {
    "python": (
        r"^\s*def \w+\(.*\).*:", r"^\s*(from [\w.]+ )?import [\w.*, ]+", r"^\s*class \w+.*:\s*$", r"^>>> ",
        r"^\s*(if|for|while|elif|with) .*:\s*$", r"\bself\.", r"^\s*@\w+", r"\bprint\(", r"^\s*(else|try):\s*$",
        r"\b(np|plt|pd|torch|tf|nn)\.\w+",
    ),
    "r": (
        r"^\s*> ", r"<-", r"\bfunction\(.*\)\s*\{?", r"\blibrary\(\w+\)", r"\bc\([\w\"'., -]+\)", r"\$\w+\b", r"^\s*\+ ",
        r"\b(data\.frame|read\.table|lm|summary|attach|plot)\(",
    ),
    "java": (r"\bpublic (static |class |void )", r"\bSystem\.out\.", r"^\s*import java", r"\bprivate \w+ \w+;", r"\bnew \w+\("),
    "c": (r"^\s*#include\b", r"\b(int|void|char|double|float) \*?\w+\(.*\)\s*\{?", r"\bprintf\(", r"\b(struct|typedef) ", r"->\w+"),
    "cpp": (r"\bstd::", r"#include <\w+>", r"\bcout\b", r"\btemplate\s*<", r"\bnamespace \w+"),
    "javascript": (r"\b(const|let|var) \w+ =", r"=>\s*[{(\w]", r"\bconsole\.log", r"\bfunction \w*\(", r"===", r"\brequire\("),
    "bash": (r"^\s*\$ \S", r"^\s*#!/bin/(ba|z)?sh", r"^\s*(sudo|apt-get|pip|cd|ls|mkdir|export|echo|git|chmod) ", r"\|\s*grep\b"),
    "sql": (r"(?i)^\s*select\b.*", r"(?i)\bfrom \w+", r"(?i)^\s*(insert into|create table|update \w+ set|delete from)\b", r"(?i)\bwhere \w+"),
    "html": (r"<(html|body|div|head|p|a)\b[^>]*>", r"</\w+>"),
    "json": (r'^\s*"\w+":\s',),
    "haskell": (r"^\w+ ::", r"\bwhere\s*$", r"^\s*data \w+ ="),
    "rust": (r"\bfn \w+\(", r"\blet mut\b", r"\bimpl\b"),
    "go": (r"^\s*func (\(\w+ \*?\w+\) )?\w+\(", r":=", r"^package \w+"),
}  # fmt: skip
_WEIGHTS = {"python": {r"^\s*def \w+\(.*\).*:": 3, r"^>>> ": 3}, "r": {r"^\s*> ": 2, r"<-": 2}, "bash": {r"^\s*\$ \S": 2}}


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
        weights = _WEIGHTS.get(name, {})
        hits = [weights.get(sign, 1) * sum(bool(re.search(sign, line)) for line in lines) for sign in signs]
        scores[name] = sum(hits) + sum(hit > 0 for hit in hits) - 1
    best, second = sorted(scores, key=lambda name: scores[name], reverse=True)[:2]
    return best if scores[best] >= 2 and scores[best] > scores[second] else ""

"""Read the book's text files: a small Markdown, with numbered things that the text names (@fig:map, @eq:cosine)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .computed import evaluate

TEXT = Path(__file__).with_name("text")
Kind = Literal["chapter", "section", "subhead", "paragraph", "bullets", "steps", "formula", "code", "figure", "table"]
WORD = {"fig": "Figure", "tab": "Table", "lst": "Listing"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One piece of a chapter in its own order. `label` is printed ("Figure 2.1", "(2.1)", "1.2"), `name` is not."""

    kind: Kind
    text: str = ""
    name: str = ""
    label: str = ""
    items: tuple[str, ...] = ()
    """List items, or the rows of a table with their cells still joined by "|"."""
    notes: tuple[str, ...] = ()
    """Paragraph only: its footnotes, in the order of their marks."""


_NUMBERED = (
    (re.compile(r"\$\$ (\w+): (.+)"), "formula", "eq"),
    (re.compile(r"!figure (\w+): (.+)"), "figure", "fig"),
    (re.compile(r"!table (\w+): ([^\n]+)\n(.+)", re.S), "table", "tab"),
    (re.compile(r"```python (\w+): ([^\n]+)\n(.+)\n```", re.S), "code", "lst"),
)


def read_chapters() -> list[list[Block]]:
    """The chapters, each a list of blocks, with all numbers computed and all names replaced by their labels."""
    files = [path for path in sorted(TEXT.glob("*.md")) if path.name[0].isdigit()]
    labels: dict[str, str] = {}
    raw = [_number(_pieces(path), chapter, labels) for chapter, path in enumerate(files, start=1)]
    return [[_block(piece, label, labels) for piece, label in chapter] for chapter in raw]


def read_preface() -> list[str]:
    """The paragraphs of the preface."""
    return [" ".join(piece.split("\n")) for piece in _pieces(TEXT / "preface.md")]


def _pieces(path: Path) -> list[str]:
    """The file cut at blank lines, but not inside a code fence."""
    text = re.sub(r"Chapter (\d)", "Chapter\u00a0\\1", path.read_text(encoding="utf-8"))
    fenced = re.compile(r"```.*?```", re.S)
    guarded = fenced.sub(lambda match: match[0].replace("\n\n", "\n\x00\n"), text)
    return [piece.strip("\n").replace("\x00", "") for piece in re.split(r"\n{2,}", guarded) if piece.strip()]


def _number(pieces: list[str], chapter: int, labels: dict[str, str]) -> list[tuple[str, str]]:
    """Each piece with its label; `labels` learns what @eq:cosine and its like stand for."""
    counts: dict[str, int] = {}
    numbered: list[tuple[str, str]] = []
    for piece in pieces:
        label = str(chapter) if piece.startswith("# ") else ""
        key = "section" if piece.startswith("## ") else ""
        named = next(((match[1], prefix) for rule, _, prefix in _NUMBERED if (match := rule.match(piece))), None)
        if named:
            key = named[1]
        if key:
            counts[key] = counts.get(key, 0) + 1
            label = f"{chapter}.{counts[key]}"
        if named:
            label = f"({label})" if key == "eq" else f"{WORD[key]} {label}"
            labels[f"{key}:{named[0]}"] = label.replace(" ", "\u00a0")
        numbered.append((piece, label))
    return numbered


def _block(piece: str, label: str, labels: dict[str, str]) -> Block:
    for rule, kind, _ in _NUMBERED:
        if match := rule.match(piece):
            body = match[3] if kind in ("table", "code") else ""
            items = (
                tuple(body.split("\n"))
                if kind == "code"
                else tuple(_fill(row.strip("| "), labels) for row in body.split("\n") if body)
            )
            text = match[2] if kind == "formula" else _fill(match[2], labels)
            return Block(kind=kind, name=match[1], text=text, label=label, items=items)  # type: ignore[arg-type]
    for mark, heading in (("# ", "chapter"), ("## ", "section"), ("### ", "subhead")):
        if piece.startswith(mark):
            return Block(kind=heading, text=piece[len(mark) :], label=label)  # type: ignore[arg-type]
    lines = _fill(piece, labels).split("\n")
    for bullet, kind in ((r"- ", "bullets"), (r"\d+\. ", "steps")):
        if re.match(bullet, lines[0]):
            joined = re.split(rf"\n(?={bullet})", "\n".join(lines))
            items = tuple(re.sub(rf"^{bullet}", "", " ".join(item.split())) for item in joined)
            return Block(kind=kind, items=items)  # type: ignore[arg-type]
    notes = tuple(f"{line[2]} {line[6:]}" for line in lines if line.startswith("[^"))
    return Block(kind="paragraph", text=" ".join(line for line in lines if not line.startswith("[^")), notes=notes)


def _fill(text: str, labels: dict[str, str]) -> str:
    text = re.sub(r"«(.+?)»", lambda match: evaluate(match[1]), text)
    return re.sub(r"@(\w+:\w+)", lambda match: labels[match[1]], text)

"""Blocks of others' Markdown (`foreign`) written as safe Markdown: the structure stays, nothing in it does anything.

Every text passes the escapes of `write`; headings go below a given level; links lead to the web or nowhere; a picture,
which a reader would load from afar, is its description; code that would run is shown as text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from urllib.parse import quote as percent_encoded
from urllib.parse import urlsplit

from notegen.markdown import write
from notegen.markdown.check_math import FORMULA_RULES, unbalanced
from notegen.markdown.foreign import Block, Mark, Span, plain
from notegen.markdown.python_code import python_problem

MAX_LEVEL = 6
_RUNS = re.compile(r"^(?:\$=|=(?!=)|(?:INPUT|VIEW|BUTTON)\[)|<%|`")
"""Code spans that plugins run, and those that hold what would end them."""
_SAFE_IN_URL = "/:?=&%+,;@~!*'-._#"
_WRAPPERS: dict[Mark, str] = {"strong": "**", "em": "*", "strike": "~~"}
_INNER: frozenset[Mark] = frozenset({"code", "maths"})


def written(blocks: Sequence[Block]) -> str:
    """The blocks as Markdown."""
    return "\n\n".join(text for block in blocks if (text := _block(block)))


def relevelled(blocks: Sequence[Block], level: int) -> tuple[Block, ...]:
    """The blocks with their headings at `level` and below, one level at a time: what stands under a heading stays under
    it."""
    open_ones: list[tuple[int, int]] = []
    found: list[Block] = []
    for block in blocks:
        if block.kind == "heading":
            open_ones = [each for each in open_ones if each[0] < block.level]
            new = min(MAX_LEVEL, open_ones[-1][1] + 1 if open_ones else level)
            open_ones.append((block.level, new))
            block = replace(block, level=new)
        found.append(block)
    return tuple(found)


def inline(spans: Sequence[Span], *, in_table: bool = False) -> str:
    """Spans as Markdown on as many lines as they have; in a table on one."""
    lines: list[list[Span]] = [[]]
    for span in spans:
        for number, part in enumerate(span.text.split("\n")):
            if number and not in_table:
                lines.append([])
            lines[-1].append(Span(f" {part}" if number and in_table else part, span.marks, span.href))
    return "\n".join(text for line in lines if (text := _line(line, in_table)))


def formula(tex: str) -> bool:
    """Whether MathJax shows the TeX and it does nothing else."""
    return bool(tex.strip()) and "$" not in tex and not unbalanced(tex) and not any(
        pattern.search(tex) for _, _, pattern, _, _ in FORMULA_RULES
    )  # fmt: skip


def _block(block: Block) -> str:
    match block.kind:
        case "heading":
            return f"{'#' * block.level} {write.heading_text(plain(block.spans))}" if plain(block.spans) else ""
        case "paragraph":
            return inline(block.spans)
        case "list":
            return _list(block)
        case "item":
            return written(block.children)
        case "quote":
            return write.quote(written(block.children)) if block.children else ""
        case "code":
            return _code(block.text, block.language) if block.text.strip() else ""
        case "maths":
            return f"$$\n{block.text}\n$$" if formula(block.text) else _code(block.text, "latex")
        case "table":
            return _table(block)
        case "rule":
            return ""


def _list(block: Block) -> str:
    items = []
    for number, item in enumerate(block.children, block.start or 0):
        mark = "- " if block.start is None else f"{number}. "
        body = "\n".join(
            (("\n" if at and child.kind not in ("list", "paragraph") else "") + _block(child))
            for at, child in enumerate(item.children)
        )
        lines = body.split("\n")
        items.append("\n".join([mark + lines[0], *((" " * len(mark) + line).rstrip() for line in lines[1:])]))
    return "\n".join(items)


def _code(text: str, language: str) -> str:
    named = language.lower()
    if named in ("python", "py", "python3") and python_problem(text):
        named = "text"
    if named == "json":
        named = "text"  # what a chat calls JSON is as often a sketch of it
    return write.code_fence(text, named)


def _table(block: Block) -> str:
    width = max(len(row) for row in block.rows)
    rows = [[inline(cell, in_table=True) for cell in row] + [""] * (width - len(row)) for row in block.rows]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _line(spans: Sequence[Span], in_table: bool) -> str:
    """One line: the text of all spans is escaped as a whole, then their marks are put around their letters."""
    pieces: list[tuple[str, Span]] = []
    text = ""
    for span in spans:
        shown = write.clean(f"x{span.text}x")[1:-1]
        shown = shown.lstrip() if not text or text.endswith(" ") else shown
        pieces.append((shown, span))
        text += shown
    signs = write.escaped_signs(text.rstrip(), in_table=in_table)
    written_so: list[str] = []
    at = 0
    for (_, href), group in groupby(pieces, key=lambda piece: (piece[1].marks - _INNER, piece[1].href)):
        parts = []
        marks: frozenset[Mark] = frozenset()
        for shown, span in group:
            parts.append(_bare(shown, "".join(signs[at : at + len(shown)]), span, in_table))
            marks = span.marks - _INNER
            at += len(shown)
        written_so.append(_marked("".join(parts), marks, href))
    return "".join(written_so).rstrip()


def _bare(shown: str, escaped: str, span: Span, in_table: bool) -> str:
    """A span as code, maths or text."""
    if not shown.strip() or (in_table and "|" in shown):
        return escaped
    if "maths" in span.marks and formula(shown):
        return f"${shown.strip()}$"
    if span.marks & _INNER and not _RUNS.search(shown):
        return f"`{shown.strip()}`"
    return escaped


def _marked(text: str, marks: frozenset[Mark], href: str) -> str:
    """Text between its marks, which do not stand beside white space."""
    core = text.strip()
    if not core:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    if url := _url(href):
        core = f"[{core}]({url})" if "[" not in core and "]" not in core else f"{core} ({url})"
    for mark, wrapper in _WRAPPERS.items():
        if mark in marks:
            core = f"{wrapper}{core}{wrapper}"
    return before + core + after


def _url(href: str) -> str:
    """The address of a page of the web, written so that it can stand in a link; "" for any other."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    return percent_encoded(write.clean(href), safe=_SAFE_IN_URL)

"""The sentences of a text that state something, each with its line: what can be held against a source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notegen.language.sentences import spans as sentence_spans
from notegen.language.words import is_content, tokens
from notegen.markdown.foreign import Block, Span

MAX_PARAGRAPH = 20_000
"""Characters; what is longer is no paragraph that anybody wrote, and is not taken apart."""
LEAST_CONTENT = 2
"""Words with a meaning of their own that a claim has at least: what it is about, and what it says of it."""
_ASKS = re.compile(r"[?？]\W*$")
_ANNOUNCES = re.compile(r"[:：]\W*$")
"""A sentence that ends with what comes below it."""
_DENIED = re.compile(r"^\W*(?:wrong|false|myth|falsch|irrtum|faux|mythe|falso|mito|falsa|errado)\b\W*:", re.IGNORECASE)
"""Its author states it as what is not so."""
_ARROW = re.compile(r"^\s*(?:→|⇒|->|=>|↳)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence, as its author wrote it."""

    text: str
    line: int
    """From 1, in the text that was read."""
    headings: tuple[str, ...]
    """Of the sections it stands in, outermost first."""
    is_item: bool = False
    """It stands in a list."""


def statements_in(blocks: Sequence[Block], language: str) -> tuple[Statement, ...]:
    """The statements of a text in its order: no questions, no labels, no code, tables, formulas or headings."""
    return tuple(
        each
        for each in sentences_in(blocks, language)
        if not _ASKS.search(each.text)
        and not _ANNOUNCES.search(each.text)
        and not _DENIED.match(each.text)
        and sum(is_content(word, language) for word in tokens(each.text)) >= LEAST_CONTENT
    )


def sentences_in(blocks: Sequence[Block], language: str) -> Iterator[Statement]:
    """Every sentence of the paragraphs, list items and quotations of a text."""
    headings: list[tuple[int, str]] = []
    for block in blocks:
        if block.kind == "heading":
            headings = [each for each in headings if each[0] < block.level]
            headings.append((block.level, line_of(block.spans)))
        yield from _sentences(block, tuple(title for _, title in headings), language, is_item=False)


def _sentences(block: Block, headings: tuple[str, ...], language: str, *, is_item: bool) -> Iterator[Statement]:
    if block.kind == "paragraph":
        yield from _of_paragraph(block, headings, language, is_item)
    for child in block.children:
        yield from _sentences(child, headings, language, is_item=is_item or block.kind == "item")


def _of_paragraph(block: Block, headings: tuple[str, ...], language: str, is_item: bool) -> Iterator[Statement]:
    """Its sentences. In a raw note a line is a thought of its own where the one before it has come to an end, or it
    begins as items do; a line in bold alone is a label."""
    text = "".join(span.text for span in block.spans)
    if len(text) > MAX_PARAGRAPH:
        return
    bold = _bold_lines(block.spans)
    start = 0
    for part in _parts(text):
        for begin, end, _ in sentence_spans(part.replace("\n", " "), language):
            line = text.count("\n", 0, start + begin)
            said = _ARROW.sub("", " ".join(part[begin:end].split()))
            if said and line not in bold:
                yield Statement(text=said, line=block.line + line, headings=headings, is_item=is_item)
        start += len(part) + 1


def _bold_lines(spans: Sequence[Span]) -> frozenset[int]:
    """Lines, from 0, that are bold from end to end and no sentence."""
    lines: list[list[Span]] = [[]]
    for span in spans:
        for number, part in enumerate(span.text.split("\n")):
            if number:
                lines.append([])
            if part.strip():
                lines[-1].append(Span(part, span.marks))
    return frozenset(
        number
        for number, line in enumerate(lines)
        if line and all("strong" in span.marks for span in line) and not re.search(r"[.!?。]\W*$", line[-1].text)
    )


def _parts(text: str) -> Iterator[str]:
    part = ""
    for line in text.split("\n"):
        if part and (re.search(r"[.!?:;。]\W*$", part) or re.match(r"\W*(?:→|[A-ZÀ-Þ\d])", line)):
            yield part
            part = line
        else:
            part = f"{part}\n{line}" if part else line
    if part.strip():
        yield part


def line_of(spans: Sequence[Span]) -> str:
    """The text of spans on one line."""
    return " ".join("".join(span.text for span in spans).split())

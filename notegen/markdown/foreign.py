"""Markdown that others wrote (a chat, a pasted page, a raw note), read into typed blocks.

The rules are CommonMark's with the tables and strike-through of GitHub, and with maths between `$`, `$$`, `\\( … \\)`
and `\\[ … \\]`. HTML is read as the text that it is. `foreign_writing` writes blocks again, safely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

Kind = Literal["heading", "paragraph", "list", "item", "quote", "code", "table", "rule", "maths"]
Mark = Literal["strong", "em", "strike", "code", "maths"]
_MARKS: dict[str, Mark] = {"strong": "strong", "em": "em", "s": "strike"}
_INLINE_MATHS = re.compile(
    r"\\\((?P<round>[^\n]{1,300}?)\\\)"
    r"|\$\$(?P<double>[^\n$]{1,300}?)\$\$(?!\d)"
    r"|\$(?![\s$])(?P<dollar>[^\n$]{1,300}?)(?<![\s\\])\$(?![\d\w])"
)
_OPENERS = {"$$": "$$", "\\[": "\\]", "[": "]"}
"""How a line begins that opens maths on lines of its own. Copied pages lose the backslash: there it is `[` alone."""
_MATHS_SIGN = re.compile(r"\\[A-Za-z]+|[\\^_=]")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text that looks the same throughout. A line end in it is "\\n"."""

    text: str
    marks: frozenset[Mark] = frozenset()
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block. Lines count from 1 in the text that was read."""

    kind: Kind
    line: int
    last: int
    level: int = 0
    """Of a heading."""
    spans: tuple[Span, ...] = ()
    """Of a heading or a paragraph."""
    children: tuple[Block, ...] = ()
    """Of a list (items), an item, a quote."""
    text: str = ""
    """Of code and of maths."""
    language: str = ""
    rows: tuple[tuple[tuple[Span, ...], ...], ...] = ()
    """Of a table; the first one is its header."""
    start: int | None = None
    """First number of a list that counts."""


def read(text: str) -> tuple[Block, ...]:
    """The blocks of a text. Never fails: any text is one."""
    return tuple(_blocks(_Tokens(_parser().parse(text))))


def plain(spans: Sequence[Span]) -> str:
    """The text of spans as a reader sees it, on one line."""
    return " ".join("".join(span.text for span in spans).split())


def walk(blocks: Sequence[Block]) -> Iterator[Block]:
    """Every block, those inside others after what holds them."""
    for block in blocks:
        yield block
        yield from walk(block.children)


@dataclass(slots=True)
class _Tokens:
    tokens: list[Token]
    at: int = 0
    line: int = field(default=1)
    last: int = field(default=1)

    def next(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        if token.map:
            self.line, self.last = token.map[0] + 1, max(token.map[1], token.map[0] + 1)
        return token


def _blocks(tokens: _Tokens, end: str = "") -> Iterator[Block]:
    """The blocks up to the token that closes what holds them."""
    while tokens.at < len(tokens.tokens):
        token = tokens.next()
        if token.type == end:
            return
        line, last = tokens.line, tokens.last
        match token.type:
            case "heading_open":
                spans = _spans(tokens.next().children or [])
                tokens.next()
                yield Block(kind="heading", line=line, last=last, level=int(token.tag[1]), spans=spans)
            case "paragraph_open":
                spans = _spans(tokens.next().children or [])
                tokens.next()
                yield Block(kind="paragraph", line=line, last=last, spans=spans)
            case "bullet_list_open" | "ordered_list_open":
                start = int(token.attrs.get("start", 1)) if token.type == "ordered_list_open" else None
                children = tuple(_blocks(tokens, token.type.replace("open", "close")))
                yield Block(kind="list", line=line, last=last, children=children, start=start)
            case "list_item_open":
                yield Block(kind="item", line=line, last=last, children=tuple(_blocks(tokens, "list_item_close")))
            case "blockquote_open":
                yield Block(kind="quote", line=line, last=last, children=tuple(_blocks(tokens, "blockquote_close")))
            case "table_open":
                yield Block(kind="table", line=line, last=last, rows=tuple(_rows(tokens)))
            case "fence" | "code_block":
                language = (token.info.split() or [""])[0]
                yield Block(kind="code", line=line, last=last, text=token.content, language=language)
            case "maths_block":
                yield Block(kind="maths", line=line, last=last, text=token.content)
            case "hr":
                yield Block(kind="rule", line=line, last=last)


def _rows(tokens: _Tokens) -> Iterator[tuple[tuple[Span, ...], ...]]:
    cells: list[tuple[Span, ...]] = []
    while (token := tokens.next()).type != "table_close":
        if token.type == "inline":
            cells.append(_spans(token.children or []))
        elif token.type == "tr_close":
            yield tuple(cells)
            cells = []


def _spans(children: Sequence[Token]) -> tuple[Span, ...]:
    found: list[Span] = []
    marks: list[Mark] = []
    href = ""
    for token in children:
        name = token.type.rpartition("_")[0]
        if token.type in ("softbreak", "hardbreak"):
            found.append(Span("\n"))
        elif token.type == "code_inline":
            found.append(Span(token.content, frozenset([*marks, "code"]), href))
        elif token.type == "maths_inline":
            found.append(Span(token.content, frozenset(["maths"])))
        elif token.type == "image":
            found.append(Span(token.content, frozenset([*marks, "em"])))
        elif token.type == "link_open":
            href = str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            href = ""
        elif name in _MARKS:
            if token.nesting > 0:
                marks.append(_MARKS[name])
            elif _MARKS[name] in marks:
                marks.remove(_MARKS[name])
        elif token.content:
            found.append(Span(token.content, frozenset(marks), href))
    return tuple(found)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.block.ruler.before(
        "fence", "maths_block", _maths_block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    parser.inline.ruler.before("escape", "maths_inline", _maths_inline)
    return parser


def _maths_inline(state: StateInline, silent: bool) -> bool:
    """markdown-it inline rule."""
    if state.src[state.pos] not in "\\$" or not (found := _INLINE_MATHS.match(state.src, state.pos)):
        return False
    if not silent:
        token = state.push("maths_inline", "", 0)
        token.content = (found["round"] or found["double"] or found["dollar"]).strip()
    state.pos = found.end()
    return True


def _maths_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """markdown-it block rule: maths on lines of its own, from its opening sign to its closing one."""
    begin = state.bMarks[start_line] + state.tShift[start_line]
    first = state.src[begin : state.eMarks[start_line]].strip()
    opener = next((each for each in ("$$", "\\[") if first.startswith(each)), "[" if first == "[" else "")
    if not opener or state.is_code_block(start_line):
        return False
    closer = _OPENERS[opener]
    body: list[str] = []
    for line in range(start_line, end_line):
        text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
        text = text[len(opener) :] if line == start_line else text
        if text.endswith(closer):
            body.append(text[: -len(closer)])
            content = "\n".join(body).strip()
            if not content or (opener == "[" and not _MATHS_SIGN.search(content)):
                return False
            if not silent:
                token = state.push("maths_block", "", 0)
                token.content, token.map = content, [start_line, line + 1]
                state.line = line + 1
            return True
        if not text and line > start_line:
            return False
        body.append(text)
    return False

"""A note's text in, what is in it out. Never fails: any text is a note.

markdown-it finds the blocks (CommonMark) with two added rules, `$$` and `%%`; `inline.scan` reads their text.
"""

from __future__ import annotations

import re
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from notegen.markdown.inline import Found, scan
from notegen.markdown.parsed import Callout, Code, Heading, Math, ParsedNote, Prose, Row, Span, Table, Task, Unclosed

_FRONTMATTER = re.compile(r"\A\ufeff?---[ \t]*\n((?:.*\n)*?)---[ \t]*(?:\n|\Z)")
_CALLOUT = re.compile(r"\[!([^\]\n|]+)(?:\|[^\]\n]*)?\]([+-]?)(?:[^\S\n]+([^\n]*))?(?:\n|\Z)")
_TASK = re.compile(r"\[(.)\](?:\s+|\Z)")
_FENCE_END = re.compile(r"(?:\s|>|[-*+]\s|\d+[.)]\s)*(`{3,}|~{3,})\s*\Z")
_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*\Z")
_HTML_TAG = re.compile(r"</?[A-Za-z][^>]*>?|<!--")


def parse(text: str) -> ParsedNote:
    """What is in the note `text` (the whole file, with its frontmatter)."""
    text = re.sub(r"\r\n?", "\n", text)
    lines = tuple(text.split("\n"))
    opening = _FRONTMATTER.match(text)
    offset = opening[0].count("\n") if opening else 0
    tokens = _BLOCKS.parse(text[opening.end() :] if opening else text)
    reading = _Reading(lines, offset)
    reading.read(tokens)
    found = reading.found
    for label in found.image_references & found.definitions.keys():
        index = found.definitions[label]
        found.links[index] = replace(found.links[index], kind="image")
    return ParsedNote(
        lines=lines, frontmatter=opening[1] if opening else None, body_line=offset + 1,
        verbatim=frozenset(reading.verbatim), headings=tuple(reading.headings), links=tuple(found.links),
        callouts=tuple(reading.callouts), code=tuple(reading.code), code_spans=tuple(found.code_spans),
        math=tuple(found.math), tags=tuple(found.tags), comments=tuple(found.comments),
        block_ids=tuple(found.block_ids), highlights=tuple(found.highlights), html=tuple(found.html),
        tables=tuple(reading.tables), tasks=tuple(reading.tasks), footnotes=tuple(found.footnotes),
        prose=tuple(reading.prose), unclosed=tuple(sorted(found.unclosed, key=lambda thing: thing.line)),
    )  # fmt: skip


class _Reading:
    """One pass over the block tokens of a note."""

    def __init__(self, lines: tuple[str, ...], offset: int) -> None:
        self.lines = lines
        self.offset = offset
        """Lines of the frontmatter, which the tokens do not count."""
        self.found = Found()
        self.verbatim: set[int] = set()
        self.headings: list[Heading] = []
        self.callouts: list[Callout] = []
        self.code: list[Code] = []
        self.tables: list[Table] = []
        self.tasks: list[Task] = []
        self.prose: list[Prose] = []
        self._quotes: list[int | None] = []
        """For each open quote the index of its callout."""
        self._lists = 0
        self._line = 1

    def read(self, tokens: list[Token]) -> None:
        for position, token in enumerate(tokens):
            if token.map:
                self._line = token.map[0] + self.offset + 1
            kind = token.type
            if kind == "inline":
                self._read_text(token, tokens[position - 1])
            elif kind == "blockquote_open":
                self._open_quote(tokens, position)
            elif kind == "blockquote_close":
                self._quotes.pop()
            elif kind == "list_item_open":
                self._lists += 1
            elif kind == "list_item_close":
                self._lists -= 1
            elif kind in ("fence", "code_block"):
                self._read_code(token)
            elif kind in ("math_block", "comment_block"):
                self._read_hidden(token)
            elif kind == "html_block":
                self.found.html += [
                    Span(text=tag[0], line=self._line + token.content.count("\n", 0, tag.start()))
                    for tag in _HTML_TAG.finditer(token.content)
                ]

    def _open_quote(self, tokens: list[Token], position: int) -> None:
        self._quotes.append(None)
        if position + 2 >= len(tokens) or tokens[position + 2].type != "inline":
            return
        if not (header := _CALLOUT.match(tokens[position + 2].content)):
            return
        after = tokens[position + 4].type if position + 4 < len(tokens) else "blockquote_close"
        has_body = bool(tokens[position + 2].content[header.end() :].strip()) or after != "blockquote_close"
        kind, fold, title = header[1].strip().lower(), header[2], (header[3] or "").strip()
        self._quotes[-1] = len(self.callouts)
        self.callouts.append(
            Callout(kind=kind, title=title, fold=fold, line=self._line, depth=len(self._quotes), has_body=has_body)
        )

    def _read_text(self, token: Token, opener: Token) -> None:
        line, end_line = self._line, (opener.map or [0, 1])[1] + self.offset
        text = token.content
        if opener.type == "heading_open":
            nested = opener.level > 0
            self.headings.append(
                Heading(level=int(opener.tag[1]), text=text, line=line, end_line=end_line,
                        underlined=opener.markup in "-=", nested=nested)
            )  # fmt: skip
        elif self._lists and (box := _TASK.match(text)):
            self.tasks.append(Task(text=text[box.end() :].strip(), line=line, mark=box[1]))
            text = " " * box.end() + text[box.end() :]
        rows = text.split("\n") if "|" in text and "-" in text else []
        starts = [
            at for at in range(1, len(rows)) if "|" in rows[at] and "|" in rows[at - 1] and _DELIMITER.match(rows[at])
        ]
        if starts:
            self.tables += [_table(rows, at, line) for at in starts]
            plain = "\n".join(scan(row, line + at, self.found) for at, row in enumerate(rows))
        else:
            plain = scan(text, line, self.found)
        self.prose.append(Prose(text=text, line=line, plain=plain, in_list=self._lists > 0))

    def _read_code(self, token: Token) -> None:
        first, last = (token.map or [0, 1])[0], (token.map or [0, 1])[1] - 1
        info = token.info.strip().split()
        self.code.append(
            Code(language=re.split(r"[,{]", info[0].lower())[0] or info[0] if info else "", text=token.content,
                 line=self._line, indented=token.type == "code_block")
        )  # fmt: skip
        self.verbatim.update(range(first + self.offset + 1, last + self.offset + 2))
        if token.type == "fence":
            end = _FENCE_END.match(self.lines[last + self.offset])
            if first == last or not end or not end[1].startswith(token.markup):
                self.found.unclosed.append(Unclosed(what="fence", line=self._line))

    def _read_hidden(self, token: Token) -> None:
        if token.type == "math_block":
            self.found.math.append(Math(text=token.content, line=self._line, display=True))
        else:
            self.found.comments.append(Span(text=token.content, line=self._line))
        first, end = token.map or [0, 1]
        self.verbatim.update(range(first + self.offset + 1, end + self.offset + 1))
        if not token.meta["closed"]:
            is_math = token.type == "math_block"
            self.found.unclosed.append(Unclosed(what="math" if is_math else "comment", line=self._line))


def _cells(row: str) -> tuple[str, ...]:
    """The cells of a table row: split at every "|" that no backslash escapes."""
    bare = row.strip().removeprefix("|")
    cells = re.split(r"(?<!\\)\|", bare)
    return tuple(cell.strip() for cell in (cells[:-1] if len(cells) > 1 and not cells[-1].strip() else cells))


def _table(rows: list[str], delimiter: int, line: int) -> Table:
    """The table whose delimiter row is `rows[delimiter]`. line: of `rows[0]`."""
    body = [
        Row(line=line + at, text=rows[at], cells=_cells(rows[at]))
        for at in (delimiter - 1, *range(delimiter + 1, len(rows)))
    ]
    return Table(header=body[0], columns=len(_cells(rows[delimiter])), rows=tuple(body[1:]))


def _hidden_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """markdown-it block rule: `$$` … `$$` and `%%` … `%%` that begin a line. One that ends within its line, with
    text after it, is left to the text."""
    begin = state.bMarks[start_line] + state.tShift[start_line]
    mark = state.src[begin : begin + 2]
    if mark not in ("$$", "%%") or state.is_code_block(start_line):
        return False
    body, line, closed = [], start_line, False
    while line < end_line and not closed:
        at = state.bMarks[line] + state.tShift[line] + (2 if line == start_line else 0)
        text = state.src[at : state.eMarks[line]]
        inside, closing, after = text.partition(mark)
        closed = bool(closing)
        if closed and (after.strip() or (mark == "%%" and line == start_line)):
            return False
        if mark == "$$" and line > start_line and state.sCount[line] < state.blkIndent and text.strip():
            break
        body.append(inside)
        line += 1
    if not silent:
        token = state.push("math_block" if mark == "$$" else "comment_block", "", 0)
        token.content, token.map, token.meta = "\n".join(body).strip(), [start_line, line], {"closed": closed}
        state.line = line
    return True


def _block_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").disable(["inline", "reference"])
    parser.block.ruler.before(
        "fence", "hidden_block", _hidden_block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    return parser


_BLOCKS = _block_parser()

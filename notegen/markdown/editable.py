"""Where in a note's text words may become links: in its prose, and nowhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from notegen.markdown.inline import TOKEN
from notegen.markdown.parse import parse
from notegen.markdown.parsed import ParsedNote, Prose
from notegen.markdown.plugin_syntax import plugin_syntax

HIDDEN = "\0"
"""Stands for every character that is not to be touched."""
_LINE_END = re.compile(r"\r\n?|\n")
_OPEN = frozenset(["mark", "bold", "ticks_only"])
"""Tokens that only set off the text between them: the words around them stay editable."""
_ANCHOR = re.compile(r"<a[\s>].*?</a\s*>", re.IGNORECASE | re.DOTALL)
_COMMAND = re.compile(r"<%.*?%>", re.DOTALL)
"""Of Templater: code that runs."""
_DEFINED = re.compile(r"^[ \t>]*\[(?P<label>[^\[\]\n]+)\]:", re.MULTILINE)
_SHORTCUT = re.compile(r"\[(?P<label>[^\[\]\n]+)\]")
_GLUED = re.compile(r"(?<![^\W_])[^\W_]+(?:[*_=~]+[^\W_]+)+|\]\][^\W_]+|(?<![^\W_])[^\W_]+\[\[")
"""One word, a part of which is set off or linked: a link would divide it. Names of programs look alike."""
_URL_HEAD = re.compile(r"\S+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Editable:
    """The prose of a note, in place."""

    mask: str
    """As long as the text, with HIDDEN for all but the words of its prose: frontmatter, headings, callout titles, code,
    maths, links, tags, comments, HTML, escapes and all markup of blocks are hidden."""
    in_table: tuple[tuple[int, int], ...]
    """Stretches of the text that are rows of tables, where "|" has to be escaped."""

    def is_in_table(self, offset: int) -> bool:
        return any(start <= offset < end for start, end in self.in_table)


def editable(text: str) -> Editable:
    """What of a note may be edited. Nothing of a note in which something was left open after that point."""
    note = parse(text)
    starts = line_starts(text)
    mask = [HIDDEN] * len(text)
    titles = {line for each in note.headings for line in range(each.line, each.end_line + 1)}
    titles |= {each.line for each in note.callouts}
    rows = {row.line for table in note.tables for row in (table.header, *table.rows)}
    comment = next((each.line for each in note.unclosed if each.what == "comment"), None)
    for prose in note.prose:
        lines = prose.text.split("\n")
        for line, words in _words(prose, rows):
            if line in titles or line in note.verbatim or (comment is not None and line >= comment):
                continue
            at = place_in_text(text, starts, line, lines[line - prose.line])
            if at is None:
                continue
            for offset, character in enumerate(words.rstrip(), start=at):
                if character == text[offset]:  # a task's box is blank in its block
                    mask[offset] = character
    labels = {defined["label"].casefold() for defined in _DEFINED.finditer(text)}
    for shortcut in _SHORTCUT.finditer(text) if labels else ():
        if shortcut["label"].casefold() in labels:
            mask[shortcut.start() : shortcut.end()] = HIDDEN * len(shortcut[0])
    code = {line for each in note.code for line in range(each.line, each.line + each.text.count("\n") + 3)}
    for start, end in plugin_syntax(text, starts, code):
        mask[start:end] = HIDDEN * (end - start)
    for glued in _GLUED.finditer(text):
        mask[glued.start() : glued.end()] = HIDDEN * len(glued[0])
    return Editable(mask="".join(mask), in_table=tuple(_spans(note, rows, starts, len(text))))


def line_starts(text: str) -> list[int]:
    """The offsets at which the lines of a text begin."""
    return [0, *(found.end() for found in _LINE_END.finditer(text))]


def place_in_text(text: str, starts: list[int], line: int, content: str) -> int | None:
    """Where a line of a block begins in the whole text, behind quote marks and indents; None where it does not end so.

    starts: of `line_starts`. line: from 1. content: the line as the block has it; blanks may stand for its beginning.
    """
    raw = text[starts[line - 1] : starts[line] if line < len(starts) else len(text)].rstrip()
    shown = content.rstrip()
    return starts[line - 1] + len(raw) - len(shown) if raw.endswith(shown.lstrip()) else None


def _spans(note: ParsedNote, rows: set[int], starts: list[int], length: int) -> list[tuple[int, int]]:
    return [(starts[line - 1], starts[line] if line < len(starts) else length) for line in sorted(rows)]


def _words(prose: Prose, rows: set[int]) -> list[tuple[int, str]]:
    """(line, its text with all that is live hidden) of a block. The rows of a table are read one by one."""
    lines = prose.text.split("\n")
    if any(prose.line + at in rows for at in range(len(lines))):
        return [(prose.line + at, _hidden(line)) for at, line in enumerate(lines)]
    return [(prose.line + at, line) for at, line in enumerate(_hidden(prose.text).split("\n"))]


def _hidden(text: str) -> str:
    """A text with everything but plain words hidden, line ends apart."""
    shown = list(text)

    def hide(start: int, end: int) -> None:
        for at in range(start, end):
            if shown[at] != "\n":
                shown[at] = HIDDEN

    for match in TOKEN.finditer(text):
        start = match.start()
        if match.lastgroup == "url" and (head := _URL_HEAD.search(text, max(0, start - 32), start)):
            start = head.start()
        if match.lastgroup in ("open_link", "open_comment"):
            hide(start, len(text))
            break
        if match.lastgroup not in _OPEN:
            hide(start, match.end())
        else:
            hide(match.start(), match.end())
    for pattern in (_ANCHOR, _COMMAND):
        for found in pattern.finditer(text):
            hide(*found.span())
    return "".join(shown)

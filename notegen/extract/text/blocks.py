"""Groups of rows become the blocks of a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from notegen.extract.document import Block, Box
from notegen.extract.pictures.formulas import formula_box
from notegen.extract.text import code
from notegen.extract.text.columns import Column, loose_tables
from notegen.extract.text.groups import Group, column_groups
from notegen.extract.text.headings import Heading
from notegen.extract.text.line import Line
from notegen.extract.text.prose import SENTENCE_END, Flow, flow, is_doubtful
from notegen.extract.text.run_on import can_follow
from notegen.extract.text.typography import Typography

_ORNAMENT = re.compile(r"[™®©\u2190-\u21ff\u25a0-\u27bf\u2b00-\u2bff]+\s*(?=[^\W_])")
"""A star or a heart before a title, or what a font of symbols makes of it."""
_LEADERS = re.compile(r"(?:[.·]\s?){5,}\s*[\divxlc]*\s*$|…{2,}|(?:\s\.){2,}\s+\d+$")
_INDEX_ROW = re.compile(r"(?:[,\s]\s*\d{1,4}(?:[–-]\d{1,4})?)+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that is known about one page before its rows become blocks."""

    index: int
    columns: Sequence[Column]
    headings: Mapping[int, Heading]
    """By the id of their rows."""
    type_: Typography
    vocabulary: Counter[str]


def page_blocks(sheet: Sheet) -> list[Block]:
    """The blocks of one page in reading order, formulas still without their crop.

    Lines of contents and index and cells of tables without a caption are left out: nobody quotes them, and those of
    a table are pictured (`tables.unruled`).
    """
    every = [row for column in sheet.columns for row in column.rows]
    groups = [group for column in sheet.columns for group in column_groups(column, sheet.headings, sheet.type_)]
    heights = {round(row.baseline) for row in every}
    listed = {round(row.baseline) for row in every if _is_listed(row)}
    indexed = sum(bool(_INDEX_ROW.search(row.text)) and len(row.text) < 70 for row in every)
    if len(listed) > 0.4 * len(heights):
        groups = _around_contents(groups)
    elif indexed > 0.6 * len(every) and len(every) > 15:
        groups = [group for group in groups if group.kind == "heading"]
    cells = {id(row) for column in sheet.columns for table in loose_tables(column) for row in table}
    groups = [g for g in groups if not _is_contents(g) and not _is_of_table(g, cells)]
    groups = _joined(groups)
    _nest(groups)
    footnotes = {group.marker for group in groups if group.kind == "footnote"}
    blocks = [_block(group, sheet, every, footnotes) for group in groups]
    return [block for block in _with_struck(blocks) if block.text and not _is_stray(block)]


def _with_struck(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, each with the words of those after it that are crossed out as a whole."""
    out: list[Block] = []
    for block in blocks:
        if block.struck and not block.text and out:
            at = len(out[-1].text)
            out[-1] = replace(out[-1], struck=(*out[-1].struck, *((at, words) for _, words in block.struck)))
        else:
            out.append(block)
    return out


def _is_stray(block: Block) -> bool:
    """A glyph or two that nobody can read: the sign at the end of a proof, a part of a drawing."""
    readable = any(char.isalnum() and char.isascii() for char in block.text)
    return block.kind == "paragraph" and len(block.text) <= 3 and not readable


def _is_of_table(group: Group, cells: Set[int]) -> bool:
    """Whether it is a part of a table without a caption; a numbered formula is none, whatever stands beside it."""
    numbered = group.kind == "formula" and group.marker
    return not numbered and all(id(row) in cells for row in group.rows)


def _is_listed(row: Line) -> bool:
    """Whether the row is one of a table of contents, with a leader of dots."""
    few = row.text.count(".") + row.text.count("·") < 2 and "…" not in row.text  # this is told much sooner
    return not few and bool(_LEADERS.search(row.text))


def _around_contents(groups: Sequence[Group]) -> list[Group]:
    """The headings above and below a table of contents; what looks like one in it is an entry, as is a numbered one
    right above it, on a page that begins within the table."""
    entries = [i for i, group in enumerate(groups) if any(_is_listed(row) for row in group.rows)]
    first, last = min(entries, default=0), max(entries, default=0)
    return [
        group
        for i, group in enumerate(groups)
        if group.kind == "heading" and (i > last or (i < first and not group.rows[0].text[:1].isdecimal()))
    ]


def _is_contents(group: Group) -> bool:
    leaders = sum(_is_listed(row) for row in group.rows)
    return group.kind != "code" and leaders >= max(1, 0.3 * len(group.rows))


def _joined(groups: Sequence[Group]) -> list[Group]:
    """A paragraph or list item that a column's end or a figure broke off is one group with where it goes on."""
    out: list[Group] = []
    last: Group | None = None
    """The text that may go on."""
    since: list[Group] = []
    """Captions and footnotes after it."""
    for group in groups:
        if group.kind in ("caption", "footnote"):
            since.append(group)
        elif last and group.kind == "paragraph" and (since or group.column is not last.column) and _fits(last, group):
            last.tail.extend(group.rows)
            last.right = group.column.right
            continue
        else:
            last = group if group.kind in ("paragraph", "list") else None
            since = []
        out.append(group)
    return out


def _fits(last: Group, group: Group) -> bool:
    row, following = (last.tail or last.rows)[-1], group.rows[0]
    lower = following.text[:1].islower() and not SENTENCE_END.search(row.text)
    return abs(row.size - following.size) < 0.6 and (lower or (_is_open(last) and can_follow(row.text, following.text)))


def _is_open(group: Group) -> bool:
    """Whether the last row ends within a sentence and at the right margin, so that the sentence goes on elsewhere."""
    last = (group.tail or group.rows)[-1]
    return not SENTENCE_END.search(last.text) and last.x1 > group.right - 5 * last.size


def _nest(groups: Sequence[Group]) -> None:
    """List levels from the left edges of the markers in one run of items."""
    edges: list[float] = []
    for group in groups:
        if group.kind != "list":
            if group.kind in ("heading", "paragraph"):
                edges = []
            continue
        x = group.rows[0].x0
        edges = [edge for edge in edges if edge < x - 4] + [x]
        group.level = len(edges)


def _block(group: Group, sheet: Sheet, every: Sequence[Line], footnotes: Set[str]) -> Block:
    rows = group.rows
    box = (min(r.x0 for r in rows), min(r.top for r in rows), max(r.x1 for r in rows), max(r.bottom for r in rows))
    if group.procedure and group.kind == "code" and any(is_doubtful(span, row) for row in rows for span in row.spans):
        group.kind = "formula"  # its signs cannot be told as text: shown as printed
    if group.kind == "code":
        text = code.code_text(rows, sheet.type_.leading)
        return Block(kind="code", page=sheet.index, bbox=_rounded(box), text=text, language=code.language(text))
    made = flow([*rows, *group.tail], sheet.vocabulary, first_span=group.first_span, footnotes=footnotes)
    if group.kind == "list" and made.text.startswith(group.marker):
        made = _without_marker(made, group.marker)
    if group.kind == "heading" and (ornament := _ORNAMENT.match(made.text)):
        made = _without_marker(made, ornament[0])
    if group.kind == "formula":
        box = formula_box(rows, every)
    return Block(
        kind=group.kind,
        page=sheet.index,
        bbox=_rounded(box),
        text=made.text,
        level=group.level,
        marker=group.marker,
        doubtful=made.doubtful,
        maths=made.maths,
        notes=made.notes,
        struck=made.struck,
        emphasis=made.emphasis,
        runs_on=group.kind in ("paragraph", "list") and _is_open(group),
    )


def _without_marker(made: Flow, marker: str) -> Flow:
    cut = len(made.text) - len(made.text[len(marker) :].lstrip())
    ranges = tuple((max(0, a - cut), b - cut) for a, b in made.doubtful if b > cut)
    maths = tuple(replace(m, start=m.start - cut, end=m.end - cut) for m in made.maths if m.start >= cut)
    notes = tuple((at - cut, mark) for at, mark in made.notes if at >= cut)
    struck = tuple((max(0, at - cut), words) for at, words in made.struck)
    emphasis = tuple((max(0, a - cut), b - cut) for a, b in made.emphasis if b > cut)
    return replace(
        made, text=made.text[cut:], doubtful=ranges, maths=maths, notes=notes, struck=struck, emphasis=emphasis
    )


def _rounded(box: Box) -> Box:
    return (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))

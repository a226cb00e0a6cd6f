"""Rows become blocks: what each row is, which rows belong together, and the text they make."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from . import code
from .columns import Column
from .document import Block, BlockKind, Box
from .formulas import formula_box, formula_rows, number
from .headings import Heading
from .lines import Line
from .prose import Flow, flow, is_doubtful, is_script
from .typography import Typography

_BULLET = re.compile(r"^([•◦▪▫‣⁃●○■□▶►➢➤✓✔❖❑❒◆◇])")
_SIGN_AS_BULLET = re.compile(r"^([·∙⋆∗*–\-])(?=\s|$)")
"""Signs with other uses: bullets only where a block may begin."""
_ENUMERATOR = re.compile(r"^(\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]|\[\d{1,3}\])\s+(?=\S)")
_CAPTION = re.compile(
    r"^((?:Figure|Fig\.|Table|Tab\.|Abbildung|Abb\.|Tabelle|Listing|Algorithm|Algorithmus|Scheme|Chart|Plate|Box|"
    r"Exhibit|Figura|Tabla|Tableau|Программа|图|表)\s*[A-Z]?\d*(?:[.\-–]?\d+)*[a-z]?)\s*([.:|–—]?)(?=\s|$)",
    re.IGNORECASE,
)
_PROCEDURE = re.compile(r"^[^\W\d]\w{2,40}\([^()]*(?:\([^()]*\)[^()]*)*\)\s*:?$")
"""The first line of pseudo-code: "Relax(u→v):"."""
_FOOTNOTE = re.compile(r"^(\d{1,3}|[*∗†‡§¶]{1,3})\s*(?=\S)")
_LEADERS = re.compile(r"(?:[.·]\s?){5,}\s*[\divxlc]*\s*$|…{2,}")
_INDEX_ROW = re.compile(r"(?:[,\s]\s*\d{1,4}(?:[–-]\d{1,4})?)+$")
_SENTENCE_END = re.compile(r"[.!?:]['\"”’)\]]*$")


@dataclass(slots=True)
class _Group:
    """Rows that will be one block."""

    kind: BlockKind
    rows: list[Line]
    column: Column
    level: int = 0
    marker: str = ""
    text_x: float = 0.0
    """List item: where its text begins."""
    first_span: int = 0
    """Spans of the first row that are the marker."""
    tail: list[Line] = field(default_factory=list)
    """Rows in the next column that go on with the paragraph."""
    procedure: bool = False
    """Pseudo-code in a proportional font."""
    right: float = 0.0
    """Right margin of the last row's column."""

    def __post_init__(self) -> None:
        self.right = self.column.right


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
    """The blocks of one page in reading order, formulas still without their crop. Lines of contents and index are left
    out: nobody quotes them."""
    groups: list[_Group] = []
    every = [row for column in sheet.columns for row in column.rows]
    for column in sheet.columns:
        of_column = _column_groups(column, sheet)
        _join_columns(groups, of_column, sheet)
        groups += of_column
    _nest(groups)
    listed = sum(bool(_LEADERS.search(row.text)) for row in every)
    indexed = sum(bool(_INDEX_ROW.search(row.text)) and len(row.text) < 70 for row in every)
    if listed > 0.4 * len(every) or (indexed > 0.6 * len(every) and len(every) > 15):
        groups = [group for group in groups if group.kind == "heading"]
    blocks = [_block(group, sheet, every) for group in groups if not _is_contents(group)]
    return [block for block in blocks if block.text and not _is_stray(block)]


def _is_stray(block: Block) -> bool:
    """A glyph or two that nobody can read: the sign at the end of a proof, a part of a drawing."""
    return block.kind == "paragraph" and len(block.text) <= 3 and not any(char.isalnum() and char.isascii() for char in block.text)


def _is_contents(group: _Group) -> bool:
    leaders = sum(bool(_LEADERS.search(row.text)) for row in group.rows)
    return group.kind != "code" and leaders >= max(1, 0.3 * len(group.rows))


def _column_groups(column: Column, sheet: Sheet) -> list[_Group]:
    formulas = {id(row): group for group in formula_rows(column, sheet.type_) for row in group}
    formulas = {key: group for key, group in formulas.items() if not any(id(row) in sheet.headings for row in group)}
    notes = _footnote_start(column, sheet.type_)
    groups: list[_Group] = []
    done: set[int] = set()
    for i, row in enumerate(column.rows):
        if id(row) in done:
            continue
        above = column.rows[i - 1] if i else None
        whole: list[Line] = [row]
        if heading := sheet.headings.get(id(row)):
            whole = list(heading.rows)
            groups.append(_Group("heading", whole, column, level=heading.level))
        elif id(row) in formulas:
            whole = formulas[id(row)]
            groups.append(_Group("formula", whole, column, marker=number(whole, column)))
        elif i >= notes:
            _add_footnote(groups, row, column)
        else:
            _add_row(groups, row, above, column, sheet.type_)
        done.update(id(each) for each in whole)
    return groups


def _add_row(groups: list[_Group], row: Line, above: Line | None, column: Column, type_: Typography) -> None:
    open_ = groups[-1] if groups else None
    if _is_code(row, open_, column, type_):
        if open_ and open_.kind == "code" and row.baseline - open_.rows[-1].baseline < 4 * type_.leading * row.size:
            open_.rows.append(row)
        else:
            groups.append(_Group("code", [row], column))
        return
    if open_ and open_.procedure and _goes_on_procedure(row, open_, column, type_):
        open_.rows.append(row)
        return
    fresh = above is None or open_ is None or _starts_block(row, open_, column, type_)
    if fresh and _PROCEDURE.match(row.text) and _stands_free(row, column):
        groups.append(_Group("code", [row], column, procedure=True))
    elif _is_caption(row, fresh, type_):
        groups.append(_Group("caption", [row], column))
    elif item := _list_item(row, fresh, open_, column):
        groups.append(item)
    elif not fresh and open_ is not None:
        open_.rows.append(row)
    else:
        groups.append(_Group("paragraph", [row], column))


def _is_code(row: Line, open_: _Group | None, column: Column, type_: Typography) -> bool:
    if type_.mono_body:
        return False
    if open_ is not None and open_.kind == "code" and not open_.procedure:
        return row.share(lambda span: span.mono) > 0.8
    if not row.mono or len(row.text.strip()) < 2:
        return False
    if open_ is None or open_.kind not in ("paragraph", "list"):
        return True
    last = open_.rows[-1]
    flows_on = row.baseline - last.baseline < 1.25 * type_.leading * row.size and last.x1 > column.right - 3 * row.size
    start = open_.text_x if open_.kind == "list" else column.left
    return not (flows_on and abs(row.x0 - start) < 0.5 * row.size and not last.text.endswith(":"))


def _stands_free(row: Line, column: Column) -> bool:
    return row.x0 > column.left + 1.2 * row.size and row.x1 < column.right - 3 * row.size


def _goes_on_procedure(row: Line, open_: _Group, column: Column, type_: Typography) -> bool:
    near = row.baseline - open_.rows[-1].baseline < 1.7 * type_.leading * row.size
    return near and row.x0 > open_.rows[0].x0 - 3 and _stands_free(row, column)


def _starts_block(row: Line, open_: _Group, column: Column, type_: Typography) -> bool:
    """Whether the row cannot go on with the open block."""
    if open_.kind not in ("paragraph", "list", "caption", "footnote"):
        return True
    if any(abs(o.baseline - row.baseline) < 1 and o.x0 > row.x1 and len(o.text) > 2 for o in column.rows):
        return True  # the first of several cells on one height
    last = open_.rows[-1]
    pitch = row.baseline - last.baseline
    usual = type_.leading * last.size
    if open_.kind != "caption" and len(open_.rows) > 1:
        usual = max(usual, min(open_.rows[-1].baseline - open_.rows[-2].baseline, 1.15 * usual))
    if pitch > 1.32 * usual or pitch < 0.3 * last.size or abs(row.size - last.size) > 0.12 * last.size:
        return True
    if open_.kind == "caption":
        return False
    if row.x0 > last.x0 + 0.4 * (column.right - column.left) or row.x0 > last.x1:
        return True
    if open_.kind == "list":
        if row.x0 > open_.text_x - 0.7 * row.size:
            return False
        return row.x0 < open_.rows[0].x0 + 0.5 * row.size and _ends_early(last, row, column)
    ended = bool(_SENTENCE_END.search(last.text))
    indented = row.x0 > last.x0 + 0.8 * row.size and row.x0 < column.left + 4 * row.size
    if indented and abs(last.x0 - open_.rows[0].x0) < 0.5 * row.size * (len(open_.rows) > 1):
        return ended or len(open_.rows) > 1
    if indented and ended and row.x0 > column.left + 0.8 * row.size:
        return True
    return (ended or row.text[:1].isupper()) and _ends_early(last, row, column) and (ended or abs(row.x0 - last.x0) > 3)


def _ends_early(last: Line, row: Line, column: Column) -> bool:
    """The first word of the row would have fitted after the last one: so a paragraph ended there on purpose."""
    first = row.text.split(" ", 1)[0]
    width = (row.x1 - row.x0) * len(first) / max(len(row.text), 1)
    return column.right - last.x1 > width + 1.0 * last.size


def _is_caption(row: Line, fresh: bool, type_: Typography) -> bool:
    found = _CAPTION.match(row.text)
    if found is None or not re.search(r"\d", found[1]) or not row.text[:1].isupper():
        return False
    small = row.size < 0.96 * type_.body_size
    first = row.spans[0]
    styled = first.bold and not row.bold or (row.bold and found.end() >= len(row.text)) or first.font != row.main.font
    punctuated = bool(found[2]) or found.end() == len(row.text)
    return fresh and (punctuated or styled or (small and not row.text[found.end() :].lstrip()[:1].islower()))


def _list_item(row: Line, fresh: bool, open_: _Group | None, column: Column) -> _Group | None:
    text = row.text
    first = row.spans[0]
    in_list = open_ is not None and open_.kind == "list"
    unknown = first.doubtful and len(first.text.strip()) == 1 and len(row.spans) > 1
    may_begin = fresh or in_list
    if unknown or _BULLET.match(text) or (may_begin and _SIGN_AS_BULLET.match(text)):
        return _item(row, "•" if unknown else text[0], 1, column)
    found = _ENUMERATOR.match(text)
    if found is None or not may_begin:
        return None
    if not in_list and not re.match(r"\(?[1aAi][.)]|\[\d+\]", found[1]) and row.x0 < column.left + 0.5 * row.size:
        return None
    return _item(row, found[1], len(found[0].rstrip()), column)


def _item(row: Line, marker: str, length: int, column: Column) -> _Group:
    """A list item; the marker's own spans (or part of a span) are taken off its text."""
    spans = list(row.spans)
    left = length
    count = 0
    while spans and left > 0 and len(spans[0].text.strip()) <= left:
        left -= len(spans[0].text.strip())
        spans.pop(0)
        count += 1
    text_x = spans[0].x0 if spans else row.x1
    if left > 0 and spans:
        share = (length + 1) / max(len(spans[0].text), 1)
        text_x = spans[0].x0 + share * (spans[0].x1 - spans[0].x0)
    return _Group("list", [row], column, marker=marker, text_x=text_x, first_span=count)


def _nest(groups: Sequence[_Group]) -> None:
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


def _footnote_start(column: Column, type_: Typography) -> int:
    """Index of the first row of the footnotes at the column's foot; the number of rows when there are none."""
    rows = column.rows
    start = len(rows)
    first = start
    while start > 0 and rows[start - 1].size < 0.93 * type_.body_size:
        start -= 1
        if _footnote_marker(rows[start]):
            first = start
    return first


def _footnote_marker(row: Line) -> str:
    found = _FOOTNOTE.match(row.text)
    if found is None or len(row.spans) < 2 or row.spans[0].text.strip() != found[1]:
        return ""
    return found[1] if is_script(row.spans[0], row) or row.spans[0].size < 0.9 * row.size else ""


def _add_footnote(groups: list[_Group], row: Line, column: Column) -> None:
    marker = _footnote_marker(row)
    if marker or not groups or groups[-1].kind != "footnote":
        groups.append(_Group("footnote", [row], column, marker=marker, first_span=1 if marker else 0))
    else:
        groups[-1].rows.append(row)


def _join_columns(groups: Sequence[_Group], following: list[_Group], sheet: Sheet) -> None:
    """A paragraph or list item broken by a column goes on at the top of the next one."""
    body = [group for group in groups if group.kind not in ("footnote", "caption", "formula")]
    if not body or not following or following[0].kind != "paragraph" or body[-1].kind not in ("paragraph", "list"):
        return
    last, first = body[-1], following[0]
    text, next_text = last.rows[-1].text, first.rows[0].text
    lower = next_text[:1].islower() and not _SENTENCE_END.search(text)
    alike = abs(last.rows[-1].size - first.rows[0].size) < 0.6
    if alike and (lower or (_is_open(last) and can_follow(text, next_text))):
        last.tail.extend(first.rows)
        last.right = first.column.right
        following.pop(0)


def _is_open(group: _Group) -> bool:
    """Whether the last row ends within a sentence and at the right margin, so that the sentence goes on elsewhere."""
    last = (group.tail or group.rows)[-1]
    return not _SENTENCE_END.search(last.text) and last.x1 > group.right - 2 * last.size


def can_follow(text: str, following: str) -> bool:
    """Whether a sentence that breaks off as `text` can go on as `following`."""
    return following[:1].islower() or text.endswith(("-", ",")) or bool(re.match(r"[\w(“\"‘]", following))


def _block(group: _Group, sheet: Sheet, every: Sequence[Line]) -> Block:
    rows = group.rows
    box = (min(r.x0 for r in rows), min(r.top for r in rows), max(r.x1 for r in rows), max(r.bottom for r in rows))
    if group.procedure and any(is_doubtful(span, row) for row in rows for span in row.spans):
        group.kind = "formula"  # its signs cannot be told as text: shown as printed
    if group.kind == "code":
        text = code.code_text(rows, sheet.type_.leading)
        return Block(kind="code", page=sheet.index, bbox=_rounded(box), text=text, language=code.language(text))
    made = flow([*rows, *group.tail], sheet.vocabulary, first_span=group.first_span)
    if group.kind == "list" and group.first_span == 0:
        made = _without_marker(made, group.marker)
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
        runs_on=group.kind in ("paragraph", "list") and _is_open(group),
    )


def _without_marker(made: Flow, marker: str) -> Flow:
    cut = len(made.text) - len(made.text[len(marker) :].lstrip())
    ranges = tuple((max(0, a - cut), b - cut) for a, b in made.doubtful if b > cut)
    return Flow(text=made.text[cut:], doubtful=ranges)


def _rounded(box: Box) -> Box:
    return (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))

"""Rows of a column become groups: what each row is, and which rows belong together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from notegen.extract.document import BlockKind
from notegen.extract.pictures.formulas import formula_rows, number
from notegen.extract.text.code import is_set_right
from notegen.extract.text.columns import Column
from notegen.extract.text.headings import Heading
from notegen.extract.text.line import Line
from notegen.extract.text.prose import SENTENCE_END, is_script
from notegen.extract.text.typography import Typography
from notegen.language.scripts import is_unspaced

_BULLET = re.compile(r"^([•◦▪▫‣⁃●○■□▶►➢➤✓✔❖❑❒◆◇])")
_SIGN_AS_BULLET = re.compile(r"^([·∙⋆∗*–—\-])(?=\s|$)")
"""Signs with other uses: bullets only where a block may begin."""
_ENUMERATOR = re.compile(r"^(\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]|\[\d{1,3}\])\s+(?=\S)")
_CAPTION = re.compile(
    r"^((?:(?:(?:Supplementary|Extended Data|Supporting) )?(?:Figure|Fig\.?|Tableau|Table|Tab\.)|Abbildung|Abb\.|"
    r"Tabelle|Schema|Listing|Algorithm|Algorithmus|Scheme|Chart|Plate|Box|Exhibit|Figura|Tabla|Cuadro|Gráfico|Quadro|Tabela|"
    r"Tabella|Grafico|Schéma|Программа|图|表)\s*[A-Z]?\.?\d*(?:[.\-–]?\d+)*[a-z]?)\s*([.:|–—]?)(?=\s|$)",
    re.IGNORECASE,
)
_PROCEDURE = re.compile(r"^[^\W\d]\w{1,40}\([^()]*(?:\([^()]*\)[^()]*)*\)\s*:?$")
"""The first line of pseudo-code: "Relax(u→v):"."""
_PROMPTS = frozenset((">", ">>>", "$", "#", "##", "> #", "> ##"))
_BRACKETS = frozenset("{}()[]")
"""What stands alone on a line of code."""
_FOOTNOTE = re.compile(r"^(\d{1,3}|[*∗†‡§¶]{1,3})\s*(?=\S)")


@dataclass(slots=True)
class Group:
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


def column_groups(column: Column, headings: Mapping[int, Heading], type_: Typography) -> list[Group]:
    """The groups of one column from top to bottom. headings: by the id of their rows."""
    formulas = {id(row): group for group in formula_rows(column, type_) for row in group}
    formulas = {key: group for key, group in formulas.items() if not any(id(row) in headings for row in group)}
    notes = _footnote_start(column, type_)
    groups: list[Group] = []
    done: set[int] = set()
    for i, row in enumerate(column.rows):
        if id(row) in done:
            continue
        open_ = groups[-1] if groups else None
        whole: list[Line] = [row]
        if heading := headings.get(id(row)):
            whole = list(heading.rows)
            groups.append(Group("heading", whole, column, level=heading.level))
        elif open_ and open_.procedure and _goes_on_procedure(row, open_, column, type_):
            open_.rows.append(row)
        elif id(row) in formulas and not _begins_procedure(row, column):
            whole = formulas[id(row)]
            groups.append(Group("formula", whole, column, marker=number(whole, column)))
        elif i >= notes:
            _add_footnote(groups, row, column)
        else:
            _add_row(groups, i, column, type_)
        done.update(id(each) for each in whole)
    for group, following in pairwise(groups):
        if group.procedure and following.kind == "caption":
            group.kind = "paragraph"  # it is a figure
    for group in groups:
        if group.kind == "code" and is_set_right(group.rows):
            group.kind = "paragraph"
    return groups


def _add_row(groups: list[Group], i: int, column: Column, type_: Typography) -> None:
    row = column.rows[i]
    below = column.rows[i + 1] if i + 1 < len(column.rows) else None
    open_ = groups[-1] if groups else None
    if _is_code(row, open_, column, type_):
        if open_ and open_.kind == "code" and row.baseline - open_.rows[-1].baseline < 4 * type_.leading * row.size:
            open_.rows.append(row)
        else:
            groups.append(Group("code", [row], column))
        return
    fresh = i == 0 or open_ is None or _starts_block(row, open_, column, type_)
    if fresh and _begins_procedure(row, column):
        groups.append(Group("code", [row], column, procedure=True))
    elif _is_caption(row, fresh, type_):
        groups.append(Group("caption", [row], column))
    elif item := _list_item(row, below, fresh, open_, column):
        groups.append(item)
    elif not fresh and open_ is not None:
        open_.rows.append(row)
    else:
        groups.append(Group("paragraph", [row], column))


def _is_code(row: Line, open_: Group | None, column: Column, type_: Typography) -> bool:
    if type_.mono_body:
        return False
    if open_ is not None and open_.kind == "code" and not open_.procedure:
        comment = row.text.startswith("#") and row.x0 > open_.rows[0].x0 - 2
        indented = row.spans[0].mono and row.x0 > column.left + row.size  # the rest may be a remark in another font
        return comment or row.share(lambda span: span.mono) > (0.5 if indented else 0.8)
    if row.spans[0].mono and row.spans[0].text.strip() in _PROMPTS and row.x0 > column.left + row.size:
        return True
    if not row.mono or (len(row.text.strip()) < 2 and row.text.strip() not in _BRACKETS):
        return False
    if open_ is None or open_.kind not in ("paragraph", "list"):
        return True
    last = open_.rows[-1]
    flows_on = row.baseline - last.baseline < 1.25 * type_.leading * row.size and last.x1 > column.right - 3 * row.size
    start = open_.text_x if open_.kind == "list" else column.left
    return not (flows_on and abs(row.x0 - start) < 0.5 * row.size and not last.text.endswith(":"))


def _begins_procedure(row: Line, column: Column) -> bool:
    stands_free = row.x0 > column.left + 1.2 * row.size and row.x1 < column.right - 3 * row.size
    return stands_free and bool(_PROCEDURE.match(row.text))


def _goes_on_procedure(row: Line, open_: Group, column: Column, type_: Typography) -> bool:
    first = open_.rows[0]
    near = row.baseline - open_.rows[-1].baseline < 1.7 * type_.leading * row.size
    alike = abs(row.size - first.size) < 0.1 * first.size and not _CAPTION.match(row.text)
    return near and alike and row.x0 > first.x0 - 3 and row.x0 > column.left + 1.2 * row.size


def _starts_block(row: Line, open_: Group, column: Column, type_: Typography) -> bool:
    """Whether the row cannot go on with the open block."""
    if open_.kind not in ("paragraph", "list", "caption", "footnote"):
        return True
    if any(o.x0 > row.x1 and len(o.text) > 2 for o in column.near(row, 1)):
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
    if abs(row.x0 - last.x0) > 0.4 * (column.right - column.left) or row.x0 > last.x1:
        return True  # what stands at the other side of the column
    if open_.kind == "list":
        if row.x0 > open_.text_x - 0.7 * row.size:
            return False
        return row.x0 < open_.rows[0].x0 + 0.5 * row.size and _ends_early(last, row, column)
    ended = bool(SENTENCE_END.search(last.text))
    indented = row.x0 > last.x0 + 0.8 * row.size and row.x0 < column.left + 4 * row.size
    if indented and abs(last.x0 - open_.rows[0].x0) < 0.5 * row.size * (len(open_.rows) > 1):
        return ended or len(open_.rows) > 1
    if indented and ended and row.x0 > column.left + 0.8 * row.size:
        return True
    return (ended or row.text[:1].isupper()) and _ends_early(last, row, column) and (ended or abs(row.x0 - last.x0) > 3)


def _ends_early(last: Line, row: Line, column: Column) -> bool:
    """The first word of the row would have fitted after the last one: so a paragraph ended there on purpose."""
    first = row.text[:1] if is_unspaced(row.text[:1]) else row.text.split(" ", 1)[0]
    width = (row.x1 - row.x0) * len(first) / max(len(row.text), 1)
    return column.right - last.x1 > width + 1.0 * last.size


def _is_caption(row: Line, fresh: bool, type_: Typography) -> bool:
    found = _CAPTION.match(row.text)
    if found is None or not re.search(r"\d", found[1]) or not row.text[:1].isupper():
        return False
    small = row.size < 0.96 * type_.body_size
    first = row.spans[0]
    label_only = found.end() == len(row.text)
    styled = (first.bold and not row.bold) or (row.bold and label_only) or first.font != row.main.font
    punctuated = bool(found[2]) or label_only
    return fresh and (punctuated or styled or (small and not row.text[found.end() :].lstrip()[:1].islower()))


def _list_item(row: Line, below: Line | None, fresh: bool, open_: Group | None, column: Column) -> Group | None:
    text = row.text
    first = row.spans[0]
    in_list = open_ is not None and open_.kind == "list"
    mark = first.text.strip()
    unknown = first.doubtful and len(row.spans) > 1 and len(mark) <= 1 and (first.maths or not mark.isalpha())
    may_begin = fresh or in_list
    if _BULLET.match(text) or (may_begin and _SIGN_AS_BULLET.match(text)):
        return _item(row, text[0], 1, column)
    if not may_begin:
        return None
    shift = len(mark) if unknown else 0  # a star before "(b)" marks a hard exercise
    found = _ENUMERATOR.match(text[shift:].lstrip())
    if found is None:
        return Group("list", [row], column, marker="•", text_x=row.spans[1].x0, first_span=1) if unknown else None
    item = _item(row, found[1], shift + len(found[1]), column)
    begins = in_list or re.match(r"\(?[1aAi][.)]|\[\d+\]", found[1]) or row.x0 > column.left + 0.5 * row.size
    hangs = below is not None and abs(below.x0 - item.text_x) < 0.7 * row.size < below.x0 - row.x0
    return item if begins or hangs else None


def _item(row: Line, marker: str, length: int, column: Column) -> Group:
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
    return Group("list", [row], column, marker=marker, text_x=text_x, first_span=count)


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
    is_code = "://" not in row.text and all(
        span.mono for span in row.spans[1:]
    )  # the numbers of its lines are small, but not raised
    small = row.spans[0].size < 0.9 * row.size and not is_code
    return found[1] if small or is_script(row.spans[0], row) else ""


def _add_footnote(groups: list[Group], row: Line, column: Column) -> None:
    marker = _footnote_marker(row)
    if marker or not groups or groups[-1].kind != "footnote":
        groups.append(Group("footnote", [row], column, marker=marker, first_span=1 if marker else 0))
    else:
        groups[-1].rows.append(row)

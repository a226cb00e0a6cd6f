"""Tables: their shape, their cells, and the numbers that must add up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notegen.markdown.parsed import ParsedNote, Row, Table
from notegen.markdown.problem import LinkTargets, Problem, Rule, cut, error, warning

_NUMBER = re.compile(r"[\s*_~`=]*(-?\d+(?:\.\d+)?)(%?)(?:[\s*_~`=]|\s*\(.*\))*")
_SHARES = re.compile(r"softmax|probabilit|attention weight", re.IGNORECASE)
_PIPES = (
    (re.compile(r"!?\[\[[^\]\n]*?(?<!\\)\|[^\]\n]*\]\]"), "a link", "write \\|"),
    (re.compile(r"(?<!\\)\$(?!\s)[^$\n]*(?<!\\)\|[^$\n]*(?<![\s\\])\$(?!\d)"), "maths", r"write \vert or \mid"),
    (re.compile(r"`[^`\n|]*(?<!\\)\|[^`\n]*`"), "code", "write \\|"),
)
SUM_TOLERANCE = 0.02
"""How far rounded shares may miss 1: seven values rounded to two digits miss it by at most 0.035, usually by 0.01."""


def shape(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """Every row has the cells of the header, and a blank line parts the table from the text above."""
    for table in note.tables:
        line, width = table.header.line, table.columns
        if len(table.header.cells) != width:
            message = f"the header has {len(table.header.cells)} cells, the line below it {width}: it is not a table"
            yield error("table-header", line, message)
        for row in table.rows:
            if (count := len(row.cells)) != width:
                lost = ", the rest is dropped" if count > width else ""
                yield Problem(
                    rule="table-ragged",
                    severity="error" if count > width else "warning",
                    line=row.line,
                    message=f"the row has {count} cells, the table {width}{lost}",
                )
        if line > 1 and _is_text_above(note.lines[line - 2], note.lines[line - 1]):
            yield warning("table-blank-line", line, "no blank line before the table", repair="add one")


def _is_text_above(above: str, header: str) -> bool:
    text = above.lstrip("> \t")
    quotes = above.removesuffix(text).count(">")
    return bool(text) and not text.startswith("[!") and quotes == header.removesuffix(header.lstrip("> \t")).count(">")


def cells(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """No cell is split by a pipe that belongs to a link, maths or code; markup ends in the cell where it begins."""
    for table in note.tables:
        for row in (table.header, *table.rows):
            for pattern, what, repair in _PIPES:
                if match := pattern.search(row.text):
                    if what == "maths" and re.search(r"\s\|\s", match[0]):
                        continue
                    yield error(
                        "table-pipe", row.line, f"the | inside {what} ({cut(match[0])}) ends the cell", repair=repair
                    )
            yield from _markup(row)


def _markup(row: Row) -> Iterator[Problem]:
    for cell in row.cells:
        text = re.sub(r"`[^`]*`|\\[=*]", "", cell)
        for mark in ("==", "**"):
            if text.count(mark) % 2:
                yield error("table-cell-markup", row.line, f"{mark} is not closed in the cell: {cut(cell)}")


def _number(cell: str) -> float | None:
    match = _NUMBER.fullmatch(cell)
    return float(match[1]) / (100 if match[2] else 1) if match else None


def sums(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """Columns of probabilities add up to 1, and total rows say the truth."""
    for table in note.tables:
        totals = [row for row in table.rows if re.fullmatch(r"\W*(total|sum)\W*", row.cells[0], re.IGNORECASE)]
        rows = [row for row in table.rows if row not in totals]
        context = " ".join(note.lines[max(0, table.header.line - 6) : table.header.line])
        for column in range(1, table.columns):
            yield from _column(table, column, rows, totals, context)


def _column(table: Table, column: int, rows: list[Row], totals: list[Row], context: str) -> Iterator[Problem]:
    values = [_number(row.cells[column]) if column < len(row.cells) else None for row in rows]
    shares = [value for value in values if value is not None and 0 <= value <= 1]
    if len(shares) < 3 or len(shares) != len(values):
        return
    name = table.header.cells[column] if column < len(table.header.cells) else ""
    claim = _number(totals[0].cells[column]) if totals and column < len(totals[0].cells) else None
    total = sum(shares)
    about_shares = _SHARES.search(name) or (
        re.search("weight|normali[sz]ed", name, re.IGNORECASE) and _SHARES.search(context)
    )
    message = ""
    if about_shares and abs(total - 1) > SUM_TOLERANCE:
        message = f'column "{cut(name)}" sums to {total:.2f}, probabilities to 1.00'
        message += f" (the note claims {claim:.2f})" if claim is not None else ""
    elif claim is not None and abs(claim - total) > SUM_TOLERANCE:
        message = f'column "{cut(name)}" sums to {total:.2f}, its total row says {claim:.2f}'
    if message:
        yield error("table-sum", table.header.line, message)


RULES: tuple[Rule, ...] = (shape, cells, sums)

"""Reading order: fragments become rows, rows stand in columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, pairwise
from statistics import median

from notegen.extract.text.code import without_line_numbers
from notegen.extract.text.glyphs import is_extension_font
from notegen.extract.text.line import Line
from notegen.extract.text.spans import Span

_FEWEST_ROWS = 4
"""Rows that must stand side by side before a page is read as columns."""
_WIDEST_GAP = 1.6
"""In font sizes: what stands farther apart on one height are not parts of one row of prose."""
_WIDEST_GAP_OF_MARKER = 5.0

_ROOT = "√"
_ROOT_RISE = (0.5, 1.05)
"""In sizes of its row: a root hangs from its baseline."""
_LONGEST_SIGN = 3
"""Characters."""
_FEWEST_HEIGHTS = 3
_LONGEST_CELL = 30


@dataclass(frozen=True, kw_only=True)
class Column:
    """A stretch of rows that are read from top to bottom."""

    rows: tuple[Line, ...]
    left: float
    """Where its text begins and ends, in points: indents and short last lines are measured from here."""
    right: float

    def near(self, row: Line, reach: float) -> list[Line]:
        """The rows with a baseline less than `reach` points above or below that of `row`, itself included."""
        first = bisect_left(self._baselines, row.baseline - reach - 1)
        last = bisect_right(self._baselines, row.baseline + reach + 1)
        return [other for other in self.rows[first:last] if abs(other.baseline - row.baseline) < reach]

    @cached_property
    def _baselines(self) -> list[int]:
        """To the point, as the rows are sorted."""
        return [round(row.baseline) for row in self.rows]


def in_columns(lines: Sequence[Line]) -> list[Column]:
    """The lines of one page in reading order.

    A gutter is a vertical strip that few lines cross while prose stands on both sides of it. Lines that cross it
    (titles, captions of wide figures) cut the page into bands; in a band the left column is read before the right one.
    """
    gutter = _gutter(lines)
    if gutter is None:
        return _single(lines)

    def side(line: Line) -> int:
        if line.x0 < gutter - 1 and line.x1 > gutter + 1:
            return 0
        return -1 if line.x1 <= gutter + 1 else 1

    bounds = {s: _bounds([line for line in lines if side(line) == s]) for s in (-1, 1)}
    columns: list[Column] = []
    ordered = sorted(lines, key=lambda line: (line.top, line.x0))
    crossing: set[int] = set()
    for before, line in pairwise([None, *ordered]):
        if line is not None and (side(line) == 0 or (id(before) in crossing and _goes_on_title(before, line, ordered))):
            crossing.add(id(line))
    for crosses, run in groupby(ordered, key=lambda line: id(line) in crossing):
        band = list(run)
        if crosses:
            columns += _single(band)
            continue
        for s in (-1, 1):
            half = [line for line in band if side(line) == s]
            inner = _gutter(half)
            if inner is not None:
                columns += in_columns(half)
            elif half:
                columns.append(_column(half, *bounds[s]))
    return columns


def _goes_on_title(before: Line | None, line: Line, lines: Sequence[Line]) -> bool:
    """Whether a title that crosses the gutter ends with the line, though this one is short enough for one column."""
    if before is None or abs(before.size - line.size) > 0.3:
        return False
    near = 0 < line.baseline - before.baseline < 1.6 * line.size
    large = line.size > 1.3 * median(other.size for other in lines)
    return near and large and not any(other is not line and abs(other.baseline - line.baseline) < 1 for other in lines)


def _single(lines: Sequence[Line]) -> list[Column]:
    if not lines:
        return []
    return [_column(lines, *_bounds(lines))]


def _column(lines: Sequence[Line], left: float, right: float) -> Column:
    """The lines as rows; words set so far apart that each is a piece are one row where they fill the column evenly."""
    rows: list[Line] = []
    for _, run in groupby(without_line_numbers(as_rows(lines)), key=lambda row: round(row.baseline)):
        pieces = list(run)
        rows += [_row(pieces)] if len(pieces) > 1 and _is_justified(pieces, left, right) else pieces
    return Column(rows=tuple(rows), left=left, right=right)


def _is_justified(pieces: Sequence[Line], left: float, right: float) -> bool:
    """Whether the pieces of one height reach from edge to edge of the column, with gaps of one width, as words do."""
    size = pieces[0].size
    fills = abs(pieces[0].x0 - left) < 2.5 * size and abs(pieces[-1].x1 - right) < 0.3 * size
    gaps = [after.x0 - before.x1 for before, after in pairwise(pieces)]
    even = min(gaps) > 0 and max(gaps) < 4 * size and max(gaps) - min(gaps) < 0.5 * size
    alike = all(abs(piece.size - size) < 0.6 and not piece.mono for piece in pieces)
    flows = len(pieces) > 2 or pieces[1].text[:1].islower() or pieces[1].text.startswith("(")
    return fills and even and alike and flows and any(piece.text[:1].isalpha() for piece in pieces)


def _bounds(lines: Sequence[Line]) -> tuple[float, float]:
    """Where most of the text begins (the commonest left edge by length of text) and where its longest lines end."""
    weights: dict[int, float] = {}
    for line in lines:
        weights[round(line.x0)] = weights.get(round(line.x0), 0.0) + line.x1 - line.x0
    if not weights:
        return (0.0, 0.0)
    near = {x: sum(w for other, w in weights.items() if abs(other - x) <= 2) for x in weights}
    best = max(near.values())
    left = min(x for x, weight in near.items() if weight >= 0.5 * best)
    ends = sorted(line.x1 for line in lines)
    return (float(left), ends[int(0.95 * (len(ends) - 1))])


def _gutter(lines: Sequence[Line]) -> float | None:
    """The x that divides the page into two columns of prose, if there is one."""
    prose = [line for line in lines if len(line.text) > 2 and not line.mono]
    if len(prose) < 2 * _FEWEST_ROWS:
        return None
    x0, x1 = min(line.x0 for line in prose), max(line.x1 for line in prose)
    candidates = {round(line.x0) - 3 for line in prose if x0 + 0.25 * (x1 - x0) < line.x0 < x0 + 0.75 * (x1 - x0)}
    best: tuple[int, float] | None = None
    several = _several_columns(prose)
    for x in sorted(candidates):
        left = as_rows([line for line in prose if line.x1 <= x + 1])
        right = as_rows([line for line in prose if line.x0 >= x - 1])
        few, many = sorted((len(_filling(left, x - x0, several)), len(_filling(right, x1 - x, several))))
        beside = sum(any(r.top < line.bottom and r.bottom > line.top for r in right) for line in left)
        crossing = len(prose) - sum(line.x1 <= x + 1 or line.x0 >= x - 1 for line in prose)
        enough = few >= _FEWEST_ROWS or (2 * few >= _FEWEST_ROWS and crossing < 0.1 * len(prose))
        score = 2 * beside - crossing
        if enough and min(beside, many) >= _FEWEST_ROWS and score > (best[0] if best else 0):
            best = (score, float(x))
    return best[1] if best else None


def _several_columns(prose: Sequence[Line]) -> bool:
    """Whether most text begins at one of three or more left edges and is narrow: a side may hold two columns."""
    span = max(line.x1 for line in prose) - min(line.x0 for line in prose)
    narrow = [line for line in prose if 0.18 * span < line.x1 - line.x0 < 0.4 * span and len(line.text) >= 20]
    edges = Counter(round(line.x0 / 4) for line in narrow)
    most = sum(len(line.text) for line in narrow) > 0.6 * sum(len(line.text) for line in prose)
    return most and sum(count >= 2 * _FEWEST_ROWS for count in edges.values()) > 2


def _filling(rows: Sequence[Line], width: float, several: bool) -> list[Line]:
    """The rows that fill their side, or a column of it, as lines of prose do; cells of a table and labels do not."""
    share = 0.25 if several else 0.6
    return [row for row in rows if row.x1 - row.x0 > share * width and len(row.text) >= 20]


def as_rows(lines: Sequence[Line]) -> list[Line]:
    """Fragments of one height joined into rows, top to bottom; far apart fragments stay rows of their own."""
    rows: list[list[Line]] = []
    usual = median(line.size for line in lines) if lines else 0.0
    for line in sorted(lines, key=lambda line: (_is_piece(line, usual), round(line.baseline / 2), line.x0)):
        row = next((row for row in _near(line, rows) if _belongs(line, row)), None)
        if row is None:
            rows.append([line])
        else:
            row.append(line)
    merged = [_row(row) for row in rows]
    return sorted(merged, key=lambda row: (round(row.baseline), row.x0))


def _is_piece(line: Line, usual: float) -> bool:
    """Whether the line is a piece that another row must be there for first: a script, a root, a sum, a single sign."""
    sign = len(line.text) == 1 and line.text.isalpha() and (line.main.maths or not line.text.isascii())
    sign = sign or line.text == _ROOT
    return sign or all(span.size < 0.85 * usual or is_extension_font(span.font) for span in line.spans)


def _near(line: Line, rows: Sequence[list[Line]]) -> Sequence[list[Line]]:
    """The rows that are worth a closer look: most are too far above or below."""
    if line.text == _ROOT:
        return rows
    baseline = line.baseline
    return [row for row in rows if abs(row[0].baseline - baseline) <= row[0].size]


def _belongs(line: Line, row: Sequence[Line]) -> bool:
    main = row[0]
    small = line.size < 0.85 * main.size
    tall = all(is_extension_font(span.font) or span.size < 0.85 * main.size for span in line.spans)
    if line.text == _ROOT:
        rise = (main.baseline - line.baseline) / main.size
        return _ROOT_RISE[0] < rise < _ROOT_RISE[1] and _is_beside(line, row, 0.6)
    reach = 1.0 if tall and not small else 0.75 if small else 0.3
    if abs(line.baseline - main.baseline) > reach * main.size:
        return False
    gap = 0.6 if small or tall else _WIDEST_GAP_OF_MARKER if len(main.text) <= 2 else _WIDEST_GAP
    beside = _is_beside(line, row, gap)
    return beside and (_fills_hole(line, main) or not any(_overlap(line, other) for other in row))


def _is_beside(line: Line, row: Sequence[Line], gap: float) -> bool:
    """gap: in sizes of the row."""
    most = gap * row[0].size
    return any(line.x0 - other.x1 < most and other.x0 - line.x1 < most for other in row)


def _fills_hole(line: Line, main: Line) -> bool:
    """A sign of another font that was set into the room that the text leaves for it."""
    return len(line.text) <= _LONGEST_SIGN and line.main.font != main.main.font


def _overlap(line: Line, other: Line) -> bool:
    shared = min(line.x1, other.x1) - max(line.x0, other.x0)
    alike = abs(other.baseline - line.baseline) < 0.3 * max(line.size, other.size)
    return alike and shared >= 0.5 * min(line.x1 - line.x0, other.x1 - other.x0) + 0.1


def _row(parts: Sequence[Line]) -> Line:
    if len(parts) == 1:
        return parts[0]
    style = max(parts, key=lambda part: len(part.text)).main.font
    spans: list[Span] = []
    for part in parts:
        strange = len(part.text) <= _LONGEST_SIGN and part.main.font != style and part.text[:1].isalnum()
        # a letter of another font, placed on its own: part of a formula that was drawn apart from the text
        spans += [replace(span, doubtful=True) if strange else span for span in part.spans]
    return Line(tuple(sorted(spans, key=lambda span: (span.x0, span.baseline))))


def loose_tables(column: Column) -> list[list[Line]]:
    """The cells of each table without a caption: short pieces side by side, on three heights or more."""
    heights: list[list[Line]] = []
    for row in column.rows:
        if heights and abs(heights[-1][0].baseline - row.baseline) < 1:
            heights[-1].append(row)
        else:
            heights.append([row])
    tables: list[list[Line]] = []
    for several, run in groupby(heights, key=lambda height: len(height) > 1):
        table = list(run)
        rows = [row for height in table for row in height]
        is_code = median(height[0].mono for height in table)  # with remarks beside it
        short = median(len(row.text) for row in rows) < _LONGEST_CELL
        if several and short and not is_code and len(table) >= _FEWEST_HEIGHTS:
            tables.append(rows)
    return tables

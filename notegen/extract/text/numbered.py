"""Headings that are known by their numbers: "II. RELATED WORK", "A. Data Set", "2.2.1. Materials", "1) Names: We …".

They need not be larger than the text nor bold. What proves them is that the numbers of one look count on, with text
between them, as items of a list never have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from notegen.extract.text.columns import Column
from notegen.extract.text.headings import Heading, is_alone, is_title
from notegen.extract.text.line import Line, joined
from notegen.extract.text.numbering import ROMANS, Kind, Number, numbers_of
from notegen.extract.text.prose import SENTENCE_END
from notegen.extract.text.spans import Span
from notegen.extract.text.typography import Typography

_RUN_IN_END = re.compile(r"[.:—–]\s*$")
_LONGEST, _LONGEST_RUN_IN = 220, 90
"""Characters."""
_FEWEST_ROWS = 3
"""Rows of text between the numbered headings of one look, in the median; items of a list follow each other at once."""
_FEWEST_LETTERS = 4
"""Of a run-in title: "A." alone is none."""
_MOST_WORDS = 6
"""Of a heading without a number that looks like the numbered ones."""
_SHORT_BY = 0.15
"""Share of the column that a title in the type of the text leaves free."""
_WHITE_ABOVE = 1.2
"""In usual distances of two rows: what stands above a heading in the type of the text itself."""
_SURE_SHARE = 0.5
"""Of the steps from one number of a look to the next that must count on."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a numbered title is set."""

    kind: Kind
    depth: int
    size: float
    bold: bool
    italic: bool
    capitals: bool
    """In capitals or small capitals."""
    centred: bool
    runs_in: bool
    """The text goes on behind it on the same row."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Rows that may be a numbered heading. Of a run-in one the last row is to be divided after `spans` spans."""

    number: Number
    look: Look
    rows: tuple[Line, ...]
    spans: int
    position: int
    """Of its first row on the page."""

    @property
    def key(self) -> tuple[Number, str]:
        return self.number, _bare(self.rows[0].text)


@dataclass(frozen=True, slots=True)
class Proof:
    """What the numbers of a document prove."""

    sure: frozenset[tuple[int, Number, str]] = frozenset()
    """Page, number and first row of each numbered heading."""
    looks: frozenset[tuple[float, bool, bool, bool, bool]] = frozenset()
    """Size, bold, italic, capitals, centred of the topmost ones, where that tells them from text: those without a
    number ("REFERENCES") look the same."""
    begins: tuple[int, int] = (0, 0)
    """Page and position of the first one."""


def candidates(columns: Sequence[Column], type_: Typography) -> list[Candidate]:
    """All rows of a page that begin with a number and could be a heading, from top to bottom."""
    found: list[Candidate] = []
    position = 0
    for column in columns:
        for i, row in enumerate(column.rows):
            for number in numbers_of(row.text) if row.text[:1].isalnum() else ():
                candidate = _candidate(column, i, number, type_, position + i)
                if candidate is not None:
                    found.append(candidate)
        position += len(column.rows)
    return found


def _candidate(column: Column, i: int, number: Number, type_: Typography, position: int) -> Candidate | None:
    rows = _title_rows(column, i)
    last, run_in = rows[-1], _run_in_spans(rows, column.right)
    if run_in:
        spans = tuple(span for row in rows[:-1] for span in row.spans) + last.spans[:run_in]
        text = joined(spans)
        words = sum(char.isalpha() for char in text)
        if words < _FEWEST_LETTERS or len(text) > _LONGEST_RUN_IN or (number.kind == "decimal" and number.depth == 1):
            return None  # "1. Convergence. By the theorem" is an item of a list
        return Candidate(number, _look(spans, rows[0], column, number, runs_in=True), tuple(rows), run_in, position)
    look = _look(tuple(span for row in rows for span in row.spans), rows[0], column, number, runs_in=False)
    plain = not (look.bold or look.italic or look.capitals or look.size > 1.04 * type_.body_size)
    plain = plain and not (look.centred and look.kind == "roman")
    text = " ".join(row.text for row in rows)
    if plain and (number.kind != "decimal" or number.depth == 1):
        return None  # in the type of the text itself only "2.2.1" says that it is none of a list's items
    if plain and last.x1 > column.right - _SHORT_BY * (column.right - column.left):
        return None
    if not _has_white_above(column.rows, i, type_) or not is_alone(rows[0], column.rows):
        return None
    if not is_title(text, _LONGEST) or text.rstrip().endswith((",", ";", ":")) or _is_sentence(text):
        return None
    return Candidate(number, look, tuple(rows), 0, position)


def _title_rows(column: Column, i: int) -> list[Line]:
    """The row and those that go on with a title that fills it."""
    rows = [column.rows[i]]
    for following in column.rows[i + 1 : i + 3]:
        last = rows[-1]
        style, goes_on = _style(last.spans[-1]), _style(following.spans[0])
        full = last.x1 > column.right - 6 * last.size
        near = 0 < following.baseline - last.baseline < 1.6 * last.size
        told = any(style) or (last.text.isupper() and following.text.isupper())
        if not (full and near and style == goes_on and told) or numbers_of(following.text):
            break
        rows.append(following)
    return rows


def _run_in_spans(rows: Sequence[Line], right: float) -> int:
    """How many spans of the last row are a title in bold or italics that text in another style follows; 0: none."""
    spans = rows[-1].spans
    style = _style(rows[0].spans[0])
    if not (style[0] or style[1]):
        return 0
    count = next((i for i, span in enumerate(spans) if _style(span) != style), len(spans))
    if not 0 < count < len(spans) or not _RUN_IN_END.search(joined(spans[:count])):
        return 0
    rest, fills = joined(spans[count:]), rows[-1].x1 > right - 5 * rows[-1].size
    return count if len(rest) > 2 and (fills or SENTENCE_END.search(rest)) else 0


def _style(span: Span) -> tuple[bool, bool]:
    return span.bold, span.italic


def _look(spans: Sequence[Span], row: Line, column: Column, number: Number, *, runs_in: bool) -> Look:
    every = sum(len(span.text.strip()) for span in spans) or 1
    letters = [char for span in spans for char in span.text if char.isalpha()]
    digits = len(ROMANS[number.parts[0] - 1]) if number.kind == "roman" else int(number.kind == "letter")
    own = letters[digits:]
    left, right = row.x0 - column.left, column.right - row.x1
    return Look(
        kind=number.kind,
        depth=number.depth,
        size=round(max(span.size for span in spans) * 2) / 2,
        bold=sum(len(span.text.strip()) for span in spans if span.bold) > 0.9 * every,
        italic=sum(len(span.text.strip()) for span in spans if span.italic) > 0.7 * every,
        capitals=len(own) > 3 and all(char.isupper() for char in own if char.lower() != char.upper()),
        centred=not runs_in and left > 2 * row.size and abs(left - right) < 2 * row.size,
        runs_in=runs_in,
    )


def _has_white_above(rows: Sequence[Line], i: int, type_: Typography) -> bool:
    if i == 0:
        return True
    gap = rows[i].baseline - rows[i - 1].baseline
    return gap < 0 or gap > _WHITE_ABOVE * type_.leading * type_.body_size


def _is_sentence(text: str) -> bool:
    """Whether it ends like one, or has several."""
    return (text.endswith((".", "!")) and len(text.split()) > 8) or bool(re.search(r"[a-z]{3}[.!] [A-Z]\w", text))


def proved(pages: Mapping[int, Sequence[Candidate]]) -> Proof:
    """Which candidates of these pages (by index) are headings: those of a look whose numbers count on."""
    of_look: dict[Look, list[tuple[int, Candidate]]] = {}
    for index in sorted(pages):
        for candidate in pages[index]:
            of_look.setdefault(candidate.look, []).append((index, candidate))
    found = [pair for each in of_look.values() for pair in _counting(each)]
    return Proof(
        frozenset((index, *candidate.key) for index, candidate in found),
        frozenset(_type(c.look) for _, c in found if c.look.depth == 1 and (c.look.capitals or c.look.centred)),
        min(((index, candidate.position) for index, candidate in found), default=(0, 0)),
    )


def _type(look: Look) -> tuple[float, bool, bool, bool, bool]:
    return (look.size, look.bold, look.italic, look.capitals, look.centred)


def _counting(found: Sequence[tuple[int, Candidate]]) -> list[tuple[int, Candidate]]:
    """Those that count on from one to the next, where enough of them do and text stands between them."""
    steps = [
        (b[1].number.follows(a[1].number), b[1].number.begins(a[1].number), b[1].position - a[1].position)
        for a, b in pairwise(found)
    ]
    counted = sum(follows for follows, _, _ in steps)
    between = [
        apart for (a, b), (_, _, apart) in zip(pairwise(found), steps, strict=True) if a[0] == b[0]
    ]  # on other pages there is text enough
    dense = median(between or [_FEWEST_ROWS]) < _FEWEST_ROWS
    if not counted or dense or sum(f or b for f, b, _ in steps) < _SURE_SHARE * len(steps):
        return []
    kept = []
    for i, (index, candidate) in enumerate(found):
        before = i > 0 and (steps[i - 1][0] or steps[i - 1][1])
        after = i < len(steps) and steps[i][0]
        if before or after or (candidate.number.parts[-1] == 1 and i == 0):
            kept.append((index, candidate))
    return kept


def by_number(
    page: int, columns: Sequence[Column], proof: Proof, type_: Typography, base: int
) -> tuple[list[Column], list[Heading]]:
    """The columns with run-in titles as rows of their own, and the headings in them.

    base: the level of "1" or "I".
    """
    taken: set[int] = set()
    headings: list[Heading] = []
    divided: dict[int, tuple[Line, Line]] = {}
    for each in candidates(columns, type_):
        if (page, *each.key) not in proof.sure or not taken.isdisjoint(id(row) for row in each.rows):
            continue
        taken.update(id(row) for row in each.rows)
        rows = list(each.rows)
        if each.spans:
            last = rows[-1]
            divided[id(last)] = Line(last.spans[: each.spans]), Line(last.spans[each.spans :])
            rows[-1] = divided[id(last)][0]
        headings.append(Heading(rows=tuple(rows), level=base + each.number.depth - 1))
    headings += [Heading(rows=rows, level=base) for rows in _unnumbered(page, columns, proof, type_)]
    return [_divided(column, divided) for column in columns], headings


def _unnumbered(page: int, columns: Sequence[Column], proof: Proof, type_: Typography) -> Iterator[tuple[Line, ...]]:
    """Rows after the first numbered heading that look as the topmost ones do: "ACKNOWLEDGMENT"."""
    position = 0
    for column in columns:
        done = -1
        for i, row in enumerate(column.rows):
            if i <= done or (page, position + i) <= proof.begins or not _looks_proved(row, column, proof, type_):
                continue
            free = _has_white_above(column.rows, i, type_) and is_alone(row, column.rows)
            if not free or not is_title(row.text) or row.text.endswith((".", ",", ":")):
                continue
            rows = [row]
            for following in column.rows[i + 1 : i + 3]:  # "APPENDIX A" stands above its title
                near = 0 < following.baseline - rows[-1].baseline < 1.6 * row.size
                if not near or not _looks_proved(following, column, proof, type_):
                    break
                rows.append(following)
            done = i + len(rows) - 1
            yield tuple(rows)
        position += len(column.rows)


def _looks_proved(row: Line, column: Column, proof: Proof, type_: Typography) -> bool:
    words = row.text.split()
    if not 0 < len(words) <= _MOST_WORDS or numbers_of(row.text):
        return False
    look = _look(row.spans, row, column, Number("decimal", (1,)), runs_in=False)
    return _type(look) in proof.looks and (row.text.isupper() or look.size > 1.04 * type_.body_size)


def _divided(column: Column, divided: Mapping[int, tuple[Line, Line]]) -> Column:
    if not any(id(row) in divided for row in column.rows):
        return column
    rows: Iterable[Line] = (part for row in column.rows for part in divided.get(id(row), (row,)))
    return Column(rows=tuple(rows), left=column.left, right=column.right)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())

"""Tables that neither a caption names nor rules hold together: their cells stand side by side. Each is one picture."""

from __future__ import annotations

from collections.abc import Sequence

import pymupdf

from notegen.extract.document import Block, Box, Table
from notegen.extract.pictures.boxes import area, common, grown, hull, meets
from notegen.extract.pictures.render import render
from notegen.extract.text.columns import Column, loose_tables
from notegen.extract.text.line import Line

_LEAST_WORDS = 8
_MARGIN = 4.0
"""Points of white around the cells."""
_ONE = 18.0
"""Points between two parts of one table, at most."""


def unruled_tables(
    page: pymupdf.Page, columns: Sequence[Column], blocks: Sequence[Block], taken: Sequence[Box]
) -> list[Table]:
    """The tables whose cells are in no block, top to bottom.

    taken: boxes of pictures and other tables. One with a block or one of these within its box is left out: the picture
    would show them twice.
    """
    parts = [
        (hull(row.box for row in rows), rows)
        for column in columns
        for rows in loose_tables(column)
        if not _is_of_contents(rows)
    ]
    tables = []
    for box, words in _joined(parts):
        within = common(grown(box, _MARGIN), tuple(page.rect))
        shown = [block.bbox for block in blocks if area(common(block.bbox, within)) > 0.3 * area(block.bbox)]
        if words >= _LEAST_WORDS and not shown and not any(meets(within, other) for other in taken):
            tables.append(Table(page=page.number, bbox=within, png=render(page, within, [b.bbox for b in blocks])[0]))
    return sorted(tables, key=lambda table: (table.bbox[1], table.bbox[0]))


def _joined(parts: Sequence[tuple[Box, Sequence[Line]]]) -> list[tuple[Box, int]]:
    """Box and number of words of each table; parts that lie near each other are one."""
    out: list[tuple[Box, int]] = []
    for box, rows in parts:
        words = sum(len(row.text.split()) for row in rows)
        near = [each for each in out if meets(grown(each[0], _ONE), box)]
        out = [each for each in out if each not in near]
        out.append((hull([box, *(other for other, _ in near)]), words + sum(count for _, count in near)))
    return out


def _is_of_contents(rows: Sequence[Line]) -> bool:
    """Whether they are titles with page numbers beside them: as many plain numbers as other pieces."""
    numbers = sum(row.text.strip().isdecimal() for row in rows)
    return 2 * numbers == len(rows) or any(".." in row.text or ". ." in row.text for row in rows)

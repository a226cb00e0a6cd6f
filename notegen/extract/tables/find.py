"""The tables of a page: rows where every cell is certain, else a crop."""

from __future__ import annotations

from collections.abc import Sequence

import pymupdf

from notegen.extract.document import Block, Box, Table
from notegen.extract.pictures.boxes import area, common, grown, share_inside
from notegen.extract.pictures.drawn import Mark, cluster, giant_images, path_count, read_marks, without_decoration
from notegen.extract.pictures.obstacles import Caption, read_captions, read_obstacles
from notegen.extract.pictures.render import render
from notegen.extract.tables.cells import Rows, grid_edges, grid_rows, read_words, ruled_rows
from notegen.extract.tables.regions import table_regions

LEAST_WORDS = 8
"""A grid with fewer is a chessboard, a form or a piece of a drawing."""


def find_tables(page: pymupdf.Page, blocks: Sequence[Block]) -> tuple[Table, ...]:
    """The tables of a page, top to bottom: those with a caption, and grids without one, as a picture where a cell
    is not certain.

    blocks: all text blocks of this page; those of kind "caption" that begin like "Table 3" name the tables.
    """
    captions = read_captions(blocks)
    named = any(c.table for c in captions)
    if not named and not _may_hold_grid(page):
        return ()
    sheet: Box = tuple(page.rect)
    marks = without_decoration(read_marks(page, frozenset()), sheet, keep_images=False)
    giants = giant_images(page) if named else []
    tables = []
    regions = table_regions(captions, marks, read_obstacles(page, blocks), sheet) if named else []
    for caption, box in regions:
        rows = _rows(page, box, marks)
        if rows or not any(area(common(box, giant)) for giant in giants):
            tables.append(_table(page, box, rows, caption))
    free = [m for m in marks if not any(share_inside(m.box, box) > 0.5 for _, box in regions)]
    for grid in cluster(free, sheet):
        edges = grid_edges(grown(grid.box, 1), grid.marks)
        words = read_words(page, grid.box) if edges else []
        rows = grid_rows(edges, words) if edges else ()
        if rows:
            tables.append(Table(page=page.number, bbox=grid.box, rows=rows))
        elif (
            edges and len(words) >= LEAST_WORDS and not any(area(common(grid.box, each)) for each in giant_images(page))
        ):
            tables.append(Table(page=page.number, bbox=grid.box, png=render(page, grid.box)[0]))
    return tuple(sorted(tables, key=lambda t: (t.bbox[1], t.bbox[0])))


def _may_hold_grid(page: pymupdf.Page) -> bool:
    """A cheap look before the paths are read: a grid of two by two takes four boxes or six rules."""
    return path_count(page) >= 4


def _rows(page: pymupdf.Page, box: Box, marks: Sequence[Mark]) -> Rows:
    words = read_words(page, grown(box, 1))
    edges = grid_edges(grown(box, 1), marks)
    return grid_rows(edges, words) if edges else ruled_rows(box, marks, words)


def _table(page: pymupdf.Page, box: Box, rows: Rows, caption: Caption) -> Table:
    png = b"" if rows else render(page, box)[0]
    return Table(page=page.number, bbox=box, label=caption.label, caption=caption.block.text, rows=rows, png=png)

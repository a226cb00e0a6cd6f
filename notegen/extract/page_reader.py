"""The pages of an open document, each read with an eye on its neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

import psutil  # type: ignore[import-untyped]
import pymupdf

from notegen.extract.document import Block, Box, OutlineEntry, Page, Table
from notegen.extract.exhausted import raise_if_exhausted
from notegen.extract.facts import Facts
from notegen.extract.inside import covers, displayed, is_in, is_inside, is_label
from notegen.extract.ocr.figures import scanned_figures, without_labels
from notegen.extract.ocr.glyphs import GlyphReader
from notegen.extract.ocr.scans import OcrReader, is_scanned, page_picture
from notegen.extract.pictures import formulas
from notegen.extract.pictures.find import find_pictures
from notegen.extract.pictures.repeats import repeated_images
from notegen.extract.request import Report, Request
from notegen.extract.tables.find import find_tables
from notegen.extract.tables.unruled import unruled_tables
from notegen.extract.text.blocks import Sheet, page_blocks
from notegen.extract.text.columns import Column, in_columns
from notegen.extract.text.direction import is_right_to_left, mirrored, mirrored_box
from notegen.extract.text.headings import (
    Heading,
    Style,
    by_look,
    first_level,
    heading_styles,
    title_page_styles,
    used_styles,
    without_authors,
)
from notegen.extract.text.line import Line
from notegen.extract.text.lines import FEWEST_TURNED, read_page
from notegen.extract.text.margins import without_margins
from notegen.extract.text.numbered import Proof, by_number, candidates, proved
from notegen.extract.text.outlined import by_outline, named_styles
from notegen.extract.text.recovery import SecondReader
from notegen.extract.text.typography import Typography, typography

_NEIGHBOURS = 8
"""Pages read before and after those asked for, to see what repeats and which type is usual."""
_ROOMY_BYTES, _GROWTH_BYTES = 160_000_000, 30_000_000
"""MuPDF keeps fonts and images for the next page, as loading them costs most of all, until the process is this large,
and then until it has grown by so much again."""
_TURNED = frozenset({"heading", "paragraph", "list", "caption"})
"""Kinds of blocks that are taken from text that runs another way than the page's."""


class PageReader:
    """Reads pages of one open document; knows what their neighbours show."""

    def __init__(self, document: pymupdf.Document, request: Request, facts: Facts) -> None:
        self._document, self._facts, self._done = document, facts, request.done
        self._vocabulary = Counter(facts.vocabulary)
        self._second = SecondReader(request.path, request.password, GlyphReader(request.ocr_languages).read)
        self._ocr = OcrReader(request.ocr_languages)
        self.ocr_words: dict[int, int] = {}
        """Words that OCR read, by page index: of every scanned page that was asked for, 0 where it read none."""
        self._skip = dict(request.skip)
        self._lines: dict[int, list[Line]] = {}
        self._pages: dict[int, pymupdf.Page] = {}
        """Those that were looked at and not yet read, with what is known of them (`page_cache`)."""
        self._turns: dict[int, list[int]] = {}
        """By page: see `read_page`."""
        self._styles: dict[Style, int] = {}
        self._numbered = Proof()
        self._first_level = 1
        """Of headings with a number such as "1" or "I"."""
        self._type = Typography()
        self._process, self._roomy_bytes = psutil.Process(), _ROOMY_BYTES

    def read(self, piece: Sequence[int], report: Report) -> Iterator[Page]:
        wanted = [index for index in piece if index not in self._done]
        if not wanted:
            return
        self._look_around(piece, wanted, report)
        repeated = repeated_images(self._document, sorted(self._lines))
        for index in wanted:
            report(index)
            yield self._page(index, repeated)
            self._make_room()

    def _make_room(self) -> None:
        """Have MuPDF forget its fonts and images once the process has grown large."""
        if self._process.memory_info().rss > self._roomy_bytes:
            pymupdf.TOOLS.store_shrink(100)
            self._roomy_bytes = max(_ROOMY_BYTES, self._process.memory_info().rss + _GROWTH_BYTES)

    @property
    def ocr_advice(self) -> str:
        """See `Document.ocr_advice`."""
        return self._ocr.advice

    def _look_around(self, piece: Sequence[int], wanted: Sequence[int], report: Report) -> None:
        near = {
            other
            for index in piece
            for other in range(max(0, index - _NEIGHBOURS), min(self._document.page_count, index + _NEIGHBOURS + 1))
        }
        lines: dict[int, list[Line]] = {}
        for index in sorted(near):
            report(index)
            lines[index] = self._read_lines(index)
            if not lines[index] and index in wanted and index not in self._skip:
                lines[index] = self._read_scanned(index, partial(report, index))
        self._pages = {index: self._pages[index] for index in wanted if index in self._pages}
        heights = {index: self._document[index].rect.height for index in lines if index not in self._skip}
        self._lines = without_margins({i: lines[i] for i in heights}, heights)
        self._type = typography(self._lines.values())
        styles = heading_styles(self._lines, self._type)
        if self._outline_is_fine():  # then only what looks like a heading it names is one
            self._styles = named_styles(self._lines, self._facts.outline, styles)
        else:
            self._styles = used_styles(self._lines, styles, self._type)
        columns = {
            index: self._columns(lines, self._document[index].rect.width) for index, lines in self._lines.items()
        }
        self._numbered = proved({index: candidates(each, self._type) for index, each in columns.items()})
        self._first_level = first_level(self._lines, self._styles, self._type)

    def _columns(self, lines: Sequence[Line], width: float) -> list[Column]:
        return in_columns(mirrored(lines, width) if is_right_to_left(lines) else lines)

    def _read_lines(self, index: int) -> list[Line]:
        if index in self._skip:
            return []
        try:
            page = self._pages[index] = self._document[index]
            lines, self._turns[index] = read_page(page, lambda: self._second.blocks(page))
            return lines
        except Exception as error:  # whatever one broken page raises, the others can be read
            raise_if_exhausted(error)
            self._skip[index] = "It was left out: it is damaged."
            return []

    def _read_scanned(self, index: int, on_wait: Callable[[], None]) -> list[Line]:
        """The lines of a page without text, by OCR when it is a scanned one."""
        try:
            page = self._pages[index]
            if not is_scanned(page):
                return []
            lines = self._ocr.lines(page, on_wait)
        except Exception as error:  # as above
            raise_if_exhausted(error)
            self._skip[index] = "It was left out: it is damaged."
            return []
        words = [word for line in lines for word in line.text.lower().split()]
        self.ocr_words[index] = len(words)
        self._vocabulary.update(words)
        return lines

    def _page(self, index: int, repeated: frozenset[int]) -> Page:
        label = self._facts.labels[index]
        if index not in self._skip:
            try:
                return self._structured(self._pages.pop(index, None) or self._document[index], index, label, repeated)
            except Exception as error:  # as above
                raise_if_exhausted(error)
                self._skip[index] = "It was left out: it is damaged."
        return Page(index=index, label=label, width=0.0, height=0.0, skipped=self._skip[index])

    def _structured(self, page: pymupdf.Page, index: int, label: str, repeated: frozenset[int]) -> Page:
        lines = self._lines[index]
        if index in self.ocr_words:
            return self._scanned(page, index, label)
        blocks = self._blocks(page, lines)
        tables = find_tables(page, blocks)
        pictures = find_pictures(page, blocks, repeated, [(n.x0, n.top, n.x1, n.bottom) for n in lines])
        inside = [*(picture.bbox for picture in pictures), *(table.bbox for table in tables)]
        captions = [block.bbox for block in blocks if block.kind == "caption"]
        outside = [line for line in lines if is_in(line, captions) or not is_in(line, inside)]
        if len(outside) < len(lines):
            blocks = self._blocks(page, outside)
        boxes = [picture.bbox for picture in pictures]
        blocks = [block for block in blocks if not is_label(block, boxes)]
        turned, turned_tables = self._turned(page, boxes)
        tables = (*(t for t in tables if not covers(t.bbox, turned, turned_tables)), *turned_tables)
        if not is_right_to_left(outside):
            taken = [*boxes, *(table.bbox for table in tables)]
            tables = (*tables, *unruled_tables(page, self._columns(outside, page.rect.width), blocks, taken))
        blocks = [replace(b, crop=formulas.crop(page, b.bbox)) if b.kind == "formula" else b for b in blocks]
        return Page(
            index=index,
            label=label,
            width=round(page.rect.width, 1),
            height=round(page.rect.height, 1),
            blocks=(*blocks, *turned),
            pictures=pictures,
            tables=tables,
        )

    def _turned(self, page: pymupdf.Page, pictures: Sequence[Box]) -> tuple[list[Block], list[Table]]:
        """What runs another way than the text of the page and is in none of its pictures, read in its own frame."""
        blocks: list[Block] = []
        tables: list[Table] = []
        upright, matrix = page.rotation, page.rotation_matrix
        for turn in self._turns[page.number]:
            other = self._document[page.number]
            other.set_rotation(turn)
            back = partial(displayed, matrix=other.derotation_matrix * matrix)
            lines = [line for line in read_page(other, as_it_is=True)[0] if not is_inside(back(line.box), pictures)]
            if sum(len(line.text) for line in lines) >= FEWEST_TURNED:
                prose = self._blocks(other, lines)
                grids = find_tables(other, prose)
                free = [line for line in lines if not is_in(line, [grid.bbox for grid in grids])]
                blocks += [replace(b, bbox=back(b.bbox)) for b in self._blocks(other, free) if b.kind in _TURNED]
                tables += [replace(grid, bbox=back(grid.bbox)) for grid in grids]
            other.set_rotation(upright)
        return blocks, tables

    def _scanned(self, page: pymupdf.Page, index: int, label: str) -> Page:
        """A scanned page: what OCR read of it, else its picture."""
        blocks = self._blocks(page, self._lines[index])
        if blocks:
            pictures = scanned_figures(page, blocks)
            blocks = without_labels(blocks, pictures)
            blocks = [replace(b, crop=formulas.crop(page, b.bbox)) if b.kind == "formula" else b for b in blocks]
        else:
            pictures = page_picture(page)
        return Page(
            index=index,
            label=label,
            width=round(page.rect.width, 1),
            height=round(page.rect.height, 1),
            blocks=tuple(blocks),
            pictures=pictures,
            ocr=bool(blocks),
        )

    def _blocks(self, page: pymupdf.Page, lines: Sequence[Line]) -> list[Block]:
        width = page.rect.width
        leftward = is_right_to_left(lines)
        columns, headings = self._headings(page.number, self._columns(lines, width))
        fields = [tuple(widget.rect) for widget in page.widgets()] if page.first_widget else []
        headings = [each for each in headings if not is_in(each.rows[0], fields)]  # what somebody filled in
        sheet = Sheet(
            index=page.number,
            columns=columns,
            headings={id(row): heading for heading in headings for row in heading.rows},
            type_=self._type,
            vocabulary=self._vocabulary,
        )
        blocks = page_blocks(sheet)
        return [replace(b, bbox=mirrored_box(b.bbox, width)) for b in blocks] if leftward else blocks

    def _headings(self, index: int, columns: Sequence[Column]) -> tuple[list[Column], list[Heading]]:
        """The page's headings, and its columns with run-in titles as rows of their own."""
        level = self._first_level
        divided, numbered = by_number(index, columns, self._numbered, self._type, level)
        rows = [row for column in divided for row in column.rows]
        named = by_outline(rows, [entry for entry in self._facts.outline if entry.page == index])
        styles = self._styles
        if index == 0:
            styles = title_page_styles(rows, {} if self._outline_is_fine() else styles, self._type)
        looks = [heading for column in divided for heading in by_look(column.rows, styles, self._type, level)]
        headings: list[Heading] = []
        known: set[int] = set()
        for heading in (*named, *looks, *numbered):
            ids = {id(row) for row in heading.rows}
            if known.isdisjoint(ids):
                headings.append(heading)
                known |= ids
        return divided, without_authors(headings, rows) if index == 0 else headings

    def _outline_is_fine(self) -> bool:
        """At least one entry for eight pages."""
        outline: tuple[OutlineEntry, ...] = self._facts.outline
        return bool(len(outline) * _NEIGHBOURS >= self._document.page_count)

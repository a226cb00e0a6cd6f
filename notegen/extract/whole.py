"""The walk of extraction, inside the worker: open, survey, read lines, find headings, make blocks, pictures, tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pymupdf

from ..errors import PdfError
from . import formulas
from .blocks import Sheet, can_follow, page_blocks
from .columns import Column, in_columns
from .document import Block, Box, Document, OutlineEntry, Page
from .headings import Heading, Style, by_look, by_outline, heading_styles, named_styles, title_page_styles, used_styles
from .lines import Line, read_lines
from .margins import without_margins
from .pictures import find_pictures, repeated_images
from .recovery import SecondReader
from .salvage import salvaged, without_guesses
from .survey import Survey, survey
from .tables import find_tables
from .typography import Typography, typography

_NEIGHBOURS = 8
"""Pages read before and after those asked for, to see what repeats and which type is usual."""
_LONGEST_LABEL = 3
"""Words."""
_BESIDE = 16.0
"""Points."""
SALVAGED = "The PDF is incomplete: its pages are put together from what is left of their text."
Report = Callable[[int, int, int], None]
"""Told (index of the page it is at, pages done, pages asked for)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    path: Path
    pages: Sequence[int] | None
    sha256: str
    cut_off: bool
    """The file has no end-of-file mark."""
    skip: Mapping[int, str] = field(default_factory=dict)
    """Pages that a run before this one died of, and why."""


def read_document(request: Request, report: Report) -> Document:
    """Read what was asked for. Raises PdfError when the file is no readable PDF."""
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    document, suspect = _opened(request)
    facts = survey(document, request.path, set(request.skip), lambda page: report(page, 0, 0))
    reader = _Reader(document, request, facts)
    asked = range(document.page_count) if request.pages is None else request.pages
    asked = [index for index in asked if 0 <= index < document.page_count]
    pages = reader.read(asked, report) if asked else ()
    if suspect == SALVAGED:
        pages = tuple(without_guesses(page) for page in pages)
    return Document(
        sha256=request.sha256,
        title=facts.title or reader.first_title() or request.path.stem,
        page_count=document.page_count,
        labels=facts.labels,
        words=facts.words,
        outline=facts.outline,
        pages=pages,
        suspect=suspect,
        language=facts.language,
    )


def _opened(request: Request) -> tuple[pymupdf.Document, str]:
    """The document, and why it is suspect ("" when it is not)."""
    name = request.path.name
    again = "Download or export it again, or open it in a PDF viewer and print it to a new PDF."
    try:
        document = pymupdf.open(request.path)
        is_pdf, locked, count = document.is_pdf, document.needs_pass, 0
        if is_pdf and not locked:
            count = document.page_count
            if count == 0:
                document = salvaged(document)
    except Exception as error:  # MuPDF raises many kinds, some of them bare RuntimeErrors
        raise PdfError(f"{name} cannot be read as a PDF: the file is damaged.", again) from error
    if not is_pdf:
        raise PdfError(f"{name} is not a PDF.", "Download or export the PDF itself.")
    if locked:
        raise PdfError(
            f"{name} is locked by a password.", "Open it with its password, save a copy without one, and use that."
        )
    if document is None:
        raise PdfError(f"{name} has no pages: the file is damaged or incomplete.", again)
    if count == 0:
        return document, SALVAGED
    if document.is_repaired:
        return document, "The PDF is damaged or incomplete: pages or text may be missing."
    return document, "The PDF has no proper end: it may be incomplete." if request.cut_off else ""


class _Reader:
    """Reads pages of one open document; knows what their neighbours show."""

    def __init__(self, document: pymupdf.Document, request: Request, facts: Survey) -> None:
        self._document, self._facts = document, facts
        self._second = SecondReader(request.path)
        self._skip = dict(request.skip)
        self._lines: dict[int, list[Line]] = {}
        self._styles: dict[Style, int] = {}
        self._type = Typography()

    def read(self, asked: Sequence[int], report: Report) -> tuple[Page, ...]:
        self._look_around(asked, report)
        repeated = repeated_images(self._document, sorted(self._lines))
        pages = []
        for done, index in enumerate(asked):
            report(index, done, len(asked))
            pages.append(self._page(index, repeated))
        report(asked[-1], len(asked), len(asked))
        return tuple(_run_on(pages))

    def first_title(self) -> str:
        """The largest text of the first page, when it reads like a title."""
        lines = self._lines.get(0)
        if lines is None:
            lines = self._read_lines(0)
        top = max((line.size for line in lines if sum(c.isalpha() for c in line.text) > 3), default=0.0)
        title = " ".join(line.text for line in lines if line.size > 0.95 * top)
        usual = typography([lines]).body_size
        return title if lines and 3 < len(title) <= 200 and (top > 1.1 * usual or len(lines) < 15) else ""

    def _look_around(self, asked: Iterable[int], report: Report) -> None:
        near = {
            other
            for index in asked
            for other in range(max(0, index - _NEIGHBOURS), min(self._document.page_count, index + _NEIGHBOURS + 1))
        }
        lines: dict[int, list[Line]] = {}
        for index in sorted(near):
            report(index, 0, 0)
            lines[index] = self._read_lines(index)
        heights = {index: self._document[index].rect.height for index in lines if index not in self._skip}
        self._lines = without_margins({i: lines[i] for i in heights}, heights)
        self._type = typography(self._lines.values())
        styles = heading_styles(self._lines, self._type)
        if self._outline_is_fine():  # then only what looks like a heading it names is one
            self._styles = named_styles(self._lines, self._facts.outline, styles)
        else:
            self._styles = used_styles(self._lines, styles, self._type)

    def _read_lines(self, index: int) -> list[Line]:
        if index in self._skip:
            return []
        try:
            page = self._document[index]
            return read_lines(page, lambda: self._second.blocks(page))
        except Exception:  # whatever one broken page raises, the others can be read
            self._skip[index] = "It was left out: it is damaged."
            return []

    def _page(self, index: int, repeated: frozenset[int]) -> Page:
        label = self._facts.labels[index]
        if index not in self._skip:
            try:
                return self._structured(self._document[index], index, label, repeated)
            except Exception:  # as above
                self._skip[index] = "It was left out: it is damaged."
        return Page(index=index, label=label, width=0.0, height=0.0, skipped=self._skip[index])

    def _structured(self, page: pymupdf.Page, index: int, label: str, repeated: frozenset[int]) -> Page:
        lines = self._lines[index]
        blocks = self._blocks(page, lines)
        tables = find_tables(page, blocks)
        pictures = find_pictures(page, blocks, repeated, [(n.x0, n.top, n.x1, n.bottom) for n in lines])
        inside = [*(picture.bbox for picture in pictures), *(table.bbox for table in tables)]
        captions = [block.bbox for block in blocks if block.kind == "caption"]
        outside = [line for line in lines if _is_in(line, captions) or not _is_in(line, inside)]
        if len(outside) < len(lines):
            blocks = self._blocks(page, outside)
        boxes = [picture.bbox for picture in pictures]
        blocks = [block for block in blocks if not _is_label(block, boxes)]
        blocks = [replace(b, crop=formulas.crop(page, b.bbox)) if b.kind == "formula" else b for b in blocks]
        return Page(
            index=index,
            label=label,
            width=round(page.rect.width, 1),
            height=round(page.rect.height, 1),
            blocks=tuple(blocks),
            pictures=pictures,
            tables=tables,
        )

    def _blocks(self, page: pymupdf.Page, lines: Sequence[Line]) -> list[Block]:
        columns = in_columns(lines)
        sheet = Sheet(
            index=page.number,
            columns=columns,
            headings={id(row): heading for heading in self._headings(page.number, columns) for row in heading.rows},
            type_=self._type,
            vocabulary=self._facts.vocabulary,
        )
        return page_blocks(sheet)

    def _headings(self, index: int, columns: Sequence[Column]) -> list[Heading]:
        rows = [row for column in columns for row in column.rows]
        named = by_outline(rows, [entry for entry in self._facts.outline if entry.page == index])
        known = {id(row) for heading in named for row in heading.rows}
        styles = self._styles
        if index == 0:
            styles = title_page_styles(rows, {} if self._outline_is_fine() else styles, self._type)
        looks = [heading for column in columns for heading in by_look(column.rows, styles, self._type)]
        return [*named, *(heading for heading in looks if not any(id(row) in known for row in heading.rows))]

    def _outline_is_fine(self) -> bool:
        """At least one entry for eight pages."""
        outline: tuple[OutlineEntry, ...] = self._facts.outline
        return bool(len(outline) * _NEIGHBOURS >= self._document.page_count)


def _is_in(line: Line, boxes: Iterable[Box]) -> bool:
    x, y = (line.x0 + line.x1) / 2, (line.top + line.bottom) / 2
    return any(box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1 for box in boxes)


def _is_label(block: Block, pictures: Iterable[Box]) -> bool:
    """Whether the block is a word or two right beside a picture: a label of its axes."""
    if block.kind != "paragraph" or len(block.text.split()) > _LONGEST_LABEL or block.text.endswith((".", ":")):
        return False
    x0, y0, x1, y1 = block.bbox
    return any(
        x0 < box[2] + _BESIDE and x1 > box[0] - _BESIDE and y0 < box[3] + _BESIDE and y1 > box[1] - _BESIDE
        for box in pictures
    )


def _run_on(pages: Sequence[Page]) -> list[Page]:
    """The pages with `runs_on` only where a sentence does go on in the next block of its kind on the next page."""
    out = []
    for page, following in zip(pages, [*pages[1:], None], strict=True):
        last = next((block for block in reversed(page.blocks) if _is_body(block)), None)
        first = None
        if following is not None and following.index == page.index + 1:
            first = next((block for block in following.blocks if _is_body(block)), None)
        blocks = tuple(
            replace(block, runs_on=block is last and _goes_on(block, first)) if block.runs_on else block
            for block in page.blocks
        )
        out.append(replace(page, blocks=blocks))
    return out


def _is_body(block: Block) -> bool:
    return block.kind not in ("footnote", "caption")


def _goes_on(block: Block, first: Block | None) -> bool:
    return first is not None and first.kind == "paragraph" and can_follow(block.text, first.text)

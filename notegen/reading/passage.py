"""The passage: the run of blocks that is read today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from notegen.extract.document import Block, Box, Document, Highlight, Page, Picture, Table
from notegen.language.detect import language_of
from notegen.reading.pages import printed_range
from notegen.reading.stretch import Stretch, plain_title

HEADING_SLACK_PT = 24.0
"""An outline may point a little below the heading it means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What is read today. Its identity is (document.sha256, first, last)."""

    document: Document
    title: str
    chapter: str
    first: int
    last: int
    """Page indexes, both included."""
    blocks: tuple[Block, ...]
    pictures: tuple[Picture, ...]
    tables: tuple[Table, ...]
    skipped: tuple[str, ...] = ()
    """Pages that could not be read, one sentence each."""
    ocr_pages: tuple[int, ...] = ()
    """Indexes of the pages whose text was read by OCR."""

    @property
    def highlights(self) -> tuple[Highlight, ...]:
        """What the learner marked on its pages in the PDF."""
        return tuple(each for each in self.document.highlights if self.first <= each.page <= self.last)

    @property
    def pages(self) -> str:
        """The range as printed: "25–36"."""
        return printed_range(self.document, self.first, self.last)

    @property
    def pdf_pages(self) -> str:
        """The range counted from 1: "40-52"."""
        return pdf_pages(self.first, self.last)

    @property
    def language(self) -> str:
        """What its own words are written in (ISO 639-1), else what the file says; "" where neither tells."""
        return language_of("\n".join(block.text for block in self.blocks), self.document.language)

    def label(self, page: int) -> str:
        """The printed number of a page index."""
        return self.document.labels[page]

    @property
    def word_count(self) -> int:
        return sum(len(block.text.split()) for block in self.blocks)


def pdf_pages(first: int, last: int) -> str:
    """ "40-52": page indexes as the raw numbers counted from 1 that a note's properties hold."""
    return f"{first + 1}-{last + 1}"


def cut(document: Document, stretch: Stretch) -> Passage:
    """The stretch's blocks, pictures and tables out of a document whose pages have been read."""
    pages = [page for page in document.pages if stretch.first <= page.index <= stretch.last]
    kept = [_kept_blocks(page, stretch) for page in pages]
    return Passage(
        document=document,
        title=stretch.title,
        chapter=stretch.chapter,
        first=stretch.first,
        last=stretch.last,
        blocks=tuple(block for blocks in kept for block in blocks),
        pictures=tuple(
            each for page, blocks in zip(pages, kept, strict=True) for each in _with(page.pictures, page, blocks)
        ),
        tables=tuple(
            each for page, blocks in zip(pages, kept, strict=True) for each in _with(page.tables, page, blocks)
        ),
        skipped=tuple(page.skipped for page in pages if page.skipped),
        ocr_pages=tuple(page.index for page in pages if page.ocr),
    )


def _kept_blocks(page: Page, stretch: Stretch) -> tuple[Block, ...]:
    """The page's blocks from where the stretch begins to where the next one does, by reading order."""
    start, end = 0, len(page.blocks)
    if page.index == stretch.first and stretch.first_top is not None:
        start = _position(page, stretch.first_top, stretch.title)
    if page.index == stretch.last and stretch.last_bottom is not None:
        end = _position(page, stretch.last_bottom, "")
    return page.blocks[start:end]


def _position(page: Page, top: float, title: str) -> int:
    """Index of the block that begins at `top`: the heading of that title, a heading near by, else the first below."""
    headings = [index for index, block in enumerate(page.blocks) if block.kind == "heading"]
    named = [index for index in headings if title and plain_title(page.blocks[index].text) == plain_title(title)]
    near = named or [index for index in headings if abs(page.blocks[index].bbox[1] - top) <= HEADING_SLACK_PT]
    if near:
        return min(near, key=lambda index: abs(page.blocks[index].bbox[1] - top))
    return next((index for index, block in enumerate(page.blocks) if block.bbox[1] >= top), len(page.blocks))


class _Captioned(Protocol):
    @property
    def bbox(self) -> Box: ...
    @property
    def caption(self) -> str: ...


Part = TypeVar("Part", bound=_Captioned)


def _with(parts: Sequence[Part], page: Page, kept: Sequence[Block]) -> Sequence[Part]:
    """The parts whose caption was kept; one without a caption block stays when it stands between kept blocks."""
    if len(kept) == len(page.blocks):
        return parts
    captions = {block.text for block in page.blocks if block.kind == "caption"}
    kept_captions = {block.text for block in kept if block.kind == "caption"}
    top = min((block.bbox[1] for block in kept), default=page.height)
    bottom = max((block.bbox[3] for block in kept), default=0.0)
    return [
        each
        for each in parts
        if (
            each.caption in kept_captions
            if each.caption in captions
            else top <= (each.bbox[1] + each.bbox[3]) / 2 <= bottom
        )
    ]

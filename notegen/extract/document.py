"""What extraction makes of a PDF: the Document and its parts. Data only; every type is frozen.

Coordinates are PDF points (1/72 inch) from the top left corner of the page as it is displayed. Page indexes count
from 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points."""

BlockKind = Literal["heading", "paragraph", "list", "code", "caption", "formula", "footnote"]
PictureKind = Literal["raster", "vector", "mixed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Maths:
    """A stretch of a text that is a formula in the line."""

    start: int
    end: int
    """[start, end) of the text, where its characters stand one after the other as in the PDF's text layer ("dk")."""
    tex: str
    """What the page shows ("d_k"). Without `$ \\ { } _ ^`, and with Greek letters for their commands, it is those
    characters again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One piece of text in reading order. A list item is a block of its own."""

    kind: BlockKind
    page: int
    """Index of the page it stands on."""
    bbox: Box
    text: str
    """Repaired text (NFC, ligatures spelt out, line-end hyphens joined). Only code keeps line breaks and
    indentation."""
    level: int = 0
    """Heading depth from 1, list nesting from 1, else 0."""
    marker: str = ""
    """The list item's own bullet or number ("•", "2."), the footnote's mark, a formula's number ("(3)"), else ""."""
    language: str = ""
    """Code only: the language as a fence's info string ("python"), "" when not known."""
    doubtful: tuple[tuple[int, int], ...] = ()
    """Character ranges [start, end) of `text` that may not say what the page shows (glyphs without a meaning, maths
    flattened to a line). A sentence that touches one is never quoted."""
    maths: tuple[Maths, ...] = ()
    """Formulas in the line that are rebuilt, in order; none is doubtful."""
    notes: tuple[tuple[int, str], ...] = ()
    """Where in `text` the mark of a footnote stood, and the mark: the `marker` of a footnote's block."""
    struck: tuple[tuple[int, str], ...] = ()
    """Where in `text` words stood that the page crosses out, and the words. What is left of their sentence is
    doubtful."""
    emphasis: tuple[tuple[int, int], ...] = ()
    """Ranges [start, end) of `text` that the author set apart from the rest of the block: bold, italic or coloured."""
    runs_on: bool = False
    """The last sentence goes on in the next block of the same kind (page or column break)."""
    crop: bytes = b""
    """Formula only: a PNG of the formula as printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image that came out of the PDF, rendered as one crop."""

    page: int
    bbox: Box
    kind: PictureKind
    label: str = ""
    """As printed: "Figure 3.1"; "" for a picture without a caption."""
    caption: str = ""
    """The whole caption, label included; "" when there is none."""
    width_px: int = 0
    height_px: int = 0
    png: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table. Rows when every cell is certain, else a picture of it."""

    page: int
    bbox: Box
    label: str = ""
    caption: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    """The first row is the header; all rows have the same length. Empty when the cells are not certain."""
    png: bytes = b""
    """The crop; b"" when there are rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineEntry:
    """One entry of the PDF's own outline (bookmarks)."""

    level: int
    """From 1."""
    title: str
    page: int
    top: float | None = None
    """Where on the page it points, in points from the top; None when the PDF does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """One line of the index at the back of a book."""

    term: str
    pages: tuple[str, ...]
    """Printed page numbers, ranges spelt out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """What the learner marked or noted in the PDF itself: a highlight, an underline, a note. None of it is the source's
    but the marked words."""

    page: int
    top: float
    """Points from the top of the page."""
    text: str
    """The marked words as printed; "" for a note, and where they cannot be read."""
    colour: str = ""
    """An English name; "" for a note."""
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page that was read."""

    index: int
    label: str
    """The page number as printed in the book; index + 1 where the book prints none."""
    width: float
    height: float
    blocks: tuple[Block, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()
    ocr: bool = False
    """The text was read from a scan by OCR: it may hold misreadings."""
    skipped: str = ""
    """Why the page could not be read, one sentence; "" when it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A PDF as notegen sees it. The facts of the whole file are always there, `pages` only for those asked for."""

    sha256: str
    """Of the file's bytes, lower-case hex."""
    title: str
    """From the PDF's metadata or its first page; never empty (file stem as a last resort)."""
    page_count: int
    labels: tuple[str, ...]
    """The printed number of every page of the file."""
    words: tuple[int, ...]
    """Number of words in the text layer of every page of the file; of a page in `pages` that is scanned, those that OCR
    read."""
    outline: tuple[OutlineEntry, ...] = ()
    roles: tuple[str, ...] = ()
    """What every page of the file is for, as `extract.roles` tells it; () when nobody looked."""
    index: tuple[IndexEntry, ...] = ()
    """What the book's own index lists, in its order; empty where there is none."""
    pages: tuple[Page, ...] = ()
    suspect: str = ""
    """Why the file looks damaged or incomplete, one sentence; "" for a sound file."""
    language: str = ""
    """ISO 639-1 code when the file says or shows it, else ""."""
    book: str = ""
    """Which book it is, whatever file it is in: `extract.book`. "" only for a Document made without extraction."""
    highlights: tuple[Highlight, ...] = ()
    """The learner's marks and notes on all pages of the file, in order."""
    ocr_advice: str = ""
    """What to install so that the scanned pages asked for are read (better), one or two sentences; "" when nothing is
    missing."""

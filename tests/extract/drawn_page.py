"""A PDF page that a test draws, with the blocks that extraction would make of its text."""

from __future__ import annotations

import os
import sys

sys.modules.setdefault("pymupdf.layout", None)  # type: ignore[arg-type]  # as the extraction worker does
os.environ["PYMUPDF_SUGGEST_LAYOUT_ANALYZER"] = "0"

import pymupdf  # noqa: E402

from notegen.extract.document import Block, BlockKind, Box  # noqa: E402

LOREM = (
    "A reader who meets a drawing in the middle of the text looks for its caption first and only then follows the "
    "sentence that sent them there, because the caption says what the drawing is about and the text says why. "
)
BLUE, RED, BLACK = (0.1, 0.3, 0.8), (0.8, 0.1, 0.1), (0, 0, 0)


class DrawnPage:
    """Letter-sized unless told; `blocks` fills as text is set."""

    def __init__(self, width: float = 612, height: float = 792, document: pymupdf.Document | None = None) -> None:
        self.document = pymupdf.open() if document is None else document
        self.number = self.document.new_page(width=width, height=height).number
        self.blocks: list[Block] = []

    @property
    def page(self) -> pymupdf.Page:
        """Loaded anew: adding a page to a document makes the page objects before it unusable."""
        return self.document[self.number]

    def text(self, kind: BlockKind, box: Box, words: str, size: float = 10, align: int = 0) -> Box:
        """Set words in a box (wrapped) and add them as one block; its tight bounding box."""
        before = len(self.page.get_text("words"))
        left_over = self.page.insert_textbox(box, words, fontsize=size, align=align)
        assert left_over >= 0, "the text does not fit its box"
        set_now = self.page.get_text("words")[before:]
        x0, y0, x1, y1 = zip(*(word[:4] for word in set_now), strict=True)
        tight = min(x0), min(y0), max(x1), max(y1)
        self.blocks.append(Block(kind=kind, page=self.number, bbox=tight, text=words.strip()))
        return tight

    def prose(self, x0: float, y0: float, x1: float, lines: int = 6) -> Box:
        """About so many lines of running text."""
        per_line = int((x1 - x0) / 4.9)
        return self.text("paragraph", (x0, y0, x1, y0 + 15 * (lines + 2)), (LOREM * 20)[: per_line * lines])

    def caption(self, x0: float, y0: float, x1: float, words: str, align: int = 0) -> Box:
        return self.text("caption", (x0, y0, x1, y0 + 60), words, size=9, align=align)

    def label(self, x: float, y: float, words: str) -> Box:
        return self.text("paragraph", (x, y, x + 8 + 6 * len(words), y + 14), words, size=8)

    def graph(self, x: float, y: float, width: float, height: float) -> Box:
        """Four circles joined by slanted lines; the box around all strokes."""
        corners = [(x + 8, y + 8), (x + width - 8, y + 8), (x + 8, y + height - 8), (x + width - 8, y + height - 8)]
        for corner in corners:
            self.page.draw_circle(corner, 8, color=BLACK, fill=BLUE)
        for a, b in ((0, 3), (1, 2), (0, 1), (2, 3)):
            self.page.draw_line(corners[a], corners[b], color=RED)
        return x, y, x + width, y + height

    def image(self, x: float, y: float, width: float, height: float, shade: int = 90) -> Box:
        """A raster image with a gradient, so that no two shades are the same image."""
        pixmap = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 64, 48))
        for row in range(48):
            pixmap.set_rect(pymupdf.IRect(0, row, 64, row + 1), (shade, 4 * row, 120))
        self.page.insert_image((x, y, x + width, y + height), pixmap=pixmap, keep_proportion=False)
        return x, y, x + width, y + height

    def again(self) -> pymupdf.Page:
        """The page as read back from a saved file."""
        return pymupdf.open("pdf", self.document.tobytes())[self.number]


def covers(outer: Box, inner: Box, slack: float = 0.6) -> bool:
    return (
        outer[0] <= inner[0] + slack
        and outer[1] <= inner[1] + slack
        and outer[2] >= inner[2] - slack
        and outer[3] >= inner[3] - slack
    )


def apart(a: Box, b: Box, slack: float = 1.5) -> bool:
    """Whether the boxes share no more than a sliver (a line's box is taller than its letters)."""
    return min(a[2], b[2]) - max(a[0], b[0]) <= slack or min(a[3], b[3]) - max(a[1], b[1]) <= slack

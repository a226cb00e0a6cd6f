"""One page of the book: an ordered list of things to draw, and what they cover. The only module that draws."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Any

sys.modules.setdefault("pymupdf.layout", None)  # type: ignore[arg-type]  # the layout network is not needed and slow
import pymupdf as pymupdf  # noqa: E402

Point = tuple[float, float]
Box = tuple[float, float, float, float]
Colour = tuple[float, float, float]

BLACK: Colour = (0, 0, 0)
GREY: Colour = (0.45, 0.45, 0.45)
PALE: Colour = (0.94, 0.94, 0.92)
BLUE: Colour = (0.16, 0.36, 0.60)
RUST: Colour = (0.72, 0.32, 0.16)
SKY: Colour = (0.86, 0.91, 0.97)

# The URW fonts that MuPDF carries in itself: the same glyphs on every machine.
FONTS = {
    name: pymupdf.Font(code)
    for name, code in (
        ("serif", "tiro"), ("italic", "tiit"), ("bold", "tibo"), ("bolditalic", "tibi"),
        ("mono", "cour"), ("sans", "helv"),
    )
}  # fmt: skip


def _shaped(text: str, font: str) -> str:
    """The text as its glyphs: fi and fl as ligatures, a non-breaking space as a plain one."""
    text = text.replace("\u00a0", " ")
    return text if font == "mono" else re.sub(r"f([il])", lambda match: "ﬁ" if match[1] == "i" else "ﬂ", text)


@lru_cache(maxsize=20_000)
def width(text: str, font: str, size: float) -> float:
    """How wide the text prints, in points."""
    return float(FONTS[font].text_length(_shaped(text, font), fontsize=size))


@dataclass(slots=True)
class Op:
    """One thing to draw. A text keeps its colour, so that neighbours of one colour are written together."""

    box: Box
    draw: Callable[[Any], object]
    colour: Colour | None = None


@dataclass(slots=True)
class Leaf:
    """A page before it is in the PDF. y grows downwards; a text's y is its baseline."""

    size: tuple[float, float]
    ops: list[Op] = field(default_factory=list)

    def text(self, at: Point, text: str, font: str = "serif", size: float = 9, colour: Colour = BLACK,
             align: float = 0) -> float:  # fmt: skip
        """Print one line. `align`: 0 starts at the point, 0.5 centres on it, 1 ends there. Returns where it ends."""
        wide = width(text, font, size)
        x, y = at[0] - align * wide, at[1]
        shown = _shaped(text, font)
        box = (x, y - 0.7 * size, x + wide, y + 0.22 * size)
        self.ops.append(Op(box, lambda writer: writer.append((x, y), shown, font=FONTS[font], fontsize=size), colour))
        return x + wide

    def line(self, *points: Point, thick: float = 0.6, colour: Colour = BLACK, dashed: bool = False) -> None:
        """A polyline."""
        dashes = "[2.5 2] 0" if dashed else None
        self._shape(points, thick, lambda shape: (
            shape.draw_polyline(points), shape.finish(color=colour, width=thick, dashes=dashes, closePath=False)
        ))  # fmt: skip

    def arrow(self, start: Point, end: Point, thick: float = 0.8, colour: Colour = BLACK) -> None:
        """A line with a filled head at its end."""
        dx, dy = end[0] - start[0], end[1] - start[1]
        length = (dx * dx + dy * dy) ** 0.5
        ux, uy = dx / length, dy / length
        head = 4 + thick
        neck = (end[0] - head * ux, end[1] - head * uy)
        self.line(start, neck, thick=thick, colour=colour)
        wing = 0.42 * head
        corners = [end, (neck[0] - wing * uy, neck[1] + wing * ux), (neck[0] + wing * uy, neck[1] - wing * ux)]
        self._shape(corners, 0, lambda shape: (
            shape.draw_polyline(corners), shape.finish(color=None, fill=colour, width=0, closePath=True)
        ))  # fmt: skip

    def rect(self, box: Box, fill: Colour | None = None, stroke: Colour | None = BLACK, thick: float = 0.7) -> None:
        """A rectangle."""
        self._shape([box[:2], box[2:]], thick, lambda shape: (
            shape.draw_rect(pymupdf.Rect(box)), shape.finish(color=stroke, fill=fill, width=thick)
        ))  # fmt: skip

    def disc(self, centre: Point, radius: float, fill: Colour) -> None:
        """A filled circle."""
        x, y = centre
        self._shape([(x - radius, y - radius), (x + radius, y + radius)], 0, lambda shape: (
            shape.draw_circle(centre, radius), shape.finish(color=None, fill=fill, width=0)
        ))  # fmt: skip

    def image(self, box: Box, wide_px: int, high_px: int, rgb: bytes) -> None:
        """A raster image, three bytes a pixel."""
        pixels = pymupdf.Pixmap(pymupdf.csRGB, wide_px, high_px, rgb, False)
        self.ops.append(Op(box, lambda page: page.insert_image(box, pixmap=pixels, keep_proportion=False)))

    def covered(self, first: int) -> Box:
        """What the ops from number `first` on cover."""
        boxes = [op.box for op in self.ops[first:]]
        return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))

    def print_on(self, page: Any) -> None:
        """Draw everything in its order on a pymupdf page."""
        for colour, ops in groupby(self.ops, key=lambda op: op.colour):
            if colour is None:
                for op in ops:
                    op.draw(page)
            else:
                writer = pymupdf.TextWriter(page.rect, color=colour)
                for op in ops:
                    op.draw(writer)
                writer.write_text(page)

    def _shape(self, points: Iterable[Point], thick: float, draw: Callable[[Any], object]) -> None:
        def on_page(page: Any) -> None:
            shape = page.new_shape()
            draw(shape)
            shape.commit()

        xs, ys = zip(*points, strict=True)
        half = thick / 2
        self.ops.append(Op((min(xs) - half, min(ys) - half, max(xs) + half, max(ys) + half), on_page))

"""Crops of a page as PNG."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pymupdf

from notegen.extract.document import Box
from notegen.extract.pictures.boxes import area, common, share_inside
from notegen.extract.pictures.png import as_png

DPI = 180
MAX_PX = 25_000_000
"""More pixels than this are never rendered at once, whatever size a page claims to have."""


def render(page: pymupdf.Page, box: Box, around: Sequence[Box] = ()) -> tuple[bytes, int, int]:
    """(PNG, width in px, height in px) of a part of the page; the same bytes for the same page and box.

    around: lines of text that do not belong to it; those that reach over its edge are painted over.
    """
    scale = DPI / 72
    pixels = (box[2] - box[0]) * (box[3] - box[1]) * scale * scale
    if pixels > MAX_PX:
        scale *= math.sqrt(MAX_PX / pixels) * 0.99
    pixmap = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), clip=pymupdf.Rect(box), alpha=False)
    for line in around:
        part = common(line, box)
        if area(part) and share_inside(line, box) < 0.95:
            _paint_over(pixmap, pymupdf.Rect(part) * scale)
    return as_png(pixmap), pixmap.width, pixmap.height


def _paint_over(pixmap: pymupdf.Pixmap, rect: pymupdf.Rect) -> None:
    """In the colour that the rectangle has in its corner, between the letters and the line above."""
    spot = rect.irect & pixmap.irect
    if spot.is_empty:
        return
    samples, left = pixmap.samples_mv, (spot.x0 - pixmap.x) * pixmap.n
    fill = bytes(pixmap.pixel(spot.x0 - pixmap.x, spot.y0 - pixmap.y)) * spot.width
    for y in range(spot.y0 - pixmap.y, spot.y1 - pixmap.y):
        start = y * pixmap.stride + left
        samples[start : start + len(fill)] = fill

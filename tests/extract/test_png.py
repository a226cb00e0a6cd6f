"""Pixels written as PNG are read back as they were."""

from __future__ import annotations

import pymupdf

from notegen.extract.pictures.png import as_png


def drawn(colour: tuple[float, float, float]) -> pymupdf.Pixmap:
    page = pymupdf.open().new_page(width=61, height=37)
    page.draw_circle((30, 18), 12, color=colour, fill=colour)
    return page.get_pixmap(alpha=False)


def test_colours_come_back_pixel_by_pixel():
    pixmap = drawn((1, 0.2, 0))
    back = pymupdf.Pixmap(as_png(pixmap))
    assert (back.width, back.height, back.n) == (61, 37, 3)
    assert back.samples == pixmap.samples


def test_what_has_no_colour_is_written_in_grey():
    pixmap = drawn((0.4, 0.4, 0.4))
    back = pymupdf.Pixmap(as_png(pixmap))
    assert back.n == 1
    assert back.samples == pixmap.samples[::3]

"""Signs of bitmap fonts (Type 3, PDF 32000-1, 9.6.5) that claim a size which nobody could read and says nothing of what
they paint. MuPDF leaves many of them out of its text, and the others mean nothing there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pymupdf

from notegen.extract.text.line import Line

SMALLEST_PT = 2.0
"""Font size of the smallest text that is there to be read."""
_UNSEEN = 3
"""The text rendering mode that paints nothing."""
_BESIDE = 2.0
"""How far from a line such a glyph may stand to belong to it, in font sizes; it is as wide as a letter or two."""
_ABOVE = 0.3
"""How far above or below it, in font sizes: bitmaps hang from their own corner."""


def with_doubts(lines: Sequence[Line], page: pymupdf.Page) -> list[Line]:
    """The lines, with the spans `doubtful` beside which such a sign stands: what it shows is missing from them."""
    out = list(lines)
    for x, y in _signs(page):
        near = [(_distance(line, x), i) for i, line in enumerate(out) if _is_level(line, y)]
        far, i = min(near, default=(0.0, -1))
        if i >= 0 and far <= _BESIDE * out[i].size:
            spans = out[i].spans
            nearest = min(spans, key=lambda span: max(span.x0 - x, x - span.x1))
            out[i] = Line(tuple(replace(span, doubtful=True) if span is nearest else span for span in spans))
    return out


def _signs(page: pymupdf.Page) -> set[tuple[float, float]]:
    """Where they stand on the page as it is displayed."""
    if not any(kind == "Type3" for _, _, kind, *_ in page.get_fonts()):
        return set()
    tiny = [span for span in page.get_texttrace() if span["size"] < SMALLEST_PT and span["type"] != _UNSEEN]
    matrix = page.rotation_matrix
    return {tuple(pymupdf.Point(char[2]) * matrix) for span in tiny for char in span["chars"] if char[0] != ord(" ")}


def _is_level(line: Line, y: float) -> bool:
    return line.top - _ABOVE * line.size <= y <= line.bottom + _ABOVE * line.size


def _distance(line: Line, x: float) -> float:
    return max(0.0, line.x0 - x, x - line.x1)

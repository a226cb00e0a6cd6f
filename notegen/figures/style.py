"""How every figure looks: one paper, few colours that the colour-blind can tell apart, one scale of type sizes.

Only matplotlib's object-oriented side is used: no pyplot, no rcParams, so that drawing leaves nothing behind.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from notegen.figures.figure import ImageFormat

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

WIDTH_PX = 700
"""Of a figure in a note: Obsidian's readable line."""
_PX_PER_INCH = 100
PX_PER_PT = _PX_PER_INCH / 72
_COLORS = 128
_DPI = 200
"""Two dots a pixel, for sharp screens."""

PAPER, INK, FAINT, LINE = "#FCFBF8", "#22262B", "#6B7178", "#D9D6CE"
BLUE, ORANGE, TEAL = "#2A63A6", "#C2570C", "#1B7F79"
"""Apart in lightness too, so that they stay apart for every kind of colour vision and on grey paper."""
LARGE, NORMAL, SMALL = 11.0, 9.0, 7.6
"""Type sizes in points; at 100 px an inch 9 pt is 12.5 px."""


def canvas(height_px: float) -> Canvas:
    """An empty sheet of paper, 700 px wide, on the Agg renderer."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Canvas

    sheet = Canvas(figsize=(WIDTH_PX / _PX_PER_INCH, height_px / _PX_PER_INCH), dpi=_DPI, facecolor=PAPER)
    FigureCanvasAgg(sheet)
    return sheet


def panel(sheet: Canvas, left: float, top: float, width: float, height: float) -> Axes:
    """Axes without frame or ticks on a sheet, in pixels from its upper left corner; y grows downwards, as in text."""
    total = sheet.get_figheight() * _PX_PER_INCH
    axes = sheet.add_axes((left / WIDTH_PX, 1 - (top + height) / total, width / WIDTH_PX, height / total))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    return axes


def image_of(sheet: Canvas, image_format: ImageFormat) -> bytes:
    """The finished image. Equal sheets give equal bytes: no dates, no random ids, no version."""
    if image_format == "png":
        return _png(sheet)
    out = io.BytesIO()
    from matplotlib import rc_context

    with rc_context({"svg.hashsalt": "notegen", "svg.fonttype": "path"}):
        sheet.savefig(out, format="svg", facecolor=PAPER, metadata={"Date": None, "Creator": None})
    return out.getvalue()


def _png(sheet: Canvas) -> bytes:
    """With a palette: the few colours of a figure, and of the soft edges of its letters, need no more."""
    from PIL import Image

    sheet.canvas.draw()
    pixels = Image.fromarray(np.asarray(sheet.canvas.buffer_rgba())[:, :, :3])  # type: ignore[attr-defined]  # Agg's
    out = io.BytesIO()
    pixels.quantize(_COLORS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "png")
    return out.getvalue()

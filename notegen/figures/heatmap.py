"""A square of shares with its numbers: row looks at column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from notegen.figures.heads import SPECIAL
from notegen.figures.lettering import fitted, font_for, stamp, width_px, write_text
from notegen.figures.style import BLUE, FAINT, INK, LARGE, NORMAL, ORANGE, PAPER, SMALL, WIDTH_PX, panel

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

_TITLE_PX, _COLUMN_LABELS_PX, _ROW_LABELS_PX, _EDGE_PX = 34, 96, 118, 20
_LABEL_PX = 112
"""Of the longest label: beside its row it ends before the edge, and aslant above its column below the title."""
_GAP = 0.06
"""Between cells, as a share of a cell."""
_FULL = 1 - _GAP
_DARK_FROM = 40
"""Hundredths from which a cell is so dark that its number is written in the colour of the paper."""


def draw_heatmap(
    sheet: Canvas, words: Sequence[str], steps: np.ndarray, *, top: float, height: float, focus: int, title: str
) -> None:
    """Draw hundredths (n, n) on `height` pixels of the sheet from `top` down; the row of word `focus` is marked."""
    from matplotlib.collections import PolyCollection
    from matplotlib.patches import Rectangle

    axes = panel(sheet, 0, top, WIDTH_PX, height)
    write_text(
        axes, _EDGE_PX, _TITLE_PX - 8, title, fontproperties=font_for(title), fontsize=LARGE, color=INK, va="baseline"
    )
    count = len(words)
    left, upper = _EDGE_PX + _ROW_LABELS_PX, _TITLE_PX + _COLUMN_LABELS_PX
    side = min((WIDTH_PX - left - _EDGE_PX) / count, (height - upper - _EDGE_PX / 2) / count * 1.6)
    tall = (height - upper - _EDGE_PX / 2) / count
    cells, shades, places = [], [], defaultdict(list)
    for row, column in np.ndindex(count, count):
        share = int(steps[row, column])
        x, y = left + (column + _GAP / 2) * side, upper + (row + _GAP / 2) * tall
        cells.append([(x, y), (x + side * _FULL, y), (x + side * _FULL, y + tall * _FULL), (x, y + tall * _FULL)])
        shades.append(_shade(share))
        if share:
            middle = (left + (column + 0.5) * side, upper + (row + 0.5) * tall)
            places[_short(share), PAPER if share >= _DARK_FROM else INK].append(middle)
    axes.add_collection(PolyCollection(cells, facecolors=shades, edgecolors="none"))
    for (text, color), middles in places.items():
        stamp(axes, text, SMALL, middles, color)
    labels = [fitted(word, NORMAL, _LABEL_PX) for word in words]
    angle = 45 if max(width_px(label, NORMAL) for label in labels) > side - 4 else 0
    for index, (word, label) in enumerate(zip(words, labels, strict=True)):
        style: dict[str, Any] = {"fontproperties": font_for(label), "fontsize": NORMAL}
        plain = FAINT if word in SPECIAL else INK
        color = ORANGE if index == focus else plain
        write_text(axes, left - 8, upper + (index + 0.5) * tall, label, color=color, ha="right", va="center", **style)
        x = left + (index + 0.5) * side
        write_text(axes, x, upper - 6, label, color=plain, ha="left" if angle else "center", va="bottom",
                   rotation=angle, rotation_mode="anchor", **style)  # fmt: skip
    axes.add_patch(
        Rectangle((left, upper + focus * tall), count * side, tall, facecolor="none", edgecolor=ORANGE, linewidth=1.4)
    )


def _short(share: int) -> str:
    """ ".07", "1": the leading nought says nothing in a cell."""
    return "1" if share == 100 else f".{share:02}"


def _shade(share: int) -> tuple[float, float, float]:
    """From the paper to blue; a square root, so that small shares can be told from none."""
    from matplotlib.colors import to_rgb

    mix = (share / 100) ** 0.5
    paper, blue = np.array(to_rgb("#EFEDE6")), np.array(to_rgb(BLUE))
    red, green, blue_part = paper + (blue - paper) * mix
    return float(red), float(green), float(blue_part)

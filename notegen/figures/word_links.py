"""Where one word looks: lines to the words of its sentence, as thick as their shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from notegen.figures.lettering import drawable, fitted, font_for, width_px, write_text
from notegen.figures.style import BLUE, FAINT, INK, LARGE, NORMAL, ORANGE, WIDTH_PX, panel

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

_TITLE_PX, _ROW_PX, _EDGE_PX = 34, 22, 20
_MAX_LINE_PT = 7.0
_WIDE, _NARROW = (0.26, 0.58), (0.32, 0.48)
"""From where to where its lines go, as shares of a panel's width; the words on both sides have the rest."""
_NUMBER_PX = 36


def links_height_px(count: int) -> float:
    """What `draw_links` needs for so many words."""
    return _TITLE_PX + _ROW_PX * count + _EDGE_PX / 2


def draw_links(
    sheet: Canvas, word: str, targets: Sequence[str], shares: Sequence[int], *, top: float, height: float, title: str,
    left: float = 0, width: float = WIDTH_PX,
) -> None:  # fmt: skip
    """Draw the word on the left, its targets on the right with their hundredths, each line as thick as its share."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    axes = panel(sheet, left, top, width, height)
    heading = drawable(title, 60)
    write_text(
        axes,
        _EDGE_PX,
        _TITLE_PX - 8,
        heading,
        fontproperties=font_for(heading),
        fontsize=LARGE,
        color=INK,
        va="baseline",
    )
    middle = _TITLE_PX + _ROW_PX * len(targets) / 2
    start, end = (width * share for share in (_WIDE if width == WIDTH_PX else _NARROW))
    room = start - 8 - 4
    size = LARGE if width_px(drawable(word), LARGE) <= room else NORMAL
    name = fitted(word, size, room)
    write_text(
        axes,
        start - 8,
        middle,
        name,
        fontproperties=font_for(name),
        fontsize=size,
        color=ORANGE,
        ha="right",
        va="center",
    )
    for index, (target, share) in enumerate(zip(targets, shares, strict=True)):
        y = _TITLE_PX + _ROW_PX * (index + 0.5)
        label = fitted(target, NORMAL, width - _EDGE_PX - _NUMBER_PX - (end + 8))
        is_strong = share == max(shares)
        color = INK if is_strong else FAINT
        if share:
            turn = (start + end) / 2
            curve = Path([(start, middle), (turn, middle), (turn, y), (end, y)], [1, 4, 4, 4])
            thick = max(0.4, _MAX_LINE_PT * share / 100)
            axes.add_patch(
                PathPatch(curve, facecolor="none", edgecolor=BLUE, linewidth=thick, alpha=0.35 + 0.5 * share / 100)
            )
        font = font_for(label)
        write_text(axes, end + 8, y, label, fontproperties=font, fontsize=NORMAL, color=color, ha="left", va="center")
        write_text(axes, width - _EDGE_PX, y, f"{share / 100:.2f}", fontsize=NORMAL, color=color,
                  ha="right", va="center")  # fmt: skip

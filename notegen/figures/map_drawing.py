"""Points with labels on a plane, those of today in front."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from notegen.figures.figure import ImageFormat
from notegen.figures.label_places import Box, place_labels
from notegen.figures.lettering import drawable, font_for, write_text
from notegen.figures.style import BLUE, FAINT, INK, LINE, NORMAL, ORANGE, SMALL, TEAL, WIDTH_PX, canvas, image_of, panel

_HEIGHT_PX, _EDGE_PX, _LEGEND_PX = 460, 20, 40
_SMALL_HEIGHT_PX, _MANY = 280, 7
"""A map of fewer points is lower."""
_INSET_PX = 60
"""Between the outermost points and the edge: room for their labels."""
_MARKS = {"today": ("o", ORANGE, 52), "note": ("s", BLUE, 26), "section": ("^", TEAL, 30)}
"""Kind → (marker, colour, area in square points): told apart by form as well as by colour."""


def draw_map(
    texts: Sequence[str],
    kinds: Sequence[str],
    points: np.ndarray,
    joined: Sequence[tuple[int, int]],
    image_format: ImageFormat,
    words: Mapping[str, str],
) -> bytes:
    """The image. points: (n, 2) of any scale. joined: pairs with a line between. words: kind → its name.

    Without words there is no legend.
    """
    legend = _LEGEND_PX if words else 0
    height = _HEIGHT_PX if len(texts) >= _MANY else _SMALL_HEIGHT_PX
    sheet = canvas(height + legend)
    axes = panel(sheet, 0, 0, WIDTH_PX, height + legend)
    frame = (_EDGE_PX, _EDGE_PX, WIDTH_PX - _EDGE_PX, height - _EDGE_PX)
    places = _scaled(points, (_INSET_PX + 30, _INSET_PX, WIDTH_PX - _INSET_PX - 30, height - _INSET_PX))
    for first, second in joined:
        axes.plot(*zip(places[first], places[second], strict=True), color=LINE, linewidth=1.4, zorder=1)
    for kind, (marker, color, area) in _MARKS.items():
        own = [place for place, each in zip(places, kinds, strict=True) if each == kind]
        if own:
            axes.scatter(
                [x for x, _ in own], [y for _, y in own], s=area, marker=marker, color=color, linewidths=0, zorder=3
            )
    labels = [drawable(text) for text in texts]
    is_today = [kind == "today" for kind in kinds]
    drawn = [
        write_text(axes, 0, 0, label, fontproperties=font_for(label), fontsize=NORMAL if today else SMALL,
                  color=INK if today else FAINT, ha="center", va="center", zorder=4)
        for label, today in zip(labels, is_today, strict=True)
    ]  # fmt: skip
    renderer = sheet.canvas.get_renderer()  # type: ignore[attr-defined]  # Agg's canvas has one
    scale = sheet.dpi / 100
    sizes = [(box.width / scale, box.height / scale) for box in (each.get_window_extent(renderer) for each in drawn)]
    order = sorted(range(len(texts)), key=lambda index: (not is_today[index], index))
    for text, box, place in zip(drawn, place_labels(places, sizes, frame, order), places, strict=True):
        if box is None:
            text.remove()
            continue
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        text.set_position(middle)
        edge = (min(max(place[0], box[0]), box[2]), min(max(place[1], box[1]), box[3]))
        if np.hypot(place[0] - edge[0], place[1] - edge[1]) > 15:
            axes.plot([place[0], edge[0]], [place[1], edge[1]], color=FAINT, linewidth=0.5, zorder=2)
    left = float(_EDGE_PX)
    for kind in (each for each in _MARKS if each in kinds and words):
        marker, color, area = _MARKS[kind]
        y = height + legend / 2 - 6
        axes.scatter([left + 6], [y], s=area, marker=marker, color=color, linewidths=0)
        name = write_text(
            axes, left + 18, y, words[kind], fontproperties=font_for("a"), fontsize=SMALL, color=FAINT, va="center"
        )
        left += 46 + name.get_window_extent(renderer).width / scale
    return image_of(sheet, image_format)


def _scaled(points: np.ndarray, frame: Box) -> list[tuple[float, float]]:
    """Points on the frame's pixels, the same scale across and down: distances are what the map is about."""
    low, high = points.min(axis=0), points.max(axis=0)
    span = np.maximum(high - low, 1e-9)
    scale = min((frame[2] - frame[0]) / span[0], (frame[3] - frame[1]) / span[1])
    middle = (low + high) / 2
    centre = ((frame[0] + frame[2]) / 2, (frame[1] + frame[3]) / 2)
    return [(float(centre[0] + (x - middle[0]) * scale), float(centre[1] - (y - middle[1]) * scale)) for x, y in points]

"""Labels beside their points that cover neither each other nor a point."""

from __future__ import annotations

import math
from collections.abc import Sequence

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""

_REACHES_PX = (9.0, 16.0, 26.0, 40.0, 58.0, 80.0, 110.0, 150.0)
_ANGLES = tuple(math.radians(each) for each in (0, 180, 90, 270, 30, 150, 210, 330, 60, 120, 240, 300))
_MARGIN_PX = 2.5


def place_labels(
    points: Sequence[tuple[float, float]], sizes: Sequence[tuple[float, float]], frame: Box, order: Sequence[int]
) -> list[Box | None]:
    """A box for each label inside the frame, as near to its point as there is room; None where there is none at all.

    points, sizes: of the points and of their labels (width, height). order: which label chooses first.
    """
    taken: list[Box] = [(x - 6, y - 6, x + 6, y + 6) for x, y in points]
    boxes: list[Box | None] = [None] * len(points)
    for index in order:
        own = taken[index]
        for box in _candidates(points[index], sizes[index]):
            if _is_inside(box, frame) and not any(_overlap(box, each) for each in taken if each is not own):
                boxes[index] = box
                taken.append(box)
                break
    return boxes


def _candidates(point: tuple[float, float], size: tuple[float, float]) -> list[Box]:
    x, y = point
    width, height = size
    found = []
    for reach in _REACHES_PX:
        for angle in _ANGLES:
            across, down = math.cos(angle), math.sin(angle)
            middle_x = x + across * (reach + width / 2)
            middle_y = y + down * (reach + height / 2)
            found.append((middle_x - width / 2, middle_y - height / 2, middle_x + width / 2, middle_y + height / 2))
    return found


def _is_inside(box: Box, frame: Box) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]


def _overlap(one: Box, other: Box) -> bool:
    margin = _MARGIN_PX
    return (
        one[0] < other[2] + margin
        and other[0] < one[2] + margin
        and one[1] < other[3] + margin
        and other[1] < one[3] + margin
    )

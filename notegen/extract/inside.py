"""What stands in what on a page. Boxes are in points from its top left corner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pymupdf

from notegen.extract.document import Block, Box, Table
from notegen.extract.text.line import Line

_LONGEST_LABEL = 3
"""Words."""
_BESIDE = 16.0
"""Points."""


def displayed(box: Box, matrix: pymupdf.Matrix) -> Box:
    x0, y0, x1, y1 = pymupdf.Rect(box) * matrix
    return (round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1))


def covers(box: Box, blocks: Sequence[Block], tables: Sequence[Table]) -> bool:
    """Whether something that was read in a frame of its own stands in the box."""
    return any(is_inside(inner, [box]) for inner in (*(b.bbox for b in blocks), *(t.bbox for t in tables)))


def is_inside(box: Box, others: Iterable[Box]) -> bool:
    """Whether the middle of the box is in one of the others."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(b[0] <= x <= b[2] and b[1] <= y <= b[3] for b in others)


def is_in(line: Line, boxes: Iterable[Box]) -> bool:
    x, y = (line.x0 + line.x1) / 2, (line.top + line.bottom) / 2
    return any(box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1 for box in boxes)


def is_label(block: Block, pictures: Iterable[Box]) -> bool:
    """Whether the block is a word or two right beside a picture: a label of its axes."""
    if (
        block.kind not in ("paragraph", "code")
        or len(block.text.split()) > _LONGEST_LABEL
        or block.text.endswith((".", ":"))
    ):
        return False
    x0, y0, x1, y1 = block.bbox
    return any(
        x0 < box[2] + _BESIDE and x1 > box[0] - _BESIDE and y0 < box[3] + _BESIDE and y1 > box[1] - _BESIDE
        for box in pictures
    )

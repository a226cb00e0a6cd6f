"""Pages that are read from right to left are laid out in a mirror, where all that holds for left to right holds too."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from notegen.extract.document import Box
from notegen.extract.text.leftward import has_leftward
from notegen.extract.text.line import Line


def is_right_to_left(lines: Sequence[Line]) -> bool:
    """Whether most letters of the page are Hebrew, Arabic or of another script that runs to the left."""
    text = "".join(line.text for line in lines)
    if not has_leftward(text):
        return False
    kinds = [unicodedata.bidirectional(char) for char in text if char.isalpha()]
    return sum(kind in ("R", "AL") for kind in kinds) * 2 > len(kinds)


def mirrored(lines: Sequence[Line], width: float) -> list[Line]:
    """The lines as a mirror shows the page: what is read first is on the left. width: of the page, points."""
    return [Line(tuple(replace(span, x0=width - span.x1, x1=width - span.x0) for span in line.spans)) for line in lines]


def mirrored_box(box: Box, width: float) -> Box:
    return (round(width - box[2], 1), box[1], round(width - box[0], 1), box[3])

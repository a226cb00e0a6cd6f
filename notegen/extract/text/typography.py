"""The document's usual type: what a page's lines are compared with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from notegen.extract.text.line import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Typography:
    body_size: float = 10.0
    """Font size of most characters, points."""
    leading: float = 1.2
    """Distance of the baselines of most lines, in font sizes."""
    mono_body: bool = False
    """The body itself is set in a monospaced font, so that such a font says nothing."""


def typography(pages: Iterable[Sequence[Line]]) -> Typography:
    """The usual type of these pages' lines (in the order of the content)."""
    sizes: Counter[float] = Counter()
    mono: Counter[bool] = Counter()
    pitches: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
            mono[line.mono] += len(line.text)
        for line, following in pairwise(lines):
            pitch = (following.baseline - line.baseline) / line.size
            below = min(line.x1, following.x1) > max(line.x0, following.x0)
            if below and 0.9 < pitch < 2.5 and abs(following.size - line.size) < 0.6:
                pitches[round(pitch * 20) / 20] += 1
    if not sizes:
        return Typography()
    return Typography(
        body_size=sizes.most_common(1)[0][0],
        leading=pitches.most_common(1)[0][0] if pitches else 1.2,
        mono_body=mono[True] > 2 * mono[False],
    )

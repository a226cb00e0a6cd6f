"""Scores to weights: what softmax does, on numbers of one's own."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from notegen.errors import UsageError
from notegen.figures.figure import Figure, ImageFormat, NumberTable
from notegen.figures.lettering import font_for, write_text
from notegen.figures.rounding import as_text, decimals_for, rounded_shares
from notegen.figures.style import BLUE, FAINT, INK, LARGE, NORMAL, ORANGE, WIDTH_PX, canvas, image_of, panel

MAX_SCORES = 24
_TITLE_PX, _ROW_PX, _EDGE_PX = 58, 28, 20


def softmax(scores: Sequence[float]) -> NDArray[np.float64]:
    """Weights that are positive and 1 in all. The largest score is taken off first, so that no power overflows."""
    powers: NDArray[np.float64] = np.exp(np.asarray(scores, np.float64) - max(scores))
    powers /= powers.sum()
    return powers


def softmax_figure(scores: Sequence[float], image_format: ImageFormat = "png") -> Figure:
    """Bars of scores and of their weights. Raises UsageError for none, too many, or one that is no finite number."""
    if not scores:
        raise UsageError("There are no scores.", "For example: notegen figure softmax 1.2 2.1 3.0")
    if len(scores) > MAX_SCORES:
        raise UsageError(f"There are {len(scores)} scores.", f"Give {MAX_SCORES} at most.")
    if not all(math.isfinite(score) for score in scores):
        raise UsageError("A score is not a finite number.", "For example: notegen figure softmax 1.2 2.1 3.0")
    weights = softmax(scores)
    decimals = decimals_for(weights)
    shown = [as_text(int(each), decimals) for each in rounded_shares(weights, decimals)]
    top = int(np.argmax(weights))
    rows = [
        (str(number), f"{score:g}", share) for number, (score, share) in enumerate(zip(scores, shown, strict=True), 1)
    ]
    total = as_text(10**decimals, decimals)
    return Figure(
        image=_image(scores, weights, shown, image_format),
        format=image_format,
        alt=f"Softmax of {len(scores)} scores: the largest, {scores[top]:g}, gets {shown[top]} of the weight",
        caption="Softmax, computed: each weight is e to the power of its score, divided by the sum of all such powers. "
        f"The weights are positive and {total} in all.",
        tables=(NumberTable(title="The numbers", rows=(("#", "score", "weight"), *rows, ("sum", "", total))),),
        numbers={"scores": list(scores), "weights": [float(each) for each in weights]},
    )


def _image(scores: Sequence[float], weights: np.ndarray, shown: Sequence[str], image_format: ImageFormat) -> bytes:
    from matplotlib.patches import Rectangle

    height = _TITLE_PX + _ROW_PX * len(scores) + _EDGE_PX
    sheet = canvas(height)
    axes = panel(sheet, 0, 0, WIDTH_PX, height)
    font = font_for("a")
    columns = ((_EDGE_PX, "score", ORANGE), (WIDTH_PX / 2 + _EDGE_PX, "weight", BLUE))
    room = WIDTH_PX / 2 - 120
    largest = max(abs(score) for score in scores) or 1.0
    for left, title, color in columns:
        write_text(axes, left, 30, title, fontproperties=font, fontsize=LARGE, color=color)
    for index, (score, weight, text) in enumerate(zip(scores, weights, shown, strict=True)):
        y = _TITLE_PX + _ROW_PX * (index + 0.5)
        for (left, _, color), share, label in zip(
            columns, (abs(score) / largest, float(weight)), (f"{score:g}", text), strict=True
        ):
            hollow = score < 0 and color == ORANGE
            axes.add_patch(Rectangle((left, y - 8), max(1.0, room * share), 16, facecolor="none" if hollow else color,
                                     edgecolor=color, linewidth=1.0))  # fmt: skip
            write_text(
                axes, left + room * share + 8, y, label, fontproperties=font, fontsize=NORMAL, color=INK, va="center"
            )
    middle = _TITLE_PX + _ROW_PX * len(scores) / 2
    write_text(
        axes, WIDTH_PX / 2, middle, "→", fontproperties=font, fontsize=LARGE, color=FAINT, ha="center", va="center"
    )
    return image_of(sheet, image_format)

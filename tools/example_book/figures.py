"""The book's figures, drawn from the numbers in computed.py. Each fills the box at (x, y), as wide as the text."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from .computed import SCORES, SOURCE, TOKENS, WORDS, angle_between, cosine, position, self_attention, softmax
from .leaf import BLACK, BLUE, GREY, PALE, RUST, SKY, Leaf


def embedding_map(leaf: Leaf, x: float, y: float) -> None:
    """The toy words on a plane: how much of a city, and how Italian rather than French."""
    left, top, side, high = x + 60, y + 4, 250.0, 138.0

    def place(vector: Sequence[float]) -> tuple[float, float]:
        return left + 22 + vector[0] * 230, top + high / 2 - (vector[2] - vector[1]) * 72

    leaf.rect((left, top, left + side, top + high), fill=None, stroke=GREY, thick=0.5)
    leaf.line((left, top + high / 2), (left + side, top + high / 2), thick=0.4, colour=GREY, dashed=True)
    for start, end in (("france", "paris"), ("italy", "rome")):
        (x0, y0), (x1, y1) = place(WORDS[start]), place(WORDS[end])
        leaf.arrow((x0 + 6, y0), (x1 - 6, y1), colour=RUST)
    for word, vector in WORDS.items():
        px, py = place(vector)
        leaf.disc((px, py), 3, BLUE)
        below = word in ("france", "paris", "dog")
        leaf.text((px, py + (13 if below else -7)), word, "sans", 8, align=0.5)
    leaf.text((left + side / 2, top + high + 12), "city", "sans", 8, GREY, align=0.5)
    leaf.text((left - 6, top + 10), "Italian", "sans", 8, GREY, align=1)
    leaf.text((left - 6, top + high - 5), "French", "sans", 8, GREY, align=1)


def angle(leaf: Leaf, x: float, y: float) -> None:
    """Three arrows from one point, each at its true angle with the first: a small one, a large one."""
    origin = (x + 120, y + 108)
    first, second, third = (8 + math.degrees(angle_between("cat", word)) for word in ("cat", "dog", "paris"))
    for degrees, length, name in ((first, 170, "cat"), (second, 128, "dog"), (third, 98, "paris")):
        turn = math.radians(degrees)
        tip = (origin[0] + length * math.cos(turn), origin[1] - length * math.sin(turn))
        leaf.arrow(origin, tip, colour=BLUE, thick=1)
        leaf.text((tip[0] + 5, tip[1] + 2), name, "sans", 8)
    for radius, last, name in ((90, second, "small"), (44, third, "large")):
        turns = [math.radians(first + (last - first) * step / 12) for step in range(13)]
        arc = [(origin[0] + radius * math.cos(t), origin[1] - radius * math.sin(t)) for t in turns]
        leaf.line(*arc, thick=0.7, colour=RUST)
        middle = math.radians((first + last) / 2)
        spot = (origin[0] + (radius + 5) * math.cos(middle), origin[1] - (radius + 5) * math.sin(middle) + 3)
        leaf.text(spot, name, "sans", 7, RUST)


def _shade(value: float) -> tuple[int, int, int]:
    """White for 0, deep blue for 1."""
    value = min(max(value, 0.0), 1.0)
    return tuple(round(255 + (deep - 255) * value) for deep in (24, 72, 130))  # type: ignore[return-value]


def _pixels(rows: Sequence[Sequence[float]], cell: int) -> tuple[int, int, bytes]:
    """The rows as an image, each value a square of cell × cell pixels."""
    lines = [b"".join(bytes(_shade(value)) * cell for value in row) * cell for row in rows]
    return len(rows[0]) * cell, len(rows) * cell, b"".join(lines)


def _heatmap(leaf: Leaf, box: tuple[float, float, float, float], rows: Sequence[Sequence[float]],
             names: Sequence[str], *, name_rows: bool = True) -> None:  # fmt: skip
    """A raster heatmap with the names of its rows on the left and of its columns above."""
    x0, y0, x1, y1 = box
    leaf.image(box, *_pixels(rows, 40))
    leaf.rect(box, stroke=GREY, thick=0.5)
    wide, high = (x1 - x0) / len(names), (y1 - y0) / len(names)
    for k, name in enumerate(names):
        leaf.text((x0 + (k + 0.5) * wide, y0 - 5), name, "sans", 7, align=0.5)
        if name_rows:
            leaf.text((x0 - 5, y0 + (k + 0.5) * high + 2.5), name, "sans", 7, align=1)
        for j, value in enumerate(rows[k]):
            ink = (1.0, 1.0, 1.0) if value > 0.55 else BLACK
            leaf.text((x0 + (j + 0.5) * wide, y0 + (k + 0.5) * high + 2.5), f"{value:.2f}", "sans", 7, ink, align=0.5)


def cosines(leaf: Leaf, x: float, y: float) -> None:
    """The cosine of every toy word with every other."""
    rows = [[cosine(a, b) for b in WORDS.values()] for a in WORDS.values()]
    _heatmap(leaf, (x + 98, y + 14, x + 290, y + 170), rows, list(WORDS))


def encoder_decoder(leaf: Leaf, x: float, y: float) -> None:
    """Three boxes that read, one vector, three boxes that write."""

    def step(left: float, name: str, word: str, *, reads: bool) -> None:
        leaf.rect((left, y + 40, left + 44, y + 64), fill=SKY, stroke=BLUE)
        leaf.text((left + 21, y + 55), name[0], "italic", 10, align=0.5)
        leaf.text((left + 23.5, y + 57), name[1], "serif", 6.5)
        if reads:
            leaf.arrow((left + 22, y + 92), (left + 22, y + 65))
            leaf.text((left + 22, y + 103), word, "sans", 8, align=0.5)
        else:
            leaf.arrow((left + 22, y + 39), (left + 22, y + 14))
            leaf.text((left + 22, y + 8), word, "sans", 8, align=0.5)

    for k, word in enumerate(SOURCE):
        step(x + 2 + k * 56, f"h{k + 1}", word, reads=True)
        leaf.arrow((x + 46 + k * 56, y + 52), (x + 57 + k * 56, y + 52))
    leaf.rect((x + 171, y + 34, x + 199, y + 70), fill=(0.97, 0.88, 0.82), stroke=RUST, thick=1)
    leaf.text((x + 185, y + 55), "c", "bolditalic", 10, align=0.5)
    leaf.text((x + 185, y + 82), "context", "sans", 7, RUST, align=0.5)
    for k, word in enumerate(SCORES):
        leaf.arrow((x + (199 if k == 0 else 200) + k * 56, y + 52), (x + 211 + k * 56, y + 52))
        step(x + 212 + k * 56, f"s{k + 1}", word, reads=False)
    leaf.text((x + 80, y + 28), "encoder", "sans", 8, GREY, align=0.5)
    leaf.text((x + 290, y + 80), "decoder", "sans", 8, GREY, align=0.5)


def attention_lines(leaf: Leaf, x: float, y: float) -> None:
    """Each French word looks at each English one; the thicker the line, the larger the weight."""
    for row, (word, scores) in enumerate(SCORES.items()):
        spot = (x + 85 + row * 100, y + 12)
        for k, weight in enumerate(softmax(scores)):
            leaf.line((spot[0], spot[1] + 5), (x + 85 + k * 100, y + 84), thick=0.3 + 5 * weight, colour=(
                1 - 0.84 * weight, 1 - 0.64 * weight, 1 - 0.4 * weight))  # fmt: skip
        leaf.rect((spot[0] - 24, spot[1] - 12, spot[0] + 24, spot[1] + 5), fill=PALE, stroke=GREY, thick=0.5)
        leaf.text(spot, word, "sans", 8, align=0.5)
    for k, word in enumerate(SOURCE):
        leaf.rect((x + 61 + k * 100, y + 84, x + 109 + k * 100, y + 101), fill=PALE, stroke=GREY, thick=0.5)
        leaf.text((x + 85 + k * 100, y + 96), word, "sans", 8, align=0.5)


def masks(leaf: Leaf, x: float, y: float) -> None:
    """Self-attention of five tokens, free on the left, causal on the right."""
    for left, masked in ((x + 38, False), (x + 216, True)):
        box = (left, y + 28, left + 150, y + 148)
        _heatmap(leaf, box, self_attention(masked=masked), TOKENS, name_rows=True)
        leaf.text((left + 75, y + 8), "with a causal mask" if masked else "without a mask", "sans", 8, GREY, align=0.5)


def positions(leaf: Leaf, x: float, y: float) -> None:
    """Position vectors as pure pixels: 32 positions down, 64 coordinates across."""
    rows = [[(value + 1) / 2 for value in position(index, 64)] for index in range(32)]
    leaf.image((x + 60, y, x + 316, y + 128), *_pixels(rows, 8))


FIGURES: dict[str, tuple[Callable[[Leaf, float, float], None], float]] = {
    "map": (embedding_map, 158),
    "angle": (angle, 114),
    "cosines": (cosines, 172),
    "bottleneck": (encoder_decoder, 106),
    "lines": (attention_lines, 104),
    "masks": (masks, 150),
    "positions": (positions, 128),
}
"""Name in the text → how to draw it, and its height in points."""

"""Arithmetic on boxes, for whoever asks where things lie on a page. Pure; a box is (x0, y0, x1, y1) in points."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

from notegen.extract.document import Box


def area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def hull(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of them; there must be at least one."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def grown(box: Box, margin: float) -> Box:
    return box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin


def common(a: Box, b: Box) -> Box:
    """What both cover; turned inside out (x1 < x0 or y1 < y0) when they are apart."""
    return max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])


def meets(a: Box, b: Box) -> bool:
    """Whether they touch, for lines without thickness too."""
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def share_inside(inner: Box, outer: Box) -> float:
    """How much of inner's area lies in outer, 0 to 1."""
    whole = area(inner)
    return area(common(inner, outer)) / whole if whole else float(meets(inner, outer))


def overlap_x(a: Box, b: Box) -> float:
    """How many points of width they share; negative: how far apart they are."""
    return min(a[2], b[2]) - max(a[0], b[0])


def overlap_y(a: Box, b: Box) -> float:
    return min(a[3], b[3]) - max(a[1], b[1])


def centre(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def holds(outer: Box, point: tuple[float, float]) -> bool:
    return outer[0] <= point[0] <= outer[2] and outer[1] <= point[1] <= outer[3]


def groups(boxes: Sequence[Box], page: Box, gap: float) -> list[list[int]]:
    """Indexes of the boxes that lie closer than about `gap` points, transitively.

    The boxes are painted on a grid of cells two thirds of a gap wide and the painted islands gathered, so the time
    grows with the number of boxes and of cells, not with the number of pairs.
    """
    cell = max(gap * 2 / 3, (page[2] - page[0]) / 300, (page[3] - page[1]) / 300)
    columns, rows = int((page[2] - page[0]) / cell) + 3, int((page[3] - page[1]) / cell) + 3

    def span(low: float, high: float, start: float, count: int) -> tuple[int, int]:
        first = min(max(int((low - start) / cell), 0), count - 2)
        return first, min(max(int((high - start) / cell) + 2, first + 1), count)

    spans = [(*span(b[0], b[2], page[0], columns), *span(b[1], b[3], page[1], rows)) for b in boxes]
    grid = [bytearray(columns) for _ in range(rows)]
    for left, right, top, bottom in set(spans):
        for row in grid[top:bottom]:
            row[left:right] = b"\1" * (right - left)
    island = _islands(grid)
    found: dict[int, list[int]] = {}
    for index, (left, _, top, _) in enumerate(spans):
        found.setdefault(island(top, left), []).append(index)
    return list(found.values())


def _islands(grid: Sequence[bytearray]) -> Callable[[int, int], int]:
    """A function from a painted cell (row, column) to the number of its island. Cells join over edges.

    Rows are cut into runs of painted cells; runs that touch a run of the row above are united (union-find).
    """
    parent: list[int] = []
    starts: list[list[int]] = []
    numbers: list[list[int]] = []

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = number = parent[parent[number]]
        return number

    above: list[tuple[int, int, int]] = []
    for row in grid:
        runs: list[tuple[int, int, int]] = []
        start = row.find(1)
        while start >= 0:
            end = row.find(0, start)
            end = len(row) if end < 0 else end
            runs.append((start, end, len(parent)))
            parent.append(len(parent))
            for low, high, number in above:
                if low < end and start < high:
                    parent[root(number)] = root(runs[-1][2])
            start = row.find(1, end)
        starts.append([low for low, _, _ in runs])
        numbers.append([number for _, _, number in runs])
        above = runs
    return lambda top, left: root(numbers[top][bisect_right(starts[top], left) - 1])

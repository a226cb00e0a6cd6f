"""Which drawings belong to which caption, and how far a picture reaches.

A caption gathers the clusters that it can see: above it (below it, where the page's captions stand on top of their
figures; beside it as a last resort), in its column, with no running text and no other caption in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from notegen.extract.document import Box
from notegen.extract.pictures.boxes import area, centre, common, grown, hull, meets, overlap_x, overlap_y, share_inside
from notegen.extract.pictures.drawn import Cluster
from notegen.extract.pictures.obstacles import Caption, Obstacle, column_of, left_margins, same_column

Side = Literal["above", "below", "beside"]

LABEL_GAP = 14.0
"""Points between a drawing and a label that belongs to it, at most: about one line."""
_SIDE_REACH, _REACH = 80.0, 40.0
"""Points to the sides, and above and below, that the labels around a drawing reach at most."""
_SHORT = 4
"""Characters of a node's name or a tick's number; a page number has as many, but stands apart."""
_SIGHT = 150.0
"""Points of white between a caption and its nearest drawing, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A part of the page that is one picture."""

    box: Box
    clusters: tuple[Cluster, ...]
    caption: Caption | None = None


def body_lines(lines: Sequence[Obstacle], clusters: Sequence[Cluster]) -> list[Obstacle]:
    """The lines that no picture may take in: running text, and short lines set like it, outside all drawings."""
    margins = left_margins(lines)
    solid = [c.box for c in clusters if not c.thin]
    body = []
    for line in lines:
        if line.block is not None and line.block.kind == "caption":
            continue
        if any(share_inside(line.box, box) > 0.6 for box in solid):
            continue
        # A figure at the very top of a page: its labels stand where running headers do.
        if line.marginal and len(line.text) <= _SHORT and any(meets(grown(line.box, LABEL_GAP), b) for b in solid):
            continue
        beside = any(
            overlap_y(line.box, box) > 0.5 * (line.box[3] - line.box[1]) and overlap_x(line.box, box) > -_SIDE_REACH
            for box in solid
        )
        aligned = line.upright and not beside and any(abs(line.box[0] - x) < 1.5 for x in margins)
        if line.furniture or line.prose or aligned:
            body.append(line)
    return body


def captioned(
    captions: Sequence[Caption], clusters: Sequence[Cluster], lines: Sequence[Obstacle], sheet: Box
) -> list[Region]:
    """One region for each caption that has a drawing, in the order of the captions."""
    walls = [line.box for line in body_lines(lines, clusters)]
    columns = {c.box: column_of(c.box, lines, sheet) for c in captions}
    solid = [c for c in clusters if not c.thin]

    def seen(caption: Caption, side: Side, among: Sequence[Cluster]) -> list[Cluster]:
        barred = walls + [c.box for c in captions if c is not caption]
        visible = [
            c
            for c in among
            if same_column(c.box, columns[caption.box])
            and _on_side(c.box, caption.box, side)
            and not _blocked(c.box, caption.box, side, barred)
        ]
        return _nearest_run(caption.box, visible)

    up = sum(bool(seen(c, "above", solid)) for c in captions)
    down = sum(bool(seen(c, "below", solid)) for c in captions)
    sides: tuple[Side, ...] = ("above", "below", "beside") if up >= down else ("below", "above", "beside")
    taken: dict[int, list[Cluster]] = {}
    left = list(solid)
    for side in sides:
        wanting = [n for n in range(len(captions)) if n not in taken]
        views = {n: seen(captions[n], side, left) for n in wanting}
        for item in left:
            rivals = [n for n in wanting if any(item is c for c in views[n])]
            if rivals:
                best = min(rivals, key=lambda n: _distance(item.box, captions[n].box))
                taken.setdefault(best, []).append(item)
        left = [c for c in left if not any(c is t for group in taken.values() for t in group)]
    return [
        Region(box=hull(c.box for c in _drawn_first(taken[n])), clusters=tuple(_drawn_first(taken[n])), caption=caption)
        for n, caption in enumerate(captions)
        if n in taken
    ]


def _drawn_first(clusters: list[Cluster]) -> list[Cluster]:
    """Without the framed text between or above drawings, when there are drawings."""
    drawn = [c for c in clusters if not c.plain]
    reach = hull(c.box for c in drawn) if drawn else None
    return [c for c in clusters if reach is None or not c.plain or meets(c.box, reach)]


def _on_side(box: Box, caption: Box, side: Side) -> bool:
    slack = 0.3 * (caption[3] - caption[1])
    if side == "above":
        return box[3] <= caption[1] + slack
    if side == "below":
        return box[1] >= caption[3] - slack
    return overlap_y(box, caption) > 0 and overlap_x(box, caption) < 2


def _blocked(box: Box, caption: Box, side: Side, walls: Sequence[Box]) -> bool:
    if side == "beside":
        x0, x1 = sorted((box[0], box[2], caption[0], caption[2]))[1:3]
        between = (x0, max(box[1], caption[1]), x1, min(box[3], caption[3]))
    else:
        y0, y1 = sorted((box[1], box[3], caption[1], caption[3]))[1:3]
        x0, x1 = sorted((box[0], box[2], caption[0], caption[2]))[1:3]
        between = (x0, y0, x1, y1)
    return any(_cuts(wall, between) for wall in walls)


def _cuts(wall: Box, between: Box) -> bool:
    x, y = centre(wall)
    return (overlap_x(wall, between) > 1 and between[1] < y < between[3]) or (
        between[0] < x < between[2] and between[1] < y < between[3]
    )


def _nearest_run(caption: Box, clusters: Sequence[Cluster]) -> list[Cluster]:
    """The clusters in sight, going away from the caption until too wide a white gap."""
    run: list[Cluster] = []
    edge = caption
    for item in sorted(clusters, key=lambda c: -overlap_y(c.box, caption)):
        if -overlap_y(item.box, edge) > (_SIGHT if not run else _SIGHT / 2):
            break
        run.append(item)
        edge = hull((edge, item.box))
    return run


def _distance(box: Box, caption: Box) -> tuple[float, float]:
    apart = max(0.0, -overlap_x(box, caption)) + max(0.0, -overlap_y(box, caption))
    return apart, abs(centre(box)[0] - centre(caption)[0])


def with_labels(region: Region, lines: Sequence[Obstacle], clusters: Sequence[Cluster], fixed: Sequence[Box]) -> Box:
    """The region's box grown over the labels near its drawings and over thin marks among them.

    lines: labels only (no running text, no caption). fixed: boxes that it must not grow into.
    """
    box = region.box
    x0, y0, x1, y1 = region.box
    around = (x0 - _SIDE_REACH, y0 - _REACH, x1 + _SIDE_REACH, y1 + _REACH)
    thin = [c.box for c in clusters if c.thin]
    loose = [b for b in [*(line.box for line in lines), *thin] if share_inside(b, around) > 0.99]
    grew = True
    while grew:
        grew = False
        for item in list(loose):
            gap = max(-overlap_x(item, box), -overlap_y(item, box))
            if gap > LABEL_GAP:
                continue
            loose.remove(item)
            wider = hull((box, item))
            if wider != box and not any(_enters(wall, wider, box) for wall in fixed):
                box, grew = wider, True
    return box


def _enters(wall: Box, wider: Box, before: Box) -> bool:
    """Whether growing takes in a good part of what the region did not hold before."""
    return area(common(wall, wider)) > 1.2 * max(area(common(wall, before)), 0.05 * area(wall))


def trimmed(box: Box, walls: Sequence[Box], keep: Sequence[Box]) -> Box:
    """Cut away lines of running text that reach over an edge, as far as no drawing is cut."""
    x0, y0, x1, y1 = box
    top = min(k[1] for k in keep)
    bottom = max(k[3] for k in keep)
    for wall in walls:
        if overlap_x(wall, (x0, y0, x1, y1)) <= 1 or overlap_y(wall, (x0, y0, x1, y1)) <= 0:
            continue
        middle = centre(wall)[1]
        if middle < top:
            y0 = max(y0, min(wall[3], top))
        elif middle > bottom:
            y1 = min(y1, max(wall[1], bottom))
    return x0, y0, x1, y1

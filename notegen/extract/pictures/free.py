"""Drawings without a caption that are content all the same: a diagram on a slide, a picture in a textbook."""

from __future__ import annotations

from collections.abc import Sequence

from notegen.extract.document import Box
from notegen.extract.pictures.boxes import area, centre, groups, holds, hull, overlap_x, overlap_y, share_inside
from notegen.extract.pictures.drawn import Cluster, Mark, cluster
from notegen.extract.pictures.obstacles import Obstacle
from notegen.extract.pictures.regions import LABEL_GAP, Region

_GAP = 18.0
"""Points of white between the parts of one picture, at most."""
_MIN_SIDE = 40.0
_MIN_SHARE = 0.015
"""Of the page's area; smaller ones are icons."""
_MIN_SHAPES = 3
_MANY_SHAPES = 6
"""A drawing of so many paths may be half as small."""
_MIN_SEGMENTS = 40
"""One path with this many segments is a drawing by itself: a curve, a map."""
_BRIDGE_CHARS = 12
"""A label so short may stand between two parts of one drawing."""
_MAX_TEXT = 0.35
"""Of the picture's area; above it is text in a frame."""


def uncaptioned(
    clusters: Sequence[Cluster],
    taken: Sequence[Region],
    labels: Sequence[Obstacle],
    lines: Sequence[Obstacle],
    sheet: Box,
) -> list[Region]:
    """Regions of the clusters that no caption took and that are clearly pictures.

    labels: the lines that may belong to a drawing; lines: all of them.
    """
    free = [c for c in clusters if not c.thin and not any(share_inside(c.box, r.box) > 0.3 for r in taken)]
    marks = [m for c in free for m in c.marks if not _text_box(m, c, lines)]
    parts = [c for c in cluster(marks, sheet) if not c.thin]
    bridges = [n.box for n in labels if len(n.text) <= _BRIDGE_CHARS and any(_near(n.box, c) for c in parts)]
    walls = [line.box for line in lines if line not in labels]
    found = []
    for group in groups([c.box for c in parts] + bridges, sheet, _GAP):
        members = tuple(parts[n] for n in group if n < len(parts))
        if not members:
            continue
        for chosen in [(part,) for part in members] if _torn(members, walls) else [members]:
            region = Region(box=hull(part.box for part in chosen), clusters=chosen)
            if _is_content(region, lines, sheet):
                found.append(region)
    return found


def may_hold_content(marks: Sequence[Mark]) -> bool:
    """A quick look before the text is read: without an image, a picture takes some shapes; see `_is_content`."""
    return any(mark.kind == "image" for mark in marks) or _has_shapes(marks, [m for m in marks if m.kind == "frame"])


def _has_shapes(marks: Sequence[Mark], bare: Sequence[Mark]) -> bool:
    """Whether there are enough drawings, or boxes without text (`bare`), for a picture."""
    drawn = [mark for mark in marks if mark.kind == "drawing"]
    return len(drawn) >= _MIN_SHAPES or sum(m.weight for m in drawn) >= _MIN_SEGMENTS or len(bare) >= 2 * _MIN_SHAPES


def _torn(members: Sequence[Cluster], walls: Sequence[Box]) -> bool:
    """Whether running text stands between them."""
    whole = hull(part.box for part in members)
    between = [w for w in walls if share_inside(w, whole) > 0.3]
    return any(not any(share_inside(w, part.box) > 0.3 for part in members) for w in between)


def _text_box(mark: Mark, around: Cluster, lines: Sequence[Obstacle]) -> bool:
    """A box or a balloon around a few words and nothing else; beside an image two words are enough."""
    if mark.kind not in ("frame", "drawing"):
        return False
    inside = [line for line in lines if share_inside(line.box, mark.box) > 0.9]
    words = sum(len(line.text.split()) for line in inside)
    if words < (2 if around.count("image") else 4) or sum(area(n.box) for n in inside) < 0.15 * area(mark.box):
        return False
    drawn = (m for m in around.marks if m is not mark and m.kind in ("drawing", "image"))
    return not any(share_inside(m.box, mark.box) > 0.9 for m in drawn)


def _near(label: Box, part: Cluster) -> bool:
    """A label next to a drawing made of paths; an image has its labels inside."""
    return not part.count("image") and max(-overlap_x(label, part.box), -overlap_y(label, part.box)) < LABEL_GAP


def _is_content(region: Region, lines: Sequence[Obstacle], sheet: Box) -> bool:
    box = region.box
    marks = [mark for part in region.clusters for mark in part.marks]
    drawn = [mark for mark in marks if mark.kind == "drawing"]
    least = (_MIN_SHARE if len(drawn) < _MANY_SHAPES else _MIN_SHARE / 2) * area(sheet)
    if min(box[2] - box[0], box[3] - box[1]) < _MIN_SIDE or area(box) < least:
        return False
    inside = [line for line in lines if share_inside(line.box, box) > 0.6]
    if sum(area(line.box) for line in inside) > _MAX_TEXT * area(box):
        return False
    if sum(area(mark.box) for mark in marks if mark.kind == "image") > 0.3 * area(box):
        return True
    if sum(line.prose for line in inside) > 1:
        return False
    return _has_shapes(
        marks, [m for m in marks if m.kind == "frame" and not any(holds(m.box, centre(n.box)) for n in inside)]
    )

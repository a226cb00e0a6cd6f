"""Where the tables of a page lie, by their captions, rules and grids."""

from __future__ import annotations

from collections.abc import Sequence

from notegen.extract.document import Box
from notegen.extract.pictures.boxes import hull, overlap_y, share_inside
from notegen.extract.pictures.drawn import Mark, cluster
from notegen.extract.pictures.obstacles import Caption, Obstacle
from notegen.extract.pictures.regions import captioned
from notegen.extract.pictures.rules import CAPTION_GAP, ladders


def table_regions(
    captions: Sequence[Caption], marks: Sequence[Mark], lines: Sequence[Obstacle], sheet: Box
) -> list[tuple[Caption, Box]]:
    """The box of each captioned table that has rules, a frame or an image; without the caption."""
    tables = [c for c in captions if c.table]
    if not tables:
        return []
    near = {c.box: ladders(c, captions, marks, lines, sheet) for c in tables}
    below = sum(bool(down) for down, _ in near.values())
    above = sum(bool(up) for _, up in near.values())
    found = []
    for caption in tables:
        down, up = near[caption.box]
        rules = (up or down) if above > below else (down or up)
        if rules:
            found.append((caption, hull(rules)))
    missing = [c for c in tables if not any(c is done for done, _ in found)]
    if missing:
        free = [m for m in marks if not any(share_inside(m.box, box) > 0.5 for _, box in found)]
        # Figures compete for the drawings near them, so that a table without rules does not take one.
        regions = captioned([*missing, *(c for c in captions if not c.table)], cluster(free, sheet), lines, sheet)
        for region in regions:
            if region.caption and region.caption.table and _gap(region.box, region.caption.box) < CAPTION_GAP:
                found.append((region.caption, region.box))
    return found


def _gap(a: Box, b: Box) -> float:
    return -overlap_y(a, b)

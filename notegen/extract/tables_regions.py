"""Where the tables of a page lie, by their captions, rules and grids."""

from __future__ import annotations

from collections.abc import Sequence

from .document import Box
from .pictures_boxes import hull, overlap_y, share_inside
from .pictures_marks import Mark, cluster
from .pictures_regions import captioned
from .pictures_text import Caption, Line, column_of, same_column

_CAPTION_GAP = 30.0
"""Points between a table and its caption, at most."""
_SAME = 3.0
"""Points by which the ends of two rules of one table may differ."""


def table_regions(
    captions: Sequence[Caption], marks: Sequence[Mark], lines: Sequence[Line], sheet: Box
) -> list[tuple[Caption, Box]]:
    """The box of each captioned table that has rules, a frame or an image; without the caption."""
    tables = [c for c in captions if c.table]
    if not tables:
        return []
    ladders = {c.box: _ladders(c, captions, marks, lines, sheet) for c in tables}
    below = sum(bool(ladder[0]) for ladder in ladders.values())
    above = sum(bool(ladder[1]) for ladder in ladders.values())
    found = []
    for caption in tables:
        down, up = ladders[caption.box]
        rules = (up or down) if above > below else (down or up)
        if rules:
            found.append((caption, hull(rules)))
    missing = [c for c in tables if not any(c is done for done, _ in found)]
    if missing:
        free = [m for m in marks if not any(share_inside(m.box, box) > 0.5 for _, box in found)]
        # Figures compete for the drawings near them, so that a table without rules does not take one.
        regions = captioned([*missing, *(c for c in captions if not c.table)], cluster(free, sheet), lines, sheet)
        for region in regions:
            if region.caption and region.caption.table and _gap(region.box, region.caption.box) < _CAPTION_GAP:
                found.append((region.caption, region.box))
    return found


def horizontal(mark: Mark) -> bool:
    return mark.kind == "line" and mark.box[2] - mark.box[0] > 30 and mark.box[3] - mark.box[1] < 3


def _ladders(
    caption: Caption, captions: Sequence[Caption], marks: Sequence[Mark], lines: Sequence[Line], sheet: Box
) -> tuple[list[Box], list[Box]]:
    """The rules of a table below the caption, and those of one above it: as wide as each other, two or more."""
    column = column_of(caption.box, lines, sheet)
    rules = [m.box for m in marks if horizontal(m) and same_column(m.box, column)]
    middle = (caption.box[1] + caption.box[3]) / 2
    others = [(c.box[1] + c.box[3]) / 2 for c in captions if c is not caption]
    down = _run([r for r in rules if r[1] > middle], caption.box[3], others)
    up = _run([r for r in rules if r[1] < middle], caption.box[1], others)
    return down, up


def _run(rules: Sequence[Box], start: float, others: Sequence[float]) -> list[Box]:
    ordered = sorted(rules, key=lambda r: abs(r[1] - start))
    if not ordered or abs(ordered[0][1] - start) > _CAPTION_GAP:
        return []
    first = ordered[0]
    run = [first]
    for rule in ordered[1:]:
        low, high = sorted((first[1], rule[1]))
        if any(low < y < high for y in others):
            break
        if abs(rule[0] - first[0]) < _SAME and abs(rule[2] - first[2]) < _SAME:
            run.append(rule)
    return run if max(r[1] for r in run) - min(r[1] for r in run) > 12 else []


def _gap(a: Box, b: Box) -> float:
    return -overlap_y(a, b)


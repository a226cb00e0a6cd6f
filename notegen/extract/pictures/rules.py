"""Horizontal rules near a caption: what stands between the first and the last is a table, or an algorithm."""

from __future__ import annotations

from collections.abc import Sequence

from notegen.extract.document import Box
from notegen.extract.pictures.boxes import hull, overlap_x
from notegen.extract.pictures.drawn import Mark
from notegen.extract.pictures.obstacles import Caption, Obstacle, column_of, same_column

CAPTION_GAP = 30.0
"""Points between a table and its caption, at most."""
_THICKEST, _SHORTEST = 3.0, 30.0
"""Points of thickness and length of a rule."""
_JOINT = 1.5
"""Points between the pieces of a rule that is drawn cell by cell; rules over some columns only are farther apart."""
_SAME = 3.0
"""Points by which the ends of two rules of one table may differ."""


def horizontal_rules(marks: Sequence[Mark]) -> list[Box]:
    """The level rules, those drawn cell by cell in one piece, from top to bottom."""
    pieces = sorted(
        (m.box for m in marks if m.kind == "line" and m.box[3] - m.box[1] < _THICKEST <= m.box[2] - m.box[0]),
        key=lambda box: (round(box[1]), box[0]),
    )
    rules: list[Box] = []
    for box in pieces:
        if rules and abs(box[1] - rules[-1][1]) < 1 and -_JOINT <= box[0] - rules[-1][2] <= _JOINT:
            rules[-1] = hull((rules[-1], box))
        else:
            rules.append(box)
    return [rule for rule in rules if rule[2] - rule[0] > _SHORTEST]


def ladders(
    caption: Caption, captions: Sequence[Caption], marks: Sequence[Mark], lines: Sequence[Obstacle], sheet: Box
) -> tuple[list[Box], list[Box]]:
    """The rules below a caption and those above it: two or more as wide as each other, up to the next caption."""
    column = column_of(caption.box, lines, sheet)
    rules = [box for box in horizontal_rules(marks) if same_column(box, column)]
    middle = (caption.box[1] + caption.box[3]) / 2
    others = [c.box for c in captions if c is not caption]
    prose = [line.box for line in lines if line.prose]
    down = _run([r for r in rules if r[1] > middle], caption.box[3], others, prose)
    up = _run([r for r in rules if r[1] < middle], caption.box[1], others, prose)
    return down, up


def _run(rules: Sequence[Box], start: float, captions: Sequence[Box], prose: Sequence[Box]) -> list[Box]:
    ordered = sorted(rules, key=lambda r: abs(r[1] - start))
    if not ordered or abs(ordered[0][1] - start) > CAPTION_GAP:
        return []
    first = ordered[0]
    run = [first]
    for rule in ordered[1:]:
        if any(_between(box, first, rule) for box in captions):
            break
        wide = (box for box in prose if overlap_x(box, rule) > 0.8 * (rule[2] - rule[0]))
        if len(run) > 1 and any(_between(box, run[-1], rule) for box in wide):
            break  # the table has ended: running text, then the rule over a footnote or under the page
        if abs(rule[0] - first[0]) < _SAME and abs(rule[2] - first[2]) < _SAME:
            run.append(rule)
    return run if max(r[1] for r in run) - min(r[1] for r in run) > 12 else []


def _between(box: Box, a: Box, b: Box) -> bool:
    low, high = sorted((a[1], b[1]))
    return low < (box[1] + box[3]) / 2 < high and overlap_x(box, a) > 0

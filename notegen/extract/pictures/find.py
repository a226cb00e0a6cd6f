"""The pictures of a page: every captioned figure as one crop, and what else is clearly content."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pymupdf

from notegen.extract.document import Block, Box, Picture, PictureKind
from notegen.extract.pictures.boxes import area, common, grown, hull, share_inside
from notegen.extract.pictures.drawn import Cluster, Mark, cluster, giant_images, read_marks, without_decoration
from notegen.extract.pictures.free import may_hold_content, uncaptioned
from notegen.extract.pictures.obstacles import Caption, Obstacle, read_captions, read_obstacles
from notegen.extract.pictures.regions import Region, body_lines, captioned, trimmed, with_labels
from notegen.extract.pictures.render import render
from notegen.extract.pictures.rules import ladders
from notegen.extract.tables.regions import table_regions

_MARGIN = 4.0
"""Points of white left around what is drawn, where there is room."""


def find_pictures(
    page: pymupdf.Page, blocks: Sequence[Block], repeated: frozenset[int], kept: Sequence[Box] = ()
) -> tuple[Picture, ...]:
    """The pictures of a page, top to bottom, rendered.

    blocks: all text blocks of this page; those of kind "caption" name the figures, the others must not be cut into.
    repeated: xrefs of images to leave out, see `repeats.repeated_images`.
    kept: the lines that are no running headers or footers, though perhaps in no block; see `read_obstacles`.
    """
    sheet: Box = tuple(page.rect)
    marks = read_marks(page, repeated)
    if not marks:
        return ()
    captions = read_captions(blocks)
    if not captions and not may_hold_content(marks):
        return ()
    lines = read_obstacles(page, blocks, kept)
    marks = _without_containers(without_decoration(marks, sheet, keep_images=len(lines) < 5), captions)
    tables = [box for _, box in table_regions(captions, marks, lines, sheet)]
    if tables:
        marks = [m for m in marks if not any(share_inside(m.box, t) > 0.5 for t in tables)]
    clusters = cluster(marks, sheet)
    lines = [line for line in lines if not any(share_inside(line.box, t) > 0.5 for t in tables)]

    figures = captioned([c for c in captions if not c.table], clusters, lines, sheet)
    figures += _between_rules(figures, captions, marks, lines, sheet)
    listings = [r for r in figures if _is_listing(r)]
    body = body_lines(lines, clusters)
    walls = [line.box for line in body] + [c.box for c in captions]
    bound = set(body)
    labels = [n for n in lines if n not in bound and not (n.block is not None and n.block.kind == "caption")]
    free = uncaptioned(clusters, figures, labels, lines, sheet)
    regions = [*(r for r in figures if r not in listings), *free]
    giants = giant_images(page)
    pictures = []
    for region in sorted(regions, key=lambda r: (r.box[1], r.box[0])):
        others = [r.box for r in regions if r is not region]
        bare = all(c.count("image") == len(c.marks) for c in region.clusters)
        box = with_labels(region, [] if bare else labels, clusters, [*walls, *tables, *others])
        box = common(trimmed(grown(box, 0 if bare else _MARGIN), walls, [c.box for c in region.clusters]), sheet)
        if not any(area(common(box, giant)) for giant in giants):
            pictures.append(_picture(page, region, box, walls))
    return tuple(pictures)


def _without_containers(marks: Sequence[Mark], captions: Sequence[Caption]) -> list[Mark]:
    """Less the boxes that hold a caption together with its figure."""
    return [m for m in marks if m.kind == "image" or not any(share_inside(c.box, m.box) > 0.9 for c in captions)]


def _between_rules(
    found: Sequence[Region], captions: Sequence[Caption], marks: Sequence[Mark], lines: Sequence[Obstacle], sheet: Box
) -> list[Region]:
    """Text between rules that a caption names: an algorithm as LaTeX sets it."""
    regions = []
    for caption in captions:
        if caption.table or any(region.caption is caption for region in found):
            continue
        down, up = ladders(caption, captions, marks, lines, sheet)
        if rules := down or up:
            parts = tuple(Cluster(box=rule, marks=(Mark(box=rule, kind="line"),)) for rule in rules)
            regions.append(Region(box=hull(rules), clusters=parts, caption=caption))
    return regions


def _is_listing(region: Region) -> bool:
    """Code in a box, under its caption: it is text already. Pseudo-code that the book calls a figure is a picture."""
    named = region.caption is not None and re.match(r"(listing|code|quelltext|program)", region.caption.label, re.I)
    return bool(named) and all(c.plain for c in region.clusters)


def _picture(page: pymupdf.Page, region: Region, box: Box, walls: Sequence[Box]) -> Picture:
    png, width, height = render(page, box, walls)
    images = any(c.count("image") for c in region.clusters)
    paths = any(c.count("drawing", "line", "frame") for c in region.clusters)
    kind: PictureKind = "mixed" if images and paths else "raster" if images else "vector"
    label, caption = (region.caption.label, region.caption.block.text) if region.caption else ("", "")
    return Picture(
        page=page.number, bbox=box, kind=kind, label=label, caption=caption,
        width_px=width, height_px=height, png=png,
    )  # fmt: skip

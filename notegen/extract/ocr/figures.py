"""The captioned figures and tables of a scanned page: what is dark between a caption and the text next to it.

A scan is one image, so there are no drawings to gather; what bounds a figure is the text that OCR read around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import pymupdf

from notegen.extract.document import Block, Box, Picture
from notegen.extract.pictures.boxes import common, grown, hull, meets, overlap_x, overlap_y, share_inside
from notegen.extract.pictures.obstacles import Caption, read_captions
from notegen.extract.pictures.render import render
from notegen.extract.text.margins import in_zone

_RUNNING_TEXT = 9
"""Words of a paragraph that is no label inside a figure; numbers in rows are none either."""
_LOOK_DPI = 72
_DARK = 200
"""Grey level, 0 black to 255 white: ink is darker, thin lines too, which are grey at this resolution."""
_HEADER_PT = 16.0
"""Height of a line at the edge of the page that belongs to no figure."""
_MIN_SIDE = 40.0
_MARGIN = 4.0
"""Points."""


def scanned_figures(page: pymupdf.Page, blocks: Sequence[Block]) -> tuple[Picture, ...]:
    """A picture for each caption that has ink above it, or else below it, before the next running text.

    blocks: what OCR made of the page.
    """
    text = [block.bbox for block in blocks if _is_running(block)]
    captions = read_captions(blocks)
    sheet: Box = tuple(page.rect)
    taken: list[Box] = []
    pictures = []
    for caption in captions:
        boxes = []
        for above in (not caption.table, caption.table):
            side = _gap(caption.box, text, sheet, above=above)
            bands = _bands(page, side)
            if any(other.box[3] == side[1] or other.box[1] == side[3] for other in captions if other is not caption):
                bands = _part(bands, above=above)
            if bands:
                boxes.append(common(grown(hull(bands), _MARGIN), side))
        box = next((box for box in boxes if _is_figure(box) and not any(meets(box, other) for other in taken)), None)
        if box is not None:
            taken.append(box)
            pictures.append(_picture(page, caption, box))
    return tuple(pictures)


def without_labels(blocks: Sequence[Block], pictures: Sequence[Picture]) -> list[Block]:
    """The blocks without those that OCR read inside a picture."""
    return [b for b in blocks if not any(share_inside(b.bbox, p.bbox) > 0.6 for p in pictures)]


def _is_running(block: Block) -> bool:
    words = block.text.split()
    spelt = sum(len(word) > 1 and word[:2].isalpha() for word in words)
    return block.kind != "paragraph" or (len(words) >= _RUNNING_TEXT and spelt > 0.6 * len(words))


def _gap(caption: Box, text: Sequence[Box], sheet: Box, *, above: bool) -> Box:
    """The strip between a caption and the running text next to it, as wide as their column."""
    others = [box for box in text if box != caption]
    beside = [box for box in others if overlap_y(box, caption) > 0 and overlap_x(box, caption) <= 0]
    left = max((box[2] for box in beside if box[2] <= caption[0]), default=sheet[0])
    right = min((box[0] for box in beside if box[0] >= caption[2]), default=sheet[2])
    column = (left, sheet[1], right, sheet[3])
    inside = [box for box in others if overlap_x(box, column) > 0]
    if above:
        return (left, max((box[3] for box in inside if box[3] <= caption[1] + 1), default=sheet[1]), right, caption[1])
    return (left, caption[3], right, min((box[1] for box in inside if box[1] >= caption[3] - 1), default=sheet[3]))


def _bands(page: pymupdf.Page, box: Box) -> list[Box]:
    """What is dark in a part of the page, from top to bottom, a box for each run of rows with white above and below.

    Running headers and footers are left out.
    """
    clip = pymupdf.Rect(box)
    if clip.width < 1 or clip.height < 1:
        return []
    pixmap = page.get_pixmap(clip=clip, dpi=_LOOK_DPI, colorspace=pymupdf.csGRAY, alpha=False)
    rows = [pixmap.samples[y * pixmap.stride : y * pixmap.stride + pixmap.width] for y in range(pixmap.height)]
    dark = [[pixmap.x + x for x, grey in enumerate(row) if grey < _DARK] for row in rows]
    scale = 72 / _LOOK_DPI
    bands = []
    for inked, run in groupby(range(len(rows)), key=lambda y: bool(dark[y])):
        ys = list(run)
        if inked:
            top, bottom = (pixmap.y + ys[0]) * scale, (pixmap.y + ys[-1] + 1) * scale
            if bottom - top > _HEADER_PT or not in_zone(top, bottom, page.rect.height):
                left, right = min(min(dark[y]) for y in ys), max(max(dark[y]) for y in ys) + 1
                bands.append((left * scale, top, right * scale, bottom))
    return bands


def _part(bands: list[Box], *, above: bool) -> list[Box]:
    """Of what two captions share: the part on the caption's own side of the widest white."""
    cut = max(range(1, len(bands)), key=lambda i: bands[i][1] - bands[i - 1][3], default=0)
    return bands[cut:] if above else bands[: cut or None]


def _is_figure(box: Box) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) >= _MIN_SIDE


def _picture(page: pymupdf.Page, caption: Caption, box: Box) -> Picture:
    png, width, height = render(page, box)
    return Picture(
        page=page.number, bbox=box, kind="raster", label=caption.label, caption=caption.block.text,
        width_px=width, height_px=height, png=png,
    )  # fmt: skip

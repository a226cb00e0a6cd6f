"""What is drawn on a page, apart from text: images, shadings and the paths that a reader can see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pymupdf

from .document import Box
from .pictures_boxes import area, common, groups, grown, hull, share_inside

MAX_PATHS = 20_000
"""Above this only the boxes of the paths are read, not their colours and shapes."""
MAX_IMAGE_PX = 60_000_000
"""Larger images are never rendered (a few kB of PDF can declare gigabytes of pixels)."""
GAP = 6.0
"""Points of white between two marks of one drawing, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One image or one path."""

    box: Box
    kind: Literal["image", "frame", "line", "drawing"]
    """frame: a box, perhaps with round corners; line: horizontal or vertical; drawing: any other path."""
    weight: int = 1
    """Number of segments of a path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Marks that touch or nearly do."""

    box: Box
    marks: tuple[Mark, ...]

    def count(self, *kinds: str) -> int:
        return sum(mark.kind in kinds for mark in self.marks)

    @property
    def thin(self) -> bool:
        """A rule, an underline, a fraction bar: no picture by itself."""
        return min(self.box[2] - self.box[0], self.box[3] - self.box[1]) < 4

    @property
    def plain(self) -> bool:
        """Only boxes and straight rules, as around text."""
        return not self.count("image", "drawing")


def read_marks(page: pymupdf.Page, repeated: frozenset[int]) -> list[Mark]:
    """The visible marks of a page, without page backgrounds and repeated images, clipped to the page."""
    sheet = tuple(page.rect)
    log = page.get_bboxlog()
    paths = sum(kind.endswith("-path") for kind, _ in log)
    if paths > MAX_PATHS:
        # Neighbours fall together: what is left is the drawing's silhouette.
        boxes = {tuple(round(v / GAP) * GAP for v in box) for kind, box in log if kind.endswith("-path")}
        marks = [Mark(box=box, kind="drawing") for box in sorted(boxes)]
    else:
        marks = [mark for mark in _paths(page) if mark] if paths else []
    for kind, box in log:
        # The box of a shading is often that of the page, its clip being unknown here.
        if kind == "fill-shade" and area(box) < 0.25 * area(sheet):
            marks.append(Mark(box=tuple(box), kind="drawing"))
    if any("image" in kind or "imgmask" in kind for kind, _ in log):
        marks += _images(page, repeated)
    turned = [_turned(mark, page) for mark in marks] if page.rotation else marks
    clipped = [Mark(box=common(m.box, sheet), kind=m.kind, weight=m.weight) for m in turned]
    return [m for m in clipped if m.box[0] <= m.box[2] and m.box[1] <= m.box[3]]


def cluster(marks: Sequence[Mark], sheet: Box) -> list[Cluster]:
    """Marks united over gaps of up to GAP points, and clusters that overlap united again; top to bottom."""
    found = [Cluster(box=mark.box, marks=(mark,)) for mark in marks]
    count = -1
    while len(found) != count:
        count = len(found)
        together = groups([c.box for c in found], sheet, GAP)
        found = [
            Cluster(box=hull(found[i].box for i in group), marks=tuple(m for i in group for m in found[i].marks))
            for group in together
        ]
    return sorted(found, key=lambda c: (c.box[1], c.box[0]))


def giant_images(page: pymupdf.Page) -> list[Box]:
    """Where images lie that declare more pixels than can be rendered safely."""
    return [tuple(i["bbox"]) for i in page.get_image_info() if i["width"] * i["height"] > MAX_IMAGE_PX]


def _turned(mark: Mark, page: pymupdf.Page) -> Mark:
    return Mark(box=tuple(pymupdf.Rect(mark.box) * page.rotation_matrix), kind=mark.kind, weight=mark.weight)


def _images(page: pymupdf.Page, repeated: frozenset[int]) -> list[Mark]:
    try:
        listed = page.get_images() if repeated else []
    except RecursionError:  # forms nested thousands deep
        listed = []
    # The placed images carry no xref unless each is decoded and hashed, which costs far more than all else here. Their
    # pixel size tells a logo from the rest.
    logos = {image[2:4] for image in listed if image[0] in repeated}
    placed = [tuple(i["bbox"]) for i in page.get_image_info() if (i["width"], i["height"]) not in logos]
    return [Mark(box=_uncropped(box, page), kind="image") for box in placed]


def _uncropped(box: Box, page: pymupdf.Page) -> Box:
    """What shows of an image that reaches over the page's edge: then it is cropped, by the largest clip within it."""
    sheet = tuple(page.rect * page.derotation_matrix)
    shown = common(box, sheet)
    if share_inside(box, grown(sheet, 2)) > 0.99:
        return box
    clips = [common(tuple(p["scissor"]), shown) for p in page.get_cdrawings(extended=True) if p["type"] == "clip"]
    inner = [clip for clip in clips if 0.2 * area(shown) < area(clip) < 0.98 * area(shown)]
    return max(inner, key=area, default=shown)


def _paths(page: pymupdf.Page) -> list[Mark | None]:
    clips: dict[int, Box] = {}
    marks: list[Mark | None] = []
    for path in page.get_cdrawings(extended=True):
        level = path["level"]
        for stale in [known for known in clips if known >= level]:
            del clips[stale]
        if path["type"] == "clip":
            clips[level] = tuple(path["scissor"])
        elif path["type"] != "group" and _visible(path):
            box = tuple(path["rect"])
            if clips:
                box = common(box, clips[max(clips)])
            inside_out = box[0] > box[2] or box[1] > box[3]
            marks.append(None if inside_out else Mark(box=box, kind=_shape(path, box), weight=len(path["items"])))
    return marks


def _visible(path: Mapping[str, Any]) -> bool:
    """Whether it leaves a trace on white paper."""
    fill = "f" in path["type"] and path.get("fill_opacity", 1) > 0 and min(path.get("fill") or (0,)) < 0.98
    line = "s" in path["type"] and path.get("stroke_opacity", 1) > 0 and min(path.get("color") or (0,)) < 0.98
    return fill or line


def _shape(path: Mapping[str, Any], box: Box) -> Literal["frame", "line", "drawing"]:
    if min(box[2] - box[0], box[3] - box[1]) < 2:
        return "line"
    straight = 0
    for item in path["items"]:
        if item[0] in ("re", "qu"):
            straight += 1
            continue
        (ax, ay), (bx, by) = item[1], item[-1]
        if item[0] == "l" and min(abs(ax - bx), abs(ay - by)) < 1:
            straight += 1
        elif item[0] == "l" or max(abs(ax - bx), abs(ay - by)) > 20:
            return "drawing"  # a slanted line, or a bend too large to be a round corner
    return "frame" if straight and min(box[2] - box[0], box[3] - box[1]) > 8 else "drawing"


def without_decoration(marks: Sequence[Mark], sheet: Box, keep_images: bool) -> list[Mark]:
    """Marks less those almost as large as the page and small images in its corners.

    keep_images: a page with hardly any text may be one image.
    """
    width, height = sheet[2] - sheet[0], sheet[3] - sheet[1]

    def decoration(mark: Mark) -> bool:
        x0, y0, x1, y1 = mark.box
        beside = x1 < sheet[0] + 0.15 * width or x0 > sheet[2] - 0.15 * width
        edge = y1 < sheet[1] + 0.15 * height or y0 > sheet[3] - 0.15 * height
        if mark.kind == "image" and beside and edge:
            return area(mark.box) < 0.02 * width * height
        return share_inside(sheet, grown(mark.box, 1)) > 0.85 and not (keep_images and mark.kind == "image")

    return [mark for mark in marks if not decoration(mark)]

"""What is drawn on a page, apart from text: images, shadings and the paths that a reader can see."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import pymupdf

from notegen.extract.document import Box
from notegen.extract.page_cache import once_a_page
from notegen.extract.pictures.boxes import area, common, groups, grown, hull, share_inside

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
    log = bbox_log(page)
    paths = path_count(page)
    if paths > MAX_PATHS:
        # Neighbours fall together: what is left is the drawing's silhouette.
        boxes: set[Box] = {_coarse(box) for kind, box in log if kind.endswith("-path")}
        marks = [Mark(box=box, kind="drawing") for box in sorted(boxes)]
    else:
        marks = list(_paths(page)) if paths else []
    for kind, box in log:
        # The box of a shading is often that of the page, its clip being unknown here.
        if kind == "fill-shade" and area(box) < 0.25 * area(sheet):
            marks.append(Mark(box=box, kind="drawing"))
    if any("image" in kind or "imgmask" in kind for kind, _ in log):
        marks += _images(page, repeated)
    seen = displayed(page)
    clipped = [Mark(box=common(seen(m.box), sheet), kind=m.kind, weight=m.weight) for m in marks]
    return [m for m in clipped if m.box[0] <= m.box[2] and m.box[1] <= m.box[3]]


def _coarse(box: Box) -> Box:
    x0, y0, x1, y1 = (round(v / GAP) * GAP for v in box)
    return x0, y0, x1, y1


@once_a_page
def bbox_log(page: pymupdf.Page) -> Sequence[tuple[str, Box]]:
    """Kind and box of everything the page shows, text included, in order; much cheaper than the things themselves."""
    return [(kind, tuple(box)) for kind, box in page.get_bboxlog()]


def path_count(page: pymupdf.Page) -> int:
    return sum(kind.endswith("-path") for kind, _ in bbox_log(page))


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


@once_a_page
def giant_images(page: pymupdf.Page) -> list[Box]:
    """Where images lie that declare more pixels than can be rendered safely."""
    seen = displayed(page)
    return [seen(tuple(i["bbox"])) for i in page.get_image_info() if i["width"] * i["height"] > MAX_IMAGE_PX]


def displayed(page: pymupdf.Page) -> Callable[[Box], Box]:
    """MuPDF tells where things lie before the page is turned; the function gives where they are seen."""
    if not page.rotation:
        return lambda box: box
    matrix = page.rotation_matrix

    def turned(box: Box) -> Box:
        x0, y0, x1, y1 = pymupdf.Rect(box) * matrix
        return x0, y0, x1, y1

    return turned


def _images(page: pymupdf.Page, repeated: frozenset[int]) -> list[Mark]:
    try:
        listed = page.get_images() if repeated else []
    except RecursionError:  # forms nested thousands deep
        listed = []
    # A placed image tells its xref only after it was decoded and hashed, which costs more than all else here. Mostly
    # its pixel size is enough to know a logo.
    logos = {image[2:4] for image in listed if image[0] in repeated}
    unclear = any(image[2:4] in logos and image[0] not in repeated for image in listed)
    placed = page.get_image_info(xrefs=unclear)
    if unclear:
        placed = [i for i in placed if i["xref"] not in repeated]
    else:
        placed = [i for i in placed if (i["width"], i["height"]) not in logos]
    return [Mark(box=_uncropped(tuple(i["bbox"]), page), kind="image") for i in placed]


def _uncropped(box: Box, page: pymupdf.Page) -> Box:
    """What shows of an image that reaches over the page's edge: then it is cropped, by the largest clip within it."""
    sheet = tuple(page.rect * page.derotation_matrix)
    shown = common(box, sheet)
    if share_inside(box, grown(sheet, 2)) > 0.99:
        return box
    clips = [common(tuple(p["scissor"]), shown) for p in _drawings(page) if p["type"] == "clip"]
    inner = [clip for clip in clips if 0.2 * area(shown) < area(clip) < 0.98 * area(shown)]
    return max(inner, key=area, default=shown)


@once_a_page
def _drawings(page: pymupdf.Page) -> list[dict[str, Any]]:
    drawings: list[dict[str, Any]] = page.get_cdrawings(extended=True)
    return drawings


@once_a_page
def _paths(page: pymupdf.Page) -> list[Mark]:
    clips: dict[int, Box] = {}
    marks: list[Mark] = []
    for path in _drawings(page):
        level = path["level"]
        for stale in [known for known in clips if known >= level]:
            del clips[stale]
        if path["type"] == "clip":
            clips[level] = tuple(path["scissor"])
        elif path["type"] != "group" and _visible(path):
            for box, items in _pieces(path):
                shown = common(box, clips[max(clips)]) if clips else box
                if shown[0] <= shown[2] and shown[1] <= shown[3]:
                    marks.append(Mark(box=shown, kind=_shape(items, shown), weight=len(items)))
    return marks


def _visible(path: Mapping[str, Any]) -> bool:
    """Whether it leaves a trace on white paper."""
    fill = "f" in path["type"] and path.get("fill_opacity", 1) > 0 and min(path.get("fill") or (0,)) < 0.98
    line = "s" in path["type"] and path.get("stroke_opacity", 1) > 0 and min(path.get("color") or (0,)) < 0.98
    return fill or line


def _pieces(path: Mapping[str, Any]) -> list[tuple[Box, Sequence[Any]]]:
    """A path's box and segments; a path of several rectangles, or of lines apart from each other, piece by piece."""
    items = path["items"]
    if len(items) > 1 and all(item[0] == "re" for item in items):
        return [(tuple(item[1]), [item]) for item in items]
    apart = all(a[0] == b[0] == "l" and a[2] != b[1] for a, b in pairwise(items))
    if len(items) > 1 and apart:
        return [(hull([(*item[1], *item[1]), (*item[2], *item[2])]), [item]) for item in items]
    return [(tuple(path["rect"]), items)]


def _shape(items: Sequence[Any], box: Box) -> Literal["frame", "line", "drawing"]:
    side = min(box[2] - box[0], box[3] - box[1])
    if side < 2:
        return "line"
    straight = 0
    for item in items:
        if item[0] in ("re", "qu"):
            straight += 1
            continue
        (ax, ay), (bx, by) = item[1], item[-1]
        if item[0] == "l" and min(abs(ax - bx), abs(ay - by)) < 1:
            straight += 1
        elif item[0] == "l" or max(abs(ax - bx), abs(ay - by)) > 20:
            return "drawing"  # a slanted line, or a bend too large to be a round corner
    # More sides than a box has: the outline of a histogram, a staircase.
    return "frame" if 0 < straight <= 8 and side > 8 else "drawing"


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

"""What the page crosses out or covers: text that is there for a program and not, or no more, for a reader.

A strike is anything thin and level through the middle of two letters or more: a line, a box, the rules that LaTeX sets
one after the other, an annotation. A cover is a filled box or an image without holes that is painted after the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeVar

import pymupdf

from notegen.extract.document import Box
from notegen.extract.page_cache import once_a_page
from notegen.extract.pictures.drawn import MAX_PATHS, bbox_log, displayed

_THICKEST = 0.6
"""Of a strike, in font sizes: more covers the letters."""
_HEIGHTS = (0.08, 0.5)
"""Where the middle of a strike lies above the baseline, in font sizes: below are underlines, above are bars."""
_BEYOND = 1.0
"""How far a strike reaches beyond its line, in font sizes: a longer rule divides or frames something."""
_FEWEST_LETTERS = 2
"""One letter with a stroke is a letter of its own (ħ, đ)."""
_JOINT_PT = 1.5
"""Between two rules of one strike."""
_ROW_PT = 8.0
"""Height of the strips by which marks are looked up."""
_COVERED = 0.6
"""Share of a line's height that a cover hides."""
_EDGE = 0.2
"""Share of the letters' height above and below that a cover may leave free."""
_EVEN = 24
"""Grey levels, of 256, between the lightest and the darkest pixel where nothing shows through a cover."""


Cover = tuple[int, bool, Box]
"""Place in the order of painting, whether it is an image, box."""
_Painted = TypeVar("_Painted", Cover, tuple[int, Box])


@dataclass(frozen=True, slots=True)
class Paint:
    """What lies on or through the text of one page, as it is displayed."""

    strikes: Mapping[int, Sequence[Box]]
    """By the strip of their middle, joined where they touch."""
    covers: Mapping[int, Sequence[Cover]]
    """By each strip that they reach; only those over text that is painted before them."""
    texts: Mapping[int, Sequence[tuple[int, Box]]]
    """Place in the order of painting and box of the text, by each strip that it reaches; empty without a cover."""


@once_a_page
def paint(page: pymupdf.Page) -> Paint:
    """The strikes and covers of a page, by their boxes alone."""
    log, seen = bbox_log(page), displayed(page)
    if len(log) > MAX_PATHS:
        return Paint({}, {}, {})
    thin: list[Box] = []
    covers: list[Cover] = []
    texts: list[tuple[int, Box]] = []
    for place, (kind, stored) in enumerate(log):
        if kind.endswith("-text"):
            texts.append((place, stored))
        elif kind in ("fill-path", "stroke-path", "fill-image"):
            box = seen(stored)
            if box[3] - box[1] < _ROW_PT and box[2] - box[0] > box[3] - box[1] and kind != "fill-image":
                thin.append(box)
            if texts and kind != "stroke-path" and min(box[2] - box[0], box[3] - box[1]) > 2:
                covers.append((place, kind == "fill-image", box))
    if covers and any("image" in kind for kind, _ in log):
        covers = _without_holes(covers, page)
    thin += [_middle(seen(quad)) for quad in _struck_quads(page)]
    last = covers[-1][0] if covers else 0
    painted = _by_strips((place, seen(box)) for place, box in texts if place < last)
    over = _by_strips(cover for cover in covers if _is_over_text(cover, painted))
    return Paint(_by_strip(_joined(thin)), over, painted if over else {})


def _is_over_text(cover: Cover, painted: Mapping[int, Sequence[tuple[int, Box]]]) -> bool:
    place, _, (x0, _, x1, _) = cover
    return any(
        before < place and box[0] < x1 and box[2] > x0
        for strip in _strips(cover[2])
        for before, box in painted.get(strip, ())
    )


def _without_holes(covers: Sequence[Cover], page: pymupdf.Page) -> list[Cover]:
    whole = {_coarse(i["bbox"]) for i in page.get_image_info() if not i.get("has-mask")}
    seen = displayed(page)
    solid = {_coarse(seen(box)) for box in whole}
    return [each for each in covers if not each[1] or _coarse(each[2]) in solid]


def _coarse(box: Iterable[float]) -> Box:
    x0, y0, x1, y1 = (float(round(value)) for value in box)
    return x0, y0, x1, y1


def _struck_quads(page: pymupdf.Page) -> Iterable[Box]:
    for annot in page.annots([pymupdf.PDF_ANNOT_STRIKE_OUT]) if page.first_annot else ():
        points = annot.vertices or []
        for corner in range(0, len(points) - 3, 4):
            xs, ys = zip(*points[corner : corner + 4], strict=True)
            yield min(xs), min(ys), max(xs), max(ys)


def _middle(box: Box) -> Box:
    """The strike through a marked line."""
    level = box[3] - (box[3] - box[1]) * 0.4
    return box[0], level - 0.3, box[2], level + 0.3


def _joined(boxes: Sequence[Box]) -> list[Box]:
    """Rules on one height that touch as one, as LaTeX strikes out a line."""
    out: list[Box] = []
    for box in sorted(boxes, key=lambda box: (round(box[1], 1), box[0])):
        last = out[-1] if out else None
        if last and abs(last[1] - box[1]) < 0.3 and abs(last[3] - box[3]) < 0.3 and box[0] - last[2] < _JOINT_PT:
            out[-1] = (last[0], last[1], max(last[2], box[2]), last[3])
        else:
            out.append(box)
    return out


def _by_strip(boxes: Iterable[Box]) -> dict[int, list[Box]]:
    found: dict[int, list[Box]] = defaultdict(list)
    for box in boxes:
        found[int((box[1] + box[3]) / 2 // _ROW_PT)].append(box)
    return found


def _strips(box: Box) -> range:
    return range(int(box[1] // _ROW_PT), int(box[3] // _ROW_PT) + 1)


def _by_strips(painted: Iterable[_Painted]) -> dict[int, list[_Painted]]:
    """What is painted by each strip that it reaches."""
    found: dict[int, list[_Painted]] = defaultdict(list)
    for each in painted:
        for strip in _strips(each[-1]):
            found[strip].append(each)
    return found


def is_marked(lines: Iterable[Mapping[str, Any]], found: Paint) -> bool:
    """Whether any span may be struck or covered, so that it is worth asking for its letters."""
    if not found.strikes and not found.covers:
        return False
    spans = [span for line in lines for span in line["spans"]]
    return any(_strikes_of(span, span["bbox"], found) or _covers_of(span["bbox"], found) for span in spans)


def mark(lines: Sequence[dict[str, Any]], found: Paint, page: pymupdf.Page) -> None:
    """Divide the spans of level lines, which have their `chars`, where a strike begins or ends; those that are struck
    have "struck", those that are covered "covered"."""
    for line in lines:
        if not line["spans"]:
            continue
        edges = (min(s["bbox"][0] for s in line["spans"]), 0.0, max(s["bbox"][2] for s in line["spans"]), 0.0)
        line["spans"] = [part for span in line["spans"] for part in _divided(span, edges, found, page)]


def _divided(span: dict[str, Any], edges: Box, found: Paint, page: pymupdf.Page) -> list[dict[str, Any]]:
    strikes, covers = _strikes_of(span, edges, found), _covers_of(span["bbox"], found)
    chars = span.get("chars")
    if not chars or not (strikes or covers):
        return [span]
    struck = [any(box[0] <= _middle_x(char) <= box[2] for box in strikes) for char in chars]
    if sum(hit and char["c"].isalnum() for hit, char in zip(struck, chars, strict=True)) < _FEWEST_LETTERS:
        struck = [False] * len(chars)
    struck = _with_spaces(struck, chars)
    hidden = _hidden(chars, covers, found, page) if covers else [False] * len(chars)
    if not any(struck) and not any(hidden):
        return [span]
    if span.get("doubtful"):  # a recovered character may stand for several
        return [{**span, "struck": any(struck), "covered": any(hidden)}]
    parts = []
    for (is_struck, is_hidden), run in groupby(zip(struck, hidden, chars, strict=True), key=lambda each: each[:2]):
        own = [each[2] for each in run]
        box = (own[0]["bbox"][0], span["bbox"][1], own[-1]["bbox"][2], span["bbox"][3])
        text = "".join(char["c"] for char in own)
        parts.append({
            **span, "text": text, "chars": own, "bbox": box, "origin": own[0]["origin"],
            "struck": is_struck, "covered": is_hidden,
        })  # fmt: skip
    return parts


def _with_spaces(struck: Sequence[bool], chars: Sequence[Mapping[str, Any]]) -> list[bool]:
    """A space between two struck letters is struck, too."""
    out = list(struck)
    for i in range(1, len(out) - 1):
        if not chars[i]["c"].strip():
            out[i] = out[i - 1] and struck[i + 1]
    return out


def _middle_x(char: Mapping[str, Any]) -> float:
    return float(char["bbox"][0] + char["bbox"][2]) / 2


def _strikes_of(span: Mapping[str, Any], edges: Box, found: Paint) -> list[Box]:
    """Those through a span. edges: of its line."""
    if not found.strikes:
        return []
    baseline, size = span["origin"][1], span["size"]
    low, high = baseline - _HEIGHTS[1] * size, baseline - _HEIGHTS[0] * size
    hits = []
    for strip in range(int(low // _ROW_PT), int(high // _ROW_PT) + 1):
        for box in found.strikes.get(strip, ()):
            level = low <= (box[1] + box[3]) / 2 <= high and box[3] - box[1] <= _THICKEST * size
            within = box[0] > edges[0] - _BEYOND * size and box[2] < edges[2] + _BEYOND * size
            if level and within and box[0] < span["bbox"][2] and box[2] > span["bbox"][0]:
                hits.append(box)
    return hits


def _covers_of(box: Box, found: Paint) -> list[Cover]:
    """Those over a span; most of its height is the middle of it, too."""
    near = found.covers.get(int((box[1] + box[3]) / 2 // _ROW_PT), ())
    return [cover for cover in near if _overlaps(box, cover[2])]


def _overlaps(box: Box, cover: Box) -> bool:
    tall = min(box[3], cover[3]) - max(box[1], cover[1])
    return cover[0] < box[2] and cover[2] > box[0] and tall >= _COVERED * (box[3] - box[1])


def _hidden(
    chars: Sequence[Mapping[str, Any]], covers: Sequence[Cover], found: Paint, page: pymupdf.Page
) -> list[bool]:
    """Which letters have a later cover over them through which nothing shows."""
    last = [_last_cover(char["bbox"], covers, found) for char in chars]
    boxes = [char["bbox"] for char, over in zip(chars, last, strict=True) if over is not None and not over[1]]
    if boxes and not _is_even(boxes, page):
        return [over is not None and over[1] for over in last]
    return [over is not None for over in last]


def _last_cover(box: Box, covers: Sequence[Cover], found: Paint) -> Cover | None:
    """The cover of a letter that is painted last, and after it."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    over = max((each for each in covers if each[2][0] <= x <= each[2][2]), default=None)
    if over is None:
        return None
    near = [each for strip in _strips((x, y - 1, x, y + 1)) for each in found.texts.get(strip, ())]
    painted = [place for place, b in near if b[0] - 1 <= x <= b[2] + 1 and b[1] - 1 <= y <= b[3] + 1]
    return over if painted and over[0] > max(painted) else None


def _is_even(boxes: Sequence[Box], page: pymupdf.Page) -> bool:
    """Whether the page shows one colour there."""
    x0, x1 = min(box[0] for box in boxes) + 0.5, max(box[2] for box in boxes) - 0.5
    edge = _EDGE * (boxes[0][3] - boxes[0][1])
    y0, y1 = boxes[0][1] + edge, boxes[0][3] - edge
    clip = pymupdf.Rect(x0, y0, x1, y1) & page.rect
    if clip.is_empty:
        return False
    pixmap = page.get_pixmap(clip=clip, dpi=72, colorspace=pymupdf.csGRAY, alpha=False)
    return bool(pixmap.width) and max(pixmap.samples) - min(pixmap.samples) < _EVEN

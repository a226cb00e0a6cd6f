"""The boxes of a form that a person ticks, as signs in the line that they stand in."""

from __future__ import annotations

from typing import Any

import pymupdf

_KINDS = (pymupdf.PDF_WIDGET_TYPE_CHECKBOX, pymupdf.PDF_WIDGET_TYPE_RADIOBUTTON)
TICKED, EMPTY = "☑", "☐"


def with_ticks(lines: list[dict[str, Any]], page: pymupdf.Page) -> list[dict[str, Any]]:
    """MuPDF's level lines of an upright page with a sign for each box, in place of what paints its tick."""
    if page.rotation or not page.first_widget:
        return lines
    for widget in page.widgets(types=_KINDS):
        box = pymupdf.Rect(widget.rect)
        for line in lines:
            line["spans"] = [span for span in line["spans"] if _middle(span["bbox"]) not in box]
        ticked = widget.field_value not in (None, False, "", "Off")
        lines = [*lines, _sign(TICKED if ticked else EMPTY, box, lines)]
    return [line for line in lines if line["spans"]]


def _sign(text: str, box: pymupdf.Rect, lines: list[dict[str, Any]]) -> dict[str, Any]:
    """A line with the sign, on the baseline of the words beside the box where there are some."""
    beside = [span for line in lines for span in line["spans"] if box.y0 <= _middle(span["bbox"]).y <= box.y1]
    near = min(beside, key=lambda span: abs(span["bbox"][0] - box.x1), default=None)
    size, baseline = (near["size"], near["origin"][1]) if near else (box.height, box.y1 - box.height / 5)
    span = {
        "text": text, "font": "", "size": size, "flags": 0, "color": 0, "bbox": tuple(box),
        "origin": (box.x0, baseline), "char_flags": 16, "place": near["place"] if near else 0,
    }  # fmt: skip
    return {"dir": (1.0, 0.0), "bbox": tuple(box), "spans": [span]}


def _middle(box: tuple[float, float, float, float]) -> pymupdf.Point:
    return pymupdf.Point((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)

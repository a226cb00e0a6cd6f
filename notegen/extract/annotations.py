"""What the learner put on a PDF with another program: read as theirs, and taken off the page before it is read as the
source's. Form fields stay, as what is filled in is text; strikes too: they say which words count no more."""

from __future__ import annotations

import colorsys
from collections.abc import Iterator, Sequence

import pymupdf

from notegen.extract.document import Box, Highlight
from notegen.extract.text import glyphs
from notegen.extract.text.lines import FLAGS

_MARKS = {pymupdf.PDF_ANNOT_HIGHLIGHT, pymupdf.PDF_ANNOT_UNDERLINE, pymupdf.PDF_ANNOT_SQUIGGLY}
_NOTES = {pymupdf.PDF_ANNOT_TEXT, pymupdf.PDF_ANNOT_FREE_TEXT}
_STAYS = {pymupdf.PDF_ANNOT_STRIKE_OUT, pymupdf.PDF_ANNOT_WIDGET, pymupdf.PDF_ANNOT_LINK}
_MAX_CHARACTERS = 1000
"""Of a comment, or of marked words: more is no mark, and may be hostile."""
_HUES = ((0.04, "red"), (0.11, "orange"), (0.19, "yellow"), (0.47, "green"), (0.7, "blue"), (0.8, "purple"),
         (0.94, "pink"), (1.01, "red"))  # fmt: skip
"""Up to which hue, of 1, a colour has its name."""


def set_aside(document: pymupdf.Document, index: int) -> tuple[Highlight, ...]:
    """The learner's marks and notes on a page, from top to bottom; the open document has them no more.

    A broken page has none.
    """
    try:
        page = document[index]
        if page.first_annot is None:
            return ()
        taken = [(each, _quads(each)) for each in page.annots() if each.type[0] not in _STAYS]
        found = [(quads, *_said(each)) for each, quads in taken if each.type[0] in _MARKS | _NOTES]
        for each, _ in taken:
            page.delete_annot(each)
        matrix = page.rotation_matrix
        letters = list(_letters(document[index])) if any(kind in _MARKS for _, kind, _, _ in found) else []
    except Exception:  # whatever one broken page raises, the others can be read
        return ()
    marks = []
    for quads, kind, colour, comment in found:
        text = _words(quads, letters) if kind in _MARKS else ""
        if _bare(comment) == _bare(text):  # some programs copy the marked words there
            comment = ""
        top = round(min((pymupdf.Rect(quad) * matrix).y0 for quad in quads), 1)
        if text or comment:
            marks.append(Highlight(page=index, top=top, text=text, colour=colour if text else "", comment=comment))
    return tuple(sorted(dict.fromkeys(marks), key=lambda mark: mark.top))


def _said(annot: pymupdf.Annot) -> tuple[int, str, str]:
    """Kind, name of the colour, comment."""
    colour = annot.colors.get("stroke") or ()
    comment = glyphs.plain(annot.info.get("content") or "")
    return annot.type[0], _name(colour) if len(colour) == 3 else "", comment[:_MAX_CHARACTERS]


def _quads(annot: pymupdf.Annot) -> list[Box]:
    points = annot.vertices or []
    if annot.type[0] not in _MARKS or len(points) < 4:
        return [tuple(annot.rect)]
    quads = []
    for corner in range(0, len(points) - 3, 4):
        xs, ys = zip(*points[corner : corner + 4], strict=True)
        quads.append((min(xs), min(ys), max(xs), max(ys)))
    return quads


def _name(colour: Sequence[float]) -> str:
    hue, saturation, _ = colorsys.rgb_to_hsv(*colour)
    return "grey" if saturation < 0.1 else next(name for limit, name in _HUES if hue < limit)


def _letters(page: pymupdf.Page) -> Iterator[tuple[int, str, float, float]]:
    """Number of its line, character and centre of everything printed on the page."""
    number = 0
    for block in page.get_text("rawdict", flags=FLAGS)["blocks"]:
        for line in block.get("lines", ()):
            number += 1
            for span in line["spans"]:
                for char in span["chars"]:
                    x0, y0, x1, y1 = char["bbox"]
                    yield number, char["c"], (x0 + x1) / 2, (y0 + y1) / 2


def _words(quads: Sequence[Box], letters: Sequence[tuple[int, str, float, float]]) -> str:
    """The marked words on one line, as printed; "" where they cannot be told for certain."""
    text, last = "", 0
    for line, char, x, y in letters:
        if any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in quads):
            if line != last and text:
                text = text[:-1] if text.endswith("-") and char.islower() else f"{text} "
            text, last = text + char, line
    if not all(glyphs.has_meaning(char) for char in text) or len(text) > _MAX_CHARACTERS:
        return ""
    return glyphs.plain(text)


def _bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())

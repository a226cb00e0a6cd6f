"""Glyphs that MuPDF cannot name, read again with pdfium at the same place on the page."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

import pymupdf
import pypdfium2

from notegen.extract.document import Box
from notegen.extract.text import glyphs
from notegen.extract.text.cork import read_as_cork
from notegen.extract.text.lines import printed_text

LastResort = Callable[[pymupdf.Page, Box], str]
"""Reads what stands in a box of a page that nobody could read yet; "" when it cannot either."""


class SecondReader:
    """The same file opened with pdfium, at the first need."""

    def __init__(self, path: Path, password: str, last_resort: LastResort) -> None:
        self._path, self._password, self._last_resort = path, password, last_resort
        self._document: pypdfium2.PdfDocument | None = None

    def blocks(self, page: pymupdf.Page) -> list[dict[str, Any]]:
        """MuPDF's blocks of the page as `get_text("dict")` gives them, spans split where glyphs were recovered or lost.

        Such a span has "doubtful": a recovered character is right in all that was seen, but other readers of the
        same PDF will not find it; a lost one is left out.
        """
        blocks: list[dict[str, Any]] = page.get_text("rawdict", textpage=printed_text(page))["blocks"]
        read_as_cork(blocks, frozenset(font[4] or font[3] for font in page.get_fonts() if font[2] == "Type3"))
        text_page = self._text_page(page)
        for block in blocks:
            for line in block.get("lines", ()):
                line["spans"] = [part for span in line["spans"] for part in _repaired(span, page, text_page)]
                for part in line["spans"]:
                    if part["doubtful"] and not part["text"].strip() and glyphs.sets_words(part["font"]):
                        part["text"] = self._last_resort(page, part["bbox"]) or part["text"]
        return blocks

    def _text_page(self, page: pymupdf.Page) -> pypdfium2.PdfTextPage | None:
        try:
            if self._document is None:
                self._document = pypdfium2.PdfDocument(self._path, password=self._password or None)
            return self._document[page.number].get_textpage()
        except (pypdfium2.PdfiumError, IndexError):
            return None


def _repaired(
    span: dict[str, Any], page: pymupdf.Page, text_page: pypdfium2.PdfTextPage | None
) -> list[dict[str, Any]]:
    parts = []
    text = "".join(char["c"] for char in span["chars"])
    if text and text.isascii() and text.isprintable():  # most are: nothing to look for
        first, last = span["chars"][0], span["chars"][-1]
        box = (first["bbox"][0], span["bbox"][1], last["bbox"][2], span["bbox"][3])
        return [{**span, "text": text, "bbox": box, "origin": first["origin"], "doubtful": False}]
    for unknown, run in groupby(span["chars"], key=lambda char: not glyphs.has_meaning(char["c"])):
        chars = list(run)
        text = "".join(_reread(char, page, text_page) if unknown else char["c"] for char in chars)
        x0, x1 = chars[0]["bbox"][0], chars[-1]["bbox"][2]
        box = (x0, span["bbox"][1], x1, span["bbox"][3])
        parts.append(
            {
                **span,
                "text": text or " ",
                "bbox": box,
                "origin": chars[0]["origin"],
                "doubtful": unknown,
                "chars": chars,
            }
        )
    return parts


def _reread(char: dict[str, Any], page: pymupdf.Page, text_page: pypdfium2.PdfTextPage | None) -> str:
    if text_page is None:
        return ""
    x0, _, x1, _ = char["bbox"]
    size = max(char["bbox"][3] - char["bbox"][1], 1.0)
    middle = pymupdf.Point((x0 + x1) / 2, char["origin"][1] - size * 0.2)
    inverse = ~(page.transformation_matrix * page.rotation_matrix)
    place = middle * inverse
    index = text_page.get_index(place.x + page.cropbox.x0, place.y + page.mediabox.y0, 1.0, size * 0.3)
    if index is None:
        return ""
    return _ligature(text_page, index)


def _ligature(text_page: pypdfium2.PdfTextPage, index: int) -> str:
    """The character, with those after it in the same place: pdfium gives a ligature letter by letter."""
    box = text_page.get_charbox(index)
    text = ""
    for following in range(index, min(index + 3, text_page.count_chars())):
        if text_page.get_charbox(following) != box:
            break
        text += text_page.get_text_range(following, 1)
    return text if all(glyphs.has_meaning(char) for char in text) else ""

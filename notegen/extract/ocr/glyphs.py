"""Glyphs that neither MuPDF nor pdfium can name, read from their picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pymupdf

from notegen.extract.document import Box
from notegen.extract.ocr.tesseract import OcrError, installed_languages, read_words

_MOST_ON_A_PAGE, _MOST = 12, 60
"""Runs of glyphs that are looked at: each costs a start of tesseract, about 0.2 CPU seconds."""
_SURE = 72.0
"""Confidence, 0 to 100; single digits were read with 75 and more, ornaments and parts of brackets with less than 71."""
_DPI = 300
_BESIDE, _ABOVE = 1.5, 1.0
"""Points around the glyphs' box."""
_WHITE_PX = 30
"""Tesseract needs an edge of paper around the letters."""
_LIMIT_S = 10.0


class GlyphReader:
    """Reads runs of nameless glyphs of one document, where tesseract is installed; a bounded number of them."""

    def __init__(self, languages: Sequence[str]) -> None:
        self._wanted = languages
        self._languages: list[str] | None = None
        self._looked: Counter[int] = Counter()
        """Runs looked at, by page index."""

    def read(self, page: pymupdf.Page, box: Box) -> str:
        """The letters or digits in a box of the page as it is before it is turned; "" where it is not sure of them."""
        if self._languages is None:
            installed = installed_languages() if self._wanted else frozenset()
            self._languages = [each for each in self._wanted if each in installed]
        if not self._languages or self._looked[page.number] >= _MOST_ON_A_PAGE or self._looked.total() >= _MOST:
            return ""
        self._looked[page.number] += 1
        try:
            image = _image(page, box)
            words = read_words(image, self._languages, dpi=_DPI, limit_s=_LIMIT_S, on_wait=_nothing, one_line=True)
        except (OcrError, RuntimeError):  # RuntimeError: the box lies outside of the page
            return ""
        text = " ".join(word.text for word in words)
        sure = all(word.confidence >= _SURE and word.text.isalnum() for word in words)
        return text if sure else ""


def _nothing() -> None:
    """The run is short: nobody needs to hear of it."""


def _image(page: pymupdf.Page, box: Box) -> bytes:
    clip = pymupdf.Rect(box[0] - _BESIDE, box[1] - _ABOVE, box[2] + _BESIDE, box[3] + _ABOVE) * page.rotation_matrix
    glyphs = page.get_pixmap(clip=clip & page.rect, dpi=_DPI, colorspace=pymupdf.csGRAY, alpha=False)
    sheet = pymupdf.IRect(0, 0, glyphs.width + 2 * _WHITE_PX, glyphs.height + 2 * _WHITE_PX)
    paper = pymupdf.Pixmap(pymupdf.csGRAY, sheet, False)
    paper.clear_with(255)
    glyphs.set_origin(_WHITE_PX, _WHITE_PX)
    paper.copy(glyphs, glyphs.irect)
    image: bytes = paper.tobytes("pgm")
    return image

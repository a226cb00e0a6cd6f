"""Scanned pages: which they are, their words by OCR as lines of text, and their pictures where there is no OCR."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby
from statistics import median

import pymupdf

from notegen.extract.document import Picture
from notegen.extract.ocr.tesseract import (
    HOW_TO_INSTALL,
    OcrError,
    OcrWord,
    installed_languages,
    missing_data,
    read_words,
    rotation,
    tesseract_path,
)
from notegen.extract.pictures.boxes import area, common
from notegen.extract.pictures.drawn import MAX_IMAGE_PX, displayed
from notegen.extract.pictures.png import as_png
from notegen.extract.pictures.render import MAX_PX
from notegen.extract.text.glyphs import repaired
from notegen.extract.text.line import Line
from notegen.extract.text.spans import Span

_MOST_OF_PAGE = 0.6
"""Of the page's area: what images must cover so that a page without text counts as scanned."""
_DPI = 300
_PICTURE_DPI = 150
_PICTURE_MAX_PX = 1600
"""Height of a page's picture."""
_LOOK_DPI = 24
_PAPER_CONTRAST = 40
"""Grey levels of 255; a page with less between its darkest and lightest spot is blank."""
_COLOUR = 24
"""Grey levels by which red, green and blue differ in what is seen as coloured."""
_PAGE_S = 60.0
_ALL_S = 200.0
"""One page and all pages of a run; what is left then is shown as pictures."""
_SURE = 70.0
"""Tesseract's confidence, 0 to 100: words that it read right have 85 and more, misread ones mostly less than 60."""
_GAP = 1.0
"""In font sizes: what stands farther apart in a row may belong to two columns."""
_CAP, _X_HEIGHT, _DESCENDER = 0.70, 0.48, 0.21
"""Of the font size, in common text faces."""
_TALL = frozenset("bdfhkltißABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ0123456789()[]/!?")
_DEEP = frozenset("gjpqy,;()[]ß/Q")
_BULLET = "•"
_AS_BULLETS = frozenset("«¢*")
"""What a bullet before an item is read as."""
_ALIKE = 0.18
"""A line whose size differs from the page's usual one by less (relatively) has the usual one: sizes are estimates."""


def is_scanned(page: pymupdf.Page) -> bool:
    """Whether images cover most of a page. To be asked for pages without text only."""
    try:
        if not page.get_images():  # told at once, while looking at where they lie means running the page
            return False
    except RecursionError:  # forms nested thousands deep
        return False
    sheet = tuple(page.rect)
    images = page.get_image_info()
    if any(image["width"] * image["height"] > MAX_IMAGE_PX for image in images):
        return False
    seen = displayed(page)
    return sum(area(common(seen(tuple(i["bbox"])), sheet)) for i in images) > _MOST_OF_PAGE * area(sheet)


def page_picture(page: pymupdf.Page) -> tuple[Picture, ...]:
    """The whole page as one picture; nothing for a blank one."""
    box = tuple(page.rect)
    look = page.get_pixmap(dpi=_LOOK_DPI, colorspace=pymupdf.csRGB, alpha=False).samples
    if max(look, default=0) - min(look, default=0) < _PAPER_CONTRAST:
        return ()
    coloured = any(max(rgb) - min(rgb) > _COLOUR for rgb in zip(look[::3], look[1::3], look[2::3], strict=True))
    scale = min(_PICTURE_DPI / 72, _PICTURE_MAX_PX / page.rect.height, math.sqrt(MAX_PX / area(box)))
    pixmap = page.get_pixmap(
        matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csRGB if coloured else pymupdf.csGRAY, alpha=False
    )
    picture = Picture(
        page=page.number, bbox=box, kind="raster",
        width_px=pixmap.width, height_px=pixmap.height, png=as_png(pixmap),
    )  # fmt: skip
    return (picture,)


class OcrReader:
    """Reads scanned pages of one document, as far as tesseract, its languages and the time allow."""

    def __init__(self, languages: Sequence[str]) -> None:
        self._wanted = tuple(languages)
        self._installed: frozenset[str] | None = None
        self._left_s = _ALL_S
        self.advice = ""
        """What would let more of the scanned pages be read, one or two sentences; "" when nothing is missing."""

    def lines(self, page: pymupdf.Page, on_wait: Callable[[], None]) -> list[Line]:
        """The page's lines of text as read by OCR; none where that is not possible, see `advice`.

        A page that was scanned sideways or upside down is turned upright in the document.
        """
        languages = self._languages()
        if not languages:
            return []
        began_s = time.monotonic()
        try:
            words = self._upright_words(page, languages, on_wait)
        except OcrError as error:
            self.advice = self.advice or f"{error.reason} What it could not read is shown as pictures."
            return []
        finally:
            self._left_s -= time.monotonic() - began_s
        return _as_lines(words, 72 / _dpi(page))

    def _languages(self) -> list[str]:
        """Those of the wanted ones that tesseract has data for; sets `advice` for the others."""
        if not self._wanted:
            return []
        if tesseract_path() is None:
            self.advice = f"{HOW_TO_INSTALL} to have scanned pages read as text."
            return []
        if self._installed is None:
            self._installed = installed_languages()
        missing = [each for each in self._wanted if each not in self._installed]
        if missing:
            self.advice = missing_data(missing)
        return [each for each in self._wanted if each in self._installed]

    def _upright_words(
        self, page: pymupdf.Page, languages: Sequence[str], on_wait: Callable[[], None]
    ) -> list[OcrWord]:
        def read(angle: int) -> list[OcrWord]:
            limit_s = min(_PAGE_S, self._left_s)
            if limit_s <= 0:
                raise OcrError(f"OCR of these pages took longer than {_ALL_S:g} seconds.")
            return read_words(_image(page, angle), languages, dpi=_dpi(page), limit_s=limit_s, on_wait=on_wait)

        words = read(0)
        if _looks_upright(words):
            return words
        angles: list[int] = [90, 180, 270]
        if "osd" in (self._installed or ()):
            found = rotation(_image(page, 0), limit_s=_PAGE_S, on_wait=on_wait)
            angles = [found] if found else []
        turned = [(angle, read(angle)) for angle in angles]
        angle, best = max([(0, words), *turned], key=lambda each: _worth(each[1]))
        if angle:
            page.set_rotation((page.rotation + angle) % 360)
        return best


def _dpi(page: pymupdf.Page) -> int:
    """What a page is rendered at for OCR: fewer for one so large that it would have too many pixels."""
    return max(1, min(_DPI, int(72 * math.sqrt(MAX_PX / max(area(tuple(page.rect)), 1.0)))))


def _image(page: pymupdf.Page, angle: int) -> bytes:
    """The page, turned clockwise, in shades of grey."""
    scale = _dpi(page) / 72
    matrix = pymupdf.Matrix(scale, scale).prerotate(angle)
    image: bytes = page.get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY, alpha=False).tobytes("pgm")
    return image


def _looks_upright(words: Sequence[OcrWord]) -> bool:
    """Whether words that can be believed were read, in rows and not in upright strips."""
    long = [word for word in words if len(word.text) > 2]
    if not long:
        return False
    wide = sum(word.width > word.height for word in long)
    return 2 * wide > len(long) and median(word.confidence for word in long) > _SURE


def _worth(words: Sequence[OcrWord]) -> int:
    """How many letters were read with confidence in words that lie on a row."""
    return sum(len(w.text) for w in words if w.confidence > _SURE and (w.width > w.height or len(w.text) < 3))


def _as_lines(words: Sequence[OcrWord], points_per_px: float) -> list[Line]:
    """The words as lines, in points; tesseract's own lines are cut where two columns may meet."""
    rows = [list(row) for _, row in groupby(words, key=lambda word: word.line)]
    sizes = [_size_px(row) for row in rows]
    weights: Counter[float] = Counter()
    for row, size in zip(rows, sizes, strict=True):
        weights[size] += sum(len(word.text) for word in row)
    usual = _middle(weights)
    lines = []
    for row, size in zip(rows, sizes, strict=True):
        size = usual if abs(size - usual) < _ALIKE * usual else size
        lines += [_line(piece, size, points_per_px) for piece in _pieces(row, _GAP * size)]
    return lines


def _middle(weights: Counter[float]) -> float:
    """The weighted median."""
    half = weights.total() / 2
    seen = 0
    for value in sorted(weights):
        seen += weights[value]
        if seen >= half:
            return value
    return 0.0


def _size_px(row: Sequence[OcrWord]) -> float:
    """The font size of a row, from the heights of its words and the letters that are in them."""
    spelt = [word for word in row if any(char.isalnum() for char in word.text)]
    return median(word.height / _share(word.text) for word in spelt or row)


def _share(text: str) -> float:
    """How tall the word is, in font sizes: letters such as "b" rise above an "x", such as "p" hang below it."""
    return (_CAP if _TALL & set(text) else _X_HEIGHT) + (_DESCENDER if _DEEP & set(text) else 0.0)


def _pieces(row: Sequence[OcrWord], gap_px: float) -> list[list[OcrWord]]:
    pieces: list[list[OcrWord]] = []
    for word in sorted(row, key=lambda each: each.left):
        if pieces and word.left - (pieces[-1][-1].left + pieces[-1][-1].width) < gap_px:
            pieces[-1].append(word)
        else:
            pieces.append([word])
    return pieces


def _line(words: Sequence[OcrWord], size_px: float, points_per_px: float) -> Line:
    """One line; words that tesseract is not sure of are spans of their own, marked as doubtful."""
    foot_px = median(w.top + w.height - (_DESCENDER * size_px if _DEEP & set(w.text) else 0.0) for w in words)
    spans = []
    for doubtful, run in groupby(words, key=lambda word: word.confidence < _SURE):
        part = list(run)
        text = " ".join(
            repaired(_BULLET if word is words[0] and word.text in _AS_BULLETS else word.text) for word in part
        )
        spans.append(
            Span(
                text=text if part[-1] is words[-1] else f"{text} ",
                font="OCR",
                size=round(size_px * points_per_px, 1),
                x0=part[0].left * points_per_px,
                x1=(part[-1].left + part[-1].width) * points_per_px,
                baseline=foot_px * points_per_px,
                doubtful=doubtful,
            )
        )
    return Line(tuple(spans))

"""Pages of a PDF that has lost its page tree, put together again from the text that is left.

A file that was cut off often keeps the content streams of its first pages, but not the objects that say which fonts and
sizes they use. Each such stream becomes a page in a stand-in font, in the order of the file. Letters come out right,
since producers of such files (TeX above all) number letters as ASCII does; signs and formulas do not, and the pages'
numbers are a guess. What is made here is only for a document that has no page at all otherwise.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pymupdf

from notegen.extract.document import Block, Page

_TEXT = re.compile(rb"\bBT\b.*?\bT[jJ]\b", re.DOTALL)
_FONT = re.compile(rb"/([^\s/\[\]()<>]+)\s+[\d.]+\s+Tf\b")
_FIRST_SIZE, _MARGIN_PT = 2000.0, 36.0
_MAX_STREAM_BYTES = 4_000_000
_MAX_PAGES = 500
_LIGATURES = {11: "ff", 12: "fi", 13: "fl", 14: "ffi", 15: "ffl", 27: "ff", 28: "fi", 29: "fl", 30: "ffi", 31: "ffl"}
"""Codes of the f-ligatures in TeX's two text encodings (OT1 and T1) and the names of their glyphs."""


def salvaged(broken: pymupdf.Document) -> pymupdf.Document | None:
    """A new document with one page for each stream of text in `broken`; None when there is none."""
    made = pymupdf.open()
    font = _stand_in_font(made)
    for xref in range(1, broken.xref_length()):
        stream = _text_stream(broken, xref)
        if stream is not None and made.page_count < _MAX_PAGES:
            _add_page(made, stream, font)
    return made if made.page_count else None


def _text_stream(broken: pymupdf.Document, xref: int) -> bytes | None:
    try:
        if not broken.xref_is_stream(xref) or "/Type" in broken.xref_object(xref, compressed=True):
            return None
        length = broken.xref_get_key(xref, "Length")[1]
        if not length.isdigit() or int(length) > _MAX_STREAM_BYTES:
            return None
        stream: bytes = broken.xref_stream(xref)
    except Exception:  # one unreadable stream is one page less
        return None
    return stream if len(stream) <= _MAX_STREAM_BYTES and _TEXT.search(stream) else None


def _stand_in_font(document: pymupdf.Document) -> int:
    """Times with the f-ligatures where TeX has them."""
    differences = " ".join(f"{code} /{name}" for code, name in _LIGATURES.items())
    xref: int = document.get_new_xref()
    document.update_object(
        xref,
        "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman"
        f"/Encoding<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[{differences}]>>>>",
    )
    return xref


def _add_page(document: pymupdf.Document, stream: bytes, font: int) -> None:
    page = document.new_page(width=_FIRST_SIZE, height=_FIRST_SIZE)
    contents = document.get_new_xref()
    document.update_object(contents, "<<>>")
    document.update_stream(contents, stream)
    names = sorted({name.decode("latin-1") for name in _FONT.findall(stream)})
    fonts = "".join(f"/{name} {font} 0 R" for name in names if re.fullmatch(r"[\w+\-.]+", name))
    document.xref_set_key(page.xref, "Contents", f"{contents} 0 R")
    document.xref_set_key(page.xref, "Resources", f"<</Font<<{fonts}>>>>")
    page = document.reload_page(page)
    boxes = [pymupdf.Rect(block[:4]) for block in page.get_text("blocks")]
    if not boxes:
        document.delete_page(page.number)
        return
    used = pymupdf.Rect(boxes[0])
    for box in boxes:
        used |= box
    around = pymupdf.Rect(used.x0 - _MARGIN_PT, used.y0 - _MARGIN_PT, used.x1 + _MARGIN_PT, used.y1 + _MARGIN_PT)
    page.set_cropbox(around & page.rect)


_CERTAIN = re.compile(r"[A-Za-z\s.,;:!?'\"’“”()/–-]")
_LONE_LETTER = re.compile(r"\b(?:[b-zB-HJ-Z]|ff|fi|fl|ffi|ffl)\b|\bA (?=that\b|which\b|is\b|are\b)")


def without_guesses(page: Page) -> Page:
    """The page with only what a stand-in font cannot get wrong: text in plain letters. Signs, digits and lone letters
    are marked as doubtful; formulas, pictures and tables, which would look other than printed, are left out."""
    kept = [block for block in page.blocks if block.kind not in ("formula", "caption", "code")]
    return replace(page, blocks=tuple(replace(each, doubtful=_doubts(each)) for each in kept), pictures=(), tables=())


def _doubts(block: Block) -> tuple[tuple[int, int], ...]:
    if not block.text.rstrip().endswith((".", "!", "?")):
        return ((0, len(block.text)),)
    signs = [(i, i + 1) for i, character in enumerate(block.text) if not _CERTAIN.match(character)]
    letters = [match.span() for match in _LONE_LETTER.finditer(block.text)]
    return tuple(sorted({*block.doubtful, *signs, *letters}))

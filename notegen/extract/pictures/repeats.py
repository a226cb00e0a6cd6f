"""Images that a file shows page after page: logos and backgrounds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import pymupdf

_FEWEST_PAGES, _PAGE_SHARE = 3, 0.5
"""An image drawn on so many pages, and on that share of those looked at, is no content of any of them."""
_DRAWN = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+Do\b")
"""A name and the operator that paints what is listed under it (ISO 32000-1, 8.8)."""
_PAGE_ITSELF = 0
"""What MuPDF gives in place of the xref of the form that lists something."""


def repeated_images(document: pymupdf.Document, page_indexes: Iterable[int]) -> frozenset[int]:
    """The xrefs of images drawn on at least half of these pages (and on three).

    A page may list images that it never draws: some programs give all pages one dictionary.
    """
    indexes = list(page_indexes)
    least = max(_FEWEST_PAGES, len(indexes) * _PAGE_SHARE)
    listed: dict[int, set[int]] = {}
    for index in indexes:
        try:
            listed[index] = {image[0] for image in document.get_page_images(index)}
        except RecursionError:  # forms nested thousands deep
            continue
    counts = Counter(xref for xrefs in listed.values() for xref in xrefs)
    often = {xref for xref, pages in counts.items() if pages >= least}
    drawn = Counter(xref for index, xrefs in listed.items() if xrefs & often for xref in _drawn(document, index))
    return frozenset(xref for xref in often if drawn[xref] >= least)


def _drawn(document: pymupdf.Document, index: int) -> set[int]:
    """The xrefs of the images that the page's content paints, by itself or within forms that it paints."""
    names: dict[int, set[str]] = {_PAGE_ITSELF: _painted_names(document[index].read_contents())}
    forms = [(xref, name, parent) for xref, name, parent, _ in document.get_page_xobjects(index)]
    grew = True
    while grew:
        reached = {xref for xref, name, parent in forms if xref not in names and name in names.get(parent, ())}
        names.update({xref: _painted_names(document.xref_stream(xref) or b"") for xref in reached})
        grew = bool(reached)
    images = document.get_page_images(index, full=True)
    return {image[0] for image in images if image[7] in names.get(image[9], ())}


def _painted_names(content: bytes) -> set[str]:
    return {name.decode("latin-1") for name in _DRAWN.findall(content)}

"""The text of a page without what annotations and form fields show."""

from __future__ import annotations

import pymupdf

from notegen.extract.text.lines import FLAGS


def own_text(page: pymupdf.Page, seen: str) -> str:
    """The text of the page's own content. seen: its text with what annotations and form fields show, which is the same
    where there are none."""
    if page.first_annot is None and page.first_widget is None:
        return seen
    text_page = pymupdf.mupdf.FzStextPage(pymupdf.mupdf.FzRect(*page.rect))
    device = pymupdf.mupdf.fz_new_stext_device(text_page, pymupdf.mupdf.FzStextOptions(FLAGS))
    pymupdf.mupdf.fz_run_page_contents(page.this, device, pymupdf.mupdf.FzMatrix(), pymupdf.mupdf.FzCookie())
    pymupdf.mupdf.fz_close_device(device)
    return "\n".join(block[4] for block in pymupdf.TextPage(text_page).extractBLOCKS())

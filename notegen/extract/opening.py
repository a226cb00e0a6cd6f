"""Opening a PDF: what is none, what is locked, what is damaged."""

from __future__ import annotations

from pathlib import Path

import pymupdf

from notegen.errors import LockedPdfError, PdfError
from notegen.extract.salvage import salvaged

SALVAGED = "The PDF is incomplete: its pages are put together from what is left of their text."


def opened(path: Path, *, password: str, cut_off: bool) -> tuple[pymupdf.Document, str]:
    """The document, and why it is suspect ("" when it is not). Raises PdfError when it is no readable PDF.

    cut_off: the file has no end-of-file mark.
    """
    name = path.name
    again = "Download or export it again, or open it in a PDF viewer and print it to a new PDF."
    try:
        document = pymupdf.open(path)
        is_pdf, count = document.is_pdf, 0
        locked = document.needs_pass and not document.authenticate(password)
        if is_pdf and not locked:
            count = document.page_count
            if count == 0:
                document = salvaged(document)
    except Exception as error:  # MuPDF raises many kinds, some of them bare RuntimeErrors
        raise PdfError(f"{name} cannot be read as a PDF: the file is damaged.", again) from error
    if not is_pdf:
        raise PdfError(f"{name} is not a PDF.", "Download or export the PDF itself.")
    if locked and password:
        raise LockedPdfError(f"The password does not open {name}.", "Check it: capital and small letters differ.")
    if locked:
        raise LockedPdfError(
            f"{name} is locked by a password.",
            f"Give it with --password, let a terminal ask you for it, or store it once: keyring set notegen {name}",
        )
    if document is None:
        raise PdfError(f"{name} has no pages: the file is damaged or incomplete.", again)
    if count == 0:
        return document, SALVAGED
    if document.is_repaired:
        return document, "The PDF is damaged or incomplete: pages or text may be missing."
    return document, "The PDF has no proper end: it may be incomplete." if cut_off else ""

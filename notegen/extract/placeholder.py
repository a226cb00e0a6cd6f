"""PDFs whose one page is no content: it only says that another program is needed to see what the file holds."""

from __future__ import annotations

import re

import pymupdf

from notegen.errors import PdfError
from notegen.extract.facts import Facts

_MOST_PAGES, _MOST_WORDS = 2, 150
"""Of a file that holds nothing but such a page."""
_WAIT = re.compile(r"please wait\W.*if this message is not eventually replaced", re.IGNORECASE | re.DOTALL)
"""What Adobe's designer of forms puts there."""
_PROTECTED = re.compile(
    r"(?:this|the) (?:pdf )?(?:document|file) is (?:protected|encrypted)\b.{0,300}\b(?:reader|viewer|plug-?in|rights)",
    re.IGNORECASE | re.DOTALL,
)
"""What services that lock documents (Microsoft's, FileOpen and others) put there."""


def refuse_placeholder(document: pymupdf.Document, facts: Facts, name: str) -> None:
    """Raise PdfError where the file holds no more than such a page. facts: its pages have been looked over safely.

    name: of the file.
    """
    is_small = facts.page_count <= _MOST_PAGES and 0 < sum(facts.words) <= _MOST_WORDS
    found = _placeholder(document) if is_small else None
    if found:
        raise PdfError(f"{name} {found[0]}.", found[1])


def _placeholder(document: pymupdf.Document) -> tuple[str, str] | None:
    """What the file is instead of a text, as the end of a sentence, and what to do; None for a text, be it short."""
    try:
        text = "\n".join(page.get_text() for page in document)
    except Exception:  # a broken page says nothing
        return None
    catalogue = document.pdf_catalog()
    if _WAIT.search(text) or document.xref_get_key(catalogue, "NeedsRendering")[1] == "true":
        return (
            "is a form that only Adobe Acrobat or Reader can show: its one page says so",
            "Open it there, print it to a new PDF, then use that.",
        )
    if _PROTECTED.search(text):
        return (
            "is protected by a service: its one page says so",
            "Open it with the program that it names, and save or print it without protection if you may.",
        )
    if document.xref_get_key(catalogue, "Collection")[0] != "null" and document.embfile_count():
        return (
            "is a portfolio: the documents are files inside it",
            "Open it in Adobe Acrobat or Reader, save the files that you want to read, then use those.",
        )
    return None

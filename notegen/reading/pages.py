"""Page ranges as a person writes them: "25-36" as printed in the book, "pdf:40-52" counted from 1."""

from __future__ import annotations

import re

from notegen.errors import PdfError, UsageError
from notegen.extract.document import Document

RAW = "pdf:"


def check_range(text: str) -> None:
    """UsageError unless `text` has the form of a range; whether a book has those pages shows later."""
    _ends(text)


def page_indexes(text: str, document: Document) -> tuple[int, int]:
    """(first, last) as page indexes from 0, both included. PdfError where the book has no such page."""
    raw = text.strip().lower().startswith(RAW)
    alone = -1 if raw else _labelled(text.strip(), document, 0)
    if alone >= 0:  # one page, whose number may have a hyphen: "A-3"
        first = last = alone
        known = ""
    elif raw:
        start, end = _ends(text)
        first, last = int(start) - 1, int(end) - 1
        known = f"1 to {document.page_count}, counted from the first page of the file"
    else:
        start, end = _ends(text)
        first = _labelled(start, document, 0)
        last = first if start == end else _labelled(end, document, first if first >= 0 else 0)
        known = f"{document.labels[0]} to {document.labels[-1]} as printed"
    if not 0 <= first <= last < document.page_count:
        raise PdfError(
            f"“{document.title}” has no pages {text.strip()}: its pages are {known}.",
            "Name pages that it has, or count from the first page of the file, for example --pages pdf:1-2.",
        )
    return first, last


def printed_range(document: Document, first: int, last: int) -> str:
    """ "25–36", the numbers as printed; "pdf:40–52" where these would count backwards, as when a volume begins anew."""
    start, end = document.labels[first], document.labels[last]
    if first == last:
        return start
    backwards = start.isdecimal() and end.isdecimal() and int(start) >= int(end)
    return f"{RAW}{first + 1}–{last + 1}" if backwards else f"{start}–{end}"


def _ends(text: str) -> tuple[str, str]:
    raw = text.strip().lower().startswith(RAW)
    body = text.strip()[len(RAW) :] if raw else text.strip()
    number = r"\d{1,9}" if raw else r"(?:[A-Za-z]{0,3}\d{1,9}[a-z]?|[ivxlcdmIVXLCDM]+|[A-Z])"
    match = re.fullmatch(rf"({number})(?:\s*(?:-|–|\.\.)\s*({number}))?", body)
    if match is None and not raw:  # numbers that have a hyphen themselves: "A-6-A-7", "3-12-3-15"
        hyphened = r"(?:[A-Za-z]{1,3}|\d{1,3})[-.]\d{1,4}"
        match = re.fullmatch(rf"({hyphened})\s*(?:-|–|\.\.)\s*({hyphened})", body)
    ends = (match[1], match[2] or match[1]) if match else ("", "")
    backwards = all(each.isdecimal() for each in ends) and int(ends[0]) > int(ends[1])
    if not match or backwards or (raw and int(ends[0]) < 1):
        raise UsageError(
            f"“{text}” is not a page range.", "Write --pages 25-36 (as printed) or --pages pdf:40-52 (counted from 1)."
        )
    return ends


def _labelled(label: str, document: Document, start: int) -> int:
    """Index of the first page from `start` on that prints `label`; -1 when there is none."""
    wanted = label.casefold()
    return next((i for i in range(start, document.page_count) if document.labels[i].casefold() == wanted), -1)

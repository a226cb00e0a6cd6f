"""Which stretch of a PDF is read today, given what the logs in the vault say was read."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from notegen.errors import PdfError
from notegen.extract.document import Document
from notegen.reading.pages import printed_range
from notegen.reading.stretch import Stretch, divide, enclosing_title, section_named


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What one log says: these pages of this document were read on that date."""

    date: str
    """YYYY-MM-DD."""
    first: int
    last: int
    """Page indexes from 0, both included."""


def next_stretch(document: Document, reads: Sequence[Read], max_pages: int) -> Stretch | None:
    """The stretch after the one that was read last; the first one when none was; None when the book is finished."""
    stretches = divide(document, max_pages)
    if not reads:
        return stretches[0] if stretches else None
    latest = max(reads, key=lambda read: (read.date, read.last, read.first))
    known = {(read.first, read.last) for read in reads}
    for position, stretch in enumerate(stretches):
        if (stretch.first, stretch.last) == (latest.first, latest.last):
            return next((each for each in stretches[position + 1 :] if (each.first, each.last) not in known), None)
    after = next((each for each in stretches if each.last > latest.last), None)
    if after is None or after.first > latest.last or (after.first == latest.last and after.first_top is not None):
        return after
    rest = replace(after, first=latest.last + 1, first_top=None)
    return replace(rest, title=f"{rest.title}, pp. {printed_range(document, rest.first, rest.last)}")


def stretch_of_pages(document: Document, first: int, last: int, max_pages: int) -> Stretch:
    """Exactly these pages: as the stretch or section that has them where there is one, so that its title and its
    beginning on the page are known; else as plain pages."""
    if not 0 <= first <= last < document.page_count:
        raise PdfError(
            f"“{document.title}” has {document.page_count} pages; a note of it names pages {first + 1}-{last + 1}.",
            "Correct pdf_pages in that note's properties, or remove the note.",
        )
    for stretch in divide(document, max_pages):
        if (stretch.first, stretch.last) == (first, last):
            return stretch
    for entry in document.outline:
        for section in section_named(document, entry.title) if entry.page == first else ():
            if (section.first, section.last) == (first, last):
                return section
    title, chapter = enclosing_title(document, first, last)
    return Stretch(
        title=f"{title}, pp. {printed_range(document, first, last)}", first=first, last=last, chapter=chapter
    )


def stretch_of_section(document: Document, title: str) -> Stretch:
    """The one outline section of that title. PdfError when there is none or more than one."""
    found = section_named(document, title)
    if len(found) == 1:
        return found[0]
    if found:
        listed = "; ".join(
            f"“{each.title}”, pp. {printed_range(document, each.first, each.last)}" for each in found[:6]
        )
        raise PdfError(
            f"“{document.title}” has {len(found)} sections like “{title}”: {listed}.", "Name its pages with --pages."
        )
    if not document.outline:
        raise PdfError(f"“{document.title}” has no outline to look “{title}” up in.", "Name the pages with --pages.")
    titles = [each.title for each in document.outline]
    close = difflib.get_close_matches(title, titles, n=3, cutoff=0.5) or titles[:8]
    listed = "; ".join(f"“{each}”" for each in close)
    raise PdfError(
        f"“{document.title}” has no section “{title}”.", f"Did you mean {listed}? Or name pages with --pages."
    )

"""The index at the back of a book: which terms it lists, and on which pages they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from notegen.extract.document import IndexEntry

BACK = 0.5
"""An index stands in the last half of a file."""
INDEX_SHARE = 0.5
"""Of the lines of a page of an index so many end in page numbers; lines of a bibliography or a table do not."""
MIN_LINES = 8
MAX_ENTRIES = 6000
"""An index of forty pages has fewer; what is more is no index, or hostile."""
MAX_RANGE_PAGES = 30
"""A longer range is a chapter, or no range of pages at all."""

_NUMBER = r"\d{1,4}(?:\s?[–-]\s?\d{1,4})?(?:ff?\.?|n\d*)?"
_ENTRY = re.compile(
    rf"^(?P<term>[^\W\d_][^\d]*?(?:[^\W\d_]|\)))[\s,.:;]+(?P<pages>{_NUMBER}(?:\s*[,;]\s*{_NUMBER})*)\.?$"
)
_RANGE = re.compile(r"(\d{1,4})(?:\s?[–-]\s?(\d{1,4}))?")
_LEADERS = re.compile(r"\.\s?\.\s?\.|…")
"""Dots to the page number: a line of the contents."""
_CONTENTS = re.compile(r"^\s*(?:\d+(?:\.\d+)*\.?\s|(?:chapter|kapitel|chapitre|capítulo|capitolo)\b)", re.IGNORECASE)


def index_of(pages: Sequence[str]) -> tuple[IndexEntry, ...]:
    """The entries of a book's index, in its order. pages: the text of every page of the file, line by line."""
    first = int(len(pages) * BACK)
    found = [entry for text in pages[first:] for entry in _entries(text)]
    return tuple(found) if 0 < len(found) <= MAX_ENTRIES else ()


def _entries(text: str) -> list[IndexEntry]:
    """Those of one page; none where the page is no index."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    matches = [match for line in lines if not _LEADERS.search(line) and (match := _ENTRY.match(line))]
    told = [line for line in lines if len(line) > 1]
    listed = sum(bool(_CONTENTS.match(line)) for line in told)
    if len(matches) < max(MIN_LINES, INDEX_SHARE * len(told)) or listed > len(matches) / 2:
        return []
    return [IndexEntry(term=match["term"].strip(" ,"), pages=tuple(_numbers(match["pages"]))) for match in matches]


def _numbers(text: str) -> Iterator[str]:
    """ "12, 45–47" → 12, 45, 46, 47; "145–7" counts on from its first number."""
    for first, last in _RANGE.findall(text):
        end = first[: len(first) - len(last)] + last if last else first
        if int(first) <= int(end) <= int(first) + MAX_RANGE_PAGES:
            yield from (str(number) for number in range(int(first), int(end) + 1))
        else:
            yield first

"""How a book is divided into stretches, the pages of one day, before any of its text is read.

A stretch becomes a Passage when `cut` takes its blocks out of a Document.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from notegen.extract.document import Document, OutlineEntry
from notegen.extract.roles import title_role
from notegen.reading.matter import body

TOP_MARGIN_PT = 110.0
"""A section that begins no lower than this on a page begins the page: nothing of the section before stands above it."""
SMALL_SHARE = 3
"""A unit of less than 1/3 of a day's pages joins its neighbour; larger ones keep a day to themselves."""
FRONT_MATTER_SHARE = 5
"""Pages before the first outline entry are front matter (title page, contents) when they are under 1/5 of the book."""
NUMBERING = re.compile(
    r"^\s*(?:(?i:appendix|chapter|section|part|kapitel|anhang)\s+(?:\d[\d.]*|[A-Z]|[IVXLC]+)\b[.:]?"
    r"|\d+(?:\.\d+)*[.:]?|[A-Z](?:\.\d+)+[.:]?|[A-Z][.:]|[IVXLC]+[.:])\s+(?=\S)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A run of pages: indexes from 0, both ends included."""

    title: str
    first: int
    last: int
    chapter: str = ""
    """Title of the enclosing outline section, "" at the top."""
    first_top: float | None = None
    """Where on the first page it begins, in points from the top; None: at its top."""
    last_bottom: float | None = None
    """Where on the last page the next stretch begins; None: it has the whole page."""

    @property
    def page_count(self) -> int:
        return self.last - self.first + 1


def divide(document: Document, max_pages: int) -> tuple[Stretch, ...]:
    """The whole document as stretches of at most `max_pages` pages, in reading order.

    Front matter and what ends a book (`reading.matter`) are left out. A short document is one stretch. A longer one
    follows its outline: a section that is too long is divided at its own sections, small neighbours share a day.
    Without an outline the pages are shared out evenly.
    """
    first, last = body(document)
    whole = Stretch(title=document.title, first=first, last=last)
    if whole.page_count <= max_pages:
        return (whole,)
    entries = _usable(document)
    if not entries:
        return tuple(_even_parts(whole, max_pages))
    units: list[Stretch] = []
    before = min(max(entries[0].page, first), last + 1)
    if (before - first) * FRONT_MATTER_SHARE > document.page_count:
        units += _even_parts(replace(whole, last=before - 1), max_pages)
    for section, level in _top_sections(entries, replace(whole, first=0, last=document.page_count - 1)):
        part = _within(section, first, last, document)
        if part is not None:
            units += _divide_section(part, level, entries, max_pages)
    return tuple(_group(units, max_pages)) if units else tuple(_even_parts(whole, max_pages))


def _within(section: Stretch, first: int, last: int, document: Document) -> Stretch | None:
    """The section as far as it is in the body, without the empty pages and the title of a part that it begins with."""
    roles = document.roles
    start, end = max(section.first, first), min(section.last, last)
    while start < end and start < len(roles) and roles[start] in ("blank", "part"):
        start += 1
    if start > end:
        return None
    top = section.first_top if start == section.first else None
    bottom = section.last_bottom if end == section.last else None
    return replace(section, first=start, last=end, first_top=top, last_bottom=bottom)


def section_named(document: Document, title: str) -> tuple[Stretch, ...]:
    """The outline sections whose title is `title`: letter case and numbering aside, then the
    one of that number, then those that contain it."""
    entries = _usable(document)
    found = [_span_of(entries, index, document) for index in range(len(entries))]
    wanted = plain_title(title)
    exact = [each for each in found if plain_title(each.title) == wanted or each.title.strip() == title.strip()]
    numbered = [each for each in found if each.title.split()[0].rstrip(".:") == title.strip().rstrip(".:")]
    return tuple(exact or numbered or [each for each in found if wanted and wanted in plain_title(each.title)])


def enclosing_title(document: Document, first: int, last: int) -> tuple[str, str]:
    """(title, chapter) of the deepest outline section that holds the pages; the document's title where none does."""
    entries = _usable(document)
    spans = [_span_of(entries, index, document) for index in range(len(entries))]
    holding = [each for each in spans if each.first <= first and last <= each.last]
    if not holding:
        return document.title, ""
    best = min(holding, key=lambda each: each.page_count)
    return best.title, best.chapter


def plain_title(title: str) -> str:
    """A title for comparing: no numbering, no punctuation, one case."""
    return " ".join(re.findall(r"\w+", NUMBERING.sub("", title, count=1).casefold()))


def _usable(document: Document) -> list[OutlineEntry]:
    inside = [each for each in document.outline if 0 <= each.page < document.page_count and each.title.strip()]
    return sorted(inside, key=lambda each: (each.page, each.top or 0.0))


def _span_of(entries: Sequence[OutlineEntry], index: int, document: Document) -> Stretch:
    """From the entry to the next one of its level or above."""
    entry = entries[index]
    following = next((each for each in entries[index + 1 :] if each.level <= entry.level), None)
    parents = [each for each in entries[:index] if each.level < entry.level]
    whole = Stretch(title=entry.title, first=0, last=document.page_count - 1)
    return _until(entry, following, whole, chapter=parents[-1].title if parents else "")


def _until(entry: OutlineEntry, following: OutlineEntry | None, whole: Stretch, *, chapter: str) -> Stretch:
    last, bottom = whole.last, whole.last_bottom
    if following is not None:
        last, bottom = following.page, following.top
        if (bottom is None or bottom <= TOP_MARGIN_PT) and last > entry.page:
            last, bottom = last - 1, None
    top = entry.top if entry.top and entry.top > TOP_MARGIN_PT else None
    return Stretch(
        title=entry.title,
        first=entry.page,
        last=max(last, entry.page),
        chapter=chapter,
        first_top=top,
        last_bottom=bottom,
    )


def _top_sections(entries: Sequence[OutlineEntry], whole: Stretch) -> Iterator[tuple[Stretch, int]]:
    """(section, level) at the outline's top. A single top entry (the book's own title) gives way to its children."""
    level = min(each.level for each in entries)
    if sum(each.level == level for each in entries) == 1 and len(entries) > 1:
        level = min(each.level for each in entries if each.level > level)
    tops = [each for each in entries if each.level <= level]
    for index, entry in enumerate(tops):
        following = tops[index + 1] if index + 1 < len(tops) else None
        if not title_role(entry.title):
            yield _until(entry, following, whole, chapter=""), level


def _divide_section(section: Stretch, level: int, entries: Sequence[OutlineEntry], max_pages: int) -> list[Stretch]:
    """A section as units of at most a day: itself, else its sub-sections, else even parts."""
    if section.page_count <= max_pages:
        return [section]
    deeper = [each for each in entries if each.level > level and _inside(each, section)]
    if not deeper:
        return list(_even_parts(section, max_pages))
    inner_level = min(each.level for each in deeper)
    inner = [each for each in deeper if each.level == inner_level]
    units = _opening(section, inner[0], max_pages)
    for index, entry in enumerate(inner):
        if title_role(entry.title) in ("contents", "front", "index"):
            continue
        following = inner[index + 1] if index + 1 < len(inner) else None
        part = _until(entry, following, section, chapter=section.title)
        units += _divide_section(part, inner_level, entries, max_pages)
    return _group(units, max_pages)


def _opening(section: Stretch, first_inner: OutlineEntry, max_pages: int) -> list[Stretch]:
    """What stands between a section's heading and its first sub-section, when that is more than the heading."""
    top = first_inner.top if first_inner.top and first_inner.top > TOP_MARGIN_PT else None
    last = first_inner.page if top else first_inner.page - 1
    if last < section.first or (
        last == section.first and (top or 0) <= (section.first_top or 0) + TOP_MARGIN_PT and top
    ):
        return []
    opening = replace(section, chapter=section.title, last=last, last_bottom=top)
    return list(_even_parts(opening, max_pages))


def _inside(entry: OutlineEntry, section: Stretch) -> bool:
    position = (entry.page, entry.top or 0.0)
    start = (section.first, section.first_top or 0.0)
    end = (section.last, section.last_bottom if section.last_bottom is not None else math.inf)
    return start <= position < end


def _even_parts(section: Stretch, max_pages: int) -> Iterator[Stretch]:
    count = math.ceil(section.page_count / max_pages)
    size = math.ceil(section.page_count / count)
    for number in range(count):
        first = section.first + number * size
        last = min(first + size - 1, section.last)
        yield replace(
            section,
            title=f"{section.title} (part {number + 1} of {count})" if count > 1 else section.title,
            first=first,
            last=last,
            first_top=section.first_top if number == 0 else None,
            last_bottom=section.last_bottom if last == section.last else None,
        )


def _group(units: Sequence[Stretch], max_pages: int) -> list[Stretch]:
    """Small neighbours joined while they fit in a day: under one chapter, and one at the top (a preface) with what
    follows it. Units on the very same pages are joined too, as they could not be told apart."""
    grouped: list[tuple[Stretch, list[str]]] = []
    for unit in units:
        if grouped:
            last, titles = grouped[-1]
            fits = unit.last - last.first + 1 <= max_pages and last.chapter in ("", unit.chapter)
            small = min(last.page_count, unit.page_count) * SMALL_SHARE < max_pages
            if (fits and small) or (last.first, last.last) == (unit.first, unit.last):
                joined = replace(last, last=unit.last, last_bottom=unit.last_bottom)
                grouped[-1] = (joined, [*titles, unit.title])
                continue
        grouped.append((unit, [unit.title]))
    return [replace(each, title=_joint_title(titles)) for each, titles in grouped]


def _joint_title(titles: Sequence[str]) -> str:
    if len(titles) == 1:
        return titles[0]
    return f"{titles[0]} {'&' if len(titles) == 2 else '–'} {titles[-1]}"

"""Where the body of a book begins and ends: front matter and back matter are what nobody learns from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notegen.extract.document import Document, OutlineEntry
from notegen.extract.roles import title_role

MOST_FRONT = 0.5
"""Share of the pages that front matter has at most; more of them is a text about prefaces."""
LEAST_BODY = 0.6
"""Share of the pages that stand before the first page of references or index that ends a book."""
LONGEST_GAP = 6
"""Pages of front matter on end that do not say what they are."""
LONGEST_PREFACE = 15
"""Pages on which a preface may go on until a chapter begins."""
_ROMAN = re.compile(r"[ivxlc]+")
_ABOUT_THE_BOOK = ("contents", "front")


def body(document: Document) -> tuple[int, int]:
    """(first, last) page index of the body. The whole file where nothing else is certain."""
    count = document.page_count
    roles = (*document.roles, *[""] * (count - len(document.roles)))
    if 2 * roles.count("blank") > count:  # a scan: its pages have no text, and are none the less full
        roles = tuple("" if role == "blank" else role for role in roles)
    opening = _openings(document, roles)
    first = _first(document, roles, opening)
    back = next(
        (i for i in range(int(LEAST_BODY * count), count)
         if roles[i] in ("references", "index", "contents") and not any(each > i for each in opening)), count,
    )  # fmt: skip
    last = back - 1
    while last > first and roles[last] == "blank":
        last -= 1
    read = any(role in ("", "opens") for role in roles[first : last + 1])
    return (first, last) if first <= last and read else (0, count - 1)


def _first(document: Document, roles: Sequence[str], opening: Sequence[int]) -> int:
    count = document.page_count
    limit = min([*opening, int(MOST_FRONT * count)])
    numbered = "1" in document.labels
    entries = {entry.page for entry in document.outline if title_role(entry.title) in _ABOUT_THE_BOOK}
    told: list[int] = []
    for i in range(limit):
        is_told = roles[i] in _ABOUT_THE_BOOK or i in entries or (numbered and _ROMAN.fullmatch(document.labels[i]))
        if is_told and i - (told[-1] if told else -1) <= LONGEST_GAP:
            told.append(i)
    first = told[-1] + 1 if told else 0
    if (
        told
        and opening
        and (roles[told[-1]] == "front" or told[-1] in entries)
        and opening[0] - first <= LONGEST_PREFACE
    ):
        first = max(first, opening[0])
    while first < count - 1 and (roles[first] in ("blank", "part") or (first == 0 and roles[0] == "title")):
        first += 1
    return first if first < count and (first <= limit or first in opening) else 0


def _openings(document: Document, roles: Sequence[str]) -> list[int]:
    """Pages on which a chapter of the body begins, by the outline or by their first line."""
    found = {i for i, role in enumerate(roles) if role == "opens"}
    above: list[OutlineEntry] = []
    for entry in document.outline:
        above = [each for each in above if each.level < entry.level]
        outside = [each for each in (*above, entry) if title_role(each.title)]
        above.append(entry)
        inside = 0 <= entry.page < document.page_count
        if inside and not outside and roles[entry.page] not in ("title", "blank", "part", *_ABOUT_THE_BOOK):
            found.add(entry.page)
    return sorted(found)

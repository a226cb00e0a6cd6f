"""Headings that the PDF's own outline names, found on the page by their words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from notegen.extract.document import OutlineEntry
from notegen.extract.text.headings import BARE_NUMBER, MOST_ROWS, Heading, Style, style
from notegen.extract.text.line import Line

_NUMBER_ALONE = re.compile(r"(?:chapter|appendix|part|section|kapitel|anhang)?[\da-z]{0,4}")
_FUZZY = 0.86


def by_outline(rows: Sequence[Line], entries: Sequence[OutlineEntry]) -> list[Heading]:
    """The rows of one page that its outline entries name, found by their words, nearest to where the entry points."""
    found: list[Heading] = []
    taken: set[int] = set()
    runs = _runs(rows) if entries else []
    for entry in entries:
        wanted = _bare(entry.title)
        best, likest = range(0), _FUZZY
        for run, text in runs:
            if len(text) > 1.5 * len(wanted) + 12 or not taken.isdisjoint(run):
                continue
            likeness = _likeness(text, wanted) - _distance(rows[run.start], entry)
            if likeness > likest:
                best, likest = run, likeness
        if best:
            taken.update(best)
            found.append(Heading(rows=tuple(rows[best.start : best.stop]), level=entry.level))
    return found


def named_styles(
    pages: Mapping[int, Sequence[Line]], outline: Sequence[OutlineEntry], styles: Mapping[Style, int]
) -> dict[Style, int]:
    """Those of the styles that headings named by the outline have, with the level it gives most of them."""
    levels: dict[Style, Counter[int]] = {}
    for index, lines in pages.items():
        for heading in by_outline(lines, [entry for entry in outline if entry.page == index]):
            levels.setdefault(style(heading.rows[-1]), Counter())[heading.level] += 1
    named = {look: count.most_common(1)[0][0] for look, count in levels.items() if look in styles}
    for look in styles.keys() - named.keys():
        above = [level for other, level in named.items() if other[0] > look[0]]
        if look[1] and above:  # sections too deep for the outline
            named[look] = max(above) + 1
    return named


def _runs(rows: Sequence[Line]) -> list[tuple[range, str]]:
    """Where a heading of one to four rows may stand, and the letters and digits there.

    A number in a style of its own may stand above the title; the title's rows look alike.
    """
    bare = [_bare(row.text) for row in rows]
    sizes = [None if BARE_NUMBER.match(row.text) else row.size for row in rows]
    runs = []
    for start in range(len(rows)):
        for stop in range(start + 1, min(start + MOST_ROWS, len(rows)) + 1):
            titles = [size for size in sizes[start:stop] if size is not None]
            if any(abs(size - titles[0]) >= 1 for size in titles):
                break
            runs.append((range(start, stop), "".join(bare[start:stop])))
    return runs


@lru_cache(maxsize=20_000)
def _likeness(text: str, wanted: str) -> float:
    if text == wanted:
        return 1.1
    short, long = sorted((text, wanted), key=len)
    if len(short) >= 4 and long.endswith(short) and _NUMBER_ALONE.fullmatch(long[: -len(short)]):
        return 1.05  # one of the two has the number
    if 2 * len(short) <= _FUZZY * (len(short) + len(long)):
        return 0.0  # too different in length, whatever they say
    matcher = SequenceMatcher(None, text, wanted, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() > _FUZZY else 0.0


def _distance(row: Line, entry: OutlineEntry) -> float:
    return 0.0 if entry.top is None else min(abs(row.top - entry.top) / 4000, 0.15)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())

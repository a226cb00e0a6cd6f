"""A book shared out over days to come: what is unread, in the book's order, each day about as much as the others."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from notegen.extract.document import Document
from notegen.reading.stretch import Stretch, divide


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDay:
    """What is to be read on a day."""

    date: dt.date
    stretches: tuple[Stretch, ...]
    """In the book's order, at least one."""

    @property
    def first(self) -> int:
        """Page index from 0."""
        return self.stretches[0].first

    @property
    def last(self) -> int:
        """Page index from 0, included."""
        return self.stretches[-1].last

    def is_read(self, covered: Collection[int]) -> bool:
        """Say whether each of its pages is among the page indexes."""
        return all(page in covered for each in self.stretches for page in range(each.first, each.last + 1))


def days_by_pages(
    document: Document, covered: Collection[int], start: dt.date, pages_per_day: int
) -> tuple[PlannedDay, ...]:
    """What is not covered (page indexes from 0), about so many pages a day, from `start` on, a day each day.

    Days are whole stretches of `divide`: a day takes the next one too where that brings it nearer its amount, so none
    has half as many again. Raises OverflowError where the calendar ends (the year 9999).
    """
    days: list[list[Stretch]] = []
    for stretch in _unread(document, covered, pages_per_day):
        if days and _joins(days[-1], stretch, covered, pages_per_day):
            days[-1].append(stretch)
        else:
            days.append([stretch])
    return tuple(
        PlannedDay(date=start + dt.timedelta(days=number), stretches=tuple(each)) for number, each in enumerate(days)
    )


def days_by_date(document: Document, covered: Collection[int], start: dt.date, by: dt.date) -> tuple[PlannedDay, ...]:
    """The same with the least pages a day that end by that date, which is not before `start`."""
    count = (by - start).days + 1
    unread = sum(each.page_count for each in _unread(document, covered, document.page_count))
    for pages_per_day in range(max(1, math.ceil(unread / count)), document.page_count):
        days = days_by_pages(document, covered, start, pages_per_day)
        if len(days) <= count:
            return days
    whole = tuple(_unread(document, covered, document.page_count))
    return (PlannedDay(date=start, stretches=whole),) if whole else ()


def _unread(document: Document, covered: Collection[int], max_pages: int) -> Iterator[Stretch]:
    """The stretches of which something is not covered, each from its first page that is not. A page that a stretch
    shares with the one before stays, as nobody knows which half of it was read."""
    for stretch in divide(document, max_pages):
        if all(page in covered for page in range(stretch.first, stretch.last + 1)):
            continue
        while stretch.first in covered and stretch.first_top is None:
            stretch = replace(stretch, first=stretch.first + 1)
        yield stretch


def _joins(day: Sequence[Stretch], following: Stretch, covered: Collection[int], pages_per_day: int) -> bool:
    """With the stretch the day is nearer to its pages than without, and nothing that was read lies between them."""
    first, last = day[0].first, day[-1].last
    if any(page in covered for page in range(last + 1, following.first)):
        return False
    return abs(following.last - first + 1 - pages_per_day) < abs(last - first + 1 - pages_per_day)

"""When a quest is complete: conditions over the ledger and the logs, in a property of its note, and their ticks.

The property `complete_when` has a line for each: `[[Embedding|explained embedding]]`, whose link follows when the note
is renamed, or `read b1-0123456789abcdef 4-7 19`: pages of a book, counted from 1. The line of the note that shows a
condition ends in a block id made of the same words.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

from notegen.learner.ledger.entry import LEVELS, Entry
from notegen.vault.identity import pages_of
from notegen.vault.logs import LogRecord
from notegen.vault.regions import find, wrap

What = Literal["explained", "recalled", "applied"]
PROPERTY = "complete_when"
REGION = "complete"
"""Key of the region that shows the conditions."""
_OF_CONCEPT = re.compile(r"\[\[(?P<target>[^\[\]|]+)\|(?P<what>explained|recalled|applied) (?P<slug>[^\[\]|]+)\]\]")
_OF_PAGES = re.compile(r"read (?P<book>[bf]\d{1,3}-[0-9a-f]{16})(?P<pages>(?: \d{1,9}(?:-\d{1,9})?)+)")
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_BOOK_DIGITS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptCondition:
    """Something is to be shown of a concept."""

    what: What
    target: str
    """Of a link to its note."""
    slug: str

    def __str__(self) -> str:
        return f"[[{self.target}|{self.what} {self.slug}]]"

    @property
    def block(self) -> str:
        """The id of the block that shows it."""
        return f"ng-{self.what}-{self.slug}"

    def is_met(self, entry: Entry, today: dt.date) -> bool:
        """explained: by the level, or as the learner set it; recalled: later than the first deed; applied: once."""
        if entry.said == self.what or self.what == "explained":
            return LEVELS.index(entry.level(today)) >= LEVELS.index(self.what)
        first = min((deed.date for deed in entry.deeds), default=today)
        done = [deed for deed in entry.deeds if deed.what == self.what and deed.is_success and deed.date <= today]
        return any(self.what == "applied" or deed.date > first for deed in done)


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesCondition:
    """Pages of a book are to be read."""

    book: str
    """Its id."""
    ranges: tuple[tuple[int, int], ...]
    """From 1, both included."""

    def __str__(self) -> str:
        pages = (f"{first}-{last}" if last > first else str(first) for first, last in self.ranges)
        return f"read {self.book} {' '.join(pages)}"

    @property
    def block(self) -> str:
        """As `ConceptCondition.block`."""
        return f"ng-read-{self.book[-_BOOK_DIGITS:]}"

    def is_met(self, logs: Iterable[LogRecord]) -> bool:
        """Logs cover every page of it."""
        read = {page for log in logs if log.book == self.book for page in range(log.pdf_pages[0], log.pdf_pages[1] + 1)}
        return all(page in read for first, last in self.ranges for page in range(first, last + 1))


Condition = ConceptCondition | PagesCondition


def slug_of(name: str) -> str:
    """A name in the letters that a block id may have; a hash-like number where it has none of them."""
    plain = _NOT_IN_SLUG.sub("-", name.casefold()).strip("-")
    return plain or "c" + "".join(f"{ord(each):x}" for each in name.casefold()[:4])


def runs_of(pages: Collection[int]) -> tuple[tuple[int, int], ...]:
    """(first, last) of each run of numbers."""
    runs: list[tuple[int, int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], page)
        else:
            runs.append((page, page))
    return tuple(runs)


def read_condition(line: str) -> Condition | None:
    """The condition that a line of the property tells; None for anything else, which is the learner's."""
    if found := _OF_CONCEPT.fullmatch(line.strip()):
        what = cast(What, found["what"]) if found["what"] in get_args(What) else None
        return ConceptCondition(what=what, target=found["target"], slug=found["slug"]) if what else None
    if found := _OF_PAGES.fullmatch(line.strip()):
        ranges = [pages_of(each) for each in found["pages"].split()]
        return PagesCondition(book=found["book"], ranges=tuple(each for each in ranges if each))
    return None


def conditions_met(
    conditions: Sequence[Condition],
    entry_of: Callable[[str], Entry | None],
    logs: Sequence[LogRecord],
    today: dt.date,
) -> list[bool]:
    """Whether each holds. entry_of: of the concept note that a link leads to; None where there is none."""

    def holds(each: Condition) -> bool:
        if isinstance(each, PagesCondition):
            return each.is_met(log for log in logs if log.date is None or log.date <= today)
        entry = entry_of(each.target)
        return entry is not None and each.is_met(entry, today)

    return [holds(each) for each in conditions]


def ticked(text: str, blocks: Collection[str]) -> str:
    """The note of a quest with the boxes of those blocks ticked; all else keeps its bytes. Ticks are never taken away.

    A region that stands as notegen wrote it stays one that nobody has changed.
    """
    if not blocks:
        return text
    boxes = re.compile(
        rf"^(?P<head>[ \t>]*[-*+] )\[ \](?P<rest>.* \^(?:{'|'.join(map(re.escape, blocks))})[ \t\r]*)$", re.M
    )
    for region in reversed(find(text)):
        if region.id != REGION or region.damaged:
            continue
        whole = text[region.start : region.end]
        new = boxes.sub(r"\g<head>[x]\g<rest>", whole)
        if new != whole and region.is_as_written:
            new = wrap(region.id, boxes.sub(r"\g<head>[x]\g<rest>", region.text))
        text = text[: region.start] + new + text[region.end :]
    return text

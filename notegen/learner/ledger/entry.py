"""What the ledger holds of one concept: read from the properties of its notes, and how new deeds change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from notegen.config import LedgerSettings
from notegen.learner.ledger.deed import Deed
from notegen.learner.ledger.memory import Memory, read_memory, reviewed
from notegen.vault.note import Property

Learned = Literal["seen", "explained", "recalled", "applied"]
LEVELS: tuple[Learned, ...] = ("seen", "explained", "recalled", "applied")
MASTERY_DAYS = 7
"""Two successes so many days apart make a concept mastered: what is known twice in one sitting may be gone soon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The ledger's facts about one concept."""

    deeds: tuple[Deed, ...] = ()
    """By date."""
    lines: tuple[str, ...] = ()
    """The property `evidence` as it stands, the learner's own lines too."""
    said: str = ""
    """The property `learned`, as it stands."""
    next_review: dt.date | None = None
    memory: Memory | None = None
    troubles: tuple[str, ...] = ()
    """What could not be read, one sentence each. It stays as it is."""
    is_broken: bool = False
    """Its schedule cannot be read, so that none is written."""

    def level(self, today: dt.date) -> Learned:
        """How far the learner came: what the deeds show, or the note says where that is more."""
        done = [deed for deed in self.deeds if deed.date <= today and deed.is_success]
        level: Learned = "explained" if any(deed.what != "recalled" for deed in done) else "seen"
        first = min((deed.date for deed in self.deeds), default=today)
        if any(deed.what == "recalled" for deed in done):
            later = any(deed.what == "recalled" and deed.date > first for deed in done)
            level = "recalled" if later else "explained"
        if any(deed.what == "applied" for deed in done):
            level = "applied"
        told = LEVELS.index(self.said) if self.said in LEVELS else 0
        return LEVELS[max(LEVELS.index(level), told)]

    def mastered(self, today: dt.date) -> dt.date | None:
        """The day on which it was mastered: that of the second success, a week or more after the first one. None where
        it is not, or where the last recall failed."""
        done = [deed for deed in self.deeds if deed.date <= today]
        if done and not done[-1].is_success:
            return None
        days = sorted(deed.date for deed in done if deed.is_success)
        return next((day for day in days if (day - days[0]).days >= MASTERY_DAYS), None)

    def is_due(self, today: dt.date) -> bool:
        return self.next_review is not None and self.next_review <= today


def entry_in(properties: Mapping[str, Any], names: LedgerSettings, today: dt.date) -> Entry:
    """The entry in the properties of a note (names in lower case). today: what lies after it is said, not counted."""
    troubles: list[str] = []
    value = properties.get(names.evidence.lower())
    lines = tuple(str(each) for each in (value if isinstance(value, list) else [value] if value else []))
    deeds = sorted((deed for line in lines if (deed := Deed.read(line))), key=lambda deed: deed.date)
    if any(deed.date > today for deed in deeds):
        troubles.append(f"“{names.evidence}” holds a date that is still to come: it counts from that day on.")
    said = str(properties.get(names.learned.lower()) or "").strip()
    if said and said not in LEVELS:
        troubles.append(f"“{names.learned}: {said}” is none of {', '.join(LEVELS)}: it was left as it is.")
    told, due_text = properties.get(names.memory.lower()), properties.get(names.next_review.lower())
    due = _date(due_text)
    memory = read_memory(str(told), due) if told else None
    broken = (bool(told) and memory is None) or (due_text is not None and due is None)
    if broken:
        troubles.append(
            f"“{names.memory}” or “{names.next_review}” cannot be read: both were left as they are. "
            "Delete them to have them worked out from the evidence."
        )
    elif memory and memory.last > today:
        broken = True
        troubles.append(
            f"“{names.memory}” is of a day that is still to come, {memory.last}: until then it stays as it is. "
            f"If the clock was wrong, delete it and “{names.next_review}” to have them worked out from the evidence."
        )
    return Entry(
        deeds=tuple(deeds),
        lines=lines,
        said=said,
        next_review=due,
        memory=memory,
        troubles=tuple(troubles),
        is_broken=broken,
    )


def merged(entries: Sequence[Entry]) -> Entry:
    """One entry of the notes of one concept: the evidence of all, the schedule of the one that was reviewed last."""
    first, *others = entries
    if not others:
        return first
    deeds: list[Deed] = []
    for deed in sorted((deed for each in entries for deed in each.deeds), key=lambda deed: deed.date):
        if not any(deed.is_like(other) for other in deeds):
            deeds.append(deed)
    latest = max(entries, key=lambda each: each.memory.last if each.memory else dt.date.min)
    return Entry(
        deeds=tuple(deeds),
        lines=first.lines,
        said=max((each.said for each in entries), key=lambda said: LEVELS.index(said) if said in LEVELS else -1),
        next_review=latest.next_review,
        memory=latest.memory,
        troubles=tuple(trouble for each in entries for trouble in each.troubles),
        is_broken=first.is_broken,
    )


def changes(entry: Entry, new: Sequence[Deed], names: LedgerSettings, today: dt.date) -> dict[str, Property]:
    """The properties that change with what the learner did since: only those, in their order; {} for nothing. What is
    dated later than today waits for its day."""
    added: list[Deed] = []
    for deed in sorted((deed for deed in new if deed.date <= today), key=lambda deed: deed.date):
        if not any(deed.is_like(other) for other in (*entry.deeds, *added)):
            added.append(deed)
    if not added:
        return {}
    deeds = tuple(sorted((*entry.deeds, *added), key=lambda deed: deed.date))
    after = Entry(deeds=deeds, said=entry.said)
    found: dict[str, Property] = {}
    if entry.said in ("", *LEVELS):
        found[names.learned] = after.level(today)
    found[names.evidence] = [*entry.lines, *map(str, added)]
    memory = None if entry.is_broken else _scheduled(entry, [deed for deed in deeds if deed.date <= today], today)
    if memory:
        found[names.next_review] = memory.due.isoformat()
        found[names.memory] = str(memory)
    if day := after.mastered(today):
        found[names.mastered] = day.isoformat()
    return found


def _scheduled(entry: Entry, deeds: Sequence[Deed], today: dt.date) -> Memory | None:
    """The memory after all deeds; where the note's own tells more than they do (the learner deleted some, or came with
    a schedule), that one and what was done since."""
    earlier = reviewed(None, [deed for deed in entry.deeds if deed.date <= today])
    if entry.memory is None or str(earlier) == str(entry.memory):
        return reviewed(None, deeds)
    return reviewed(entry.memory, [deed for deed in deeds if deed.date > entry.memory.last])


def _date(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value)[:10]) if value is not None else None
    except ValueError:
        return None

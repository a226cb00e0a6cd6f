"""Quests on the way: which of their conditions the vault shows, and the ticks that follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from notegen.desk import Desk
from notegen.errors import NotegenError
from notegen.kinds.quest import QUEST
from notegen.learner.ledger.entry import Entry
from notegen.learner.quest import PROPERTY, Condition, conditions_met, read_condition, ticked
from notegen.run.ledger import Standing, keep_ledger
from notegen.vault.apply import apply
from notegen.vault.identity import yaml_of
from notegen.vault.listed import listed
from notegen.vault.note import Edit
from notegen.vault.plan import plan


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestStanding:
    """A quest, and how far the learner is."""

    path: str
    topic: str
    conditions: tuple[Condition, ...]
    met: tuple[bool, ...]

    @property
    def is_complete(self) -> bool:
        """All that is known of it is met."""
        return bool(self.met) and all(self.met)


def quest_standings(desk: Desk, today: dt.date, standings: Sequence[Standing] | None = None) -> list[QuestStanding]:
    """The quests of the vault, by path. standings: of the ledger, where they are known; nothing is written."""
    quests = list(desk.vault.notes_of(QUEST))
    if not quests:
        return []
    if standings is None:
        standings = keep_ledger(desk, today, dry_run=True).standings
    entries = {note.path: each.entry for each in standings for note in each.concept.notes}
    logs = desk.vault.logs()
    found = []
    for quest in quests:

        def entry_of(target: str, path: str = quest.path) -> Entry | None:
            return entries.get(desk.vault.resolve(target, path) or "")

        lines = listed(yaml_of(desk.vault.text(quest.path)), PROPERTY)
        conditions = tuple(each for each in map(read_condition, lines) if each)
        met = tuple(conditions_met(conditions, entry_of, logs, today))
        found.append(QuestStanding(path=quest.path, topic=quest.key, conditions=conditions, met=met))
    return found


def tick(standings: Sequence[QuestStanding], desk: Desk) -> tuple[str, ...]:
    """Tick in the quests what is met; the paths of those that changed. The caller holds the writer's lock. A note that
    cannot be changed is left as it is."""
    edits = list(_edits(standings, desk))
    if edits:
        apply(plan(edits, desk.vault), desk.vault)
    return tuple(each.path for each in edits)


def has_ticks(standings: Sequence[QuestStanding], desk: Desk) -> bool:
    """Whether `tick` would change a note."""
    return any(True for _ in _edits(standings, desk))


def _edits(standings: Sequence[QuestStanding], desk: Desk) -> Iterator[Edit]:
    for each in standings:
        try:
            text, version = desk.vault.read_text(each.path)
        except NotegenError:
            continue
        blocks = [one.block for one, is_met in zip(each.conditions, each.met, strict=True) if is_met]
        new = ticked(text, blocks)
        if new != text:
            yield Edit(path=each.path, text=new, version=version)


def as_data(standing: QuestStanding) -> dict[str, Any]:
    """A quest for programs, ready for JSON. Fields may be added; none is renamed."""
    return {
        "path": standing.path,
        "topic": standing.topic,
        "complete": standing.is_complete,
        "complete_when": [
            {"condition": str(one), "met": is_met}
            for one, is_met in zip(standing.conditions, standing.met, strict=True)
        ],
    }

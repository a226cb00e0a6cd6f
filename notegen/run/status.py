"""What became of each PDF in the inbox, and who is at work: as `notegen status` and programs are told it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from notegen.desk import Desk
from notegen.run.overview import Overview, overview
from notegen.run.quests import QuestStanding, quest_standings
from notegen.run.quests import as_data as quest_as_data
from notegen.store import Lock
from notegen.store.drops import Drop
from notegen.vault.waiting import count_waiting

STATES = ("done", "failed", "waiting")
WATCH_LOG_NAME = "watch.log"
"""The watcher's log, in the vault's private folder."""
_LOCK_NAME = "watcher.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A vault's inbox at one moment."""

    overview: Overview
    watcher: str
    """Who watches the inbox, in words; "" for nobody."""

    proposals: int = 0
    """How many wait in the vault's notes."""
    quests: tuple[QuestStanding, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many PDFs have come to each end."""
        return {state: sum(drop.state == state for drop in self.overview.drops) for state in STATES}


def status(desk: Desk, today: dt.date) -> Status:
    """Look at the inbox of the desk's vault; nothing is changed. Raises StateError."""
    watcher = watcher_lock(desk).holder()
    shown = overview(desk)
    return Status(
        overview=replace(shown, drops=tuple(_reasoned(each, watcher) for each in shown.drops)),
        watcher=watcher,
        proposals=count_waiting(desk.vault),
        quests=tuple(quest_standings(desk, today)),
    )


def watcher_lock(desk: Desk) -> Lock:
    """The lock that the vault's watcher holds as long as it runs."""
    folder = desk.vault.private_folder
    return Lock(folder / _LOCK_NAME if folder else None)


def as_data(shown: Status, desk: Desk, ticked: Sequence[str] = ()) -> dict[str, Any]:
    """The status for programs, ready for JSON. Fields may be added; none is renamed. ticked: quests that changed."""
    folder = desk.vault.private_folder
    return {
        "vault": desk.vault.name,
        "watching": bool(shown.watcher),
        "watcher": shown.watcher,
        "log": str(folder / WATCH_LOG_NAME) if folder else "",
        "inbox": list(desk.settings.inbox.folders),
        "trouble": shown.overview.gone,
        "counts": shown.counts,
        "proposals": shown.proposals,
        "quests": [quest_as_data(each) for each in shown.quests],
        "ticked": list(ticked),
        "pdfs": [_drop_as_data(drop) for drop in shown.overview.drops],
        "ignored": [{"path": path, "reason": reason} for path, reason in shown.overview.ignored.items()],
    }


def _reasoned(drop: Drop, watcher: str) -> Drop:
    """A drop that waits for nothing but its turn says so."""
    if drop.state != "waiting" or drop.reason:
        return drop
    if watcher:
        return replace(drop, reason="Its turn has not come yet.")
    return replace(drop, reason="No watcher is running.", next_step="Run: notegen watch, or notegen day")


def _drop_as_data(drop: Drop) -> dict[str, Any]:
    return {
        "path": drop.path,
        "state": drop.state,
        "reason": drop.reason,
        "next_step": drop.next_step,
        "note": drop.note,
        "same_as": drop.same_as,
        "suspect": bool(drop.suspect),
        "sha256": drop.sha256,
    }

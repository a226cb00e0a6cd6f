"""The drops of a vault in memory, and the same in its ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from notegen.run.inbox import Found
from notegen.store import Ledger, drops, intents
from notegen.store.drops import Drop

MOST_STOPS = 2
"""So often may reading a content be stopped before it is set aside."""


class DropList:
    """Every drop by path, those that are not in the inbox any more included."""

    def __init__(self, ledger: Ledger) -> None:
        """Raises StateError."""
        self._ledger = ledger
        self._version = ledger.version()
        self.by_path = drops.all_drops(ledger)

    def refresh(self) -> bool:
        """Read again what another process has changed, if it has; say whether. Raises StateError."""
        version = self._ledger.version()
        if version == self._version:
            return False
        self._version = version
        self.by_path = drops.all_drops(self._ledger)
        return True

    def see(self, found: Mapping[str, Found], made_with: str) -> list[Drop]:
        """Take note of what lies in the inbox; return the drops that begin anew because of it. Raises StateError.

        made_with: fingerprint of the settings; what failed under others gets another chance.
        """
        turn = max((drop.turn for drop in self.by_path.values()), default=0)
        changed: list[Drop] = []
        for path, one in found.items():
            known = self.by_path.get(path)
            if one.ignored:
                continue
            if known is None or known.facts != one.facts:
                turn += 1
                drop = Drop(path=path, turn=turn, facts=one.facts)
                if known is not None:
                    drop = replace(drop, earlier_note=known.note or known.earlier_note)
                    if known.state == "waiting":  # it is being copied: what was said of it still holds
                        drop = replace(drop, reason=known.reason, next_step=known.next_step)
                if one.trouble:
                    drop = replace(drop, state="failed", reason=one.trouble, next_step=one.next_step)
            elif known.state == "waiting" and one.trouble:  # by retry; to open a pipe or a link that leaves is no way
                drop = replace(known, state="failed", reason=one.trouble, next_step=one.next_step)
            elif known.state == "failed" and known.made_with != made_with and not one.trouble:
                drop = replace(known, state="waiting", reason="", next_step="", same_as="")
            else:
                continue
            changed.append(drop)
        self.put(changed)
        return changed

    def put(self, changed: Iterable[Drop]) -> None:
        """Remember the drops as they are now. Raises StateError."""
        changed = list(changed)
        drops.keep(self._ledger, changed)
        self.by_path.update({drop.path: drop for drop in changed})

    def end_by_content(self, chosen: Iterable[Drop], here: Iterable[Drop], made_with: str) -> list[Drop]:
        """Return those drops whose content has come to an end before, with that end. Raises StateError.

        here: the drops that lie in the inbox now.
        """
        chosen = list(chosen)
        hashes = {drop.sha256 for drop in chosen}
        notes = {sha256: intents.note_made_of(self._ledger, sha256) for sha256 in hashes}
        stops = {sha256: drops.times_stopped(self._ledger, sha256) for sha256 in hashes}
        done: dict[str, Drop] = {}
        failed: dict[str, Drop] = {}
        for each in sorted(here, key=lambda each: each.turn):
            if each.state == "done":
                done.setdefault(each.sha256, each)
            elif each.state == "failed" and each.made_with == made_with:
                failed.setdefault(each.sha256, each)
        ended: list[Drop] = []
        for drop in chosen:
            if note := notes[drop.sha256]:
                first = done[drop.sha256].path if drop.sha256 in done else ""
                ended.append(replace(drop, state="done", note=note, same_as=first, reason="", next_step="", deaths=0))
            elif twin := failed.get(drop.sha256):
                end = replace(drop, state="failed", reason=twin.reason, next_step=twin.next_step, made_with=made_with)
                ended.append(replace(end, same_as=twin.path, deaths=0))
            elif stops[drop.sha256] >= MOST_STOPS:
                ended.append(set_aside(drop, made_with))
        return ended

    def count_stop(self, sha256: str) -> int:
        """Count that reading this content was stopped; return how often it was. Raises StateError."""
        return drops.count_stop(self._ledger, sha256)

    def try_again(self, failed: Iterable[Drop]) -> None:
        """Give these drops another chance, and others of the same content. Raises StateError."""
        chosen = {drop.path: drop for drop in failed}
        hashes = {drop.sha256 for drop in chosen.values() if drop.sha256}
        chosen |= {
            path: drop for path, drop in self.by_path.items() if drop.sha256 in hashes and drop.state == "failed"
        }
        drops.forget_stops(self._ledger, hashes)
        self.put(
            replace(drop, state="waiting", reason="", next_step="", same_as="", deaths=0) for drop in chosen.values()
        )


def set_aside(drop: Drop, made_with: str, reason: str = "") -> Drop:
    """Return the drop as one whose reading is not tried any more."""
    return replace(
        drop,
        state="failed",
        reason=f"{reason or 'Reading it was stopped before.'} It was set aside after {MOST_STOPS} tries.",
        next_step="Print or export it to a new PDF and drop that; notegen retry tries this one once more.",
        made_with=made_with,
        deaths=0,
    )

"""The watcher: looks into the inbox folders, waits until a PDF has settled, and brings it to its end.

The truth is what lies in the folders, held against the ledger. Events only say when to look.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace

from notegen.errors import BusyError, StateError, VaultError
from notegen.run.inbox import Found, facts_of, look
from notegen.run.reader import AskPassword
from notegen.store.drops import Drop
from notegen.vault import writing
from notegen.watch import private_copy
from notegen.watch.backoff import Backoff
from notegen.watch.hints import Hints
from notegen.watch.indexing import Indexing
from notegen.watch.listener import Listener
from notegen.watch.settling import Patience, Settling
from notegen.watch.tell_apart import tell_apart
from notegen.watch.tools import Tools
from notegen.watch.work import WHO, work

CHECK_EVERY_S = 2.0
"""For a folder that was replaced, changed settings, and what another process asked for."""
POLL_EVERY_S = 5.0
POLL_SETTLE_S = 10.0
"""Where nobody tells of changes (facts: a network drive shows another machine's writes late)."""
_SHORTEST_S = 0.05


class Watcher:
    """Watches one vault. `run` returns only with `once`; it is ended by KeyboardInterrupt."""

    def __init__(self, tools: Tools, listener: Listener, ask_password: AskPassword) -> None:
        self._tools, self._listener, self._ask_password = tools, listener, ask_password
        self._bell = threading.Event()
        self._found: dict[str, Found] = {}
        self._settling = Settling(Patience(settle_s=0, incomplete_s=0))
        self._backoff = Backoff()
        self._ignored: set[str] = set()
        self._met_s: dict[str, float] = {}
        self._gone = self._trouble = ""
        self._look_at_s = self._check_at_s = 0.0
        self._indexing, self._is_index_due = Indexing(), True
        self.ends: list[Drop] = []
        """Of this run: the drops that came to an end, in order."""
        self.troubled: set[str] = set()
        """Paths of those that have no note yet, through no fault of their own."""

    def run(self, *, once: bool = False, only: Collection[str] | None = None) -> None:
        """Watch; with once: until nothing is left that can be done now. only: paths to care for, None for all."""
        self._hints = Hints(self._bell, poll=once or self._tools.desk.settings.watch.poll)
        self._tidy_up()
        try:
            while True:
                try:
                    wait_s = self._turn(once, only)
                except StateError as error:
                    if once:
                        raise
                    self._say_trouble(f"{error.reason} {error.next_step}")
                    wait_s = self._backoff.after_trouble("", time.monotonic())
                else:
                    self._say_trouble("")
                if wait_s is None:
                    if self._gone:
                        raise VaultError(self._gone, "Make the folder, or correct inbox.folders in notegen.toml.")
                    return
                if wait_s > 0 and self._bell.wait(max(wait_s, _SHORTEST_S)):
                    self._bell.clear()
                    self._look_at_s = 0.0
        finally:
            self._indexing.close()
            self._hints.close()

    def _tidy_up(self) -> None:
        """Finish what a crash cut off, unless another process is at work: it has done so."""
        vault = self._tools.desk.vault
        private_copy.clean(vault.private_folder and vault.private_folder / "reading")
        with suppress(BusyError), writing(vault, WHO, patience_s=0):
            pass

    def _turn(self, once: bool, only: Collection[str] | None) -> float | None:
        """Do one thing; return the seconds until there may be another, None when there will be none (once)."""
        now_s = time.monotonic()
        if now_s >= self._check_at_s:
            self._check(now_s)
        if now_s >= self._look_at_s:
            self._look(now_s, once)
        waiting = [drop for drop in self._here() if drop.state == "waiting" and (only is None or drop.path in only)]
        waits_s = {drop.path: self._wait_s(drop, now_s, once) for drop in waiting}
        ready = [drop for drop in waiting if waits_s[drop.path] == 0.0]
        if ready:
            self._do(ready, now_s)
            return 0.0
        left = [wait_s for wait_s in waits_s.values() if wait_s is not None]
        if once and not left:
            return None
        if self._is_index_due and not once:
            self._is_index_due = False
            self._indexing.start(self._tools.desk)
        self._indexing.go_on(self._tools.desk)
        return min([*left, self._check_at_s - now_s, self._look_at_s - now_s])

    def _check(self, now_s: float) -> None:
        self._check_at_s = now_s + CHECK_EVERY_S
        if sentence := self._tools.refresh():
            self._listener.word(sentence)
            self._look_at_s = 0.0
        if self._tools.drops.refresh():
            self._backoff.forget()
            self._look_at_s = 0.0
        desk = self._tools.desk
        if self._hints.follow([desk.vault.storage.local_path(folder) for folder in desk.settings.inbox.folders]):
            self._look_at_s = 0.0

    def _look(self, now_s: float, once: bool) -> None:
        desk = self._tools.desk
        watch = desk.settings.watch
        polls = self._hints.polls and not once
        self._look_at_s = now_s + (min(POLL_EVERY_S, watch.scan_s) if self._hints.polls else watch.scan_s)
        settle_s = max(POLL_SETTLE_S, watch.settle_s) if polls and not watch.poll else watch.settle_s
        self._settling.patience = Patience(settle_s=settle_s, incomplete_s=watch.incomplete_s)
        inbox = look(desk.vault.storage, desk.settings.inbox.folders)
        found = inbox.files
        self._say_gone(inbox.gone)
        for path in self._found.keys() - found.keys():
            self._settling.forget(path)
            self._ignored.discard(path)
        self._found = found
        for path, one in found.items():
            if one.ignored and path not in self._ignored:
                self._ignored.add(path)
                self._listener.ignored(path, one.ignored)
        for drop in self._tools.drops.see(found, self._tools.made_with):
            self._backoff.forget(drop.path)
            if drop.state == "failed":
                self._end([drop], "place")
            elif drop.path not in self._met_s:
                self._listener.step(drop.path, "waiting until it is complete")
        for drop in self._here():
            if drop.state == "waiting":
                self._settling.see(drop.path, drop.facts, now_s)
                self._met_s.setdefault(drop.path, now_s)

    def _say_trouble(self, sentence: str) -> None:
        if sentence and sentence != self._trouble:
            self._listener.word(sentence)
        self._trouble = sentence

    def _say_gone(self, sentence: str) -> None:
        if sentence and sentence != self._gone:
            self._listener.word(f"{sentence} Waiting until it is back.")
        elif self._gone and not sentence:
            self._listener.word("The inbox is back.")
        self._gone = sentence

    def _here(self) -> list[Drop]:
        drops = self._tools.drops.by_path
        return [drops[path] for path in self._found if path in drops]

    def _wait_s(self, drop: Drop, now_s: float, once: bool) -> float | None:
        """Seconds until the drop may be worked on; None for one that this run does not wait for."""
        held_s = self._backoff.wait_s(drop.path, now_s)
        if held_s > 0:
            return None if once else held_s
        place = self._found[drop.path].place
        if self._settling.wants_look(drop.path, now_s):
            facts = facts_of(place)
            if facts != drop.facts:
                self._look_at_s = 0.0
                return _SHORTEST_S
            self._settling.see(drop.path, facts, now_s)
        wait_s = self._settling.wait_s(drop.path, place, now_s)
        if self._settling.is_incomplete(drop.path) and wait_s > 0:
            if once and self._is_old(drop):
                return 0.0
            self._hold_incomplete(drop)
        if once and wait_s > 0:
            patience_s = 5 * self._settling.patience.settle_s + 1
            is_hopeless = self._settling.is_incomplete(drop.path) or now_s - self._met_s[drop.path] > patience_s
            return None if is_hopeless else wait_s
        return wait_s

    def _is_old(self, drop: Drop) -> bool:
        """By the file's own time it was complete long ago: a run that does not stay takes it as it is."""
        age_s = time.time() - drop.facts.mtime_ns / 1e9
        return age_s > self._settling.patience.settle_s + self._settling.patience.incomplete_s

    def _hold_incomplete(self, drop: Drop) -> None:
        reason = "It does not begin and end like a complete PDF (yet)."
        if drop.reason != reason:
            wait_s = self._settling.patience.incomplete_s
            step = f"Let it be copied to its end; one that stays so for {wait_s:g} s is taken as damaged."
            held = replace(drop, reason=reason, next_step=step)
            self._tools.drops.put([held])
            self._listener.turn(held, "incomplete")

    def _do(self, ready: list[Drop], now_s: float) -> None:
        """Tell the contents of some drops apart; when that is done, bring the first of them to its end."""
        unknown = [drop for drop in ready if not drop.sha256]
        if unknown:
            self._tell_apart(unknown, now_s)
            return
        drop = min(ready, key=lambda each: (each.deaths, each.turn))
        if not drop.note and self._end_by_content([drop]):
            return
        if not self._tools.is_vault_there():
            self._look_at_s = 0.0
            self._backoff.after_trouble(drop.path, now_s)
            return
        self._listener.step(drop.path, "reading")
        self._tools.drops.put([replace(drop, deaths=drop.deaths + 1)])
        outcome = work(drop, self._found[drop.path].place, self._tools, self._listener, self._ask_password)
        if outcome.passes:
            self._backoff.after_trouble(drop.path, time.monotonic(), alone=outcome.alone)
            self._tools.drops.put([outcome.drop])
            if not outcome.drop.note:
                self.troubled.add(drop.path)
            if outcome.drop.reason != drop.reason:  # said once, however often it is tried
                self._listener.turn(outcome.drop, outcome.kind)
            self._look_at_s = 0.0
        else:
            self._backoff.after_success(drop.path)
            self._end([outcome.drop], outcome.kind)
            self._end_by_content([each for each in ready if each.sha256 == drop.sha256 and each.path != drop.path])

    def _tell_apart(self, unknown: list[Drop], now_s: float) -> None:
        """Hash some of the drops; those whose content has come to an end before get it."""
        hashed, unread = tell_apart(unknown, self._found, self._tools.desk.vault)
        for drop, kind in unread:
            self._backoff.after_trouble(drop.path, now_s, alone=True)
            self.troubled.add(drop.path)
            if drop != self._tools.drops.by_path[drop.path]:
                self._listener.turn(drop, kind)
        self._tools.drops.put([*hashed, *(drop for drop, _ in unread)])
        self._end_by_content(hashed)

    def _end_by_content(self, drops: list[Drop]) -> bool:
        """Give the drops whose content has come to an end before that end; say whether there was one."""
        ended = self._tools.drops.end_by_content(drops, self._here(), self._tools.made_with) if drops else []
        self._end(ended, "as before")
        return bool(ended)

    def _end(self, ended: list[Drop], kind: str) -> None:
        """kind: of the trouble of those that failed."""
        self._tools.drops.put(ended)
        for drop in ended:
            self._settling.forget(drop.path)
            self.troubled.discard(drop.path)
            self.ends.append(drop)
            self._is_index_due = True
            self._listener.turn(drop, kind if drop.state == "failed" else "")

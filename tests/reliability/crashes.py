"""Killed before any of its side effects, or at a random moment; and a disk that is full at any of them."""

from __future__ import annotations

import itertools
import os
import random
import shutil
import signal
import time
from collections.abc import Iterable
from pathlib import Path

from . import crashing
from .crashing import at, die, fill_up, fork, wait
from .stage import Row, Stage, look_for_harm, look_for_loss, make_pdf

ONCE = ("watch", "--once")


class CrashSite:
    """A stage with one new PDF that can be had again and again, what an undisturbed run makes of it, and its steps."""

    def __init__(self, home: Path, topics: Iterable[str] = ("Tides",), command: tuple[object, ...] = ONCE) -> None:
        home.mkdir()
        self._home, self.command, self._count = home, command, 0
        self._stage = Stage(home / "stage")
        self._stage.drop(*(make_pdf(home / f"{topic}.pdf", topic) for topic in topics))
        self.reference = crashing.warm_up(self._stage, home / "reference", *command)
        counted = self._stage.copy(home / "counted")
        self.steps = crashing.count_steps(counted, *command)
        shutil.rmtree(counted.home)

    def stage(self) -> Stage:
        self._count += 1
        return self._stage.copy(self._home / f"stage {self._count}")

    def restart(self, stage: Stage, row: Row, where: str) -> None:
        """Run twice without trouble, and count what is wrong then."""
        for _ in range(2):
            status = wait(fork(stage, *self.command))
            if status != 0:
                row.notes.append(f"{where}: the run after it ended with {status}: {stage.said[-500:]}")
                row.lost += 1
        row.add(look_for_loss(stage, self.reference, where, crashing.status(stage)))
        shutil.rmtree(stage.home)


def singles(site: CrashSite) -> Row:
    """Killed once, before each side effect."""
    row = Row(f"kill -9 before each of {site.steps} side effects of {_words(site)}")
    for step in range(1, site.steps + 1):
        _killed_at((step,), site, row)
    return row


def pairs(site: CrashSite) -> Row:
    """Killed, and the run after it killed too: every pair of side effects."""
    row = Row("kill -9 before every pair of side effects")
    for first, second in itertools.product(range(1, site.steps + 1), repeat=2):
        _killed_at((first, second), site, row)
    return row


def _killed_at(steps: tuple[int, ...], site: CrashSite, row: Row) -> None:
    stage, where = site.stage(), f"killed at {steps}"
    for step in steps:
        status = wait(fork(stage, *site.command, prepare=at({step: die})))
        if status not in (-signal.SIGKILL, 0):  # 0: the second run had less to do
            row.notes.append(f"{where}: ended with {status}: {stage.said[-500:]}")
            row.lost += 1
        harm = look_for_harm(stage, site.reference, where)
        row.torn += len(harm.torn)
        row.doubled += len(harm.doubled)
        row.notes += harm.torn + harm.doubled
    site.restart(stage, row, where)


def random_kills(site: CrashSite, times: int, seed: int = 7, *, kills_in_a_row: int = 3) -> Row:
    """Killed at random moments, several times in a row."""
    row = Row(f"{times} kills -9 at random moments, {len(site.reference.notes())} new PDFs")
    dice = random.Random(seed)
    whole = site.stage()
    begin_s = time.monotonic()
    wait(fork(whole, *site.command))
    length_s = time.monotonic() - begin_s
    killed = 0
    while killed < times:
        stage = site.stage()
        for _ in range(min(kills_in_a_row, times - killed)):
            process = fork(stage, *site.command)
            time.sleep(dice.uniform(0, length_s))
            os.kill(process, signal.SIGKILL)
            wait(process)
            killed += 1
            harm = look_for_harm(stage, site.reference, f"kill {killed}")
            row.torn += len(harm.torn)
            row.doubled += len(harm.doubled)
            row.notes += harm.torn + harm.doubled
        site.restart(stage, row, f"kill {killed}")
    row.tried = killed
    return row


def full_disk_at_each(site: CrashSite) -> Row:
    """The disk is full at each side effect and has room again later: nothing half done, and the work is resumed."""
    row = Row(f"disk full at each of {site.steps} side effects")
    for step in range(1, site.steps + 1):
        stage = site.stage()
        status = wait(fork(stage, *site.command, prepare=at({step: fill_up})))
        if status not in (0, 1) or "Traceback" in stage.said:
            row.notes.append(f"full at {step}: ended with {status}: {stage.said[-500:]}")
            row.lost += 1
        site.restart(stage, row, f"full at {step}")
    return row


def full_from(site: CrashSite, every: int = 1) -> Row:
    """The disk is full from each side effect (or every so many of them) on, for the whole run."""
    row = Row("disk full from each side effect on")
    for step in range(1, site.steps + 1, every):
        stage = site.stage()
        status = wait(fork(stage, *site.command, prepare=at(dict.fromkeys(range(step, 1000), fill_up))))
        if status not in (0, 1) or "Traceback" in stage.said:
            row.notes.append(f"full from {step}: ended with {status}: {stage.said[-500:]}")
            row.lost += 1
        row.torn += len(look_for_harm(stage, site.reference, f"full from {step}").torn)
        site.restart(stage, row, f"full from {step}")
    return row


def _words(site: CrashSite) -> str:
    return "notegen " + " ".join(Path(str(each)).name for each in site.command)

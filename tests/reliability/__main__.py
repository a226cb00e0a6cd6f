"""The whole suite: `python -m tests.reliability [WORD …]` runs every scenario, or those whose name holds a word.

It prints a row a scenario: how often it was tried, PDFs lost, notes doubled, notes torn (or somebody else's touched).
Exit status: 0 when all are 0. Some scenarios need a system that forks, or root for a disk of their own.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "extract"))

import hostile_pdfs

from . import arrivals, crashes, edits, surroundings
from .stage import Row, make_pdf

HOSTILE = ("flate_bomb", "glyphs", "shadings", "many_pages", "xref_loop", "page_tree_loop", "deep_arrays", "web_page")
TRUNCATED = 20
Scenario = Callable[[Path], Row]


def main(words: list[str]) -> int:
    """Run the scenarios and print the table as it grows."""
    print(f"| {'scenario':96} | tried | lost | doubled | torn | s |\n|{'-' * 98}|---:|---:|---:|---:|---:|", flush=True)
    bad = 0
    for name, scenario in scenarios():
        if words and not any(word in name for word in words):
            continue
        begin_s = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="notegen-") as home:
            try:
                row = scenario(Path(home))
            except Exception as error:
                traceback.print_exc()
                row = Row(f"{name}: broke off ({error!r:.300})", lost=1)
        took_s = time.monotonic() - begin_s
        line = f"{row.scenario:96} | {row.tried:5} | {row.lost:4} | {row.doubled:7} | {row.torn:4} | {took_s:.0f} |"
        print(f"| {line}", flush=True)
        if not row.is_clean:
            bad += 1
            print("\n".join(f"    {note}" for note in row.notes[:20]), flush=True)
    return 1 if bad else 0


def scenarios() -> Iterator[tuple[str, Scenario]]:
    """Name and function of each."""
    forks = os.name == "posix"
    if forks:
        yield "singles", lambda home: crashes.singles(crashes.CrashSite(home / "site"))
        yield "singles of day", _day_singles
        yield "pairs", lambda home: crashes.pairs(crashes.CrashSite(home / "site"))
        yield "random", lambda home: crashes.random_kills(crashes.CrashSite(home / "site", ("A", "B", "C")), 500)
        yield "full at each", lambda home: crashes.full_disk_at_each(crashes.CrashSite(home / "site"))
        yield "full from", lambda home: crashes.full_from(crashes.CrashSite(home / "site"))
    if surroundings.can_mount():
        yield "full disk", lambda home: surroundings.full_disk(home, range(26))
        yield "drive", surroundings.drive_away
    yield "edits", lambda home: merges("one store", 170)
    yield "edits without conflict", lambda home: merges("no conflict", 170, gentle=True)
    yield "edits on two machines", lambda home: merges("two stores", 170, stores=2)
    yield "writers", lambda home: arrivals.writers(home / "stage")
    yield "truncations", _truncations
    yield "stopped", lambda home: arrivals.while_stopped(home / "stage", 10_000)
    yield "root", lambda home: arrivals.root_replaced(home / "stage")
    yield "names", lambda home: arrivals.names(home / "stage")
    yield "two", lambda home: surroundings.two_at_once(home, 12)
    if forks:
        yield "clock", surroundings.clock
        yield "signals", _signals
    yield "hostile", lambda home: surroundings.hostile(home, {name: _hostile(name) for name in HOSTILE})


def merges(name: str, count: int, **kind: object) -> Row:
    """Histories of a note that is edited while new versions of it arrive. Torn: conflict marks, writes for nothing, and
    more than a tenth of the new lines that did not arrive, where one store knows what was generated."""
    found = edits.histories(0, count, **kind)
    held_back = kind.get("stores", 1) == 1 and found.share < 0.9
    row = Row(f"{found.edits:,} edits ({name}), {found.runs:,} runs; new lines that arrived: {found.share:.1%}")
    row.tried, row.lost, row.doubled = found.runs, found.lost + found.returned, found.doubled
    row.torn, row.notes = found.conflict_marks + found.restless + held_back, found.seen
    return row


def _day_singles(home: Path) -> Row:
    outside = make_pdf(home / "Currents.pdf", "Currents")
    return crashes.singles(crashes.CrashSite(home / "site", (), ("day", outside)))


def _truncations(home: Path) -> Row:
    pdfs = [make_pdf(home / f"{number}.pdf", f"Topic{number}", 1 + number % 5) for number in range(TRUNCATED)]
    return arrivals.truncations(home / "stage", pdfs)


def _signals(home: Path) -> Row:
    return surroundings.stopped_politely(home, _hostile("glyphs"), (signal.SIGTERM, signal.SIGINT, signal.SIGHUP))


def _hostile(name: str) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        path.write_bytes(getattr(hostile_pdfs, name)())
        return path

    return make


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

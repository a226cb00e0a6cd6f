"""What happens around a PDF: two processes, a full or read-only disk, a drive that goes away, clocks, hostile files."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from . import crashing
from .arrivals import ends, until, watching
from .crashing import fork, wait
from .stage import Row, Stage, look_for_harm, look_for_loss, make_pdf, snapshot

YEAR_S = 365 * 86_400


def can_mount() -> bool:
    """Whether this process may mount a file system."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("mount") is not None


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[None]:
    """A small disk of its own at `folder`."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def two_at_once(home: Path, times: int) -> Row:
    """Two processes on one vault: each PDF has one note, and who may not run says why."""
    row = Row("two processes at once (day and day, watch and day, watch and watch)")
    for number in range(times):
        stage = Stage(home / f"{number}")
        stage.drop(*(make_pdf(home / f"{topic}.pdf", topic) for topic in ("Tides", "Currents")))
        kinds = ((("day",), ("day",)), (("watch", "--once"), ("day",)), (("watch", "--once"), ("watch", "--once")))
        both = [stage.start(*arguments) for arguments in kinds[number % 3]]
        statuses = [process.wait(120) for process in both]
        found = look_for_loss(stage, None, f"two at once {number}")
        if statuses != [0, 0] and "is watched already, by notegen watch (process" not in stage.said:
            found.lost.append(f"they ended with {statuses}: {stage.said[-1500:]}")
        found.lost += [f"{len(stage.notes())} notes"] * (len(stage.notes()) != 2)
        row.add(found)
    return row


def full_disk(home: Path, sizes_kb: Sequence[int]) -> Row:
    """A real disk that is full at some write: what is there stays, and the watcher resumes when there is room."""
    row = Row(f"a real full disk ({len(sizes_kb)} different amounts of room), then room again")
    pdf = make_pdf(home / "Tides.pdf", "Tides")
    for size in sizes_kb:
        stage = Stage(home / f"{size}", settle_s=0.1)
        disk = home / f"{size} disk"
        disk.mkdir()
        with mounted(disk, "1m"):
            shutil.copytree(stage.vault, disk / "vault")
            shutil.rmtree(stage.vault)
            stage.vault = disk / "vault"
            stage.inbox = stage.vault / "Inbox"
            stage.drop(pdf)
            stage.foreign = snapshot(stage.vault)
            room = shutil.disk_usage(disk).free
            (disk / "ballast").write_bytes(b"x" * max(0, room - (size << 10)))
            with watching(stage):
                until(lambda: _has_turned(stage), "the watcher meets the full disk")  # noqa: B023 - called at once
                row.torn += len(look_for_harm(stage, None, "full").torn)
                (disk / "ballast").unlink()
                ends(stage, 1)
            row.add(look_for_loss(stage, None, f"{size} kB of room"))
    return row


def _has_turned(stage: Stage) -> bool:
    return any(line.startswith(("waiting", "done")) for line in stage.said.splitlines())


def drive_away(home: Path) -> Row:
    """The drive of the vault is unmounted, read-only, and comes back; nothing is written into the empty place."""
    row = Row("drive unmounted and read-only, then back")
    stage = Stage(home / "stage", settle_s=0.1)
    pdfs = [make_pdf(home / f"{name}.pdf", name) for name in ("One", "Two")]
    store, place = home / "store", stage.vault
    stage.vault.rename(store)
    place.mkdir()

    def mount(*options: str) -> None:
        subprocess.run(["mount", "--bind", str(store), str(place)], check=True)
        if options:
            subprocess.run(["mount", "-o", ",".join(["remount", "bind", *options]), str(place)], check=True)

    def unmount() -> None:
        subprocess.run(["umount", "--lazy", str(place)], check=True)

    mount()
    try:
        with watching(stage):
            unmount()
            until(lambda: "Waiting until it is back" in stage.said, "the watcher misses the drive")
            shutil.copy(pdfs[0], store / "Inbox")
            in_the_empty_place = list(place.rglob("*"))
            mount("ro")
            until(lambda: "\nwaiting" in stage.said, "the watcher meets the read-only drive")
            unmount()
            mount()
            shutil.copy(pdfs[1], stage.inbox)
            ends(stage, 2, 90)
        found = look_for_loss(stage, None, "drive away")
        found.torn += [f"{each} was put where the drive was" for each in in_the_empty_place]
        found.lost += [f"{len(stage.notes())} notes of 2 PDFs"] * (len(stage.notes()) != 2)
        row.add(found)
    finally:
        unmount()
    return row


def clock(home: Path) -> Row:
    """The wall clock jumps by a year and back between steps; the notes are the same."""
    row = Row("wall clock a year ahead, a year behind, and jumping")
    base = Stage(home / "base")
    base.drop(make_pdf(home / "Tides.pdf", "Tides"))
    reference = crashing.warm_up(base, home / "reference", "watch", "--once")
    really = time.time

    def shifted(shift: Callable[[], float]) -> Callable[[], None]:
        def prepare() -> None:
            time.time = lambda: really() + shift()  # type: ignore[assignment]

        return prepare

    jumps = iter(range(10**9))
    for name, shift in (
        ("ahead", lambda: YEAR_S),
        ("behind", lambda: -YEAR_S),
        ("jumping", lambda: YEAR_S * (-1) ** next(jumps)),
    ):
        stage = base.copy(home / name)
        status = wait(fork(stage, "watch", "--once", prepare=shifted(shift)))
        found = look_for_loss(stage, None, name)
        found.lost += [f"it ended with {status}: {stage.said}"] * (status != 0)
        if [_undated(text) for text in stage.notes().values()] != [
            _undated(text) for text in reference.notes().values()
        ]:
            found.torn.append("the note is not what it is without the jump, its date apart")
        row.add(found)
    return row


def _undated(text: str) -> str:
    return re.sub(r"\d{4}-\d\d-\d\d|begin head \w+|(?<=\bdate=)\w+", "", text)


def hostile(home: Path, pdfs: dict[str, Callable[[Path], Path]]) -> Row:
    """Files that crash, hang or swell their reader: each costs itself alone and is set aside after two tries."""
    row = Row(f"{len(pdfs)} hostile PDFs beside good ones: set aside after two tries, the others noted")
    stage = Stage(home)
    for name, make in pdfs.items():
        make(stage.inbox / f"{name}.pdf")
    stage.drop(make_pdf(home / "zz good.pdf", "Tides"))
    with watching(stage):
        ends(stage, len(pdfs) + 1, 900)
    found = look_for_loss(stage, None, "hostile")
    states = {each["path"]: each for each in stage.status()["pdfs"]}
    found.lost += ["the good one has no note"] * (states["Inbox/zz good.pdf"]["state"] != "done")
    row.add(found)
    row.tried = len(pdfs)
    row.notes += []
    return row


def stopped_politely(home: Path, pdf: Callable[[Path], Path], signals: tuple[signal.Signals, ...]) -> Row:
    """Ctrl-C and SIGTERM in the middle of a long reading: it ends within five seconds, and goes on later."""
    row = Row("Ctrl-C and SIGTERM in the middle of a PDF: ended within 5 s")
    for number in signals:
        stage = Stage(home / number.name)
        pdf(stage.inbox / "long.pdf")
        process = stage.start("watch")
        until(lambda stage=stage: list(stage.state.rglob("long.pdf")) != [], "it reads")  # type: ignore[misc]
        time.sleep(0.5)
        process.send_signal(number)
        begin_s = time.monotonic()
        found = look_for_harm(stage, None, number.name)
        try:
            status = process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            found.lost.append(f"{number.name} did not end it in {time.monotonic() - begin_s:.1f} s")
        else:
            found.lost += [f"it ended with {status}: {stage.said}"] * (status != 0 or "Traceback" in stage.said)
        found.lost += ["its copy was left"] * bool(list(stage.state.rglob("long.pdf")))
        row.add(found)
    return row

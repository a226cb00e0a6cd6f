"""What a drop costs, what waiting costs, and what is lost: `notegen watch` beside a naive on_created handler.

    python benchmarks/watch.py [--idle-s 600] [--files 2000]

Both get the same files in the same run. Prints Markdown tables.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from reliability.arrivals import WRITERS  # noqa: E402 - after the path to it
from reliability.stage import Stage, make_pdf  # noqa: E402

SETTLE_S = 2.0
PAGES = 12
DROPS = 8
KILLS = 20
KINDS = ("notegen watch", "naive on_created")


class Subject:
    """One of the two, on a stage of its own."""

    def __init__(self, kind: str, home: Path, settle_s: float = SETTLE_S) -> None:
        self.kind = kind
        self.stage = Stage(home, settle_s=settle_s, incomplete_s=30)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> subprocess.Popen[bytes]:
        """Start it; return when it is at work."""
        stage = self.stage
        if self.kind == KINDS[0]:
            command = stage.command("watch")
        else:
            command = [sys.executable, str(ROOT / "benchmarks" / "naive_watcher.py"), str(stage.vault)]
        said = stage.home / "said"
        said.unlink(missing_ok=True)
        with said.open("wb") as out:
            self._process = subprocess.Popen(command, env=stage.env, stdout=out, stderr=out)
        _until(lambda: "Watching" in stage.said)
        return self._process

    def stop(self) -> None:
        """End it."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[bytes]]:
        try:
            yield self.start()
        finally:
            self.stop()

    def hashes(self) -> Counter[str]:
        """How many whole notes there are of each content. Half a note has no hash or misses a picture."""
        found: Counter[str] = Counter()
        for text in self.stage.notes().values():
            match = re.search(r'^source_sha256: "?([0-9a-f]{64})', text, re.MULTILINE)
            found[match[1] if match and "suspect: true" not in text else ""] += 1
        return found

    def settle(self, pdfs: list[Path], limit_s: float = 120) -> None:
        """Wait until every PDF has its note, or until nothing has changed for half a minute."""
        wanted = {_sha256(pdf) for pdf in pdfs}
        last, since_s, begin_s = None, time.monotonic(), time.monotonic()
        while time.monotonic() - begin_s < limit_s:
            now = (dict(self.hashes()), len(self.stage.said))
            if wanted <= now[0].keys():
                return
            if now != last:
                last, since_s = now, time.monotonic()
            if time.monotonic() - since_s > 30 + self.stage.settings["settle_s"]:
                return
            time.sleep(0.2)

    def harm(self, pdfs: list[Path]) -> str:
        """What is wrong in the end, as cells: tried, lost, doubled, torn."""
        notes, wanted = self.hashes(), {_sha256(pdf) for pdf in pdfs}
        lost = len(wanted - notes.keys())
        doubled = sum(count - 1 for sha256, count in notes.items() if sha256 in wanted)
        torn = sum(count for sha256, count in notes.items() if sha256 not in wanted)
        return f"{len(pdfs)} | {lost} | {doubled} | {torn}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--idle-s", type=float, default=600.0, help="how long to watch them do nothing")
    parser.add_argument("--files", type=int, default=8000, help="how many come while the process is stopped")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="notegen-") as folder:
        home = Path(folder)
        print(f"| drop → note, {PAGES} pages | median s | slowest s | of it waiting for the file to settle |")
        print("|---|---:|---:|---:|", flush=True)
        for kind in KINDS:
            print(f"| {kind} | {_latency(Subject(kind, home / f'drop {kind}'))} |", flush=True)
        if options.idle_s:
            print(f"\n| idle for {options.idle_s:g} s | CPU s | CPU % | memory MB |\n|---|---:|---:|---:|", flush=True)
            _idle(home, options.idle_s)
        print("\n| scenario | who | tried | lost | doubled | torn |\n|---|---|---:|---:|---:|---:|", flush=True)
        for number, (name, scenario) in enumerate(_scenarios(options.files)):
            for kind in KINDS:
                subject = Subject(kind, home / f"{number} {kind}", settle_s=0.5)
                print(f"| {name} | {kind} | {scenario(subject)} |", flush=True)


def _latency(subject: Subject) -> str:
    """Median and slowest of some drops by mv, the first (imports) left out; a handler that does not wait has 0."""
    took_s = []
    pdfs = [make_pdf(subject.stage.home / f"{n}.pdf", f"Topic{n}", PAGES) for n in range(DROPS + 1)]
    with subject.running():
        for pdf in pdfs:
            sha256, begin_s = _sha256(pdf), time.monotonic()
            pdf.rename(subject.stage.inbox / pdf.name)
            _until(lambda sha256=sha256: sha256 in subject.hashes())  # type: ignore[misc]
            took_s.append(time.monotonic() - begin_s)
    took_s = took_s[1:]
    waited = SETTLE_S if subject.kind == KINDS[0] else 0.0
    return f"{statistics.median(took_s):.2f} | {max(took_s):.2f} | {waited:g}"


def _idle(home: Path, idle_s: float) -> None:
    subjects = [Subject(kind, home / f"idle {kind}") for kind in KINDS]
    for subject in subjects:
        pdf = make_pdf(subject.stage.home / "one.pdf", "Tides", PAGES)
        subject.start()
        shutil.copy(pdf, subject.stage.inbox)
        subject.settle([pdf])
    time.sleep(5)
    watched = [psutil.Process(subject._process.pid) for subject in subjects]
    before = [sum(process.cpu_times()[:2]) for process in watched]
    time.sleep(idle_s)
    for subject, process, begin_s in zip(subjects, watched, before, strict=True):
        cpu_s = sum(process.cpu_times()[:2]) - begin_s
        memory_mb = process.memory_info().rss / 1e6
        print(f"| {subject.kind} | {cpu_s:.2f} | {100 * cpu_s / idle_s:.3f} | {memory_mb:.0f} |", flush=True)
        subject.stop()


def _scenarios(files: int) -> Iterator[tuple[str, Callable[[Subject], str]]]:
    yield f"{len(WRITERS)} kinds of writers", _writers
    yield f"{files} files while the process is stopped", lambda subject: _stopped(subject, files)
    yield "inbox deleted and made anew", _root_replaced
    yield f"{KILLS} kills -9, 10 PDFs", _kills


def _writers(subject: Subject) -> str:
    stage = subject.stage
    pdfs = {
        writer: make_pdf(stage.home / f"{writer.__name__[1:]}.pdf", writer.__name__[1:].title()) for writer in WRITERS
    }
    with subject.running():
        threads = [
            threading.Thread(target=writer, args=(pdf.read_bytes(), stage.inbox / pdf.name))
            for writer, pdf in pdfs.items()
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        subject.settle(list(pdfs.values()))
    return subject.harm(list(pdfs.values()))


def _stopped(subject: Subject, files: int) -> str:
    """Most of the files are copies of one; ten new PDFs come last."""
    stage = subject.stage
    pdfs = [make_pdf(stage.home / f"{number}.pdf", f"Topic{number}") for number in range(10)]
    junk = b"no PDF at all"
    with subject.running() as process:
        process.send_signal(signal.SIGSTOP)
        for number in range(files - len(pdfs)):
            (stage.inbox / f"junk {number}.pdf").write_bytes(junk)
        for pdf in pdfs:
            shutil.copy(pdf, stage.inbox)
        process.send_signal(signal.SIGCONT)
        subject.settle(pdfs, 300)
    return subject.harm(pdfs)


def _root_replaced(subject: Subject) -> str:
    stage = subject.stage
    pdfs = [make_pdf(stage.home / f"{number}.pdf", f"Topic{number}") for number in range(3)]
    with subject.running():
        shutil.copy(pdfs[0], stage.inbox)
        subject.settle(pdfs[:1])
        shutil.rmtree(stage.inbox)
        stage.inbox.mkdir()
        for pdf in pdfs[1:]:
            shutil.copy(pdf, stage.inbox)
        subject.settle(pdfs)
    return subject.harm(pdfs)


def _kills(subject: Subject) -> str:
    """Killed and started again while PDFs keep coming."""
    stage, dice = subject.stage, random.Random(7)
    pdfs = [make_pdf(stage.home / f"{number}.pdf", f"Topic{number}", PAGES) for number in range(10)]
    for number in range(KILLS):
        subject.start()
        if number % 2 == 0:
            shutil.copy(pdfs[number // 2], stage.inbox)
        time.sleep(dice.uniform(0, 1.5))
        subject.stop()
    with subject.running():
        subject.settle(pdfs)
    return subject.harm(pdfs)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _until(is_so: Callable[[], bool], limit_s: float = 120) -> None:
    deadline_s = time.monotonic() + limit_s
    while not is_so():
        if time.monotonic() > deadline_s:
            raise TimeoutError
        time.sleep(0.01)


if __name__ == "__main__":
    main()

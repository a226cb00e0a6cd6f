"""Worker processes: started, listened to, held within their limits, started again after a page that killed one.

PDF text is hostile and MuPDF is C that neither a thread nor a signal can stop, so it never runs in this process.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from notegen.errors import StateError
from notegen.extract.worker.limits import OUT_OF_MEMORY

_PASSED_ON = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE", "TESSDATA_PREFIX")
_RESTARTS = 3
_CHECK_EVERY_S = 0.2
_LONGEST_ANSWER_BYTES = 256 << 20
_PROBE_S = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one extraction may cost. Where the system has no limits of its own (Windows) the parent holds them alone."""

    wall_s: float = 900.0
    """By the clock: a worker on a busy machine gets a part of it only."""
    page_s: float = 10.0
    """Processor time, that of programs started for it included; one page that takes more is skipped."""
    still_s: float = 60.0
    """By the clock; a page on which a worker uses no processor time for so long is skipped."""
    cpu_s: int = 120
    """Processor time of one worker."""
    memory_bytes: int = 2 << 30


@dataclass(kw_only=True)
class Job:
    """What one worker is to do. `done` and `skip` say what it need not do, and grow while it is done."""

    request: dict[str, Any]
    """As `worker` describes it, without "done" and "skip"."""
    done: set[int] = field(default_factory=set)
    skip: dict[int, str] = field(default_factory=dict)
    """Pages that a worker died of, and why."""
    stopped: str = ""
    """Why the job was given up, as the end of a sentence; "" when it was done."""


Take = Callable[[Job, bytes], bool]
"""Told every answer of a worker (a line of JSON); whether it was the last one."""


def run(jobs: Sequence[Job], limits: Limits, deadline_s: float, take: Take) -> None:
    """Do the jobs, all at the same time. One that cannot be done has `stopped` set.

    deadline_s: of all of them, by the monotonic clock. What `take` raises ends all of them.
    """
    heard: queue.Queue[tuple[_Worker, bytes]] = queue.Queue()
    deaths = dict.fromkeys(map(id, jobs), 0)
    active = [_Worker(job, limits, heard) for job in jobs]
    try:
        while active:
            with contextlib.suppress(queue.Empty):
                worker, line = heard.get(timeout=_CHECK_EVERY_S)
                if worker in active and worker.hears(line) and take(worker.job, line):
                    worker.end()
                    active.remove(worker)
            for worker in [each for each in active if each.is_dead(deadline_s)]:
                worker.end()
                active.remove(worker)
                job = worker.job
                deaths[id(job)] += 1
                if worker.page is not None:
                    job.skip[worker.page] = f"It was left out: {worker.stopped}."
                if worker.page is None or deaths[id(job)] == _RESTARTS or time.monotonic() > deadline_s:
                    job.stopped = worker.stopped
                else:
                    active.append(_Worker(job, limits, heard))
    finally:
        for worker in active:
            worker.end()


class _Worker:
    """One process."""

    def __init__(self, job: Job, limits: Limits, heard: queue.Queue[tuple[_Worker, bytes]]) -> None:
        self.job = job
        self.stopped = ""
        """Why it is dead, as the end of a sentence."""
        self.page: int | None = None
        """Index of the page that it is at."""
        self._limits = limits
        self._moved_s = self._checked_s = time.monotonic()
        self._heard_cpu_s = self._cpu_s = 0.0
        """Processor time until it was heard last, and until it was looked at last."""
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "notegen.extract.worker.main"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=clean_environment(),
                start_new_session=os.name == "posix",  # so that what it starts can be ended with it
            )
        except OSError as error:  # no memory or no open files left: no fault of the PDF
            raise StateError(
                f"The process that reads PDFs cannot be started: {error.strerror or error}.",
                "Close other programs, or check that Python may be run, and try again.",
            ) from error
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        threading.Thread(target=self._read, args=(self._process.stdout, heard), daemon=True).start()
        request = {
            **job.request,
            "done": sorted(job.done),
            "skip": job.skip,
            "cpu_s": limits.cpu_s,
            "memory_bytes": limits.memory_bytes,
        }
        with contextlib.suppress(OSError):  # it died at once: `is_dead` will see it
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()  # left open: the worker ends when the pipe does

    def _read(self, pipe: IO[bytes], heard: queue.Queue[tuple[_Worker, bytes]]) -> None:
        with pipe:
            while (line := pipe.readline(_LONGEST_ANSWER_BYTES)).endswith(b"\n"):
                heard.put((self, line))
        heard.put((self, b""))

    def hears(self, line: bytes) -> bool:
        """Take note of a line; whether it is an answer."""
        self._moved_s = time.monotonic()
        self._heard_cpu_s = self._cpu_s
        if not line:
            self.stopped = self._way_of_death()
        elif line.startswith(b"@"):
            self.page = int(line[1:])
        else:
            return True
        return False

    def _way_of_death(self) -> str:
        try:
            status = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return "its answer was too long"
        if status == -getattr(signal, "SIGXCPU", status + 1):
            return f"reading took more than {self._limits.cpu_s} seconds of processor time"
        return self._too_much_memory() if status == OUT_OF_MEMORY else "the reader crashed"

    def _too_much_memory(self) -> str:
        return f"it needed more than {self._limits.memory_bytes >> 20} MB of memory"

    def is_dead(self, deadline_s: float) -> bool:
        """Whether it has ended or is over its limits; `stopped` says why."""
        now_s = time.monotonic()
        if self.stopped or now_s - self._checked_s < _CHECK_EVERY_S:
            return bool(self.stopped)
        self._checked_s = now_s
        limits = self._limits
        cpu_s, memory_bytes = _used(self._process.pid)
        if cpu_s > self._cpu_s:
            self._moved_s, self._cpu_s = now_s, cpu_s
        if now_s > deadline_s:
            self.stopped = f"it took longer than {limits.wall_s:g} seconds"
        elif self.page is not None and self._cpu_s - self._heard_cpu_s > limits.page_s:
            self.stopped = f"page {self.page + 1} took more than {limits.page_s:g} seconds of processor time"
        elif self.page is not None and now_s - self._moved_s > limits.still_s:
            self.stopped = f"nothing happened on page {self.page + 1} for {limits.still_s:g} seconds"
        elif memory_bytes > limits.memory_bytes:
            self.stopped = self._too_much_memory()
        return bool(self.stopped)

    def end(self) -> None:
        """End the process and what it started, if it has not ended by itself."""
        if os.name == "posix":
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()


def _used(pid: int) -> tuple[float, int]:
    """Processor time in seconds, that of the programs which it started and which have ended included, and memory in
    bytes of a process; nothing for one that has ended."""
    import psutil  # type: ignore[import-untyped]

    try:
        process = psutil.Process(pid)
        return sum(process.cpu_times()[:4]), int(process.memory_info().rss)
    except psutil.Error:
        return 0.0, 0


def clean_environment() -> dict[str, str]:
    """Only what an interpreter needs: no key or token reaches the process that reads the PDF."""
    kept = {name: value for name in _PASSED_ON if (value := os.environ.get(name)) is not None}
    package_folder = str(Path(__file__).resolve().parents[3])
    return {**kept, "PYTHONPATH": package_folder, "PYTHONIOENCODING": "utf-8", "PYMUPDF_SUGGEST_LAYOUT_ANALYZER": "0"}


def guards() -> list[str]:
    """What the system grants to limit a worker by, in words; see `limits`."""
    command = [sys.executable, "-P", "-m", "notegen.extract.worker.limits"]
    try:
        done = subprocess.run(
            command, stdin=subprocess.PIPE, capture_output=True, env=clean_environment(), timeout=_PROBE_S, check=True
        )
        granted: list[str] = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.SubprocessError):
        return []
    return granted

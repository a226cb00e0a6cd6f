"""The index of the vault's notes and its library of books, brought up to date while the watcher has nothing else to
do."""

from __future__ import annotations

import contextlib
import subprocess
import sys

import psutil  # type: ignore[import-untyped]

from notegen.desk import Desk
from notegen.embed.on_demand import EncoderOnDemand

_LEAST = 19 if sys.platform != "win32" else psutil.IDLE_PRIORITY_CLASS
_PATIENCE_S = 2.0


class Indexing:
    """Runs `notegen index` and then `notegen library index`, each in a process of its own, of the least priority: the
    watcher itself stays small."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._waiting: list[tuple[str, ...]] = []
        """What is to be run after it."""

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self, desk: Desk) -> None:
        """Start it, unless it is running. Without the built-in model's weights the notes have no vectors to fill in."""
        if self.is_running:
            return
        notes = [("index",)] if EncoderOnDemand(path=desk.settings.model.path).is_there else []
        self._waiting = [*notes, ("library", "index", "--offline")]
        self.go_on(desk)

    def go_on(self, desk: Desk) -> None:
        """Start what comes next, once what is running has ended."""
        if self.is_running or not self._waiting:
            return
        command = [sys.executable, "-P", "-m", "notegen", *self._waiting.pop(0), "--vault", desk.vault.name]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet)
        with contextlib.suppress(psutil.Error):
            psutil.Process(self._process.pid).nice(_LEAST)

    def close(self) -> None:
        """End it; what it has done is kept."""
        self._waiting.clear()
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

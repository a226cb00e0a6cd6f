"""Who does the tasks of `tasks.py`: this process, processes of this machine, or (`cluster.py`) other machines."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from typing import Any, Protocol

from notegen.embed.encoder import Encoder
from notegen.errors import NotegenError
from notegen.library.tasks import Read, RunAsked, TextsAsked, encode_by, read_by

_LOOK_S = 5.0
"""How often it is looked whether there is anybody who could do what is waited for."""
LONE_TRIES = 2
"""So often is a task tried alone that was under way when a worker died."""


class Workers(Protocol):
    """Whoever does the tasks."""

    @property
    def width(self) -> int:
        """Tasks that are given to them at once."""

    def submit(self, task: Callable[[Any], Any], asked: Any) -> Future[Any]:
        """Have a task done. A worker that dies is a `BrokenExecutor` in the future, or in all that are under way."""

    def check(self) -> None:
        """Raise StateError where nobody is left who could do what was asked."""

    def close(self) -> None:
        """End them, whatever they are at."""


class Here:
    """This process does all of it, one task after the other."""

    width = 1

    def __init__(self, read: Read, encoder: Encoder | None) -> None:
        self._read, self._encoder = read, encoder

    def submit(self, task: Callable[[Any], Any], asked: Any) -> Future[Any]:
        """See `Workers.submit`: done when it returns. The reader and the encoder are those that are open here."""
        future: Future[Any] = Future()
        try:
            if isinstance(asked, RunAsked):
                future.set_result(read_by(self._read, asked))
            elif isinstance(asked, TextsAsked) and self._encoder is not None:
                future.set_result(encode_by(self._encoder, asked.texts))
        except NotegenError as error:
            future.set_exception(error)
        return future

    def check(self) -> None:
        """This process is there."""

    def close(self) -> None:
        """Nothing to end."""


class LocalPool:
    """Processes of this machine. Where one dies, all are started anew."""

    def __init__(self, count: int) -> None:
        self.width = count
        self._executor: Executor | None = None

    def submit(self, task: Callable[[Any], Any], asked: Any) -> Future[Any]:
        """See `Workers.submit`."""
        try:
            return self._open().submit(task, asked)
        except BrokenExecutor:
            self.close()
            return self._open().submit(task, asked)

    def check(self) -> None:
        """What dies is started anew."""

    def close(self) -> None:
        """See `Workers.close`."""
        if self._executor is not None:
            for process in multiprocessing.active_children():
                process.kill()
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def _open(self) -> Executor:
        if self._executor is None:
            context = multiprocessing.get_context("spawn")
            self._executor = ProcessPoolExecutor(self.width, context, initializer=_ignore_ctrl_c)
        return self._executor


@dataclass(slots=True)
class Job:
    """A task on its way."""

    task: Callable[[Any], Any]
    asked: Any
    subject: Any
    """What it is done for; it stays here."""
    tries: int = 0
    """How often it was under way, at last alone, when a worker died."""


def done_by(workers: Workers, following: Callable[[], Job | None]) -> Iterator[tuple[Job, Future[Any]]]:
    """Have jobs done, each as it comes out. following: the next job, asked for as soon as somebody is free; None: there
    is none just now.

    Who was under way when a worker died is tried again alone, so that what kills a worker is told from its neighbours.
    Raises StateError where nobody is left to do them.
    """
    going: dict[Future[Any], Job] = {}
    suspects: deque[Job] = deque()
    while True:
        if suspects and not going:
            job = suspects.popleft()
            going[workers.submit(job.task, job.asked)] = job
        while not suspects and len(going) < workers.width and (next_job := following()):
            going[workers.submit(next_job.task, next_job.asked)] = next_job
        if not going and not suspects:
            return
        done = wait(going, timeout=_LOOK_S, return_when=FIRST_COMPLETED).done
        if not done:
            workers.check()
        for future in done:
            job = going.pop(future)
            died = isinstance(future.exception(), BrokenExecutor)
            job.tries += died
            if died and job.tries <= LONE_TRIES:
                suspects.append(job)
            else:
                yield job, future


def _ignore_ctrl_c() -> None:
    """The terminal tells every process; the one that started these ends them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

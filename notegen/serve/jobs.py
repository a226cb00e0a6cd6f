"""Jobs of a process that serves: writers one after another on the main thread, readers beside them.

Only the main thread can be interrupted wherever it is, as Ctrl-C does; `stopping.finishing` then holds for a request
that is cancelled as it does for a person at a terminal. A reader that is cancelled ends at its next word of progress.
"""

from __future__ import annotations

import _thread
import contextlib
import os
import queue
import signal
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

from notegen.serve.fault import CancelledError

_READERS = 3
_SIGNAL_IS_UNDER_WAY_S = 0.5
"""A signal to a thread of the same process arrives at once; so long it is waited for."""
_LOOK_EVERY_S = 0.2
"""Windows wakes no waiting main thread for a signal."""


@dataclass(eq=False, kw_only=True)
class Job:
    """Something to be done for a caller."""

    key: Hashable
    """What the caller knows it by."""
    do: Callable[[], Any]
    answer: Callable[[Any, BaseException | None], None]
    """Told once (result, None) or (None, error); CancelledError for one that was cancelled."""
    writes: bool
    cancelled: threading.Event = field(default_factory=threading.Event)
    interrupted: bool = False


class Jobs:
    """All jobs of one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[Hashable, Job] = {}
        self._writers: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._readers: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._current: Job | None = None
        self._is_closed = threading.Event()
        self._idle = threading.Condition(self._lock)
        for _ in range(_READERS):
            threading.Thread(target=self._read_on, daemon=True).start()

    def submit(self, job: Job) -> bool:
        """Take the job; False where one of that key is open already, or no job is taken any more."""
        with self._lock:
            if job.key in self._open or self._is_closed.is_set():
                return False
            self._open[job.key] = job
        (self._writers if job.writes else self._readers).put(job)
        return True

    def cancel(self, key: Hashable) -> bool:
        """Stop the job of that key; whether there was one. It is answered when it has stopped."""
        with self._lock:
            job = self._open.get(key)
            if job is None:
                return False
            job.cancelled.set()
            if job is self._current:
                if not job.interrupted:
                    job.interrupted = True
                    _interrupt_main_thread()
                return True
        self._finish(job, None, CancelledError())
        return True

    def run(self) -> None:
        """Do the writers' jobs, on the main thread, until `close`."""
        while not self._is_closed.is_set():
            with contextlib.suppress(queue.Empty):
                job = self._writers.get(timeout=_LOOK_EVERY_S)
                if job is None:
                    return
                self._do_here(job)

    def close(self, patience_s: float) -> None:
        """Take no more jobs; those that are open have `patience_s` to end by themselves, then they are cancelled."""
        with self._idle:
            self._idle.wait_for(lambda: not self._open, patience_s)
            self._is_closed.set()
            left = list(self._open)
        for key in left:
            self.cancel(key)
        self._writers.put(None)

    def _do_here(self, job: Job) -> None:
        """Do the job and answer it. An interruption that was meant for it is caught wherever it comes."""
        result: Any = None
        error: BaseException | None = None
        try:
            try:
                with self._lock:
                    self._current = None if job.cancelled.is_set() else job
                result = job.do() if self._current else None
            except Exception as fault:
                error = fault
            self._end(job)
        except (KeyboardInterrupt, CancelledError):
            if not job.cancelled.is_set():
                raise  # Ctrl-C, or the end of the system: it means the whole process
            error = CancelledError()
            self._current = None
        self._finish(job, result, error)

    def _end(self, job: Job) -> None:
        """From now on an interruption would hit another job. One that is under way is waited for."""
        with self._lock:
            self._current = None
        if job.interrupted:
            time.sleep(_SIGNAL_IS_UNDER_WAY_S)

    def _read_on(self) -> None:
        while True:
            job = self._readers.get()
            if not job.cancelled.is_set():
                try:
                    result = job.do()
                except BaseException as fault:
                    self._finish(job, None, fault)
                else:
                    self._finish(job, result, None)

    def _finish(self, job: Job, result: Any, error: BaseException | None) -> None:
        """Answer the job, once."""
        with self._idle:
            if self._open.get(job.key) is not job:
                return
            del self._open[job.key]
            self._idle.notify_all()
        job.answer(result, error)


def _interrupt_main_thread() -> None:
    """As Ctrl-C does; where the system can, a call that waits for it is woken."""
    main = threading.main_thread().ident
    if os.name == "posix" and main is not None:
        signal.pthread_kill(main, signal.SIGINT)
    else:
        _thread.interrupt_main()

"""A lock between threads and processes: held by one; the system ends it with its process, however that happens."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from notegen.errors import BusyError

_POLL_S = 0.1
_LOCKED_BYTE = 1 << 30
"""Far behind the words of the file, which Windows would otherwise let nobody read."""


class Lock:
    """A lock by the file at `path`, which says who holds it; None for one between the threads that share the object.

    The thread that holds it may hold it several times over.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file: int | None = None
        self._turn = threading.Lock()
        self._thread: int | None = None
        """Which one holds the lock."""
        self._depth = 0

    @property
    def is_held(self) -> bool:
        """Whether this thread holds the lock by this object."""
        return self._thread == threading.get_ident()

    @contextlib.contextmanager
    def held(
        self, who: str, patience_s: float = 0.0, on_wait: Callable[[str], None] = lambda who: None
    ) -> Iterator[None]:
        """Hold the lock, waiting for it up to `patience_s`. Raises BusyError.

        who: of this process, in words, for the others. on_wait: told once who holds it, when it has to be waited for.
        Where the file cannot be made no other process is kept out: notegen works without a place for its state.
        """
        if not self.is_held:
            self._take(who, patience_s, on_wait)
        self._depth += 1
        try:
            yield
        finally:
            if self.is_held:  # else it was lent, and not got back
                self._depth -= 1
                if self._depth == 0:
                    self._give_back()

    @contextlib.contextmanager
    def lent(self, who: str, patience_s: float, on_wait: Callable[[str], None]) -> Iterator[None]:
        """Let others hold the lock meanwhile; take it back afterwards, as `held` would. Raises BusyError."""
        depth, self._depth = self._depth, 0
        self._give_back()
        try:
            yield
        finally:
            self._take(who, patience_s, on_wait)
            self._depth = depth

    def holder(self) -> str:
        """Return who holds the lock now: "notegen watch (process 123)"; "" for nobody."""
        if self._path is None:
            return ""
        with contextlib.suppress(OSError):
            file = os.open(self._path, os.O_RDWR)
            try:
                return "" if _lock(file) else _words(self._path)
            finally:
                os.close(file)
        return ""

    def _take(self, who: str, patience_s: float, on_wait: Callable[[str], None]) -> None:
        deadline_s = time.monotonic() + patience_s
        if not self._turn.acquire(blocking=False):
            holder = self.holder()
            on_wait(holder)
            if not self._turn.acquire(timeout=patience_s):
                raise _busy(holder)
        self._thread = threading.get_ident()
        try:
            self._lock_file(who, deadline_s, on_wait)
        except BaseException:
            self._give_back()
            raise

    def _give_back(self) -> None:
        if self._file is not None:
            os.close(self._file)  # which ends the lock
        self._file = self._thread = None
        self._turn.release()

    def _lock_file(self, who: str, deadline_s: float, on_wait: Callable[[str], None]) -> None:
        if self._path is None:
            return
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return
        try:
            said = False
            while not _lock(file):
                holder = _words(self._path)
                if time.monotonic() >= deadline_s:
                    raise _busy(holder)
                if not said:
                    on_wait(holder)
                    said = True
                time.sleep(_POLL_S)
            with contextlib.suppress(OSError):  # the disk is full: then it does not say who
                os.ftruncate(file, 0)
                os.write(file, json.dumps({"who": who, "process": os.getpid()}).encode())
        except BaseException:
            os.close(file)
            raise
        self._file = file


def _busy(holder: str) -> BusyError:
    return BusyError(f"{holder or 'Another notegen'} is at work in this vault.", "Let it finish, or end it.")


def _words(path: Path) -> str:
    try:
        data = json.loads(path.read_text("utf-8"))
        return f"{data['who']} (process {data['process']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "Another notegen"


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> bool:
        """Lock the open file; say whether that was possible."""
        os.lseek(file, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(file, 0, os.SEEK_SET)
        return True
else:
    import errno
    import fcntl

    def _lock(file: int) -> bool:
        """Lock the open file; say whether that was possible. A file system without locks stands in nobody's way."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno not in (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES)
        return True

"""Ctrl-C and SIGTERM: the step that is under way in the vault is finished first, within seconds."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

LONGEST_WAIT_S = 4.0
"""For the step under way; then it is left to the next run, which finishes it."""
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")

_finishing = 0
_asked = False


def listen() -> None:
    """From now on a signal that asks this process to end raises KeyboardInterrupt, but not inside `finishing`."""
    for name in _SIGNALS:
        if (number := getattr(signal, name, None)) and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _ask)
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, _stop)


@contextlib.contextmanager
def finishing() -> Iterator[None]:
    """Do what is inside to its end, even when a signal asks to stop; KeyboardInterrupt is then raised after it."""
    global _finishing, _asked
    if threading.current_thread() is not threading.main_thread():  # signals never interrupt it
        yield
        return
    _finishing += 1
    try:
        yield
    finally:
        _finishing -= 1
    if _asked and not _finishing:
        _asked = False
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        raise KeyboardInterrupt


def _ask(number: int, frame: FrameType | None) -> None:
    global _asked
    if not _finishing:
        raise KeyboardInterrupt
    if not _asked and hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, LONGEST_WAIT_S)
    _asked = True


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt

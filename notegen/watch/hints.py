"""Hints that something has changed in the inbox folders. They may be lost, doubled or late: all they say is: look."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver

_TELLING = frozenset({"created", "modified", "moved", "deleted", "closed"})
"""Kinds of events that a change makes; reading a file makes others."""
_WITHOUT_EVENTS = ("nfs", "cifs", "smb", "9p", "fuse", "afp", "webdav", "vboxsf", "virtiofs", "vmhgfs", "prl_fs")
"""Beginnings of the names of file systems on which others' changes make no event."""


class Hints:
    """Rings `bell` when something may have changed; where `polls` is true it never will."""

    def __init__(self, bell: threading.Event, *, poll: bool) -> None:
        self._bell = bell
        self._always_poll = poll
        self._folders: dict[Path, tuple[int, int] | None] = {}
        self._observer: BaseObserver | None = None
        self._is_deaf = False
        self.polls = poll

    def follow(self, folders: Sequence[Path]) -> bool:
        """Watch these folders. Say whether one of them is not the folder that it was, and has to be looked at."""
        now = {folder: _identity(folder) for folder in folders}
        if now == self._folders and not self._is_deaf:
            return False
        self.close()
        self._folders, self._is_deaf = now, False
        self.polls = self._always_poll or any(map(_has_no_events, folders)) or not self._start(folders)
        return True

    def close(self) -> None:
        """Stop watching."""
        if self._observer is not None:
            self._observer.stop()
            with contextlib.suppress(RuntimeError):  # it was never started
                self._observer.join(timeout=2)
            self._observer = None

    def _start(self, folders: Sequence[Path]) -> bool:
        from watchdog.events import FileSystemEventHandler
        from watchdog.observers import Observer

        bell = self._bell
        roots = {str(folder) for folder in folders}

        def lose() -> None:
            self._is_deaf = True  # a folder was deleted: one made anew may even have its inode, and nobody watches that

        class Ring(FileSystemEventHandler):
            def on_any_event(self, event: FileSystemEvent) -> None:
                if event.event_type in ("deleted", "moved") and event.src_path in roots:
                    lose()
                if event.event_type in _TELLING:
                    bell.set()

        class RingOnTrouble(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                bell.set()  # "Inotify queue overflowed": the only word of it

        logger = logging.getLogger("watchdog")
        logger.handlers, logger.propagate = [RingOnTrouble(level=logging.WARNING)], False
        observer = Observer()
        try:
            for folder in folders:
                if self._folders[folder] is not None:
                    observer.schedule(Ring(), str(folder), recursive=True)
            observer.start()
        except OSError:  # the system's limit of watched folders, or a file system without events
            return False
        self._observer = observer
        return True


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        facts = folder.stat()
    except OSError:
        return None
    return facts.st_dev, facts.st_ino


def _has_no_events(folder: Path) -> bool:
    """Say whether the folder lies on a network drive or another file system that tells nobody of changes."""
    import psutil  # type: ignore[import-untyped]

    real = os.path.realpath(folder)
    if sys.platform == "win32" and real.startswith("\\\\"):
        return True
    try:
        mounts = psutil.disk_partitions(all=True)
    except (psutil.Error, OSError, RuntimeError):
        return False
    around = [each for each in mounts if Path(real).is_relative_to(each.mountpoint)]
    nearest = max(around, key=lambda each: len(each.mountpoint), default=None)
    if nearest is None or nearest.fstype.lower() == "fuseblk":  # a local disk
        return False
    return nearest.fstype.lower().startswith(_WITHOUT_EVENTS) or "remote" in nearest.opts.split(",")

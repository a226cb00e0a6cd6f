"""The log file of a watcher: what happened when, in names of files and kinds of trouble; no document's words, no key.

Reasons stay out: they may name a note, and a note is named by what the document says.
"""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

from notegen.run.status import WATCH_LOG_NAME
from notegen.store.drops import Drop

_MAX_BYTES = 1 << 20
_OLD_FILES = 3


class LogFile:
    """A listener that writes `watch.log`, at most 4 MB with its predecessors, as long as that is possible."""

    def __init__(self, folder: Path | None) -> None:
        self._logger = logging.Logger("notegen.watch")  # of its own: no other handler hears it
        self._handler: logging.Handler = logging.NullHandler()
        if folder is not None:
            self._handler = _Quiet(
                folder / WATCH_LOG_NAME, maxBytes=_MAX_BYTES, backupCount=_OLD_FILES, encoding="utf-8", delay=True
            )
        self._handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        self._logger.addHandler(self._handler)

    def step(self, path: str, what: str) -> None:
        """Not written: there are many."""

    def turn(self, drop: Drop, kind: str) -> None:
        """As `Listener.turn`."""
        same = f" same as {drop.same_as!r}" if drop.same_as else ""
        self._logger.info("%s %r %s%s%s", drop.state, drop.path, drop.sha256[:16], same, f" [{kind}]" if kind else "")

    def ignored(self, path: str, reason: str) -> None:
        """As `Listener.ignored`."""
        self._logger.info("ignored %r", path)

    def word(self, sentence: str) -> None:
        """As `Listener.word`."""
        self._logger.info("%s", sentence)

    def close(self) -> None:
        """Close the file."""
        self._handler.close()


class _Quiet(logging.handlers.RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
        """Say nothing: a full disk must not fill the terminal."""

"""A word on the desktop when a PDF comes to its end, where the system has a program for it."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys

from notegen.store.drops import Drop

_TIMEOUT_S = 5
_APPLE_SCRIPT = "on run {theTitle, theText}\ndisplay notification theText with title theTitle\nend run"


class Desktop:
    """A listener that shows notifications: notify-send on Linux, osascript on macOS, nothing elsewhere."""

    def step(self, path: str, what: str) -> None:
        """Not shown."""

    def turn(self, drop: Drop, kind: str) -> None:
        """As `Listener.turn`."""
        name = drop.path.rpartition("/")[2]
        if drop.state == "done" and not drop.same_as:
            _show(f"Note made: {name}", drop.note)
        elif drop.state == "failed":
            _show(f"No note: {name}", f"{drop.reason} {drop.next_step}")

    def ignored(self, path: str, reason: str) -> None:
        """Not shown."""

    def word(self, sentence: str) -> None:
        """Not shown."""


def _show(title: str, text: str) -> None:
    if sys.platform == "darwin":
        command = ["osascript", "-e", _APPLE_SCRIPT, title, text]
    else:
        command = ["notify-send", "--app-name=notegen", "--", title, text]
    if shutil.which(command[0]):
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            subprocess.run(command, timeout=_TIMEOUT_S, capture_output=True, check=False)

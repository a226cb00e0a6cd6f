"""The text of the system's clipboard, asked of the system's own programs."""

from __future__ import annotations

import shutil
import subprocess
import sys

from notegen.errors import NotegenError

_PROGRAMS: dict[str, tuple[tuple[str, ...], ...]] = {
    "darwin": (("pbpaste", "-Prefer", "txt"),),
    "win32": (
        (
            "powershell", "-NoProfile", "-Command",
            "[Console]::OutputEncoding = [Text.Encoding]::UTF8; Get-Clipboard -Raw",
        ),
    ),
    "linux": (
        ("wl-paste", "--no-newline"), ("xclip", "-selection", "clipboard", "-out"), ("xsel", "--clipboard", "--output"),
    ),
}  # fmt: skip
"""By `sys.platform`, the first that is installed and answers."""
_TIMEOUT_S = 10


def clipboard() -> bytes:
    """What is on the clipboard, as text in UTF-8. Raises NotegenError where no program gives it."""
    for command in _PROGRAMS.get(sys.platform, _PROGRAMS["linux"]):
        if not shutil.which(command[0]):
            continue
        try:
            return subprocess.run(command, capture_output=True, check=True, timeout=_TIMEOUT_S).stdout
        except (OSError, subprocess.SubprocessError):
            continue
    raise NotegenError(
        "The clipboard cannot be read.",
        "Save the chat as a file and name that; on Linux, wl-paste, xclip or xsel reads the clipboard.",
    )

"""When is a file complete? No event says so; a file that stays as it is for a while, and looks whole, is.

Measured (facts: events and file sizes mislead): a scanner closes a file after every page, a copy may have its full size
from the start, a mapped file changes without an event, and a PDF that was cut off often opens without a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from notegen.store.drops import FileFacts

_HEAD_BYTES = _TAIL_BYTES = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a file must stay as it is, by the monotonic clock."""

    settle_s: float
    """One that begins and ends like a PDF."""
    incomplete_s: float
    """One that does not, in addition; it is then taken as it is."""


@dataclass(slots=True, kw_only=True)
class _Watched:
    facts: FileFacts
    since_s: float
    seen_s: float
    looks_whole: bool | None = None


class Settling:
    """Remembers since when each file has been as it is."""

    def __init__(self, patience: Patience) -> None:
        self.patience = patience
        self._files: dict[str, _Watched] = {}

    def see(self, path: str, facts: FileFacts, now_s: float) -> None:
        """Take note of a file's facts at a moment; any change starts its time anew."""
        known = self._files.get(path)
        if known is None or known.facts != facts:
            self._files[path] = _Watched(facts=facts, since_s=now_s, seen_s=now_s)
        else:
            known.seen_s = now_s

    def wants_look(self, path: str, now_s: float) -> bool:
        """Say whether the file's time is up, so that it has to be seen once more: whether it is still as it was."""
        watched = self._files.get(path)
        if watched is None:
            return False
        due_s = watched.since_s + self.patience.settle_s
        return watched.seen_s < due_s <= now_s or (watched.looks_whole is False and watched.seen_s < now_s)

    def forget(self, path: str) -> None:
        """The file is gone, or its end is known."""
        self._files.pop(path, None)

    def wait_s(self, path: str, place: Path, now_s: float) -> float:
        """Return for how much longer the file has to stay as it is; 0.0 when it has settled."""
        watched = self._files.get(path)
        if watched is None:
            return self.patience.settle_s
        left_s = watched.since_s + self.patience.settle_s - now_s
        if left_s > 0:
            return left_s
        if watched.looks_whole is None:
            watched.looks_whole = looks_whole(place)
        return 0.0 if watched.looks_whole else max(0.0, left_s + self.patience.incomplete_s)

    def is_incomplete(self, path: str) -> bool:
        """Say whether the file has stayed as it is, yet does not begin and end like a PDF."""
        watched = self._files.get(path)
        return watched is not None and watched.looks_whole is False


def looks_whole(place: Path) -> bool:
    """Say whether the file begins and ends as every complete PDF does, or holds something else that is no PDF at all.

    A file of which nothing has arrived yet is empty, or begins with zeros. One that may not be read does not wait
    for its end: whoever reads it says so.
    """
    try:
        with place.open("rb") as file:
            head = file.read(_HEAD_BYTES)
            file.seek(max(0, place.stat().st_size - _TAIL_BYTES))
            tail = file.read()
    except PermissionError:
        return True
    except OSError:
        return False
    return b"%%EOF" in tail if b"%PDF-" in head else bool(head.strip(b"\0"))

"""Drops: the PDFs of the inbox folders, and the one end that each of them has come to so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal, NamedTuple

from notegen.store.ledger import Ledger

State = Literal["waiting", "done", "failed"]


class FileFacts(NamedTuple):
    """What tells one version of a file from another without reading it."""

    size: int
    """Bytes."""
    mtime_ns: int
    inode: int
    """Folded to SQLite's signed 64 bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """One file of an inbox folder, as it was when `facts` were read."""

    path: str
    """Relative to the vault, with "/"; bytes that are no Unicode are escaped ("\\udcff")."""
    turn: int
    """Order of arrival, from 1: clocks jump, this does not."""
    facts: FileFacts
    sha256: str = ""
    """"" while it is not known."""
    state: State = "waiting"
    reason: str = ""
    """Why it is not done; for one that is done "", or what is worth knowing about it."""
    next_step: str = ""
    note: str = ""
    """Path of the note that was made of it."""
    earlier_note: str = ""
    """Path of the note of the version before, when this is a changed file of a known name."""
    same_as: str = ""
    """The file with the same content that came first."""
    suspect: str = ""
    """Why its note may be incomplete."""
    made_with: str = ""
    """Fingerprint of the settings that it failed under."""
    deaths: int = 0
    """How often notegen itself ended while this one was its work; those go last."""


_COLUMNS = (
    "path, turn, size, mtime_ns, inode, sha256, state, reason, next_step, "
    "note, earlier_note, same_as, suspect, made_with, deaths"
)
_REST = _COLUMNS.split(", ")[5:]
"""What a row holds beside path, turn and facts."""


def all_drops(ledger: Ledger) -> dict[str, Drop]:
    """Return every drop that was ever seen, by path. Raises StateError."""
    drops = {}
    for path, turn, size, mtime_ns, inode, *rest in ledger.rows(f"SELECT {_COLUMNS} FROM dropped ORDER BY turn"):
        facts = FileFacts(size, mtime_ns, inode)
        drops[path] = Drop(path=path, turn=turn, facts=facts, **dict(zip(_REST, rest, strict=True)))
    return drops


def keep(ledger: Ledger, drops: Iterable[Drop]) -> None:
    """Remember the drops as they are now, all at once. Raises StateError."""
    rows = [(each.path, each.turn, *each.facts, *attrgetter(*_REST)(each)) for each in drops]
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        with ledger.changing() as change:
            change.executemany(f"INSERT OR REPLACE INTO dropped ({_COLUMNS}) VALUES ({marks})", rows)


def times_stopped(ledger: Ledger, sha256: str) -> int:
    """Return how often reading this content had to be stopped. Raises StateError."""
    rows = ledger.rows("SELECT times FROM stopped WHERE sha256 = ?", (sha256,))
    return int(rows[0][0]) if rows else 0


def count_stop(ledger: Ledger, sha256: str) -> int:
    """Count one more; return how many it are now. Raises StateError."""
    with ledger.changing() as change:
        change.execute(
            "INSERT INTO stopped VALUES (?, 1) ON CONFLICT (sha256) DO UPDATE SET times = times + 1", (sha256,)
        )
    return times_stopped(ledger, sha256)


def forget_stops(ledger: Ledger, hashes: Iterable[str]) -> None:
    """Give these contents another chance. Raises StateError."""
    with ledger.changing() as change:
        change.executemany("DELETE FROM stopped WHERE sha256 = ?", [(sha256,) for sha256 in hashes])

"""New text that waits beside the learner's: what was proposed for which place, and what was refused and why.

Deleting it costs the proposals that wait here, never a word of a note.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from notegen.store.database import CacheDatabase

_ID_DIGITS = 8
TAKEN = "(taken)"
"""In place of a reason: the learner took it, which an undo can take back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One hunk."""

    id: str
    """Of its content: the same text for the same place has the same one."""
    note: str
    """Which note it is, "kind key"; "" for one without an identity."""
    path: str
    """Where the note was."""
    region: str
    """The region's key."""
    name: str
    """The region as a person knows it."""
    text: str
    """The region's text when the proposal was made, with a final LF."""
    start: int
    end: int
    """The stretch of `text` in whose place the new one could stand; equal where nothing would go."""
    new: str
    hash: str
    """Of the version that the new text is from, as a marker has it: the region's base once it is taken."""
    day: str
    """When it was made, YYYY-MM-DD."""
    reason: str | None = None
    """Why it was refused, "" for no reason given; None as long as it waits."""
    shown: bool = False
    """It was put into the note with tick boxes."""

    @property
    def before(self) -> str:
        """What would go."""
        return self.text[self.start : self.end]


_FIELDS = ("id", "note", "path", "region", "name", "text", "start", "end", "new", "hash", "day", "reason")
"""In the order of the table's columns; `shown` comes last."""


def proposal_id(note: str, region: str, before: str, new: str) -> str:
    """The id of a proposal with this content."""
    content = "\0".join((note, region, before.strip(), new.strip()))
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_DIGITS]


class Proposals(CacheDatabase):
    """The proposals of one vault."""

    FILE_NAME = "proposals.sqlite3"
    TIMEOUT_S = 5.0
    SCHEMA = """
CREATE TABLE IF NOT EXISTS proposal (
    id TEXT PRIMARY KEY, note TEXT NOT NULL, path TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,
    text TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, new TEXT NOT NULL,
    hash TEXT NOT NULL, day TEXT NOT NULL,
    reason TEXT, shown INTEGER NOT NULL
)
"""

    @classmethod
    def of(cls, folder: Path | None) -> Proposals:
        """Those in the private folder of a vault; None: in memory."""
        return cls(folder / cls.FILE_NAME if folder else None)

    @cached_property
    def name(self) -> str:
        """What tells this store from those of other machines: four letters."""
        if self.found("PRAGMA user_version") in ([], [(0,)]):
            number = secrets.randbelow(0xFFFF) + 1
            self.change_by(lambda connection: connection.execute(f"PRAGMA user_version = {number:d}"))
        rows = self.found("PRAGMA user_version")
        return f"{rows[0][0] if rows else 0:04x}"

    def waiting(self) -> list[Proposal]:
        """Those that nobody decided on, in the order in which they were made."""
        return self._found("WHERE reason IS NULL")

    def refused(self, note: str, path: str) -> list[Proposal]:
        """Those of a note that were refused; it is known by which it is, or by its path."""
        found = [each for each in self._found("WHERE reason IS NOT NULL") if each.reason != TAKEN]
        return [each for each in found if (each.note and each.note == note) or each.path == path]

    def put(self, proposals: Iterable[Proposal]) -> None:
        """Remember proposals. One that is there with the same id is replaced."""
        rows = [(*(getattr(each, name) for name in _FIELDS), each.shown) for each in proposals]
        if rows:
            self.change("INSERT OR REPLACE INTO proposal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", *rows)

    def reopen(self, paths: Iterable[str]) -> None:
        """Let those wait again that were taken for notes at these paths."""
        if rows := [(path, TAKEN) for path in paths]:
            self.change("UPDATE proposal SET reason = NULL, shown = 0 WHERE path = ? AND reason = ?", *rows)

    def drop(self, ids: Iterable[str]) -> None:
        """Forget proposals."""
        if rows := [(each,) for each in ids]:
            self.change("DELETE FROM proposal WHERE id = ?", *rows)

    def _found(self, where: str) -> list[Proposal]:
        columns = "id, note, path, region, name, text, first, last, new, hash, day, reason, shown"
        rows = self.found(f"SELECT {columns} FROM proposal {where} ORDER BY rowid")
        return [Proposal(**dict(zip(_FIELDS, row[:-1], strict=True)), shown=bool(row[-1])) for row in rows]

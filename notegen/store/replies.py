"""What language models have answered and what it cost, in a file of its own: paid for once, found again by content.

Deleting it costs money, never content. Trouble with it never reaches the caller.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from notegen.store.folder import state_folder

FILE_NAME = "replies.sqlite3"
_LOCK_TIMEOUT_S = 5.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS reply (key TEXT PRIMARY KEY, text TEXT NOT NULL, model TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spent (
    day TEXT NOT NULL, asked TEXT NOT NULL, prompt_chars INTEGER NOT NULL, prompt_tokens INTEGER NOT NULL,
    reply_tokens INTEGER NOT NULL, cost_usd REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS spent_day ON spent (day);
CREATE TABLE IF NOT EXISTS habit (asked TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_MIN_CALLS = 3
"""Fewer measured calls say little about how a model counts its tokens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An answer that passed every check when it came."""

    text: str
    model: str
    """As the server reported it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """One call that was made. asked: the endpoint and the model, as one text."""

    day: str
    asked: str
    prompt_chars: int
    """Of a prompt of text alone that the server has counted; else 0."""
    prompt_tokens: int
    reply_tokens: int
    cost_usd: float


class Replies:
    """One open file, for all threads of a process."""

    def __init__(self, path: Path | None) -> None:
        """path: None keeps everything in memory. A file that is no database is set aside."""
        self._lock = threading.Lock()
        self._connection = _opened(path)

    @classmethod
    def open(cls, env: Mapping[str, str] = os.environ) -> Replies:
        """Open the file in the state folder."""
        return cls(state_folder(env) / FILE_NAME)

    def close(self) -> None:
        self._connection.close()

    def get(self, key: str) -> Kept | None:
        """The answer kept under `key`."""
        rows = self._rows("SELECT text, model FROM reply WHERE key = ?", key)
        return Kept(text=str(rows[0][0]), model=str(rows[0][1])) if rows else None

    def put(self, key: str, kept: Kept) -> None:
        self._write("INSERT OR REPLACE INTO reply VALUES (?, ?, ?)", key, kept.text, kept.model)

    def drop(self, key: str) -> None:
        self._write("DELETE FROM reply WHERE key = ?", key)

    def spend(self, each: Spent) -> None:
        """Remember what a call cost."""
        self._write(
            "INSERT INTO spent VALUES (?, ?, ?, ?, ?, ?)",
            each.day, each.asked, each.prompt_chars, each.prompt_tokens, each.reply_tokens, each.cost_usd,
        )  # fmt: skip

    def spent_usd(self, day: str) -> float:
        """What all calls of a day (YYYY-MM-DD) cost."""
        rows = self._rows("SELECT total(cost_usd) FROM spent WHERE day = ?", day)
        return float(rows[0][0]) if rows else 0.0

    def characters_per_token(self, asked: str) -> float:
        """How many characters of a prompt the model has counted as one token so far; 0 when it is not known."""
        query = "SELECT count(*), sum(prompt_chars), sum(prompt_tokens) FROM spent WHERE asked = ? AND prompt_chars > 0"
        rows = self._rows(query, asked)
        return rows[0][1] / rows[0][2] if rows and rows[0][0] >= _MIN_CALLS else 0.0

    def habit(self, asked: str) -> dict[str, Any]:
        """What was learned about how the model must be asked; {} at first."""
        rows = self._rows("SELECT value FROM habit WHERE asked = ?", asked)
        with contextlib.suppress(ValueError):
            value = json.loads(rows[0][0]) if rows else {}
            return value if isinstance(value, dict) else {}
        return {}

    def set_habit(self, asked: str, value: Mapping[str, Any]) -> None:
        self._write("INSERT OR REPLACE INTO habit VALUES (?, ?)", asked, json.dumps(value))

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock, contextlib.suppress(sqlite3.Error):
            return self._connection.execute(query, values).fetchall()
        return []

    def _write(self, query: str, *values: object) -> None:
        with self._lock, contextlib.suppress(sqlite3.Error, UnicodeError):
            self._connection.execute(query, values)


def _opened(path: Path | None) -> sqlite3.Connection:
    for attempt in range(2):
        try:
            if path is None:
                break
            path.parent.mkdir(parents=True, exist_ok=True)
            return _connected(os.fspath(path))
        except sqlite3.OperationalError:  # locked, or not to be written
            break
        except sqlite3.DatabaseError:
            with contextlib.suppress(OSError):
                if path is not None and attempt == 0:
                    os.replace(path, path.with_name(path.name + ".damaged"))
        except OSError:
            break
    return _connected(":memory:")


def _connected(place: str) -> sqlite3.Connection:
    connection = sqlite3.connect(place, timeout=_LOCK_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(_SCHEMA)
    except sqlite3.Error:
        connection.close()
        raise
    return connection

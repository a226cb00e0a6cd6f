"""What language models have answered and what it cost, in a file of its own: paid for once, found again by content.

Deleting it costs money, never content. Trouble with it never reaches the caller.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from notegen.store.database import CacheDatabase

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


class Replies(CacheDatabase):
    """One open file."""

    FILE_NAME = "replies.sqlite3"
    TIMEOUT_S = 5.0
    SCHEMA = """
CREATE TABLE IF NOT EXISTS reply (key TEXT PRIMARY KEY, text TEXT NOT NULL, model TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spent (
    day TEXT NOT NULL, asked TEXT NOT NULL, prompt_chars INTEGER NOT NULL, prompt_tokens INTEGER NOT NULL,
    reply_tokens INTEGER NOT NULL, cost_usd REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS spent_day ON spent (day);
CREATE TABLE IF NOT EXISTS habit (asked TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

    def get(self, key: str) -> Kept | None:
        """The answer kept under `key`."""
        rows = self.found("SELECT text, model FROM reply WHERE key = ?", (key,))
        return Kept(text=str(rows[0][0]), model=str(rows[0][1])) if rows else None

    def put(self, key: str, kept: Kept) -> None:
        self.change("INSERT OR REPLACE INTO reply VALUES (?, ?, ?)", (key, kept.text, kept.model))

    def drop(self, key: str) -> None:
        self.change("DELETE FROM reply WHERE key = ?", (key,))

    def spend(self, each: Spent) -> None:
        """Remember what a call cost."""
        row = each.day, each.asked, each.prompt_chars, each.prompt_tokens, each.reply_tokens, each.cost_usd
        self.change("INSERT INTO spent VALUES (?, ?, ?, ?, ?, ?)", row)

    def spent_usd(self, day: str) -> float:
        """What all calls of a day (YYYY-MM-DD) cost."""
        rows = self.found("SELECT total(cost_usd) FROM spent WHERE day = ?", (day,))
        return float(rows[0][0]) if rows else 0.0

    def characters_per_token(self, asked: str) -> float:
        """How many characters of a prompt the model has counted as one token so far; 0 when it is not known."""
        query = "SELECT count(*), sum(prompt_chars), sum(prompt_tokens) FROM spent WHERE asked = ? AND prompt_chars > 0"
        rows = self.found(query, (asked,))
        return rows[0][1] / rows[0][2] if rows and rows[0][0] >= _MIN_CALLS else 0.0

    def habit(self, asked: str) -> dict[str, Any]:
        """What was learned about how the model must be asked; {} at first."""
        rows = self.found("SELECT value FROM habit WHERE asked = ?", (asked,))
        with contextlib.suppress(ValueError):
            value = json.loads(rows[0][0]) if rows else {}
            return value if isinstance(value, dict) else {}
        return {}

    def set_habit(self, asked: str, value: Mapping[str, Any]) -> None:
        self.change("INSERT OR REPLACE INTO habit VALUES (?, ?)", (asked, json.dumps(value)))

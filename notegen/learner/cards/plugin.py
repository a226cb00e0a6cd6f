"""How the Spaced Repetition plugin of a vault tells cards: its defaults, and what the learner set.

Syntax and defaults are those of its version 1.15 (st3v3nmw/obsidian-spaced-repetition, `src/settings.ts`, `parser.ts`):
a question, a line with the separator, the answer, a blank line or the end mark. It also takes any line with a separator
of one-line cards for a card, so none may stand in what is shown.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

DATA_FILE = ".obsidian/plugins/obsidian-spaced-repetition/data.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSyntax:
    """The plugin's marks."""

    separator: str = "?"
    """The line between question and answer."""
    inline: tuple[str, ...] = (":::", "::")
    """What makes a card of one line, longest first."""
    end: str = ""
    """The line that ends a card; "": a blank one."""

    @classmethod
    def read(cls, read: Callable[[str], tuple[bytes, str]]) -> CardSyntax:
        """What the plugin is set to in a vault; its defaults where it is not there or its data cannot be read.

        read: as `VaultFiles.read`.
        """
        try:
            data = json.loads(read(DATA_FILE)[0])
            told = data.get("settings", data)
            inline = {
                _text(told, "singleLineCardSeparator", "::"),
                _text(told, "singleLineReversedCardSeparator", ":::"),
            }
            return cls(
                separator=_text(told, "multilineCardSeparator", "?") or "?",
                inline=tuple(sorted(inline - {""}, key=len, reverse=True)),
                end=_text(told, "multilineCardEndMarker", ""),
            )
        except (OSError, ValueError, AttributeError):
            return cls()

    def inert(self, markdown: str) -> str:
        """Escaped text in which no mark of a one-line card is left: a backslash parts its characters."""
        for mark in self.inline:
            if len(mark) > 1 and not any(char.isalnum() or char.isspace() for char in mark):
                markdown = markdown.replace(mark, "\\".join(["", *mark]))
        return markdown


def _text(told: Any, name: str, usual: str) -> str:
    value = told.get(name, usual)
    return value.strip() if isinstance(value, str) and "\n" not in value else usual

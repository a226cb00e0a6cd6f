"""What a check says, and what it must be told about the vault."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from notegen.markdown.parsed import ParsedNote

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong in a note.

    error: Obsidian shows it wrongly, or it acts; warning: probably not what was meant; info: worth knowing.
    """

    rule: str
    severity: Severity
    line: int
    """From 1 in the whole file."""
    message: str
    """What is wrong, one sentence without a period."""
    repair: str = ""
    """What to do about it, or ""."""


def error(rule: str, line: int, message: str, repair: str = "") -> Problem:
    return Problem(rule=rule, severity="error", line=line, message=message, repair=repair)


def warning(rule: str, line: int, message: str, repair: str = "") -> Problem:
    return Problem(rule=rule, severity="warning", line=line, message=message, repair=repair)


def info(rule: str, line: int, message: str, repair: str = "") -> Problem:
    return Problem(rule=rule, severity="info", line=line, message=message, repair=repair)


class LinkTargets(Protocol):
    """What a vault knows of where links lead, seen from the note that is checked."""

    def resolve(self, target: str) -> str | None:
        """Path, relative to the vault, of what a link to `target` opens; `target` is a path or name without subpath.
        "" is the note itself. None when there is nothing."""

    def has_heading(self, path: str, subpath: str) -> bool:
        """Whether the note at `path` has the heading or block of `subpath` ("#Heading", "#H1#H2", "#^block")."""

    def page_count(self, path: str) -> int | None:
        """Pages of the PDF at `path`; None when it cannot be read."""


Rule = Callable[[ParsedNote, LinkTargets], Iterable[Problem]]


def cut(text: str, max_chars: int = 60) -> str:
    """`text` on one line, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= max_chars else line[: max_chars - 1] + "…"

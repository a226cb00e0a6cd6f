"""What the learner still finds unclear, as their logs say, and whether it was answered since."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from notegen.learner.answers import written_pieces
from notegen.vault.logs import LogRecord
from notegen.vault.regions import find
from notegen.vault.vault import Vault

REGION = "unclear"
_ITEM = re.compile(r"^[\s>]*- \[(?P<tick>.)\] (?P<text>.*)$")
_LETTERS = re.compile(r"[\W_]+")
_MIN_LETTERS = 4
"""Less is no question: "-", "no"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """A question that the learner left open in a log."""

    text: str
    """Their own words."""
    log: LogRecord


def open_questions(
    logs: Iterable[LogRecord], vault: Vault, prompts: Collection[str], unclear: Collection[str]
) -> list[Unclear]:
    """What is unclear and was neither struck nor answered, in its log or where it came back; the latest first.

    prompts, unclear: as `written_pieces`, and those of them that ask for it.
    """
    texts = {log: vault.text(log.path) for log in logs}
    settled = {key for text in texts.values() for key in _settled(text)}
    found: dict[str, Unclear] = {}
    for log in sorted(texts, key=lambda log: (log.date is not None, log.date, log.path), reverse=True):
        for piece in written_pieces(texts[log], prompts):
            key = _key(piece.text)
            if (
                piece.prompt in unclear
                and not (piece.is_done or piece.below)
                and len(key) >= _MIN_LETTERS
                and key not in settled
            ):
                found.setdefault(key, Unclear(text=piece.text, log=log))
    return list(found.values())


def _settled(text: str) -> Iterator[str]:
    """The questions of a log's own region that the learner ticked, struck, or wrote an answer below."""
    for region in find(text):
        if region.id != REGION or region.is_as_written:
            continue
        asked, is_settled = "", False
        for line in [*region.text.split("\n"), "- [ ] "]:
            if item := _ITEM.match(line):
                if asked and is_settled:
                    yield _key(asked)
                asked = item["text"].strip("~ ")
                is_settled = item["tick"] != " " or "~~" in item["text"]
            elif asked and line.strip(" >") and "#page=" not in line and "[[" not in line:
                is_settled = True


def _key(text: str) -> str:
    return _LETTERS.sub("", text).casefold()

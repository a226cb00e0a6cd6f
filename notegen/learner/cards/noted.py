"""The cards of a cards note as they stand there: the learner may have edited, reviewed, moved or marked them.

A card is a region of its own. What the plugin wrote into it (`<!--SR:…-->`) is no part of its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from notegen.learner.cards.plugin import CardSyntax
from notegen.vault.markers import Region, find, find_roster, text_hash

CARD, PASSAGE = "card-", "passage-"
"""How the keys of regions begin: of a card, and of the heading above the cards of a passage."""
SCHEDULE = re.compile(r"<!--SR:(?P<schedule>.*?)-->")
_SCHEDULE_LINE = re.compile(r"^[ \t>]*<!--SR:.*?-->[ \t]*$|^>[ \t]*\[!sr\|card-metadata\].*$")
_NO_CARD = re.compile(r"\bcard[ \t]*::?[ \t]*\"?no\b", re.IGNORECASE)
_PAGE = re.compile(r"#page=(\d+)")
_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_ID = re.compile(r"card-([0-9a-f]{16})")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedCard:
    """A card in a note."""

    id: str
    question: str
    """Markdown, as it stands there."""
    answer: str
    """Markdown, lines joined by LF, page links included; "" where the learner took the separator away."""
    date: str
    """Of the study of its passage, YYYY-MM-DD; "" where no heading above it says."""
    page: int | None
    """As links count, from 1."""
    is_edited: bool
    """Its text is not as notegen wrote it."""
    schedule: str
    """What the plugin keeps of it; "" for a card that was never reviewed."""
    is_refused: bool
    """The learner marked it `card: no`."""


def cards_in(text: str, syntax: CardSyntax) -> list[NotedCard]:
    """The cards of a note, in its order. Damaged ones (a marker is gone) are left out: `troubled_in` names them."""
    return list(_cards(text, syntax))


def _cards(text: str, syntax: CardSyntax) -> Iterator[NotedCard]:
    date = ""
    regions = find(text)
    for place, region in enumerate(regions):
        if region.id.startswith(PASSAGE):
            found = _DATE.search(region.text)
            date = found[0] if found else ""
        named = _ID.fullmatch(region.id)
        if not named or region.damaged:
            continue
        end = regions[place + 1].start if place + 1 < len(regions) else len(text)
        yield _card(region, named[1], date, text[region.end : end], syntax)


def _card(region: Region, card_id: str, date: str, below: str, syntax: CardSyntax) -> NotedCard:
    schedules = SCHEDULE.findall(region.text) or SCHEDULE.findall(below)
    lines = [SCHEDULE.sub("", line).rstrip() for line in region.text.split("\n") if not _SCHEDULE_LINE.match(line)]
    said = "\n".join(lines).strip("\n")
    kept = [line for line in lines if not (_NO_CARD.search(line) and len(line.split()) <= 3) and line != syntax.end]
    question, answer = _parted(kept, syntax)
    page = _PAGE.search(answer)
    return NotedCard(
        id=card_id,
        question=question,
        answer=answer,
        date=date,
        page=int(page[1]) if page else None,
        is_edited=text_hash(said) != region.written_hash,
        schedule=schedules[-1] if schedules else "",
        is_refused=bool(_NO_CARD.search(region.text) or _NO_CARD.search(below)),
    )


def _parted(lines: list[str], syntax: CardSyntax) -> tuple[str, str]:
    """(question, answer) of a card in its lines; a learner may have made a one-line card of it."""
    for place, line in enumerate(lines):
        if line.strip() in (syntax.separator, syntax.separator * 2):
            return " ".join(lines[:place]).strip(), "\n".join(lines[place + 1 :]).strip()
    for mark in syntax.inline:
        question, found, answer = "\n".join(lines).partition(mark)
        if found:
            return " ".join(question.split()), answer.strip()
    return " ".join(" ".join(lines).split()), ""


def troubled_in(text: str, syntax: CardSyntax) -> list[str]:
    """What is wrong with the cards of a note, one sentence each. All of them stay as they are."""
    said = [
        f"A card ({region.id}) was left as it is: {region.damaged}."
        for region in find(text)
        if region.damaged and region.id.startswith(CARD)
    ]
    blank = [card for card in _cards(text, syntax) if not card.answer and not card.is_refused]
    return said + [f"A card ({CARD}{card.id}) has no answer any more: “{card.question}”." for card in blank]


def ids_of(text: str) -> set[str]:
    """The ids of all cards that the note has and ever had."""
    roster = find_roster(text)
    keys = [region.id for region in find(text)] + (roster[2] if roster else [])
    return {named[1] for key in keys if (named := _ID.fullmatch(key))}


def refused_in(text: str) -> list[str]:
    """The lines of a log that the learner marked `card: no`, and those right above such a mark that stands alone."""
    lines = text.split("\n")
    found: list[str] = []
    for place, line in enumerate(lines):
        if _NO_CARD.search(line):
            alone = not _NO_CARD.sub("", line).strip(" \t>-*()[]%")
            found.append(lines[place - 1] if alone and place else line)
    return found

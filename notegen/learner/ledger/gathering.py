"""Where deeds come from: what the learner ticked, typed, explained, tried, and what the plugin kept of reviews.

What carries no date counts from the day on which notegen first sees it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from notegen.language.words import is_content, tokens
from notegen.learner.answers import checks_in, written_pieces
from notegen.learner.cards.noted import NotedCard
from notegen.learner.ledger.concepts import Concept, Naming
from notegen.learner.ledger.deed import Deed, Grade
from notegen.learner.prompts import Prompts
from notegen.learner.written import written_in
from notegen.vault.properties import split

MIN_WORDS = 4
"""Words of weight that explain something, beside the name itself."""
_TRIED = "⚙🧪"
"""Signs of headings below which the learner tells what they tried: what is said there was applied."""
_OWN_WORDS = "🧠"
"""Sign of the heading below which a concept note asks for the learner's own words."""
_OPEN = "❓"
_SIGNS = re.compile(r"^[^\w(]+")
_SM2 = re.compile(r"!(?P<due>\d{4}-\d\d-\d\d),(?P<interval>\d+(?:\.\d+)?),\d+")
_MARKUP = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]|[=*_`]+")
_REVIEW_STATE = "2"
"""Of FSRS: what is remembered. After a lapse it is 3 (relearning), before it 1 (learning)."""
_LONGER_THAN_A_LAPSE_DAYS = 2
"""SM-2 sets a card that was forgotten to a day or less."""


def is_touched(text: str) -> bool:
    """Whether a log shows anything that the learner did: most of a vault's do not."""
    return any(check.is_ticked or check.answer for check in checks_in(text)) or bool(written_in(split(text)[1]))


def deeds_in_log(
    text: str, where: str, today: dt.date, naming: Naming, prompts: Prompts, language: str
) -> Iterator[tuple[Concept, Deed]]:
    """The deeds that a log shows. where: target of a link to it."""
    for check in checks_in(text):
        concepts = naming.named_in(check.question, language)
        if _says_enough(check.answer, (), language):
            yield from (
                (each, Deed(date=today, what="explained", where=where, about=check.question)) for each in concepts
            )
        elif check.is_ticked:
            deed = Deed(date=today, what="ticked", where=where, about=check.question)
            if check.is_warm_up:  # it was due: who ticks it has recalled it
                deed = replace(deed, what="recalled", grade="good")
            yield from ((each, deed) for each in concepts)
    yield from _written(text, where, today, naming, prompts, language)


def _written(
    text: str, where: str, today: dt.date, naming: Naming, prompts: Prompts, language: str
) -> Iterator[tuple[Concept, Deed]]:
    """The deeds in the learner's own lines of a log: each concept that a line names and says something of."""
    for piece in written_pieces(text, prompts.every):
        if piece.prompt in prompts.unclear | prompts.plans or piece.heading.startswith(_OPEN) or piece.is_done:
            continue
        said = _MARKUP.sub(r"\1", f"{piece.text} {piece.below}")
        for concept in naming.named_in(said, language):
            if _says_enough(said, concept.names, language):
                tried = piece.heading.startswith(tuple(_TRIED))
                about = _SIGNS.sub("", piece.heading) or piece.prompt.rstrip(":")
                yield concept, Deed(date=today, what="applied" if tried else "explained", where=where, about=about)


def deeds_in_concept(text: str, where: str, today: dt.date, names: Sequence[str], prompts: Prompts) -> Iterator[Deed]:
    """The deeds that a concept note shows, below the headings that ask for them: what the learner says it is, and an
    example of it. A note that the learner wrote without notegen may say anything."""
    for piece in written_pieces(text, prompts.every):
        is_asked = piece.heading[:1] in _OWN_WORDS + _TRIED and piece.prompt not in prompts.unclear
        if is_asked and not piece.is_done and _says_enough(f"{piece.text} {piece.below}", names, "en"):
            tried = piece.heading[:1] in _TRIED
            about = _SIGNS.sub("", piece.heading)
            yield Deed(date=today, what="applied" if tried else "explained", where=where, about=about)


def deeds_of_reviews(
    cards: Sequence[NotedCard], where: str, naming: Naming, language: str
) -> Iterator[tuple[Concept, Deed]]:
    """The last review of each card, as the plugin keeps it."""
    for card in cards:
        if review := review_of(card.schedule):
            date, grade = review
            deed = Deed(date=date, what="recalled", grade=grade, where=where, about=_MARKUP.sub(r"\1", card.question))
            yield from ((concept, deed) for concept in naming.named_in(card.question, language))


def review_of(schedule: str) -> tuple[dt.date, Grade] | None:
    """(day, grade) of the last review that a schedule of the plugin tells, by FSRS or SM-2; None where it cannot be
    read. The plugin keeps no grade: what it will ask again soon was forgotten, all else was good."""
    fields = schedule.split(",")
    try:
        if fields[0].lstrip("!") == "fsrs" and len(fields) >= 10:
            return dt.date.fromisoformat(fields[-1].strip()[:10]), "good" if fields[5] == _REVIEW_STATE else "again"
        if found := _SM2.match(schedule):
            interval = float(found["interval"])
            day = dt.date.fromisoformat(found["due"]) - dt.timedelta(days=round(interval))
            return day, "good" if interval >= _LONGER_THAN_A_LAPSE_DAYS else "again"
    except (ValueError, OverflowError):
        return None
    return None


def _says_enough(text: str, names: Collection[str], language: str) -> bool:
    own = {word.casefold() for name in names for word in tokens(name)}
    said = [word for word in tokens(text) if is_content(word, language) and word.casefold() not in own]
    return len(said) >= MIN_WORDS

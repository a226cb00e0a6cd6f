"""What a log takes from the ledger when it is first made: what is due, mastered, still unclear, or missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from notegen.compose.context import CitedLine, OpenQuestion, Prerequisite, ReturningHole, StudyContext, WarmUpQuestion
from notegen.compose.place import Place
from notegen.desk import Desk
from notegen.draft.draft import Draft
from notegen.kinds.cards import CARDS
from notegen.kinds.kind import PassageSubject
from notegen.kinds.rabbit_holes import RABBIT_HOLES
from notegen.language.detect import language_of
from notegen.learner.cards.exported import as_text
from notegen.learner.cards.noted import NotedCard, cards_in
from notegen.learner.cards.plugin import CardSyntax
from notegen.learner.cited import Citations, Cited, cited_in
from notegen.learner.ledger.concepts import Concept, Naming
from notegen.learner.ledger.definition import definition_in
from notegen.learner.ledger.reading import Known, read_ledger
from notegen.learner.prompts import SPOKEN, prompts_in
from notegen.learner.rabbit_holes import parked_in
from notegen.learner.unclear import Unclear, open_questions
from notegen.reading.passage import Passage
from notegen.vault.regions import find

MAX_DUE, MAX_UNCLEAR, MAX_PASSAGES, MAX_FIRST, MAX_RABBITS = 5, 3, 2, 3, 2
"""A warm-up takes minutes, not the day."""
RABBITS = "rabbits"
"""Key of the region in which rabbit holes come back."""
MIN_USES = 2
"""A passage uses what so many of its paragraphs name."""
_LINK = re.compile(r"\[\[([^\[\]|#]+)[^\[\]]*\]\]|\]\(([^()\s#]+)[^()]*\)")


def study_of(
    draft: Draft, passage: Passage, subject: PassageSubject, place: Place, desk: Desk
) -> tuple[Draft, StudyContext]:
    """(the draft without explanations of what is mastered, what the log says of the ledger).

    A log that is there keeps what it says of it, and explains no more than it did.
    """
    known = read_ledger(desk.vault, desk.settings.concepts.folder, desk.settings.ledger, subject.date)
    if place.note_path in desk.vault.files.paths:
        paths = set(_linked_in("mastered", place, desk))
        return _without([each.concept for each in known if each.concept.path in paths], draft), StudyContext()
    explained = {_plain(each.name) for each in draft.background} | {_plain(each.concept) for each in draft.mastery}
    mastered = [
        each.concept
        for each in known
        if each.entry.mastered(subject.date) and explained & {_plain(name) for name in each.concept.names}
    ]
    citations = Citations(desk.vault, [log.path for log in desk.vault.logs()])
    return _without(mastered, draft), StudyContext(
        due=tuple(_due(known, subject, place, desk)),
        mastered=tuple(desk.vault.link(each.path, place.note_path, alias="") for each in mastered),
        unclear=tuple(_unclear(each, citations, place, desk) for each in _open(desk)[:MAX_UNCLEAR]),
        rabbits=tuple(_rabbits(known, subject, place, desk))[:MAX_RABBITS],
        first=tuple(_first(known, passage, explained, place, desk)),
    )


def _without(mastered: Sequence[Concept], draft: Draft) -> Draft:
    """The draft that does not explain some concepts."""
    names = {_plain(name) for concept in mastered for name in concept.names}
    if not names:
        return draft
    added = draft.added
    if added:
        added = replace(added, concepts=tuple(each for each in added.concepts if _plain(each.name) not in names))
    return replace(
        draft,
        background=tuple(each for each in draft.background if _plain(each.name) not in names),
        mastery=tuple(each for each in draft.mastery if _plain(each.concept) not in names),
        added=added,
    )


def _linked_in(region_id: str, place: Place, desk: Desk) -> Iterator[str]:
    """The notes that a region of the log links."""
    for region in find(desk.vault.text(place.note_path)):
        for link in _LINK.finditer(region.text) if region.id == region_id else ():
            path = desk.vault.resolve((link[1] or link[2]).replace("%20", " "), place.note_path)
            if path:
                yield path


def _due(known: Sequence[Known], subject: PassageSubject, place: Place, desk: Desk) -> Iterator[WarmUpQuestion]:
    """A question on each concept that is due, the longest due first."""
    due = [each for each in known if each.entry.is_due(subject.date)]
    due.sort(key=lambda each: (each.entry.next_review, each.concept.path))
    cards = _cards(desk) if due else []
    naming = Naming([each.concept for each in known])
    count = 0
    for each in due:
        found = _question(each.concept, cards, naming, desk)
        if found and count < MAX_DUE:
            question, cited = found
            link = desk.vault.link(each.concept.path, place.note_path, alias="")
            yield WarmUpQuestion(question=question, link=link, answer=_line(cited, place))
            count += 1


def _cards(desk: Desk) -> list[tuple[str, NotedCard]]:
    """(path of its note, card) of all cards that may be asked."""
    syntax = CardSyntax.read(desk.vault.storage.read)
    paths = [record.path for record in desk.vault.notes_of(CARDS)]
    return [(path, card) for path in paths for card in cards_in(desk.vault.text(path), syntax) if not card.is_refused]


def _question(
    concept: Concept, cards: Sequence[tuple[str, NotedCard]], naming: Naming, desk: Desk
) -> tuple[str, Cited] | None:
    """(question, answer) about a concept: of a card that names it, else what it is; None where nothing is quoted."""
    for path, card in cards:
        cited = cited_in(" ".join(card.answer.split("\n")), path, desk.vault)
        if cited and concept in naming.named_in(card.question, language_of(card.answer, "en")):
            return as_text(card.question), cited
    note = concept.notes[0]
    definition = definition_in(note.text)
    cited = cited_in(definition.markdown, note.path, desk.vault) if definition else None
    if cited is None:
        return None
    catalogue = desk.templates.catalogue(language_of(note.text, "en"))
    return catalogue.said("What does “{concept}” mean?", concept=concept.name), cited


def _open(desk: Desk) -> list[Unclear]:
    prompts = prompts_in(desk.templates.catalogue(code) for code in SPOKEN)
    return open_questions(desk.vault.logs(), desk.vault, prompts.every, prompts.unclear)


def _unclear(each: Unclear, citations: Citations, place: Place, desk: Desk) -> OpenQuestion:
    return OpenQuestion(
        text=each.text,
        log_link=desk.vault.link(each.log.path, place.note_path, alias=""),
        passages=tuple(_line(cited, place) for cited in citations.about(each.text, MAX_PASSAGES)),
    )


def _first(
    known: Sequence[Known], passage: Passage, explained: set[str], place: Place, desk: Desk
) -> Iterator[Prerequisite]:
    """Concepts that several paragraphs name and the learner has done nothing with, the most named first; none while the
    ledger is empty, for then nobody keeps it."""
    if not any(each.entry.deeds for each in known):
        return
    untouched = [
        each.concept
        for each in known
        if not each.entry.deeds
        and not each.entry.said
        and not explained & {_plain(name) for name in each.concept.names}
    ]
    naming, counts = Naming(untouched), Counter[str]()
    for block in passage.blocks:
        counts.update(concept.path for concept in naming.named_in(block.text, passage.language or "en"))
    used = sorted((each for each in untouched if counts[each.path] >= MIN_USES), key=lambda each: -counts[each.path])
    for concept in used[:MAX_FIRST]:
        definition = definition_in(concept.notes[0].text)
        cited = cited_in(definition.markdown, concept.path, desk.vault) if definition else None
        link = desk.vault.link(concept.path, place.note_path, alias="")
        yield Prerequisite(link=link, said=_line(cited, place) if cited and cited.pdf else None)


def _rabbits(known: Sequence[Known], subject: PassageSubject, place: Place, desk: Desk) -> Iterator[ReturningHole]:
    """The rabbit holes whose day has come, or whose concepts are explained."""
    notes = RABBIT_HOLES.known({RABBIT_HOLES.mark: RABBIT_HOLES.name}, desk.vault)
    holes = parked_in(desk.vault.text(notes[0].path)) if notes else {}
    explained = {
        name.casefold(): each.entry.level(subject.date) != "seen" for each in known for name in each.concept.names
    }
    for hole in holes.values():
        if not hole.is_done and hole.when and hole.when.has_come(subject.date, explained):
            link = desk.vault.link(notes[0].path, place.note_path, alias="")
            yield ReturningHole(text=hole.text, why=hole.why, link=link)


def _line(cited: Cited, place: Place) -> CitedLine:
    if not cited.pdf:
        return CitedLine(text=cited.text, link="")
    link = place.vault.link(cited.pdf, place.note_path, page=cited.page, alias=cited.label)
    return CitedLine(text=cited.text, link=link)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())

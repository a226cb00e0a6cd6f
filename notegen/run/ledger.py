"""Keeping the ledger: what the learner did since the last look goes into the concept notes, and into their overview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from notegen.desk import Desk
from notegen.errors import NotegenError
from notegen.kinds.cards import CARDS
from notegen.kinds.kind import place_at
from notegen.kinds.mastered import BASE, MASTERED, MasteredContext, Shown
from notegen.kinds.quest import QUEST
from notegen.language.detect import language_of
from notegen.learner.cards.noted import cards_in
from notegen.learner.cards.plugin import CardSyntax
from notegen.learner.ledger.concepts import Concept, Naming, concepts_in
from notegen.learner.ledger.deed import Deed
from notegen.learner.ledger.entry import Entry, Learned, changes, entry_in, merged
from notegen.learner.ledger.gathering import deeds_in_concept, deeds_in_log, deeds_of_reviews, is_touched
from notegen.learner.prompts import SPOKEN, prompts_in
from notegen.vault import properties
from notegen.vault.apply import apply
from notegen.vault.identity import properties_of, yaml_of
from notegen.vault.note import Edit, Note, Plan, Write
from notegen.vault.plan import plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A concept and where the learner stands with it."""

    concept: Concept
    entry: Entry
    """With what is new in it."""
    new: tuple[Deed, ...]
    troubles: tuple[str, ...]
    level: Learned
    mastered: dt.date | None
    is_due: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerReport:
    """The ledger after a look, and the writes that bring it into the vault."""

    standings: tuple[Standing, ...]
    writes: tuple[Write, ...]


def keep_ledger(desk: Desk, today: dt.date, *, dry_run: bool, more: Sequence[tuple[str, Deed]] = ()) -> LedgerReport:
    """Look at what the learner did and write what is new of it into the concept notes.

    more: (path of a concept's first note, deed) of what was done just now, as in a quiz. With dry_run the same is
    worked out and nothing written. A note that cannot be changed is named in its Standing.
    """
    concepts = concepts_in(desk.vault, desk.settings.concepts.folder)
    if not concepts:
        return LedgerReport(standings=(), writes=())
    done: dict[str, list[Deed]] = {}
    for concept, deed in _deeds(concepts, desk, today):
        done.setdefault(concept.path, []).append(deed)
    standings: list[Standing] = []
    edits: list[Edit] = []
    for concept in concepts:
        standing, edit = _kept(concept, done.get(concept.path, ()), desk, today)
        standings.append(standing)
        edits += [edit] if edit else []
    planned = plan([*edits, *_overview(standings, desk)], desk.vault)
    writes = (*planned.writes, *_base(standings, desk))
    if not dry_run:
        apply(Plan(writes=writes), desk.vault)
    return LedgerReport(standings=tuple(standings), writes=writes)


def record(desk: Desk, done: Sequence[tuple[str, Deed]], today: dt.date) -> tuple[str, ...]:
    """Write deeds into the properties of the notes that hold what is learned of them: (path, deed); return what could
    not be written and why, one sentence each. In `where` of a deed stands the path of the note that shows it."""
    edits, troubles = [], []
    for path in dict.fromkeys(path for path, _ in done):
        try:
            text, version = desk.vault.read_text(path)
            deeds = [
                replace(deed, where=desk.vault.property_link(deed.where, path).strip("[]"))
                for each, deed in done
                if each == path
            ]
            entry = entry_in(properties_of(yaml_of(text)), desk.settings.ledger, today)
            changed = changes(entry, deeds, desk.settings.ledger, today)
            made, said = properties.update(text, changed) if changed else (text, ())
            troubles += [f"{path}: {each}" for each in said]
            edits += [Edit(path=path, text=made, version=version)] if made != text else []
        except NotegenError as error:
            troubles.append(error.reason)
    if edits:
        apply(plan(edits, desk.vault), desk.vault)
    return tuple(troubles)


def _deeds(concepts: Sequence[Concept], desk: Desk, today: dt.date) -> Iterator[tuple[Concept, Deed]]:
    """All that the vault shows of what the learner did: in logs and quests, concept notes, and reviews."""
    vault, naming, prompts = (
        desk.vault,
        Naming(concepts),
        prompts_in([desk.templates.catalogue(code) for code in SPOKEN]),
    )
    for log in (*vault.logs(), *vault.notes_of(QUEST)):
        text = vault.text(log.path)
        language = language_of(text, "en") if is_touched(text) else ""
        for concept, deed in deeds_in_log(text, log.path, today, naming, prompts, language) if language else ():
            yield concept, _linked(deed, concept, desk)
    for concept in concepts:
        for note in concept.notes:
            for deed in deeds_in_concept(note.text, note.path, today, concept.names, prompts):
                yield concept, _linked(deed, concept, desk)
    syntax = CardSyntax.read(vault.storage.read)
    for record in vault.notes_of(CARDS):
        text = vault.text(record.path)
        cards = cards_in(text, syntax)
        for concept, deed in deeds_of_reviews(cards, record.path, naming, language_of(text, "en")):
            yield concept, _linked(deed, concept, desk)


def _linked(deed: Deed, concept: Concept, desk: Desk) -> Deed:
    """The deed with the target of a link in place of the path of the note that shows it."""
    return replace(deed, where=desk.vault.property_link(deed.where, concept.path).strip("[]"))


def _kept(concept: Concept, done: Sequence[Deed], desk: Desk, today: dt.date) -> tuple[Standing, Edit | None]:
    """Where a concept stands, and the edit of its first note where something is new."""
    names, note = desk.settings.ledger, concept.notes[0]
    entry = merged([entry_in(each.properties, names, today) for each in concept.notes])
    changed = changes(entry, done, names, today)
    troubles = list(entry.troubles)
    edit = None
    if changed:
        try:
            text, version = desk.vault.read_text(note.path)
            made, said = properties.update(text, changed)
            troubles += said
            edit = Edit(path=note.path, text=made, version=version) if made != text else None
        except NotegenError as error:
            troubles.append(error.reason)
    after = entry
    if edit:
        own = entry_in(properties_of(yaml_of(edit.text)), names, today)
        after = merged([own, *(entry_in(each.properties, names, today) for each in concept.notes[1:])])
    standing = Standing(
        concept=concept,
        entry=after,
        new=tuple(deed for deed in after.deeds if deed not in entry.deeds),
        troubles=tuple(troubles),
        level=after.level(today),
        mastered=after.mastered(today),
        is_due=after.is_due(today),
    )
    return standing, edit


def _overview(standings: Sequence[Standing], desk: Desk) -> tuple[Note | Edit, ...]:
    """The note that lists them; none before the first deed."""
    begun = [each for each in standings if each.entry.deeds]
    if not begun:
        return ()
    shown = {each.concept.path: _shown(each) for each in begun}
    context = MasteredContext(
        mastered=tuple(shown[each.concept.path] for each in begun if each.mastered),
        begun=tuple(shown[each.concept.path] for each in begun if not each.mastered),
    )
    known = MASTERED.known({MASTERED.mark: MASTERED.name}, desk.vault)
    path = known[0].path if known else MASTERED.place(context, desk, ())
    return MASTERED.make(context, place_at(path, desk), desk).notes


def _shown(standing: Standing) -> Shown:
    entry = standing.entry
    return Shown(
        path=standing.concept.path,
        level=standing.level,
        mastered=standing.mastered.isoformat() if standing.mastered else "",
        next_review=entry.next_review.isoformat() if entry.next_review else "",
        deeds=tuple(str(deed).strip("[]").partition("|")[2] for deed in entry.deeds),
    )


def _base(standings: Sequence[Standing], desk: Desk) -> tuple[Write, ...]:
    """The view of Obsidian Bases: made once, with the first deed; from then on it is the learner's."""
    names = desk.settings.ledger
    if not names.base or desk.vault.storage.is_there(names.base) or not any(each.entry.deeds for each in standings):
        return ()
    desk.vault.storage.check(names.base)
    text = BASE.format(
        learned=names.learned, mastered=names.mastered, next_review=names.next_review, evidence=names.evidence
    )
    return (Write(path=names.base, data=text.encode(), status="written"),)

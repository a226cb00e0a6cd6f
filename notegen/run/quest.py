"""Quests: what the books say of a topic, in stages, and how far the ledger shows the learner on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from notegen.claims.held import Source
from notegen.desk import Desk
from notegen.errors import UsageError
from notegen.kinds.full_concept import FULL_CONCEPT, FullConceptSubject, new_place
from notegen.kinds.kind import place_at
from notegen.kinds.quest import QUEST, ConditionLine, First, QuestSubject, key_of
from notegen.kinds.quest_measures import measure
from notegen.kinds.quest_sources import QuestSources, Stage, quest_sources
from notegen.language.words import content_stems
from notegen.learner.cited import cited_in
from notegen.learner.ledger.concepts import Concept, Naming
from notegen.learner.ledger.definition import definition_in
from notegen.learner.ledger.reading import Known, read_ledger
from notegen.learner.quest import ConceptCondition, Condition, PagesCondition, conditions_met, runs_of, slug_of
from notegen.library.library import Book, Library
from notegen.vault.apply import apply
from notegen.vault.note import Edit, Note, Write
from notegen.vault.plan import plan

MAX_FIRST, MAX_SUBJECTS, MAX_STAGES_OF_MANY = 3, 5, 2
"""Concepts to begin with; topics of one quest; stages of each where they are several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestReport:
    """The quest as it stands now, or would."""

    subject: QuestSubject
    note: Write
    made: tuple[str, ...]
    """Concept notes that came with it."""


def make_quest(subjects: Sequence[str], desk: Desk, library: Library, *, today: dt.date, dry_run: bool) -> QuestReport:
    """Write the quest of some topics, or bring the one that is there up to date. The caller holds the writer's lock.

    Raises UsageError for no topic, too many, or one of which no book of the vault speaks; VaultError.
    """
    asked = list({key_of([each]): " ".join(each.split()) for each in subjects if each.strip()}.values())
    if not asked or len(asked) > MAX_SUBJECTS:
        raise UsageError(f"A quest has one topic to {MAX_SUBJECTS}.", 'For example: notegen quest "Dot product"')
    known = read_ledger(desk.vault, desk.settings.concepts.folder, desk.settings.ledger, today)
    sources = _in_order([_sources(each, library) for each in asked], known)
    concepts, new = _concepts(sources, known, library, desk)
    subject = _subject(sources, known, concepts, library, desk, today)
    notes = [*(note for each in new for note in each), *_note(subject, desk)]
    planned = plan(notes, desk.vault)
    if not dry_run:
        apply(planned, desk.vault)
    made = tuple(write.path for write in planned.writes[:-1] if write.path in subject.planned)
    return QuestReport(subject=subject, note=planned.writes[-1], made=made)


def as_data(report: QuestReport) -> dict[str, Any]:
    """The report for programs, ready for JSON. Fields may be added; none is renamed."""
    quest, guess = report.subject, report.subject.measures.guess
    return {
        "topics": list(quest.subjects),
        "path": report.note.path,
        "status": report.note.status,
        "books": list(quest.books),
        "first": [each.path for each in quest.first],
        "stages": [
            {
                "asks": stage.side,
                "title": stage.title or stage.subject,
                "read": [
                    {"text": each.text, "pdf": each.pdf, "pdf_page": each.pdf_page, "page": each.page}
                    for each in stage.reads
                ],
            }
            for stage in quest.stages
        ],
        "exercises": len(quest.exercises),
        "code": quest.listing.language if quest.listing else "",
        "bonus": [{"guess": option, "measured": number} for option, number in guess.measured] if guess else [],
        "figure": quest.measures.figure.alt if quest.measures.figure else "",
        "complete_when": [{"condition": str(line.condition), "met": line.is_met} for line in quest.conditions],
        "made": list(report.made),
        "said": list(report.note.said),
    }


def _sources(subject: str, library: Library) -> QuestSources:
    found = quest_sources(subject, library)
    if found is None:
        books = (
            "No book is in the vault yet." if not library.books() else f"No book of the vault speaks of “{subject}”."
        )
        raise UsageError(
            books, "Use a word of the books (notegen ask finds it), or drop a PDF about it into the inbox."
        )
    return found


def _in_order(sources: Sequence[QuestSources], known: Sequence[Known]) -> list[QuestSources]:
    """What others are explained with comes first; else the order of the books."""
    waiting = sorted(sources, key=lambda each: each.first)
    ordered: list[QuestSources] = []
    while waiting:
        ready = [each for each in waiting if not any(_explains(other, each) for other in waiting if other is not each)]
        chosen = (ready or waiting)[0]
        waiting.remove(chosen)
        ordered.append(chosen)
    return ordered


def _explains(one: QuestSources, other: QuestSources) -> bool:
    """The first stage of `other` names `one`, and not the other way round."""

    def names(subject: str, stage: Stage) -> bool:
        return any(content_stems(subject) <= content_stems(read.text) for read in stage.reads)

    return names(one.subject, other.stages[0]) and not names(other.subject, one.stages[0])


def _concept_of(subject: str, known: Sequence[Known]) -> Concept | None:
    wanted = content_stems(subject)
    return next((each.concept for each in known if any(content_stems(n) == wanted for n in each.concept.names)), None)


def _concepts(
    sources: Sequence[QuestSources], known: Sequence[Known], library: Library, desk: Desk
) -> tuple[dict[str, str], list[Sequence[Note | Edit]]]:
    """(subject → path of its concept note, the notes that come in for those that have none). A topic that the books do
    not define and that has no note is no concept."""
    paths: dict[str, str] = {}
    new: list[Sequence[Note | Edit]] = []
    for each in sources:
        there = _concept_of(each.subject, known)
        if there:
            paths[each.subject] = there.path
        elif each.is_concept and not desk.vault.storage.is_there(path := new_place(each.subject, desk)):
            paths[each.subject] = path
            others = tuple((one.concept.name, one.concept.path) for one in known)
            subject = FullConceptSubject(
                name=each.subject, path=path, text="", version="", others=others, library=library
            )
            new.append(FULL_CONCEPT.make(subject, place_at(path, desk, date=dt.date.today()), desk).notes)
    return paths, new


def _subject(
    sources: Sequence[QuestSources],
    known: Sequence[Known],
    concepts: dict[str, str],
    library: Library,
    desk: Desk,
    today: dt.date,
) -> QuestSubject:
    most = MAX_STAGES_OF_MANY if len(sources) > 1 else None
    stages = tuple(stage for each in sources for stage in each.stages[:most])
    reads = [read for stage in stages for read in stage.reads]
    books = {each.pdf: each for each in library.books()}
    there = {each.concept.path for each in known}
    first = sources[0]
    return QuestSubject(
        subjects=tuple(each.subject for each in sources),
        subtitle=first.subtitle if len(sources) == 1 else "",
        books=tuple(dict.fromkeys(books[read.pdf].title for read in reads if read.pdf in books)),
        goals=desk.settings.learner.goals,
        stages=stages,
        first=tuple(_first(reads, known, concepts, sources, desk))[:MAX_FIRST],
        exercises=tuple(exercise for each in sources for exercise in each.exercises),
        listing=next((each.listing for each in sources if each.listing), None),
        measures=measure(sources, [each.concept.name for each in known], desk),
        conditions=tuple(_conditions(reads, concepts, books, known, desk, today)),
        concepts=tuple(concepts.values()),
        planned=tuple(path for path in concepts.values() if path not in there),
        language=first.language,
    )


def _first(
    reads: Sequence[Source],
    known: Sequence[Known],
    concepts: dict[str, str],
    sources: Sequence[QuestSources],
    desk: Desk,
) -> list[First]:
    """The concepts that the stages name, a book explains before the quest's own, and the learner has not explained."""
    found: list[First] = []
    naming = Naming([each.concept for each in known if not each.entry.deeds and not each.entry.said])
    pdf, page = sources[0].first
    for concept in naming.named_in(" ".join(read.text for read in reads), sources[0].language or "en"):
        note = concept.notes[0]
        definition = definition_in(note.text)
        cited = cited_in(definition.markdown, note.path, desk.vault) if definition else None
        if concept.path not in concepts.values() and cited and cited.pdf == pdf and cited.page <= page:
            label = cited.label.rpartition(" ")[2]
            said = Source(text=cited.text, pdf=cited.pdf, pdf_page=cited.page, page=label)
            found.append(First(name=concept.name, path=concept.path, said=said))
    return found


def _conditions(
    reads: Sequence[Source],
    concepts: dict[str, str],
    books: dict[str, Book],
    known: Sequence[Known],
    desk: Desk,
    today: dt.date,
) -> list[ConditionLine]:
    """What is to be read, explained, recalled and tried, each with whether the vault shows it already."""
    lines: list[tuple[Condition, str, str]] = []
    for pdf in dict.fromkeys(read.pdf for read in reads):
        book, pages = books[pdf], {read.pdf_page: read.page for read in reads if read.pdf == pdf}
        if book.book:
            printed = ", ".join(pages[page] for page in sorted(pages))
            lines.append((PagesCondition(book=book.book, ranges=runs_of(pages)), book.title, printed))
    for subject, path in concepts.items():
        target = desk.vault.property_link(path, "", planned=[path]).strip("[]")
        for what in ("explained", "applied", "recalled"):
            lines.append((ConceptCondition(what=what, target=target, slug=slug_of(subject)), path, ""))
    entries = {each.concept.path: each.entry for each in known}

    def entry_of(target: str) -> Any:
        return entries.get(desk.vault.resolve(target, "") or "")

    met = conditions_met([each[0] for each in lines], entry_of, desk.vault.logs(), today)
    return [
        ConditionLine(condition=condition, name=name, pages=pages, is_met=is_met)
        for (condition, name, pages), is_met in zip(lines, met, strict=True)
    ]


def _note(subject: QuestSubject, desk: Desk) -> Sequence[Note | Edit]:
    there = QUEST.known({QUEST.mark: QUEST.key(subject)}, desk.vault)
    path = there[0].path if there else QUEST.place(subject, desk, ())
    return QUEST.make(subject, place_at(path, desk), desk).notes

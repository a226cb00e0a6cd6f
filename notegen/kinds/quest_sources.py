"""What the books of the vault give a quest: stages to read, exercises, code, and the names that stand beside the topic.

A stage asks what a concept is, how it comes about, where it is used or why it matters, where the books have sentences
that tell just this of it; the other stages are the sections that speak of it most, in the order of the books, so that
what is read later stands on what was read before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from notegen.claims.held import Source
from notegen.draft.quoting.challenge import MAX_EXERCISES, MAX_STARTER_LINES, MIN_STARTER_LINES, RUNNABLE, as_exercise
from notegen.draft.quoting.concepts.definitions import defined_term, definition_kind, points_back
from notegen.draft.quoting.digest import showable
from notegen.draft.quoting.outline import is_practice
from notegen.extract.roles import title_role
from notegen.kinds.concept_sources import MAX_DEFINITIONS, MAX_WORDS, ConceptSources, concept_sources
from notegen.kinds.judging import source_of
from notegen.language.facets import FACETS, FacetName, facet
from notegen.language.stems import stem
from notegen.language.words import WORD, content_stems, tokens
from notegen.library.library import Hit, Library, printed
from notegen.library.terms import Word, asked_words

Side = Literal["what", FacetName, "place"]
CANDIDATES = 60
MIN_STAGES, MAX_STAGES, MAX_PLACES, MAX_READS, MAX_TERMS = 3, 6, 3, 3, 12
NAME_WORDS = 3
"""A topic of so few words is a name: what speaks of it has all of them."""
LEAST_COVERED = 0.6
"""Share of a longer topic's words (rare ones weigh more) that a unit has which speaks of it."""
LEAST_NEAR = 0.3
"""The same of a unit that may fill up a topic with too few stages."""
SUBJECT_WORDS = 3
"""A sentence that tells something of a thing opens with its name: so few words may stand before it."""
_CLAUSE = re.compile(r"[,;:]|[.!?] ")
_ROMAN = re.compile(r"[ivxlc]+", re.IGNORECASE)
_SUMS_UP = re.compile(
    r"\b(?:summary|key (?:points|terms|ideas)|recap|review|conclusions?|zusammenfassung|fazit|résumé|à retenir|resumen|"
    r"riassunto|resumo|glossar(?:y|io)|further reading|where to go)\b",
    re.IGNORECASE,
)
"""Sections that say again what others have said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage of a quest."""

    side: Side
    """What is asked of the subject; "place": a section of a book."""
    subject: str
    title: str = ""
    """Of a section, as printed."""
    reads: tuple[Source, ...]
    """The books' own words, in reading order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Code of a book that can be run."""

    text: str
    language: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestSources:
    """What the books say of one subject of a quest."""

    subject: str
    is_concept: bool
    """The books define it."""
    subtitle: str
    """The heading under which it is first explained, without its number."""
    stages: tuple[Stage, ...]
    exercises: tuple[Source, ...]
    listing: Listing | None
    about: ConceptSources
    terms: tuple[str, ...]
    """What else the same units define."""
    language: str
    """Of the book that speaks of it most; ISO 639-1."""
    first: tuple[str, int] = ("", 0)
    """PDF and page (from 1) of its first stage."""


def quest_sources(subject: str, library: Library) -> QuestSources | None:
    """What the books give a quest; None where none of them speaks of the subject."""
    languages = {each.language for each in library.books()}
    words = asked_words(subject, languages) if languages else ()
    if not words:
        return None
    found = library.search(words, f"What is {subject}?", books=None, top=CANDIDATES)
    there = [hit for hit in found.hits if not hit.book.is_gone]
    hits = [hit for hit in there if _speaks_of(subject, hit, words)]
    if not found.is_answered or not hits:
        return None
    about = concept_sources(subject, library)
    shown: set[str] = set()
    definitions = _in_order([*_definitions(subject, hits)][:MAX_DEFINITIONS])
    sides = list(_sides(subject, definitions, about, hits[0].book.language, shown))
    places = list(_places(subject, hits, shown, MAX_PLACES if sides else MAX_STAGES - 1))
    if len(sides) + len(places) < MIN_STAGES:
        wider = [hit for hit in there if hit.covered >= LEAST_NEAR and hit not in hits]
        taken = {stage.title for stage in places}
        places += [each for each in _places(subject, wider, shown, MIN_STAGES) if each.title not in taken]
        places.sort(key=lambda stage: (stage.reads[0].pdf, stage.reads[0].pdf_page))
    stages = tuple([*sides, *places][:MAX_STAGES])
    if not stages:
        return None
    first = stages[0].reads[0]
    own = content_stems(subject)
    terms = [defined_term(part.text, hit.book.language) for hit in hits for part in hit.unit.parts if part.certain]
    return QuestSources(
        subject=subject,
        is_concept=bool(definitions),
        subtitle=_subtitle(subject, first.heading),
        stages=stages,
        exercises=tuple(_exercises(hits))[:MAX_EXERCISES],
        listing=_listing(hits),
        about=about,
        terms=tuple(dict.fromkeys(each for each in terms if each and content_stems(each) != own))[:MAX_TERMS],
        language=hits[0].book.language,
        first=(first.pdf, first.pdf_page),
    )


def _speaks_of(subject: str, hit: Hit, words: Sequence[Word]) -> bool:
    if len(words) > NAME_WORDS:
        return hit.covered >= LEAST_COVERED
    language = hit.book.language
    return content_stems(subject, language) <= content_stems(hit.unit.text, language)


def _definitions(subject: str, hits: Sequence[Hit]) -> Iterator[Source]:
    """The sentences of which the subject is what they define, as they stand in the books' bodies first."""
    found = []
    for hit in hits:
        language = hit.book.language
        for part in hit.unit.parts:
            spans = _named_in(subject, part.text, language) if part.certain and part.kind == "sentence" else []
            if any(definition_kind(part.text, *span, language) for span in spans) and not (
                part.text.endswith("?") or points_back(part.text, language)
            ):
                found.append((not _is_of_the_body(hit), hit.book.key, hit.row, source_of(hit, part.text, part)))
                break
    ordered = [each[-1] for each in sorted(found, key=lambda each: each[:-1])]
    yield from [each for each in ordered if not each.text.endswith(":")] or ordered[:1]


def _sides(
    subject: str, definitions: Sequence[Source], about: ConceptSources, language: str, shown: set[str]
) -> Iterator[Stage]:
    """The stages of a concept that the books define, in the order in which one understands it."""
    if not definitions:
        return
    shown.update(each.text for each in definitions)
    yield Stage(side="what", subject=subject, reads=tuple(definitions))
    for side in FACETS:
        reads = [each for each in about.sides.get(side, ()) if _is_told_of(subject, side, each.text, language)]
        reads = [each for each in reads if not _is_said(each.text, shown)]
        if reads:
            shown.update(each.text for each in reads)
            yield Stage(side=side, subject=subject, reads=tuple(_in_order(reads)))


def _is_told_of(subject: str, side: FacetName, text: str, language: str) -> bool:
    """The subject is what the sentence is about: it is named among its first words, and what is told comes after it in
    the same clause."""
    for start, end in _named_in(subject, text, language):
        clause = _CLAUSE.split(text[end:], maxsplit=1)[0]
        if len(text[:start].split()) < SUBJECT_WORDS and any(each.search(clause) for each in facet(side).says):
            return True
    return False


def _named_in(subject: str, text: str, language: str) -> list[tuple[int, int]]:
    """Where a text names the subject, in any form of its words."""
    wanted = [stem(word, language) for word in tokens(subject)]
    words = list(WORD.finditer(text))
    stems = [stem(word[0], language) for word in words]
    return [
        (words[at].start(), words[at + len(wanted) - 1].end())
        for at in range(len(words) - len(wanted) + 1)
        if wanted and stems[at : at + len(wanted)] == wanted
    ]


def _places(subject: str, hits: Sequence[Hit], shown: set[str], most: int) -> Iterator[Stage]:
    """The sections that speak of the subject most, in the order of the books."""
    sections: dict[tuple[int, str], list[Hit]] = {}
    for hit in hits:
        if _is_of_the_body(hit):
            sections.setdefault((hit.book.key, hit.heading), []).append(hit)
    best = sorted(sections.values(), key=lambda own: -max(hit.score for hit in own))
    kept: list[tuple[tuple[int, int], Stage]] = []
    for own in best:
        reads = list(_reads(own, shown))
        if reads and len(kept) < most:
            order = (own[0].book.key, min(hit.row for hit in own))
            kept.append(
                (order, Stage(side="place", subject=subject, title=own[0].heading, reads=tuple(_in_order(reads))))
            )
    yield from (stage for _, stage in sorted(kept, key=lambda pair: pair[0]))


def _is_of_the_body(hit: Hit) -> bool:
    """Under a heading of its own, and neither in front matter nor where a book sums up or asks."""
    heading = hit.heading.strip()
    if not heading or is_practice(heading) or title_role(heading) or _SUMS_UP.search(heading):
        return False
    return not ("1" in hit.book.labels and _ROMAN.fullmatch(hit.label))


def _reads(own: Sequence[Hit], shown: set[str]) -> Iterator[Source]:
    """The units of a section that stand alone, the best first; of a long one the sentence that names the subject."""
    count = 0
    for hit in own:
        part, language = hit.unit.parts[hit.best], hit.book.language
        is_text = all(each.kind in ("sentence", "item") for each in hit.unit.parts)
        unit = hit.unit
        if not (is_text and unit.word_count <= MAX_WORDS and showable(unit, language)):
            unit = replace(unit, parts=(part,))
        text = printed(unit.parts)
        is_prose = unit.head.kind == "sentence" and showable(unit, language)
        if is_prose and count < MAX_READS and not _is_said(text, shown):
            shown.add(text)
            count += 1
            yield source_of(hit, text, unit.head)


def _is_said(text: str, shown: Collection[str]) -> bool:
    return any(text in each or each in text for each in shown)


def _in_order(reads: Sequence[Source]) -> list[Source]:
    return sorted(reads, key=lambda each: (each.pdf, each.pdf_page))


def _exercises(hits: Sequence[Hit]) -> Iterator[Source]:
    """The books' own exercises on the subject, each whole."""
    for hit in hits:
        exercise = as_exercise(hit.unit) if is_practice(hit.heading) else None
        if exercise:
            yield source_of(hit, exercise.text, hit.unit.parts[0])


def _listing(hits: Sequence[Hit]) -> Listing | None:
    """The first listing of a unit about the subject that can be run and is short enough to type."""
    for hit in hits:
        for part in hit.unit.parts:
            language = part.block.language if part.block and part.kind == "code" else ""
            if language in RUNNABLE and MIN_STARTER_LINES <= len(part.text.splitlines()) <= MAX_STARTER_LINES:
                return Listing(text=part.text, language=language, source=source_of(hit, part.text, part))
    return None


def _subtitle(subject: str, heading: str) -> str:
    plain = re.sub(r"^[\W\d.]*\s*", "", heading).strip()
    return "" if content_stems(plain) == content_stems(subject) or not _is_name(plain) else plain


def _is_name(title: str) -> bool:
    return 0 < len(title.split()) <= MAX_TERMS and not _SUMS_UP.search(title)

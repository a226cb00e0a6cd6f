"""The extractive drafter: a complete note from the source's own sentences, with no language model.

Every statement is one sentence of the source, word for word, with its page. What a machine cannot know is left to the
learner by the templates.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from notegen.draft.draft import (
    BackgroundConcept,
    Draft,
    DraftRecord,
    Evidence,
    Formula,
    Mastery,
    PartRecord,
    Section,
    Statement,
    Takeaway,
)
from notegen.draft.drafter import UNTOLD, Brief
from notegen.draft.quoting.challenge import challenge
from notegen.draft.quoting.checks import self_checks, shown_terms, spans_of
from notegen.draft.quoting.concept_map import concept_map
from notegen.draft.quoting.concepts import Concept, find_concepts, mentions
from notegen.draft.quoting.homes import distinct, formulas_of, listings_of, place
from notegen.draft.quoting.outline import SourceSection, is_loose, source_sections
from notegen.draft.quoting.salience import Salience, alike
from notegen.draft.quoting.tldr import WHY, takeaways
from notegen.errors import PdfError
from notegen.extract.document import Picture
from notegen.language.stems import stem
from notegen.language.words import tokens
from notegen.reading.passage import Passage
from notegen.reading.sentences import Sentence, lead_in, sentences_of

STATEMENTS_PER_1000_WORDS = 10
MAX_STATEMENTS = 44
MIN_PER_SECTION, MAX_PER_SECTION = 2, 12
MAX_CONCEPTS = 16
MAX_BACKGROUND = 6
MAX_MASTERY = 8
MAX_RECAP = 5
OTHER_PAGES = "Choose another PDF, or one of which more is readable."
SUBJECT_WORDS = 3
"""A concept that begins within so many words is what the sentence is about."""


class ExtractiveDrafter:
    """Quotes the source; needs no key, no network and no settings."""

    name = identity = "extractive"

    def begin_run(self) -> None:
        """See `Drafter.begin_run`: there is nothing to begin."""

    def draft(self, passage: Passage, brief: Brief = UNTOLD) -> Draft:
        """See `Drafter.draft`."""
        return Work(passage).draft()


class Work:
    """One passage on its way through the steps; each attribute is the result of one step."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.loose = is_loose(passage)
        every = source_sections(passage)
        self.exercises = [each for each in every if each.practice]
        self.sources = [each for each in every if not each.aside]
        if sum(each.word_count for each in self.sources) * 2 < sum(each.word_count for each in every):
            self.sources = [each for each in every if not each.aside or each.practice]
        self.sources = self.sources or list(every)
        self.sentences = [sentences_of(each.blocks, loose=self.loose) for each in self.sources]
        flat = [sentence for sentences in self.sentences for sentence in sentences]
        whole = passage.first == 0 and passage.last == passage.document.page_count - 1
        if whole and not any(sentence.quotable for sentence in flat) and not passage.pictures:
            if passage.skipped:
                raise PdfError(f"Pages {passage.pages} could not be read. {passage.skipped[0]}", OTHER_PAGES)
            raise PdfError(f"Pages {passage.pages} hold no sentence that can be quoted.", OTHER_PAGES)
        titles = [each.title for each in self.sources if each.title]
        self.concepts = find_concepts(flat, titles, at_most=MAX_CONCEPTS, language=passage.document.language)
        self.salience = Salience.of(flat, self.concepts)
        self.digests: list[list[Sentence]] = []
        self.kept: list[int] = []
        """Indexes of the sections that have something to show."""

    def draft(self) -> Draft:
        self.digests = digests = [
            self.salience.best(sentences, count, source.title)
            for sentences, source, count in zip(self.sentences, self.sources, self._quotas(), strict=True)
        ]
        sections, gallery = self._sections(digests)
        names = [concept.name for concept in self.concepts]
        tldr = tuple(
            Takeaway(label=label, statement=self.statement(sentence))
            for label, sentence in takeaways(self.sources, self.sentences, self.salience, loose=self.loose)
        )
        defined = {concept.definition.text for concept in self.concepts if concept.definition}
        background = self._background()
        return Draft(
            title=self.passage.title,
            drafter=ExtractiveDrafter.name,
            tldr=tldr,
            defined=background,
            background=background,
            sections=tuple(sections),
            concept_map=concept_map(f"pp. {self.passage.pages}", self.sources, self.concepts),
            challenge=challenge(sections, names, self._exercises()),
            mastery=self._mastery(),
            recap=self._recap(digests, {each.statement.text for each in tldr} | defined),
            gallery=gallery,
            concepts=tuple(names[:MAX_MASTERY]),
            record=DraftRecord(sections=tuple(PartRecord(title=each.title) for each in sections)),
        )

    def _quotas(self) -> list[int]:
        """How many sentences each section gives: by its share of the words, bounded in all."""
        words = [max(1, each.word_count) for each in self.sources]
        printed = sum(self.passage.document.words[self.passage.first : self.passage.last + 1])
        wanted = min(MAX_STATEMENTS, math.ceil(STATEMENTS_PER_1000_WORDS * printed / 1000))
        wanted = max(wanted, MIN_PER_SECTION * len(words))
        quotable = [sum(sentence.quotable for sentence in sentences) for sentences in self.sentences]
        quotas = [
            min(available, max(MIN_PER_SECTION, min(MAX_PER_SECTION, round(wanted * count / sum(words)))))
            for count, available in zip(words, quotable, strict=True)
        ]
        while sum(quotas) < wanted:
            room = [i for i in range(len(quotas)) if quotas[i] < quotable[i]]
            if not room:
                break
            quotas[max(room, key=lambda i: quotable[i] - quotas[i])] += 1
        return quotas

    def _sections(self, digests: Sequence[Sequence[Sentence]]) -> tuple[list[Section], tuple[Picture, ...]]:
        passage, every_picture = self.passage, distinct(self.passage.pictures)
        picture_homes = place(every_picture, self.sources, nearby=False)
        if self.loose:
            nearby = place(every_picture, self.sources, nearby=True, slides=True)
            picture_homes = [
                near if not picture.label else home
                for picture, home, near in zip(every_picture, picture_homes, nearby, strict=True)
            ]
        table_homes = place(passage.tables, self.sources, nearby=True)
        sections = []
        for index, (source, digest) in enumerate(zip(self.sources, digests, strict=True)):
            statements = tuple(self.statement(sentence) for sentence in digest)
            listings, more = listings_of(source)
            sections.append(
                Section(
                    title=source.title,
                    chapter=source.chapter,
                    page=source.page,
                    last_page=max((block.page for block in source.blocks), default=source.page),
                    digest=statements,
                    code=listings,
                    more_code=more,
                    pictures=tuple(p for p, home in zip(every_picture, picture_homes, strict=True) if home == index),
                    tables=tuple(t for t, home in zip(passage.tables, table_homes, strict=True) if home == index),
                    formulas=self._formulas(source, statements),
                    self_checks=self_checks("" if self.loose else source.title, statements, self.concepts),
                )
            )
        gallery = tuple(p for p, home in zip(every_picture, picture_homes, strict=True) if home is None)
        self.kept = [index for index, each in enumerate(sections) if _has_content(each)]
        return [sections[index] for index in self.kept], gallery

    def _formulas(self, source: SourceSection, digest: Sequence[Statement]) -> tuple[Formula, ...]:
        """With the words before each, unless the digest has them already."""
        said = {each.text for each in digest}
        found = []
        for block, before in formulas_of(source):
            lead = lead_in(before) if before else None
            shown = lead is not None and lead.text not in said
            found.append(Formula(block=block, lead=self.statement(lead) if lead and shown else None))
        return tuple(found)

    def _background(self) -> tuple[BackgroundConcept, ...]:
        defined = [concept for concept in self.concepts if concept.definition][:MAX_BACKGROUND]
        result = []
        for concept in defined:
            assert concept.definition is not None  # chosen so
            why = self._second(concept)
            result.append(
                BackgroundConcept(
                    name=concept.name,
                    what=self.statement(concept.definition),
                    why=self.statement(why) if why else None,
                )
            )
        return tuple(result)

    def _second(self, concept: Concept) -> Sentence | None:
        """Another sentence on the concept, one with a reason or a use where there is one."""
        others = [
            sentence
            for sentences in self.sentences
            for sentence in sentences
            if sentence.quotable
            and not sentence.text.endswith("?")
            and concept.definition is not None
            and not alike(sentence, concept.definition)
            and mentions([stem(word) for word in tokens(sentence.text)], concept.stems)
        ]
        return max(
            others,
            key=lambda each: (self.salience.score(each) + 0.4 * bool(WHY.search(each.text)), -each.order),
            default=None,
        )

    def _mastery(self) -> tuple[Mastery, ...]:
        """Concepts with a sentence of which each is the subject; one that the background does not have already, where
        there is one."""
        result: list[Mastery] = []
        for concept in self.concepts:
            taken = {each.statement.text for each in result}
            definition = concept.definition if concept.definition and concept.definition.text not in taken else None
            known = taken | ({definition.text} if definition else set())
            sentence = self._about(concept, known) or definition
            if sentence:
                result.append(Mastery(concept=concept.name, statement=self.statement(sentence)))
        return tuple(result[:MAX_MASTERY])

    def _about(self, concept: Concept, taken: set[str]) -> Sentence | None:
        """The best sentence that begins with a concept."""
        naming = [
            sentence
            for sentences in self.sentences
            for sentence in sentences
            if sentence.quotable
            and sentence.text not in taken
            and not sentence.text.endswith("?")
            and spans_of(" ".join(sentence.text.split()[: SUBJECT_WORDS + len(concept.stems)]), concept.stems)
        ]
        return max(naming, key=lambda each: (self.salience.score(each), -each.order), default=None)

    def _recap(self, digests: Sequence[Sequence[Sentence]], taken: set[str]) -> tuple[Statement, ...]:
        """The best sentence of each section that the TL;DR does not have already."""
        best = []
        for source, digest in zip(self.sources, digests, strict=True):
            left = [each for each in digest if each.text not in taken and not self.salience.leans(each)]
            if left:
                best.append(max(left, key=lambda each: (self.salience.score(each, source.title), -each.order)))
        ranked = sorted(best, key=lambda each: -self.salience.score(each))[:MAX_RECAP]
        return tuple(self.statement(each) for each in best if each in ranked)

    def _exercises(self) -> list[Statement]:
        found = [sentence for section in self.exercises for sentence in sentences_of(section.blocks, loose=True)]
        return [self.statement(each) for each in found if each.quotable and (each.item or each.first)]

    def statement(self, sentence: Sentence) -> Statement:
        return Statement(
            text=sentence.text,
            evidence=Evidence(page=sentence.page, text=sentence.text),
            terms=shown_terms(sentence.text, self.concepts),
            maths=sentence.maths,
        )


def _has_content(section: Section) -> bool:
    return bool(section.digest or section.code or section.pictures or section.tables or section.formulas)

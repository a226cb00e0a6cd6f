"""The extractive drafter: a complete note from the source's own sentences, with no language model.

Every line is the source's own, word for word, with its page; what stands together there is quoted together. What a
machine cannot know is left to the learner by the templates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from notegen.draft.draft import (
    BackgroundConcept,
    ConceptMap,
    Draft,
    DraftRecord,
    Evidence,
    Formula,
    Mastery,
    PartRecord,
    Quotation,
    Section,
    Statement,
    Takeaway,
)
from notegen.draft.drafter import UNTOLD, Brief
from notegen.draft.quoting.challenge import as_exercise, challenge
from notegen.draft.quoting.checks import self_checks
from notegen.draft.quoting.concept_map import concept_map
from notegen.draft.quoting.concepts import Concept, find_concepts, marks_of
from notegen.draft.quoting.digest import choose, showable
from notegen.draft.quoting.homes import MAX_GALLERY, distinct, formulas_of, listings_of, place, says_something
from notegen.draft.quoting.outline import SourceSection, is_loose, overlays, source_sections
from notegen.draft.quoting.questions.choose import questions_of
from notegen.draft.quoting.quotation import quoted, said
from notegen.draft.quoting.salience import Salience
from notegen.draft.quoting.terms import shown_terms, spans_of
from notegen.draft.quoting.tldr import LABEL, Line, main_lines
from notegen.errors import PdfError
from notegen.extract.document import Picture
from notegen.language.detect import language_of
from notegen.language.leaning import leaning
from notegen.reading.belonging import leans_back
from notegen.reading.passage import Passage
from notegen.reading.sentences import Sentence, lead_in, sentences_of
from notegen.reading.standing import MAX_HEAD_DOUBT, doubt
from notegen.reading.unit import Part, Unit
from notegen.reading.units import units_of

OTHER_PAGES = "Choose another PDF, or one of which more is readable."
MAX_BACKGROUND = 8
"""Names that the note explains; those that are not among the shown concepts only where a sentence defines them."""
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
        text = " ".join(block.text for block in passage.blocks)
        self.language = language_of(text, passage.document.language)
        self.sentences = [sentences_of(each.blocks, loose=self.loose, language=self.language) for each in self.sources]
        flat = [sentence for sentences in self.sentences for sentence in sentences]
        whole = passage.first == 0 and passage.last == passage.document.page_count - 1
        if whole and not any(sentence.quotable for sentence in flat) and not passage.pictures:
            if passage.skipped:
                raise PdfError(f"Pages {passage.pages} could not be read. {passage.skipped[0]}", OTHER_PAGES)
            raise PdfError(f"Pages {passage.pages} hold no sentence that can be quoted.", OTHER_PAGES)
        self.concepts = find_concepts(flat, marks_of(passage), self.language)
        self.shown = [concept for concept in self.concepts if concept.is_shown]
        self.salience = Salience.of(flat, self.concepts, self.language)
        self.units = [
            units_of(each.blocks, book=passage.document.sha256, language=self.language, loose=self.loose)
            for each in self.sources
        ]
        self.tldr = self._tldr()
        self.chosen = choose(
            self.units,
            [each.title for each in self.sources],
            self.salience,
            self.language,
            aside=self._only_in_tldr(),
            loose=self.loose,
        )
        self.digests = [
            [each for each in sentences if each.quotable and (each.page, each.text) in self._said(units)]
            for sentences, units in zip(self.sentences, self.chosen, strict=True)
        ]
        """The sentences of the chosen units."""
        self.kept: list[int] = []
        """Indexes of the sections that have something to show."""

    def draft(self) -> Draft:
        sections, gallery = self._sections()
        names = [concept.name for concept in self.shown]
        background = self._background()
        return Draft(
            title=self.passage.title,
            drafter=ExtractiveDrafter.name,
            tldr=tuple(Takeaway(label=LABEL, statement=self._of_part(line.part)) for line in self.tldr),
            defined=tuple(each for each in background if each.is_defined and each.name in names),
            background=background,
            sections=tuple(sections),
            concept_map=self._map(),
            challenge=challenge(sections, self._exercises()),
            mastery=self._mastery(),
            gallery=gallery[:MAX_GALLERY],
            more_pictures=tuple(sorted({each.page for each in gallery[MAX_GALLERY:]})),
            left_out_pictures=max(0, len(gallery) - MAX_GALLERY),
            concepts=tuple(names),
            terms=tuple(concept.name for concept in self.concepts),
            record=DraftRecord(sections=tuple(PartRecord(title=each.title) for each in sections)),
        )

    def _tldr(self) -> list[Line]:
        """None of slides: their lines are no sentences."""
        if self.loose:
            return []
        titles = [each.title for each in self.sources]
        return main_lines(self.units, titles, self.language, lambda unit: showable(unit, self.language))

    def _only_in_tldr(self) -> set[str]:
        """`Unit.letters` of the units that the TL;DR prints whole."""
        return {line.unit.letters for line in self.tldr if len(line.unit.parts) == 1}

    @staticmethod
    def _said(units: Sequence[Unit]) -> set[tuple[int, str]]:
        return {(part.page, part.text) for unit in units for part in unit.parts}

    def _sections(self) -> tuple[list[Section], tuple[Picture, ...]]:
        passage, covered = self.passage, overlays(self.passage)
        every_picture = distinct([each for each in passage.pictures if each.page not in covered])
        picture_homes = place(every_picture, self.sources, gallery=True, slides=self.loose)
        table_homes = place(passage.tables, self.sources)
        sections = []
        aside = self._only_in_tldr()
        questions = questions_of(
            self.units, [each.title for each in self.sources], self.language, [each.name for each in self.concepts]
        )
        for index, (source, chosen) in enumerate(zip(self.sources, self.chosen, strict=True)):
            statements = tuple(self.statement(sentence) for sentence in self.digests[index])
            quotations = tuple(quoted(unit, self.concepts) for unit in chosen)
            shown = [line.block for each in quotations for line in each.lines if line.block]
            listings, more = listings_of(source, without=shown)
            sections.append(
                Section(
                    title=source.title,
                    chapter=source.chapter,
                    page=source.page,
                    last_page=max((block.page for block in source.blocks), default=source.page),
                    digest=statements,
                    quotations=quotations,
                    in_tldr=any(unit.letters in aside for unit in self.units[index]),
                    code=listings,
                    more_code=more,
                    pictures=tuple(p for p, home in zip(every_picture, picture_homes, strict=True) if home == index),
                    tables=tuple(t for t, home in zip(passage.tables, table_homes, strict=True) if home == index),
                    formulas=self._formulas(source, quotations, self.units[index]),
                    self_checks=self_checks(questions[index], self.concepts),
                )
            )
        gallery = tuple(p for p, home in zip(every_picture, picture_homes, strict=True) if home is None)
        self.kept = [index for index, each in enumerate(sections) if _has_content(each)]
        return [sections[index] for index in self.kept], gallery

    def _formulas(
        self, source: SourceSection, quotations: Sequence[Quotation], units: Sequence[Unit]
    ) -> tuple[Formula, ...]:
        """Those that no quotation has, with the words before each where these stand alone and nothing comes after."""
        ending = [unit.parts[-1].block for unit in units]
        shown = [line.block for each in quotations for line in each.lines if line.block]
        said = " ".join(line.statement.text for each in quotations for line in each.lines if line.statement)
        found = []
        for block, before in formulas_of(source):
            if any(block is other for other in shown):
                continue
            lead = lead_in(before) if before else None
            alone = (
                lead is not None
                and lead.text not in said
                and any(block is other for other in ending)
                and doubt(lead.text, self.language) < MAX_HEAD_DOUBT
                and not leans_back(lead.text, leaning(self.language))
            )
            if alone or says_something(block):
                found.append(Formula(block=block, lead=self.statement(lead) if lead and alone else None))
        return tuple(found)

    def _background(self) -> tuple[BackgroundConcept, ...]:
        """The shown concepts that a sentence defines, or says something of where it first names them; then others that
        a sentence defines."""
        result: list[BackgroundConcept] = []
        others = [each for each in self.concepts if not each.is_shown and each.definition]
        for concept in [*self.shown, *others][:MAX_BACKGROUND]:
            what = concept.definition or concept.first_said
            if what is not None and not any(each.what.text == what.text for each in result):
                is_defined = concept.definition is not None
                result.append(BackgroundConcept(name=concept.name, what=self.statement(what), is_defined=is_defined))
        return tuple(result)

    def _mastery(self) -> tuple[Mastery, ...]:
        """The shown concepts, each with a sentence of which it is the subject where there is one."""
        result: list[Mastery] = []
        for concept in self.shown:
            taken = {each.statement.text for each in result if each.statement}
            sentence = concept.definition or self._about(concept, taken)
            result.append(Mastery(concept=concept.name, statement=self.statement(sentence) if sentence else None))
        return tuple(result)

    def _map(self) -> ConceptMap:
        every = [sentence for sentences in self.sentences for sentence in sentences]
        return concept_map(self.concepts, every, self.language)

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

    def _exercises(self) -> list[Statement]:
        """The book's own, each whole and as printed; those with a formula or listing stay in the book."""
        blocks = [block for section in self.exercises for block in section.blocks]
        units = units_of(blocks, book=self.passage.document.sha256, language=self.language, loose=True, tasks=True)
        return [exercise for unit in units if (exercise := as_exercise(unit))]

    def _of_part(self, part: Part) -> Statement:
        return replace(said(part), terms=shown_terms(part.text, self.concepts))

    def statement(self, sentence: Sentence) -> Statement:
        return Statement(
            text=sentence.text,
            evidence=Evidence(page=sentence.page, text=sentence.text),
            terms=shown_terms(sentence.text, self.concepts),
            maths=sentence.maths,
        )


def _has_content(section: Section) -> bool:
    return bool(
        section.quotations or section.in_tldr or section.code or section.pictures or section.tables or section.formulas
    )

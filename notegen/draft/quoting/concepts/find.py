"""The concepts of a passage: candidates, vetoes, proofs, points, and where to stop."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from notegen.draft.quoting.concepts.acronyms import acronyms_of
from notegen.draft.quoting.concepts.candidates import Candidate, Key, candidates
from notegen.draft.quoting.concepts.concept import Concept
from notegen.draft.quoting.concepts.definitions import definition_kind, points_back
from notegen.draft.quoting.concepts.marks import Marks
from notegen.draft.quoting.concepts.proofs import MarkedKeys, Proofs, c_values, parts_of_longer
from notegen.draft.quoting.concepts.running_words import running_words
from notegen.draft.quoting.concepts.score import points
from notegen.draft.quoting.concepts.vetoes import is_vetoed
from notegen.language.frequency import FLOOR, zipf
from notegen.language.leaning import leaning
from notegen.language.lists import LANGUAGES
from notegen.language.words import tokens
from notegen.reading.belonging import talks_about_the_book
from notegen.reading.sentences import Sentence

MAX_SHOWN = 5
MAX_CONCEPTS = 12
MIN_MENTIONS = 2
"""What is named less often must be set apart by its print, or be defined."""
MIN_POINTS = 0.6
"""Below it a candidate is not even good enough for links and search."""
MIN_SHOWN_POINTS = 1.2
MIN_SHOWN_KINDS = 2
"""What is shown as a concept is proven in two ways at least."""
OF_PRINT = frozenset({"heading", "emphasis"})
CONFIRMED = 3
"""Sentences that name what is set apart by its type alone."""
EARLY = 2
"""A sentence defines a concept only when it is among so many first ones that name it, or, where a heading is the name,
that begin with it."""


class Reading:
    """The sentences of a passage as words, and what is found in them."""

    def __init__(self, sentences: Sequence[Sentence], marks: Marks, language: str) -> None:
        self.sentences, self.language = sentences, language
        self.words = [running_words(sentence.text, language) for sentence in sentences]
        self.found = candidates([(s.text, w) for s, w in zip(sentences, self.words, strict=True)], language)
        self.keys = MarkedKeys.of(marks, language)
        pairs = acronyms_of([sentence.text for sentence in sentences] + list(marks.headings))
        keys = [(self._key(short), self._key(long)) for short, long in pairs.items()]
        self.same = dict(keys) | {long: short for short, long in keys}
        """Acronyms and what they stand for, each to the other."""

    def _key(self, text: str) -> Key:
        return tuple(word.key for word in running_words(text, self.language))

    def span(self, number: int, key: Key) -> tuple[int, int]:
        """Where a sentence names a candidate first, [start, end) of its text."""
        words = self.words[number]
        size = len(key)
        at = next(i for i in range(len(words)) if tuple(word.key for word in words[i : i + size]) == key)
        return words[at].start, words[at + size - 1].end

    def definition(self, one: Candidate) -> tuple[str, Sentence | None]:
        """How one of the first sentences that name it defines it, and the first such sentence that may be quoted."""
        under_heading = one.openers[:EARLY] if self.keys.is_heading(one.key) else []
        found = ""
        for number in [*one.sentences[:EARLY], *under_heading]:
            sentence = self.sentences[number]
            if sentence.text.endswith("?") or points_back(sentence.text, self.language):
                continue
            kind = definition_kind(sentence.text, *self.span(number, one.key), self.language)
            if kind == "does" and not (number in one.openers and self.keys.in_heading(one.key)):
                continue
            if kind and sentence.quotable and not sentence.item:
                return kind, sentence
            found = found or kind
        return found, None

    def first_said(self, one: Candidate) -> Sentence | None:
        """Among the first sentences that name it, one that it opens and that says something of it alone, not of the
        book."""
        for number in one.sentences[:EARLY]:
            sentence = self.sentences[number]
            opens = number in one.openers and not self._goes_on(number, one.key)
            says = not (sentence.text.endswith("?") or talks_about_the_book(sentence.text, leaning(self.language)))
            if opens and sentence.quotable and not sentence.item and says:
                return sentence
        return None

    def _goes_on(self, number: int, key: Key) -> bool:
        """The word behind the name may belong to it: "notation | descriptive"."""
        end = self.span(number, key)[1]
        behind = next((word for word in self.words[number] if word.start >= end), None)
        return behind is not None and behind.glued and not behind.is_stop

    def proofs(self, one: Candidate) -> Proofs:
        return Proofs(
            is_heading=self.keys.is_heading(one.key),
            in_heading=self.keys.in_heading(one.key),
            emphasis=self.keys.emphasised[one.key],
            acronym=one.key in self.same,
            key_term=one.key in self.keys.key_terms,
            indexed=one.key in self.keys.indexed,
            title=self.keys.title,
            defined=self.definition(one)[0],
            openers=len(one.openers),
            mentions=one.count,
        )


def ranked(sentences: Sequence[Sentence], marks: Marks, language: str) -> list[Concept]:
    """All candidates that no veto meets, the surest first, with what speaks for each: what a judge would be shown."""
    if language not in LANGUAGES:
        return []
    reading = Reading(sentences, marks, language)
    units = c_values(reading.found)
    parts = parts_of_longer(reading.found)
    proofs = {key: reading.proofs(one) for key, one in reading.found.items()}
    fit = [key for key, one in reading.found.items() if not is_vetoed(one, proofs[key], language)]
    order = {key: place for place, key in enumerate(sorted(fit, key=lambda key: (units[key], key)))}
    concepts: dict[Key, Concept] = {}
    for key in fit:
        one = reading.found[key]
        if (key in parts and not proofs[key].is_heading) or not proofs[key].kinds:
            continue
        if one.count < MIN_MENTIONS and not (proofs[key].is_printed or proofs[key].defined):
            continue
        definition = reading.definition(one)[1]
        concepts[key] = Concept(
            name=_usual(one, definition.text if definition else "", language),
            mentions=one.count,
            definition=definition,
            first_said=None if definition else reading.first_said(one),
            proofs=proofs[key].kinds,
            points=points(one, proofs[key], order[key] / max(1, len(fit) - 1), language),
        )
    best = sorted(concepts, key=lambda key: (-concepts[key].points, concepts[key].name))
    named_before = {
        reading.same[key] for key in best if key in reading.same and _is_before(key, reading.same[key], best)
    }
    return [concepts[key] for key in best if key not in named_before]


def _is_before(key: Key, other: Key, order: Sequence[Key]) -> bool:
    return other in order and order.index(key) < order.index(other)


def _usual(one: Candidate, definition: str, language: str) -> str:
    """The form that its definition has ("a one-hot vector is …"), else the commonest one. A capital that only stands
    where a sentence or a line begins goes."""
    defined = [form for form in one.names if re.search(rf"\b{re.escape(form)}\b", definition)]
    best = max(defined or one.names, key=lambda form: (one.names[form], form))
    lowered = best[:1].lower() + best[1:]
    only_opens = one.first_capitals == 0 and language != "de" and best[1:2].islower()
    return lowered if lowered in one.names or only_opens else best


def find_concepts(sentences: Sequence[Sentence], marks: Marks, language: str) -> tuple[Concept, ...]:
    """At most MAX_CONCEPTS concepts, the surest first; at most MAX_SHOWN of them are shown."""
    taken: list[Concept] = []
    for each in ranked(sentences, marks, language):
        if len(taken) == MAX_CONCEPTS or each.points < MIN_POINTS:
            break
        if not any(_overlap(each, other) for other in taken):
            taken.append(each)
    proven = [each for each in taken if _is_proven(each)]
    recurring = [each for each in taken if each not in proven and _keeps_coming(each, language)]
    shown = [*proven, *recurring][:MAX_SHOWN]
    return tuple(replace(each, is_shown=each in shown) for each in taken)


def _is_proven(each: Concept) -> bool:
    """Two kinds of proof, or one that a second mention confirms. Print alone is a label until the text takes it up
    again."""
    kinds = set(each.proofs)
    several = len(each.stems) > 1
    confirmed = (
        (len(kinds) >= MIN_SHOWN_KINDS and (each.mentions >= MIN_MENTIONS or not kinds <= OF_PRINT))
        or ("emphasis" in kinds and each.mentions >= (MIN_MENTIONS if several else CONFIRMED))
        or ("heading" in kinds and several and each.mentions >= MIN_MENTIONS)
        or (bool(kinds & {"key term", "defined", "acronym"}) and each.mentions >= MIN_MENTIONS)
    )
    return confirmed and each.points >= MIN_SHOWN_POINTS


def _keeps_coming(each: Concept, language: str) -> bool:
    """Nothing but recurrence speaks for it, which fills the places that better proofs leave: several words, or one that
    hardly anybody uses elsewhere."""
    rare = all(zipf(word, language) <= FLOOR for word in tokens(each.name))
    return "recurs" in each.proofs and (len(each.stems) > 1 or rare) and each.points >= MIN_SHOWN_POINTS


def _overlap(one: Concept, other: Concept) -> bool:
    """The words of one are all in the other that is named before it."""
    return set(one.stems) < set(other.stems)

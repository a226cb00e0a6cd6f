"""What the questions of a passage are held against: its units, its headings, and how much it speaks of a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from notegen.draft.quoting.questions.frames import Grammar
from notegen.draft.quoting.questions.phrases import MAX_NAME_WORDS, Forms, names_in, rarity, stems_of, term_of
from notegen.language.leaning import Leaning, leaning
from notegen.language.stems import stem
from notegen.language.words import is_content, tokens
from notegen.reading.bm25 import Bm25
from notegen.reading.unit import Unit

MIN_MENTIONS = 2
"""A name comes up in so many units, one more for a single word. What comes up once is seldom worth knowing."""
MIN_PHRASE_RARITY = 0.2
"""Several common words may be a term together: "social group"."""
TERM_WEIGHT = 1.0
"""Of a concept of the passage, however often it comes up."""
HEADING_MENTIONS = 2
"""A heading counts for so many units."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage as the rules see it."""

    grammar: Grammar
    words: Leaning
    forms: Forms
    units: tuple[Unit, ...]
    search: Bm25
    """Over the units, in order."""
    titles: frozenset[tuple[str, ...]]
    """The stems of each heading."""
    named: Counter[tuple[str, ...]]
    """In how many units each run of stems stands."""
    headed: Counter[tuple[str, ...]]
    """The same for headings."""
    terms: frozenset[tuple[str, ...]] = frozenset()
    """The stems of each concept's name."""

    @classmethod
    def of(cls, units: Sequence[Unit], titles: Iterable[str], grammar: Grammar, terms: Iterable[str] = ()) -> Reading:
        """Of all units and headings, and the names of the concepts, of a passage in the language of the grammar."""
        names = tuple(terms)
        headings = [stems_of(title, grammar.language) for title in titles if title]
        return cls(
            grammar=grammar,
            words=leaning(grammar.language),
            forms=Forms.of((part.text for unit in units for part in unit.parts), names),
            units=tuple(units),
            search=Bm25([_search_terms(unit.text, grammar) for unit in units]),
            titles=frozenset(headings),
            named=_runs(stems_of(unit.text, grammar.language) for unit in units),
            headed=_runs(headings),
            terms=frozenset(stems_of(term, grammar.language) for term in names),
        )

    def rank(self, question: str, unit: Unit) -> int | None:
        """The place of a unit among all for a question, from 1; None when it has no word of it."""
        at = next(index for index, other in enumerate(self.units) if other is unit)
        return self.search.rank(_search_terms(question, self.grammar), at)

    def weight(self, subject: str) -> float:
        """How much the passage speaks of a subject: the units and headings that have it, or the best name in it, each
        counted less the more common its words are; 0 where none comes up again and none is a concept."""
        best = TERM_WEIGHT if stems_of(term_of(subject, self.grammar), self.grammar.language) in self.terms else 0.0
        for name in names_in(subject, self.grammar):
            stems = stems_of(name, self.grammar.language)
            count = self.named[stems] + HEADING_MENTIONS * self.headed[stems]
            if count >= MIN_MENTIONS + (len(stems) == 1):
                floor = MIN_PHRASE_RARITY if len(stems) > 1 else 0.0
                best = max(best, count * max(floor, rarity(name, self.grammar.language)))
        return best

    def is_heading(self, name: str) -> bool:
        """Whether a heading says this and nothing else."""
        return stems_of(name, self.grammar.language) in self.titles


def _search_terms(text: str, grammar: Grammar) -> list[str]:
    """The stems of the words that say something, and each two words that stand side by side in either order: a question
    turns them round (unordered windows of Metzler and Croft, 2005)."""
    language = grammar.language
    words = [word for word in tokens(text) if word.casefold() not in grammar.articles]
    said = [stem(word, language) for word in words if is_content(word, language)]
    return [*said, *("+".join(sorted(pair)) for pair in pairwise(stem(word, language) for word in words))]


def _runs(texts: Iterable[Sequence[str]]) -> Counter[tuple[str, ...]]:
    """In how many texts each run of up to MAX_NAME_WORDS stems stands."""
    counts: Counter[tuple[str, ...]] = Counter()
    for text in texts:
        sizes = range(1, MAX_NAME_WORDS + 1)
        counts.update({tuple(text[i : i + size]) for size in sizes for i in range(len(text) - size + 1)})
    return counts

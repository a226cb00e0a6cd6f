"""How much a sentence, a unit or some neighbouring sentences have of the words of a question (BM25).

S. Robertson and H. Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), with the usual constants.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from notegen.language.frequency import zipf
from notegen.library.terms import Word
from notegen.reading.bm25 import LENGTH_SHARE, SATURATION

HEADING_WEIGHT = 1
"""So often a word of the heading counts as standing in the unit."""
MISSING_WEIGHT = 2
"""A special word that stands on no page counts double: who asks of a thing by its name wants that thing."""
EVERYDAY_ZIPF = 4.3
"""Words that are used more often than this are said in other words by any book: "grow", "read", "obtained"."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What of a question one or several sentences have."""

    counts: Counter[int]
    """How often each word of the question occurs, by its index."""
    length: int
    """In terms."""

    @classmethod
    def of(cls, sentences: Iterable[Sentence]) -> Sentence:
        """Several of them as one."""
        counts: Counter[int] = Counter()
        length = 0
        for each in sentences:
            counts.update(each.counts)
            length += each.length
        return cls(counts, length)


class Weighing:
    """The words of one question, each with its weight among the units that are searched."""

    def __init__(self, words: Sequence[Word], holders: Sequence[int], units: int, language: str) -> None:
        """holders: how many of the units have each word. units: how many there are. language: of the question."""
        self._weights = [
            math.log(1 + (units - n + 0.5) / (n + 0.5))
            * (MISSING_WEIGHT if n == 0 and _is_special(word, language) else 1)
            for word, n in zip(words, holders, strict=True)
        ]
        self._places = {stem: i for i, word in enumerate(words) for stem in word.stems}
        self._mean = 1.0
        self.missing = tuple(word.text for word, n in zip(words, holders, strict=True) if n == 0)
        """Words that none of the units has."""

    def sentence(self, stems: str) -> Sentence:
        """A line of stems as the question sees it."""
        found = stems.split()
        return Sentence(Counter(self._places[stem] for stem in found if stem in self._places), len(found))

    def settle(self, sentences: Sequence[Sentence]) -> None:
        """Take the mean length of a sentence from these."""
        self._mean = max(1.0, sum(each.length for each in sentences) / max(1, len(sentences)))

    def weight(self, sentence: Sentence, sentences: int) -> float:
        """BM25 of a text. sentences: how many make a text of the usual length."""
        usual = self._mean * sentences
        norm = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * sentence.length / usual)
        return sum(self._weights[place] * n * (SATURATION + 1) / (n + norm) for place, n in sentence.counts.items())

    def unit_weight(self, sentences: Sequence[Sentence], heading: str) -> float:
        """BM25 of a unit with its heading's stems."""
        return self.weight(Sentence.of([*sentences, *[self.sentence(heading)] * HEADING_WEIGHT]), 3)

    def coverage(self, sentence: Sentence) -> float:
        """Share of the question's words that a text has, rare words counting more."""
        return sum(self._weights[place] for place in sentence.counts) / max(sum(self._weights), 1e-12)


def windows(before: Sequence[Sentence], own: Sequence[Sentence], after: Sequence[Sentence]) -> Iterator[Sentence]:
    """Each run of three neighbouring sentences that touches a unit's own; all there are where they are fewer."""
    row = [*before, *own, *after]
    for first in range(max(1, len(row) - 2)):
        if first < len(before) + len(own) and first + 3 > len(before):
            yield Sentence.of(row[first : first + 3])


def _is_special(word: Word, language: str) -> bool:
    return zipf(word.text, language) < EVERYDAY_ZIPF

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
MISSING_WEIGHT, MISSING_NAME_WEIGHT = 2, 4
"""How often a special word, or a name, counts that stands on no page: who asks of a thing by name wants that thing."""
EVERYDAY_ZIPF = 4.3
"""Words that are used more often than this are said in other words by any book: "grow", "read", "obtained"."""

WINDOW_SENTENCES, WINDOW_TERMS = 3, 30
"""What counts as said together: three sentences, and of shorter ones, as on slides, what three usual ones have."""


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
            math.log(1 + (units - n + 0.5) / (n + 0.5)) * (1 if n else _wanted(word, language))
            for word, n in zip(words, holders, strict=True)
        ]
        self._asides = {at for at, word in enumerate(words) if word.is_aside and len(words) > 1}
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
        """Share of the question's words that a text has, rare words counting more and asides not."""
        weights = {at: weight for at, weight in enumerate(self._weights) if at not in self._asides}
        return sum(weights.get(at, 0.0) for at in sentence.counts) / max(sum(weights.values()), 1e-12)


def windows(before: Sequence[Sentence], own: Sequence[Sentence], after: Sequence[Sentence]) -> Iterator[Sentence]:
    """Each run of neighbouring sentences that touches a unit's own: three of them, or more short ones of the unit."""
    row = [*before, *own, *after]
    end = len(before) + len(own)
    for first in range(end):
        stop = min(len(row), first + WINDOW_SENTENCES)
        length = sum(each.length for each in row[first:stop])
        while first >= len(before) and stop < end and length + row[stop].length <= WINDOW_TERMS:
            length += row[stop].length
            stop += 1
        if stop > len(before):
            yield Sentence.of(row[first:stop])


def _wanted(word: Word, language: str) -> int:
    if word.is_name:
        return MISSING_NAME_WEIGHT
    return MISSING_WEIGHT if zipf(word.text, language) < EVERYDAY_ZIPF else 1

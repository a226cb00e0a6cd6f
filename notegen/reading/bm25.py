"""BM25: which texts of a set speak of the words of a question.

S. Robertson and H. Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), with the usual constants.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

SATURATION = 1.2
"""k1: how soon a further occurrence of a word counts for less."""
LENGTH_SHARE = 0.75
"""b: how much of a text's length is held against it."""


class Bm25:
    """A set of texts, each a sequence of stems."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        self._counts = [Counter(text) for text in texts]
        self._lengths = [len(text) for text in texts]
        self._mean = max(1.0, sum(self._lengths) / max(1, len(texts)))
        holders = Counter(stem for counts in self._counts for stem in counts)
        size = len(texts)
        self._weight = {stem: math.log(1 + (size - n + 0.5) / (n + 0.5)) for stem, n in holders.items()}

    def scores(self, query: Sequence[str]) -> list[float]:
        """One score for each text in the order given, 0 for one with none of the query's stems."""
        wanted = [stem for stem in set(query) if stem in self._weight]
        return [self._score(wanted, counts, size) for counts, size in zip(self._counts, self._lengths, strict=True)]

    def rank(self, query: Sequence[str], index: int) -> int | None:
        """The place of one text among all, from 1; texts of the same score share the better one. None when the text
        has none of the query's stems."""
        scores = self.scores(query)
        return 1 + sum(score > scores[index] for score in scores) if scores[index] > 0 else None

    def _score(self, wanted: Sequence[str], counts: Counter[str], size: int) -> float:
        norm = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * size / self._mean)
        return sum(
            self._weight[stem] * counts[stem] * (SATURATION + 1) / (counts[stem] + norm)
            for stem in wanted
            if counts[stem]
        )

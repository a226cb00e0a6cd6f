"""Which sentences and units of a section say the most: centrality, cue phrases and position.

The features are the classic ones of extractive summarising (Luhn 1958, Edmundson 1969). The weights are plain and were
set by reading notes.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from notegen.draft.quoting.concepts import Concept, defined_term
from notegen.language.leaning import leaning
from notegen.language.words import content_stems
from notegen.reading.sentences import Sentence
from notegen.reading.unit import Unit

GOOD_LENGTH_WORDS = 18

_LEANS = re.compile(
    r"^\(|^(?:this|that|these|those|it|its|they|their|he|she|such|however|but|and|or|so|then|thus|hence|also|again|similarly|"
    r"moreover|furthermore|instead|here|there|for example|for instance|in this|in that|in these|on the other hand|"
    r"the (?:former|latter|other|same|following|above)|another|both|finally|next|now|first|second|third|well|yes|no|"
    r"dies(?:e|er|es)?|es|sie|ce(?:la|tte|s)?|il|elle)\b",
    re.IGNORECASE,
)
_POINTS_AWAY = re.compile(
    r"\b(?:figure|fig\.|table|section|chapter|page|equation|eq\.|listing|exercise|appendix|above|below|as follows|"
    r"following|left|right|lecture|next slide|abbildung|tabelle|kapitel)\b|\[\d+\]|\?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Salience:
    """Scores sentences of one passage."""

    weights: dict[str, float]
    concept_stems: frozenset[str]
    language: str
    """ISO 639-1 of the passage."""

    @classmethod
    def of(cls, sentences: Sequence[Sentence], concepts: Sequence[Concept], language: str) -> Salience:
        """Word weights from how often the passage uses each word."""
        counts = Counter(each for sentence in sentences for each in content_stems(sentence.text, language))
        most = max(counts.values(), default=1)
        weights = {key: math.log1p(count) / math.log1p(most) for key, count in counts.items() if count > 1}
        names = (content_stems(concept.name, language) for concept in concepts)
        return cls(weights, frozenset(key for stems in names for key in stems), language)

    def score(self, sentence: Sentence, title: str = "") -> float:
        """How much the sentence says by itself, about 0 to 2."""
        stems = content_stems(sentence.text, self.language)
        if not stems:
            return 0.0
        central = sum(self.weights.get(each, 0.0) for each in stems) / (len(stems) + 3)
        words = len(sentence.text.split())
        return (
            central
            + 0.08 * min(3, len(stems & self.concept_stems))
            + 0.30 * bool(defined_term(sentence.text, self.language))
            + 0.15 * self._has_cue(sentence.text)
            + 0.10 * sentence.first
            + 0.10 * bool(stems & content_stems(title, self.language))
            - 0.30 * self.leans(sentence)
            - 0.20 * bool(_POINTS_AWAY.search(sentence.text))
            - 0.01 * abs(words - GOOD_LENGTH_WORDS)
            - 0.10 * sentence.item
        )

    def worth(self, unit: Unit, title: str, doubt: float) -> float:
        """How much a unit says, about 0 to 2. title: of its section. doubt: of what it opens with, 0 to 1."""
        stems = content_stems(unit.text, self.language)
        if not stems:
            return 0.0
        central = sum(self.weights.get(each, 0.0) for each in stems) / (len(stems) + 3)
        return (
            central
            + 0.08 * min(3, len(stems & self.concept_stems))
            + 0.30 * (unit.kind == "definition")
            + 0.15 * self._has_cue(unit.text)
            + 0.10 * unit.head.opens
            + 0.15 * unit.opens_section
            + 0.10 * bool(stems & content_stems(title, self.language))
            + 0.10 * (unit.kind in ("list", "quotation"))
            + 0.30 * any(part.kind == "formula" for part in unit.parts)
            - 0.20 * (unit.kind in ("example", "code"))
            - 0.40 * doubt
        )

    def _has_cue(self, text: str) -> bool:
        return bool(leaning(self.language).cues.search(text.casefold()))

    def leans(self, sentence: Sentence) -> bool:
        """It begins with a word that needs the sentence before it."""
        return bool(_LEANS.match(sentence.text))

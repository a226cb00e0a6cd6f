"""A sum of words, measured: what the encoder's vectors of king − man + woman are nearest to.

A sentence encoder was not trained for this; what comes out is stated as it is. As in the papers on word vectors
(Mikolov et al. 2013) the sum is compared by cosine; unlike there, the words that went in are not left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from notegen.claims.word_sums import WordSum

if TYPE_CHECKING:
    from notegen.embed.encoder import Encoder


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredSum:
    """What came out."""

    stated: WordSum
    model: str
    compared: int
    """Words that the sum was compared with."""
    nearest: tuple[tuple[str, float], ...]
    """The nearest of them with their cosines, the best first."""
    result: float
    """The cosine of the sum with the word that was stated."""
    place: int
    """The place of that word among all that were compared, from 1."""

    @property
    def holds(self) -> bool:
        """The stated word is the nearest, as the sum says."""
        return self.place == 1


def measured_sum(stated: WordSum, others: Sequence[str], encoder: Encoder, shown: int = 4) -> MeasuredSum:
    """Measure a sum of words. others: further words that it is compared with."""
    words = list(dict.fromkeys([*stated.words, *(word for word in others if word not in stated.words)]))
    vectors = encoder.encode(words)
    at = {word: number for number, word in enumerate(words)}
    total = vectors[at[stated.plus]] - vectors[at[stated.minus]] + vectors[at[stated.also]]
    cosines = vectors @ (total / max(float(np.linalg.norm(total)), 1e-12))
    order = [int(each) for each in np.argsort(-cosines, kind="stable")]
    return MeasuredSum(
        stated=stated,
        model=encoder.name,
        compared=len(words),
        nearest=tuple((words[each], float(cosines[each])) for each in order[:shown]),
        result=float(cosines[at[stated.result]]),
        place=order.index(at[stated.result]) + 1,
    )

"""How the signals become one score: two sets of weights, and how surely the text names notes decides between them.

A text that names notes of the vault as surely as its linked notes do is ranked by names first; one that names nothing
is ranked by likeness and by what similar notes link to. Within each set the score is a plain weighted sum, so that
every suggestion can say what it owes to what.

Weights: fitted by `benchmarks/fit_links.py` (multi-positive softmax over candidates, weights kept >= 0) on vaults made
of documents with human links: the Jargon File, FOLDOC, TiddlyWiki's and Perl's documentation and GNOME's help (English,
German, Czech, French), 30 % of the notes stripped of their links, twice with the names kept and once with them removed;
results on vaults left out of the fit are in benchmarks/README.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SIGNALS = (
    "alike",  # share of the highest TF-IDF cosine
    "alike_rank",  # reciprocal rank of it
    "named",  # log-odds that the text names the note
    "votes",  # what similar notes link to, share of the highest
    "votes_rare",  # the same, divided by the root of the note's popularity
    "near",  # personalised PageRank from the named and similar notes, share of the highest
    "links_back",  # the note links to this one
    "title_words",  # cube of the share of the title's words that stand in the text
    "popularity",  # log of 1 + the number of notes that link to it
)
WHERE_NAMED = np.array([0.46, 0.81, 3.24, 0.0, 0.59, 1.07, 0.0, 1.09, 0.0], np.float32)
WHERE_UNNAMED = np.array([2.14, 2.59, 0.0, 1.33, 0.82, 1.12, 0.51, 1.56, 0.29], np.float32)
MEANING = 1.5
"""Weight of the cosine of two texts' dense vectors, where the text names little; nothing where it names much: dense
vectors help only where a concept is not named (measured: +.013 to .025 recall@10, and 0 with names)."""
_GATE_MIDDLE, _GATE_STEEPNESS = 0.6, 3.0
"""At 0.6 of the sureness that is usual in the vault both sets of weights count alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fused:
    """Scores of every note, and what they are made of."""

    total: NDArray[np.float32]
    parts: NDArray[np.float32]
    """(notes, signals): what each signal adds."""
    gate: float
    """1 where names decide, 0 where likeness does."""


def gate_of(sureness: float, usual: float) -> float:
    """How much names decide, 0 to 1. usual: sureness of the vault's linked notes."""
    if usual <= 0:
        return 0.0
    ratio = max(sureness / usual, 1e-3)
    return float(1 / (1 + (_GATE_MIDDLE / ratio) ** _GATE_STEEPNESS))


def fuse(columns: NDArray[np.float32], gate: float) -> Fused:
    """Weigh the signals. columns: (notes, signals)."""
    parts = columns * (gate * WHERE_NAMED + (1 - gate) * WHERE_UNNAMED)
    return Fused(total=parts.sum(axis=1), parts=parts, gate=gate)

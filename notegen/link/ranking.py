"""The notes that belong to a text, best first, each with its reasons in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notegen.link.fusion import MEANING, SIGNALS, Fused
from notegen.link.graph import best_first
from notegen.link.signals import Query, Signals
from notegen.link.vault_index import VaultIndex

Meaning = Callable[[Query, Sequence[int]], NDArray[np.float32] | None]
"""Cosines of a text with some notes, by the vectors of an encoder; None where there is no encoder for the text."""
MEANING_CANDIDATES = 50
_NAMED_CURVE, _UNNAMED_CURVE = (1.25, -6.65), (1.03, -6.84)
"""(slope, shift) of the logistic curves from score to the probability that a person links the two, for texts that name
notes and for others (calibrated on the vaults of the fit)."""
_MAX_REASONS = 3
_LEAST_NAMED, _LEAST_ALIKE, _LEAST_TITLE, _LEAST_MEANING = 0.05, 0.05, 0.6, 0.4
_LEAST_RARE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A note that belongs to a text."""

    path: str
    """Relative to the vault."""
    title: str
    score: float
    """Estimated probability that a person would link the two, 0 to 1."""
    reason: str
    """Why, in words."""
    named: float
    """Probability that the text names the note, 0 to 1."""


def rank(
    index: VaultIndex,
    query: Query,
    at_most: int,
    *,
    meaning: Meaning = lambda query, places: None,
    leave_out: Collection[str] = (),
) -> list[Suggestion]:
    """The best notes for a text, at most `at_most`, without those for which nothing speaks.

    leave_out: paths that are not wanted. The order of equals is that of their paths.
    """
    signals = index.signals(query)
    fused = index.fused(signals)
    total = fused.total.astype(np.float64)
    total[~_has_something(signals)] = -np.inf
    for path in leave_out:
        if path in index.places:
            total[index.places[path]] = -np.inf
    if query.note is not None:
        total[query.note] = -np.inf
    top = best_first(total, max(at_most, MEANING_CANDIDATES), above=-np.inf)
    cosines = meaning(query, top.tolist()) if len(top) else None
    if cosines is not None:
        total[top] += MEANING * (1 - fused.gate) * cosines
        order = np.argsort(-total[top], kind="stable")
        top, cosines = top[order], cosines[order]
    shared = index.terms.rare_shared(query.ids)
    return [
        Suggestion(
            path=index.notes[place].path,
            title=index.notes[place].title,
            score=_probability(float(total[place]), fused.gate),
            reason=_reason(
                index, query, signals, fused, shared, place, float(cosines[at]) if cosines is not None else 0.0
            ),
            named=float(signals.named[place]),
        )
        for at, place in enumerate(top[:at_most].tolist())
    ]


def _probability(score: float, gate: float) -> float:
    slope, shift = (
        gate * named + (1 - gate) * unnamed for named, unnamed in zip(_NAMED_CURVE, _UNNAMED_CURVE, strict=True)
    )
    return round(float(1 / (1 + np.exp(-(slope * score + shift)))), 4)


def _has_something(signals: Signals) -> NDArray[np.bool_]:
    return (
        (signals.alike > 0)
        | (signals.named > 0)
        | (signals.votes > 0)
        | (signals.links_back > 0)
        | (signals.near > 0)
        | (signals.title_words > 0)
    )


def _reason(
    index: VaultIndex,
    query: Query,
    signals: Signals,
    fused: Fused,
    shared: NDArray[np.int64],
    place: int,
    cosine: float,
) -> str:
    """What the score owes most to, in words. shared: number of rare terms shared with each note."""
    weight = dict(zip(SIGNALS, fused.parts[place].tolist(), strict=True))
    said: list[tuple[float, str]] = []
    if signals.named[place] >= _LEAST_NAMED and (name := _name_of(signals, place)):
        said.append((weight["named"] + 1, f"names “{name}”"))
    if query.note is not None and place in index.graph.targets(query.note):
        said.append((9.0, "is linked here"))
    if signals.links_back[place]:
        said.append((weight["links_back"] + 0.5, "links here"))
    rare = int(shared[place]) if signals.alike[place] >= _LEAST_ALIKE else 0
    if rare >= _LEAST_RARE:
        said.append((weight["alike"] + weight["alike_rank"], f"shares {rare} rare terms"))
    if signals.votes[place] > 0 and (voters := _voters(index, signals, place)):
        many = (
            f"notes on “{voters[0]}” and {len(voters) - 1} more link"
            if len(voters) > 1
            else f"note on “{voters[0]}” links"
        )
        said.append((weight["votes"] + weight["votes_rare"], f"your {many} there"))
    if signals.title_words[place] >= _LEAST_TITLE and not signals.named[place] >= _LEAST_NAMED:
        said.append((weight["title_words"], "has the words of its name"))
    if cosine >= _LEAST_MEANING:
        said.append((MEANING * cosine, f"close in meaning {cosine:.2f}".replace("0.", ".")))
    if not said:
        near = "is like it in wording" if signals.alike[place] > 0 else "is near by links"
        said.append((0.0, near))
    said.sort(key=lambda pair: -pair[0])
    return "; ".join(text for _, text in said[:_MAX_REASONS])


def _name_of(signals: Signals, place: int) -> str:
    """The surest name of a note in the text."""
    naming = [
        (mention.probability * share, mention.written)
        for mention in signals.mentions
        for note, share in mention.meanings
        if note == place
    ]
    return max(naming, default=(0.0, ""))[1]


def _voters(index: VaultIndex, signals: Signals, place: int) -> list[str]:
    """Titles of the most similar notes that link to a note."""
    sources = index.graph.sources(place)
    alike = signals.alike[sources]
    order = np.argsort(-alike, kind="stable")
    return [index.notes[int(source)].title for source in sources[order][alike[order] >= _LEAST_ALIKE]]

"""How well links are found again: every signal and their fusion on any vault, against BM25 and dense vectors alone.

    python benchmarks/links.py VAULT … [--dense]

30 % of the notes that link to others lose their links (nothing is written); every other note of the vault is ranked
for each of them, and the notes that its human linked should come first. Once the words of the links stay ("kept"),
once they are deleted wherever the note has them ("removed").
--dense also ranks by an encoder's vectors (needs its weights; a minute for 1,000 notes) and adds them to the fusion.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from vault_trial import Trial, scores, trial

from notegen.link.ranking import rank
from notegen.link.signals import Signals
from notegen.link.terms import features_of

Row = NDArray[np.float32]
RRF_OFFSET = 10
TOP = 50


class BM25:
    """Okapi BM25 (Robertson and Zaragoza 2009) with the usual k1 = 1.2 and b = 0.75, over the same words."""

    def __init__(self, texts: Sequence[NDArray[np.uint32]]) -> None:
        found = [np.unique(features_of(ids), return_counts=True) for ids in texts]
        terms = np.concatenate([each[0] for each in found])
        counts = np.concatenate([each[1] for each in found])
        notes = np.repeat(np.arange(len(texts)), [len(each[0]) for each in found])
        order = np.argsort(terms, kind="stable")
        lengths = np.array([each[1].sum() for each in found], float)
        self._terms, self._first = np.unique(terms[order], return_index=True)
        self._end = np.append(self._first[1:], len(terms))
        self._notes, counts = notes[order], counts[order]
        self._weights = counts * 2.2 / (counts + 1.2 * (0.25 + 0.75 * lengths[self._notes] / max(1, lengths.mean())))
        self.size = len(texts)

    def scores(self, ids: NDArray[np.uint32]) -> Row:
        """The score of every note for the words of a text."""
        total = np.zeros(self.size)
        for term in np.unique(features_of(ids)):
            at = int(np.searchsorted(self._terms, term))
            if at < len(self._terms) and self._terms[at] == term:
                run = slice(self._first[at], self._end[at])
                have = run.stop - run.start
                total[self._notes[run]] += self._weights[run] * np.log(1 + (self.size - have + 0.5) / (have + 0.5))
        return total.astype(np.float32)


def best(values: Row, me: int) -> list[int]:
    """The places of the highest values above zero, without the note itself."""
    values = values.copy()
    values[me] = 0
    order = np.argsort(-values, kind="stable")[:TOP]
    return [int(place) for place in order if values[place] > 0]


def fused_by_rank(lists: Sequence[tuple[list[int], float]]) -> list[int]:
    """Reciprocal rank fusion: the untrained peer of notegen's own."""
    total: dict[int, float] = {}
    for places, weight in lists:
        for position, place in enumerate(places):
            total[place] = total.get(place, 0.0) + weight / (RRF_OFFSET + position + 1)
    return sorted(total, key=lambda place: (-total[place], place))


def rankings(one: Trial, dense: Row | None) -> dict[str, list[list[int]]]:
    """Method → for each stripped note the places it ranks first."""
    bm25 = BM25([note.ids for note in one.index.notes])
    found: dict[str, list[list[int]]] = {}
    for place in one.held:
        query = one.index.query_of(place)
        signals: Signals = one.index.signals(query)
        each = {
            "BM25": best(bm25.scores(query.ids), place),
            "TF-IDF": best(signals.alike, place),
            "names": best(signals.named, place),
            "link vote": best(signals.votes, place),
            "PageRank": best(signals.near, place),
        }
        each["RRF: TF-IDF + 2 x names"] = fused_by_rank([(each["TF-IDF"], 1), (each["names"], 2)])
        meaning: Callable[..., Row | None] = lambda query, places: None  # noqa: E731
        if dense is not None:
            cosines = dense @ dense[place]
            each["dense alone"] = best(cosines, place)
            meaning = lambda query, places, cosines=cosines: cosines[places]  # noqa: E731
            with_dense = rank(one.index, query, TOP, meaning=meaning)
            each["notegen with dense"] = [one.index.places[suggestion.path] for suggestion in with_dense]
        each["notegen"] = [one.index.places[suggestion.path] for suggestion in rank(one.index, query, TOP)]
        for method, places in each.items():
            found.setdefault(method, []).append(places)
    return found


def vectors(one: Trial) -> Row | None:
    """One vector for each note by the encoder of `notegen.embed`; None where there is none."""
    from notegen.embed import open_encoder
    from notegen.link.meaning import encoder_text

    encoder = open_encoder(may_fetch=True, say=print)
    if encoder is None:
        return None
    texts = [encoder_text(note.title, text) for note, text in zip(one.index.notes, one.texts, strict=True)]
    return np.concatenate([encoder.encode(texts[at : at + 64]) for at in range(0, len(texts), 64)])


def main() -> None:
    """Print one table a vault."""
    wants_dense = "--dense" in sys.argv
    for root in (Path(each) for each in sys.argv[1:] if not each.startswith("--")):
        table: dict[str, list[float]] = {}
        for kept in (True, False):
            started = time.perf_counter()
            one = trial(root, names_kept=kept)
            found = rankings(one, vectors(one) if wants_dense else None)
            took = time.perf_counter() - started
            for method, ranked in found.items():
                table.setdefault(method, []).extend(scores(ranked, one.gold))
        print(f"\n## {root.name}: {len(one.index.notes)} notes, {len(one.held)} stripped ({took:.0f} s)\n")
        print("| method | kept r@5 | r@10 | MRR | removed r@5 | r@10 | MRR |\n|---|---|---|---|---|---|---|")
        for method, values in table.items():
            print(f"| {method} | " + " | ".join(f"{value:.3f}" for value in values) + " |")


if __name__ == "__main__":
    main()

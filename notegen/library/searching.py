"""The search over a vault's library: words and meaning, fused by the ranks that they give (G. Cormack et al., 2009).

On eighteen annotated passages of as many fields no single signal did as well as the fusion of the unit's words, its
best sentence, the three neighbouring sentences that have most of the question, and its vector.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from notegen.embed.encoder import Encoder
from notegen.language.detect import language_of
from notegen.library.engine import Engine
from notegen.library.kept_units import unit_of
from notegen.library.library import Book, Found, Hit
from notegen.library.terms import Word
from notegen.library.weighing import Sentence, Weighing, windows
from notegen.store.library_rows import BOOK_SHIFT, BookRow, UnitRow

RANK_OFFSET = 10
"""k of the fusion: how soon a lower rank counts for less."""
BY_WORDS, BY_MEANING = 150, 100
"""Candidates that each of the two ways brings, for all that the question may be about."""
FIRST_HITS = 3
"""Hits whose books may answer."""
OVERLAY_PAGES = 8
"""Slides are built up over so many pages at most; the same words within them are one hit."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    id: int
    row: UnitRow
    sentences: tuple[Sentence, ...]
    window: tuple[float, float]
    """Weight and coverage of the best three neighbouring sentences that touch the unit."""


class VaultLibrary:
    """The `Library` of one vault, over the engine that holds it."""

    def __init__(self, engine: Engine, encoder: Encoder | None, present: Mapping[str, str]) -> None:
        """encoder: None where its weights are not there. present: path of each PDF that is there, by SHA-256."""
        self._engine, self._encoder, self._present = engine, encoder, present

    def books(self) -> list[Book]:
        """See `Library.books`."""
        places = {sha256: path for path, sha256 in self._engine.places().items()}
        return [self._book(row, places) for row in self._engine.books()]

    def search(self, words: Sequence[Word], text: str, *, books: Collection[int] | None, top: int) -> Found:
        """See `Library.search`."""
        rows = [row for row in self._engine.books() if row.units and (books is None or row.key in books)]
        ranges = [row.rows for row in rows] if books is not None else [(0, (1 << 63) - 1)]
        count = sum(row.units for row in rows)
        if not words or not count:
            return Found(hits=(), coverage=0.0, missing=tuple(word.text for word in words))
        language = language_of(text)
        weighing = self._weighing(words, ranges, count, language)
        stems = {stem for word in words for stem in word.stems}
        by_words = self._engine.matching(stems, ranges, BY_WORDS)
        cosines = self._cosines(text, rows, by_words)
        ids = list(dict.fromkeys([*by_words, *cosines]))
        candidates = self._candidates(ids, weighing)
        ranked = self._ranked(candidates, cosines, weighing)
        by_key = {row.key: row for row in rows}
        places = {sha256: path for path, sha256 in self._engine.places().items()}
        hits = [
            self._hit(each, score, self._book(by_key[each.id >> BOOK_SHIFT], places), weighing)
            for each, score in ranked
            if each.id >> BOOK_SHIFT in by_key
        ]
        return Found(
            hits=tuple(_distinct(hits, top)),
            coverage=self._coverage(ranked, words, rows, language),
            missing=weighing.missing,
        )

    def _weighing(
        self, words: Sequence[Word], ranges: Sequence[tuple[int, int]], units: int, language: str
    ) -> Weighing:
        """The weights of the words among the units of some ranges. units: how many these are."""
        holders = [self._engine.holders(word.stems, ranges) for word in words]
        return Weighing(words, holders, units, language)

    def _coverage(
        self,
        ranked: Sequence[tuple[_Candidate, float]],
        words: Sequence[Word],
        rows: Sequence[BookRow],
        language: str,
    ) -> float:
        """See `Found.coverage`: that of the best window of a book from which one of the first hits comes, by what the
        words weigh there. What a book does not have is missing in it, whatever another one has."""
        found = 0.0
        first = {each.id >> BOOK_SHIFT for each, _ in ranked[:FIRST_HITS]}
        for row in (row for row in rows if row.key in first):
            own = [each.id for each, _ in ranked if each.id >> BOOK_SHIFT == row.key]
            candidates = self._candidates(own, self._weighing(words, [row.rows], row.units, language))
            found = max(found, max(each.window for each in candidates)[1])
        return found

    def _cosines(self, text: str, rows: Sequence[BookRow], also: Collection[int]) -> dict[int, float]:
        """How near in meaning the nearest units are to a text, and the units `also`, by row id."""
        if self._encoder is None:
            return {}
        return self._engine.near(self._encoder.encode([text])[0], rows, BY_MEANING, also)

    def _candidates(self, ids: Sequence[int], weighing: Weighing) -> list[_Candidate]:
        wanted = sorted({near for id in ids for near in (id - 1, id, id + 1)})
        rows = self._engine.units(wanted)
        read = {id: tuple(weighing.sentence(line) for line in row.stems.split("\n")) for id, row in rows.items()}
        weighing.settle([each for sentences in read.values() for each in sentences])
        found = []
        for id in ids:
            if id in rows:
                beside = (read.get(id - 1, ())[-2:], read[id], read.get(id + 1, ())[:2])
                best = max((weighing.weight(each, 3), weighing.coverage(each)) for each in windows(*beside))
                found.append(_Candidate(id, rows[id], read[id], best))
        return found

    def _ranked(
        self, candidates: Sequence[_Candidate], cosines: Mapping[int, float], weighing: Weighing
    ) -> list[tuple[_Candidate, float]]:
        """The candidates with their scores, best first."""
        signals = [
            {each.id: weighing.unit_weight(each.sentences, each.row.topic) for each in candidates},
            {each.id: max(weighing.weight(s, 1) for s in each.sentences) for each in candidates},
            {each.id: each.window[0] for each in candidates},
        ]
        if cosines:
            signals.append({each.id: cosines.get(each.id, -1.0) for each in candidates})
        scores = dict.fromkeys((each.id for each in candidates), 0.0)
        for signal in signals:
            values = np.sort(np.fromiter(signal.values(), float))
            for id, value in signal.items():
                rank = 1 + len(values) - int(np.searchsorted(values, value, side="right"))
                scores[id] += (RANK_OFFSET + 1) / (RANK_OFFSET + rank) / len(signals)
        return sorted(((each, scores[each.id]) for each in candidates), key=lambda pair: (-pair[1], pair[0].id))

    def _hit(self, candidate: _Candidate, score: float, book: Book, weighing: Weighing) -> Hit:
        unit = unit_of(candidate.row.data, book.book)
        weights = [weighing.weight(each, 1) for each in candidate.sentences]
        return Hit(
            unit=unit,
            book=book,
            row=candidate.id & ((1 << BOOK_SHIFT) - 1),
            heading=candidate.row.heading,
            best=min(weights.index(max(weights)), len(unit.parts) - 1),
            score=round(score, 4),
            covered=weighing.coverage(Sentence.of(candidate.sentences)),
        )

    def _book(self, row: BookRow, places: Mapping[str, str]) -> Book:
        return Book(
            key=row.key,
            book=row.book,
            title=row.title,
            language=row.language,
            pdf=self._present.get(row.sha256) or places.get(row.sha256, ""),
            labels=row.labels,
            read=row.read,
            units=row.units,
            is_gone=row.sha256 not in self._present,
            trouble=row.trouble,
        )


def _distinct(hits: Sequence[Hit], top: int) -> list[Hit]:
    """The first hits that say different things: of an overlaid slide the fullest state."""
    kept: list[Hit] = []
    letters: list[str] = []
    for hit in hits:
        own = "".join(char for char in hit.unit.text.casefold() if char.isalnum())
        twin = next(
            (i for i, other in enumerate(kept)
             if other.book.key == hit.book.key and abs(other.page - hit.page) <= OVERLAY_PAGES
             and (own in letters[i] or letters[i] in own)),
            None,
        )  # fmt: skip
        if twin is None:
            kept.append(hit)
            letters.append(own)
        elif len(own) > len(letters[twin]):
            kept[twin], letters[twin] = replace(hit, score=kept[twin].score), own
        if len(kept) == top:
            break
    return kept

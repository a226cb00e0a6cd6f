"""Texts as points: where the encoder places today's concepts among the notes of the vault and the book's sections."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from notegen.errors import NotegenError, UsageError
from notegen.figures.figure import Figure, ImageFormat, NumberTable, Question, Rows
from notegen.figures.heads import SPECIAL
from notegen.figures.map_drawing import draw_map
from notegen.figures.plane import Plane, plane_of

if TYPE_CHECKING:
    from notegen.embed.encoder import Encoder, Floats

MAX_TODAY, MAX_NOTES, MAX_SECTIONS = 8, 10, 8
"""Points of each kind: with more of them labels have no room on 700 px."""
MAX_ROW = 4
"""Names of the row of numbers in a log."""
MAX_TEXTS = 30
MAX_CHARACTERS = 300
TODAY, NOTE, SECTION = "today", "note", "section"
KIND_WORDS = {TODAY: "today's concepts", NOTE: "notes of the vault", SECTION: "sections of the book"}
_CLEAR_GAP = 0.05
"""Two cosines this far apart or more make a fair question; less is chance."""


def embeddings_figure(encoder: Encoder, texts: Sequence[str], image_format: ImageFormat = "png") -> Figure:
    """A map of some texts and the table of their cosines. Raises UsageError for fewer than two different texts."""
    wanted = _distinct(texts)
    if len(wanted) < 2:
        raise UsageError(
            "A map needs two different texts or more.", "For example: notegen figure embeddings cat kitten dog car"
        )
    if len(wanted) > MAX_TEXTS:
        raise UsageError(f"There are {len(wanted)} texts.", f"Give {MAX_TEXTS} at most.")
    for text in wanted:
        if len(text) > MAX_CHARACTERS:
            raise UsageError(f"“{text[:40]}…” has {len(text)} characters.", f"Give texts of at most {MAX_CHARACTERS}.")
    return _figure(encoder, wanted, [TODAY] * len(wanted), encoder.encode(wanted), image_format, is_day=False)


def map_figure(
    encoder: Encoder,
    today: Sequence[str],
    notes: Sequence[str],
    sections: Sequence[str],
    image_format: ImageFormat = "png",
) -> Figure:
    """A map of names: of `today`'s concepts, of the notes nearest to them, of sections of the book.

    Raises UsageError where there are fewer than two names in all.
    """
    chosen = _distinct(today)[:MAX_TODAY]
    others = [each for each in _distinct(notes) if each.casefold() not in {name.casefold() for name in chosen}]
    near = _nearest(encoder, chosen, others, MAX_NOTES if chosen else MAX_TEXTS)
    known = {each.casefold() for each in [*chosen, *near]}
    parts = _spread([each for each in _distinct(sections) if _unnumbered(each) not in known], MAX_SECTIONS)
    texts = [*chosen, *near, *parts]
    if len(texts) < 2:
        raise UsageError("There are not two names that it could show.", "Make some notes first.")
    kinds = [TODAY] * len(chosen) + [NOTE] * len(near) + [SECTION] * len(parts)
    return _figure(encoder, texts, kinds, encoder.encode(texts), image_format, is_day=True)


def cosine_table(texts: Sequence[str], cosines: np.ndarray, title: str) -> NumberTable:
    """Every pair's cosine, two digits; the columns have the numbers of the rows."""
    body = [
        (f"{number} {text}", *(f"{value:.2f}" for value in row))
        for number, (text, row) in enumerate(zip(texts, cosines, strict=True), 1)
    ]
    return NumberTable(title=title, rows=(("cosine", *(str(number) for number in range(1, len(texts) + 1))), *body))


def _figure(
    encoder: Encoder, texts: list[str], kinds: list[str], vectors: Floats, image_format: ImageFormat, *, is_day: bool
) -> Figure:
    plane = plane_of(vectors)
    cosines = np.clip(vectors @ vectors.T, -1, 1)
    apart = cosines - 3 * np.eye(len(texts))
    joined = sorted({(min(i, int(j)), max(i, int(j))) for i, j in enumerate(np.argmax(apart, axis=1))
                     if kinds[i] == TODAY or TODAY not in kinds})  # fmt: skip
    own = [index for index, kind in enumerate(kinds) if kind == TODAY] or list(range(len(texts)))[:MAX_TODAY]
    unknown = _unknown(encoder, texts)
    asked = [index for index in own if texts[index] not in unknown]
    own_texts, asked_texts = [texts[index] for index in own], [texts[index] for index in asked]
    return Figure(
        image=draw_map(texts, kinds, plane.points, joined, image_format, words=KIND_WORDS if is_day else {}),
        format=image_format,
        alt=f"Map of {len(texts)} {'names' if is_day else 'texts'} by {encoder.name}"
        + _finding(texts, cosines, asked, unknown),
        caption=_caption(encoder, plane, unknown, is_day),
        sentence=_in_short(encoder, plane, _finding(texts, cosines, asked, unknown)),
        row=_row(texts, cosines, asked),
        matrix=cosine_table(texts, cosines, "").rows,
        tables=(cosine_table(own_texts, cosines[np.ix_(own, own)], "The true cosines"),) if len(own) > 1 else (),
        question=_question(asked_texts, cosines[np.ix_(asked, asked)]),
        numbers={
            "model": encoder.name,
            "method": "pca",
            "texts": texts,
            "kinds": kinds if is_day else None,
            "points": [[round(float(each), 6) for each in row] for row in plane.points],
            "cosines": [[round(float(each), 6) for each in row] for row in cosines],
            "explained_variance": round(plane.explained, 6),
            "trustworthiness": None if plane.trustworthiness is None else round(plane.trustworthiness, 6),
        },
    )


def _in_short(encoder: Encoder, plane: Plane, found: str) -> str:
    return (
        f"Names as {encoder.name} places them{found}; the map keeps {plane.explained:.0%} of the variance, so trust "
        "the numbers more than the distances."
    )


def _row(texts: Sequence[str], cosines: np.ndarray, own: Sequence[int]) -> Rows:
    """The cosines of the first text of the day to those nearest to it."""
    if not own or len(texts) < 2:
        return ()
    first = own[0]
    near = [int(each) for each in np.argsort(-cosines[first], kind="stable") if each != first][:MAX_ROW]
    return (
        (f"cosine of “{texts[first]}” to", *(texts[each] for each in near)),
        ("", *(f"{cosines[first, each]:.2f}" for each in near)),
    )


def _caption(encoder: Encoder, plane: Plane, unknown: Sequence[str], is_day: bool) -> str:
    each = "each of today's concepts" if is_day else "each text"
    parts = [
        f"{'Names' if is_day else 'Texts'} as {encoder.name} places them, brought from {encoder.dimensions} dimensions "
        f"to two by principal components, which keep {plane.explained:.0%} of the variance.",
        f"A line joins {each} to its truly nearest neighbour.",
    ]
    if plane.trustworthiness is not None:
        near = "the nearest neighbour" if plane.neighbours == 1 else f"the {plane.neighbours} nearest neighbours"
        parts.append(f"How far nearness on the map is nearness in truth: trustworthiness {plane.trustworthiness:.2f} "
                     f"of 1 for {near}.")  # fmt: skip
    if unknown:
        named = ", ".join(f"“{each}”" for each in unknown[:3]) + (" and others" if len(unknown) > 3 else "")
        parts.append(f"The model does not know the signs of {named}; where it places them means nothing.")
    parts.append("The axes mean nothing by themselves.")
    return " ".join(parts)


def _unknown(encoder: Encoder, texts: Sequence[str]) -> list[str]:
    """Texts of which the model reads nothing but "unknown"; none where its pieces cannot be seen."""
    unknown = []
    for text in (each for each in texts if not each.isascii()):
        with contextlib.suppress(NotegenError):
            seen = encoder.attention(text)
            if seen.model == encoder.name and set(seen.pieces) - SPECIAL <= {"[UNK]"}:
                unknown.append(text)
    return unknown


def _question(texts: Sequence[str], cosines: np.ndarray) -> Question | None:
    """Which of two pairs is closer: the closest one, and one of middling cosine that shares no text with it."""
    pairs = [(i, j) for i in range(len(texts)) for j in range(i + 1, len(texts))]
    if not pairs:
        return None
    ranked = sorted(pairs, key=lambda pair: -cosines[pair])
    best = ranked[0]
    rivals = [pair for pair in ranked[1:] if cosines[best] - cosines[pair] >= _CLEAR_GAP]
    rivals = [pair for pair in rivals if not set(pair) & set(best)] or rivals
    if not rivals:
        return None
    rival = rivals[len(rivals) // 2]
    first, second = sorted((best, rival))  # so that the order does not give it away
    words = {pair: f"“{texts[pair[0]]}” and “{texts[pair[1]]}”" for pair in (first, second)}
    return Question(
        question=f"Guess before you look: which pair does the model place closer, {words[first]}, or {words[second]}?",
        answer=f"{words[best]}: cosine {cosines[best]:.2f}, against {cosines[rival]:.2f}.",
    )


def _nearest(encoder: Encoder, today: Sequence[str], notes: Sequence[str], count: int) -> list[str]:
    """The notes with the highest cosine to any of today's concepts; the first ones where there are none."""
    if not today or not notes:
        return list(notes[:count])
    closeness = (encoder.encode(notes) @ encoder.encode(today).T).max(axis=1)
    return [notes[index] for index in np.argsort(-closeness, kind="stable")[:count]]


def _unnumbered(title: str) -> str:
    """ "8.2 Negative Edges" as the name it stands for: "negative edges"."""
    return re.sub(r"^[A-Za-z]?[\d.]+\s+", "", title).casefold()


def _spread(texts: Sequence[str], count: int) -> list[str]:
    """`count` of the texts, evenly from first to last."""
    if len(texts) <= count:
        return list(texts)
    return [texts[round(each * (len(texts) - 1) / (count - 1))] for each in range(count)]


def _finding(texts: Sequence[str], cosines: np.ndarray, own: Sequence[int], unknown: Sequence[str]) -> str:
    """Which pair is closest, one of it in `own`; "" where the model knows no two texts."""
    pairs = [(i, j) for i in own for j in range(len(texts)) if i != j and texts[j] not in unknown]
    if not pairs:
        return ""
    first, second = max(pairs, key=lambda pair: cosines[pair])
    return f": closest of all are “{texts[first]}” and “{texts[second]}” (cosine {cosines[first, second]:.2f})"


def _distinct(texts: Sequence[str]) -> list[str]:
    """Without empty ones and repetitions."""
    return list({text.casefold(): text for text in (" ".join(each.split()) for each in texts) if text}.values())

"""A sentence in pieces that can be compared: words by their stems, numbers by their values, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from notegen.language.claim_words import ClaimWords, claim_words
from notegen.language.detect import language_of
from notegen.language.lists import LANGUAGES
from notegen.language.scripts import CJK
from notegen.language.stems import stem, without_elision
from notegen.language.words import stop_words

MIN_CLAUSE = 2
"""Content words that a clause needs to stand by itself; a shorter one belongs to its neighbour."""
_PIECE = re.compile(
    rf"(?P<number>(?:(?<![\w.)\]])[-−])?(?<![^\W_])\d+(?:[.,’']\d+)*)(?P<unit>[^\W\d_]{{1,3}}\b|\s?[%°‰€$£])?"
    rf"|(?P<cjk>[{CJK}]+)|(?P<word>[^\W\d_]\w*(?:['’\-]\w+)*)|(?P<mark>[,;:.()—–?!。！？、，；：])"
)
_BIG_DIGITS = re.compile(r"(?<=\d)[,.’'](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A word or a number."""

    raw: str
    """In small letters."""
    key: str
    """What it is compared by: a stem, "#30000" for a number, "#x2" for "twice"."""
    is_content: bool
    clause: int
    """Which stretch between marks and joining words it stands in, from 0."""
    at: int
    """Its place in the text."""

    @property
    def is_number(self) -> bool:
        return self.key.startswith("#")


Clause = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A claim, or the sentences of its evidence one after the other."""

    text: str
    pieces: Clause
    clauses: tuple[Clause, ...]
    sentences: tuple[Clause, ...]
    keys: frozenset[str]
    raws: frozenset[str]

    @property
    def content(self) -> list[Piece]:
        return [each for each in self.pieces if each.is_content]

    def words_of(self, clause: Clause) -> str:
        """The clause as it stands in the text."""
        last = clause[-1]
        return self.text[clause[0].at : last.at + len(last.raw)]


def language_for(claim: str, evidence: Sequence[str]) -> str:
    """The language whose lists compare the two: that of the evidence where it is told, else English."""
    found = language_of(" ".join([*evidence, claim]))
    return found if found in LANGUAGES else "en"


def text_of(sentences: Sequence[str], language: str) -> Text:
    """The sentences in pieces."""
    words = claim_words(language)
    text = " . ".join(sentences)
    pieces = tuple(_multiplied(list(_pieces(text, language, words)), words))
    ends = [len(" . ".join(sentences[:count])) for count in range(1, len(sentences) + 1)]
    starts = [0, *ends[:-1]]
    return Text(
        text=text,
        pieces=pieces,
        clauses=tuple(_clauses(pieces, words)),
        sentences=tuple(
            found
            for start, end in zip(starts, ends, strict=True)
            if (found := tuple(each for each in pieces if start <= each.at < end))
        ),
        keys=frozenset(each.key for each in pieces),
        raws=frozenset(each.raw for each in pieces),
    )


def _pieces(text: str, language: str, words: ClaimWords) -> Iterator[Piece]:
    clause = 0
    stops = stop_words(language)
    for match in _PIECE.finditer(text):
        raw = match[0].lower()
        if match["mark"]:
            clause += 1
        elif match["number"]:
            yield Piece(raw=raw, key=_number(match["number"]), is_content=True, clause=clause, at=match.start())
            if match["unit"]:
                unit = match["unit"].strip()
                key = f"{unit}" if unit.isupper() else unit.lower()
                yield Piece(raw=key, key=key, is_content=True, clause=clause, at=match.start("unit"))
        elif match["cjk"]:
            for at in range(max(1, len(raw) - 1)):  # words are not written apart: pairs of letters stand for them
                pair = raw[at : at + 2]
                yield Piece(raw=pair, key=pair, is_content=True, clause=clause, at=match.start() + at)
        else:
            plain = without_elision(match["word"], language).lower()
            clause += plain in words.joins
            yield Piece(
                raw=plain,
                key=_key(plain, language, words),
                is_content=plain in words.numbers or plain in words.times or (len(plain) > 1 and plain not in stops)
                or (len(plain) == 1 and plain not in stops and plain not in "st"),
                clause=clause,
                at=match.start(),
            )  # fmt: skip


def _key(word: str, language: str, words: ClaimWords) -> str:
    if word in words.numbers:
        return f"#{words.numbers[word]:g}"
    if word in words.times:
        return f"#x{words.times[word]:g}"
    return stem(word, language)


def _number(written: str) -> str:
    """A number by its value: "30,000" and "30.000" are thousands, "0.5" and "0,5" a half."""
    sign = "-" if written[0] in "-−" else ""
    digits = written.lstrip("-−")
    if not digits.startswith("0"):
        digits = _BIG_DIGITS.sub("", digits)
    try:
        return f"#{sign}{float(digits.replace(',', '.')):.12g}"
    except ValueError:  # "1.2.3"
        return f"#{sign}{digits}"


def _multiplied(pieces: list[Piece], words: ClaimWords) -> Iterator[Piece]:
    """The pieces, "four million" as one number."""
    kept: Piece | None = None
    for each in pieces:
        factor = words.numbers.get(each.raw, 0.0)
        if kept is not None and kept.is_number and factor >= 100 and kept.clause == each.clause and kept.key[1] != "x":
            value = float(kept.key[1:]) * factor if re.fullmatch(r"#-?[\d.e+]+", kept.key) else 0.0
            kept = replace(kept, raw=f"{kept.raw} {each.raw}", key=f"#{value:.12g}")
            continue
        if kept is not None:
            yield kept
        kept = each
    if kept is not None:
        yield kept


def _clauses(pieces: Clause, words: ClaimWords) -> list[Clause]:
    """Stretches with something to say: parted at marks and joining words, and at an "and" with enough on both sides."""
    runs: list[list[Piece]] = []
    for each in pieces:
        if not runs or runs[-1][-1].clause != each.clause:
            runs.append([])
        runs[-1].append(each)
    parts: list[list[Piece]] = []
    for run in runs:
        parts.append([])
        for at, each in enumerate(run):
            if each.raw in words.and_ and _says(parts[-1]) and _says(run[at + 1 :]):
                parts.append([])
            parts[-1].append(each)
    joined: list[Clause] = []
    for part in parts:
        if joined and not (_says(part) and _says(joined[-1])):
            joined[-1] += tuple(part)
        else:
            joined.append(tuple(part))
    return joined


def _says(pieces: Sequence[Piece]) -> bool:
    return sum(each.is_content for each in pieces) >= MIN_CLAUSE

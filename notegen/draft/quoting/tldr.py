"""The TL;DR without a model: at most three sentences of the passage that stand alone and on which several plain signals
agree.

No score of a single line tells whether it is the idea of its passage; that several signals name the same sentence does
tell something. On nine annotated passages half of the lines that half of the signals agree on are main ideas, where
.08 of all sentences are. So a line needs votes, and where none has enough there is none.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from notegen.language.leaning import Leaning, leaning
from notegen.language.words import content_stems
from notegen.reading.belonging import leans_back
from notegen.reading.standing import MAX_LINE_DOUBT, doubt, maths_signs, opens_nothing
from notegen.reading.unit import Part, Unit

LABEL = "From the passage"
MAX_LINES = 3
MIN_VOTES, MIN_VOTES_OF_FURTHER = 3, 4
"""Of the six signals. A further line is right less often than the first one, so it needs more of them."""
FIRST = 5
"""Each signal votes for so many sentences."""
MIN_WORDS, MAX_WORDS = 9, 45
MAX_MATHS_SIGNS = 2
"""A line with more is a step of a derivation."""
PROSE = frozenset({"sentence", "definition", "quotation"})
_NO_IDEA = re.compile(r"\(\d+(?:\.\d+)*[a-z]?\)|\(\d{4}\s*[–-]\s*\d{4}\)|(?:, \d{4}| \d{4}\s*[–-]\s*\d{4})\.$")
"""The number of a formula, the years of a life, a line below a chart that ends in its years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence that may stand in the TL;DR."""

    part: Part
    unit: Unit
    section: int
    opens_section: bool
    stems: frozenset[str]
    doubt: float


def main_lines(
    sections: Sequence[Sequence[Unit]], titles: Sequence[str], language: str, fits: Callable[[Unit], bool]
) -> list[Line]:
    """At most MAX_LINES sentences in the order of the source, none when the signals do not agree.

    sections: the units of each section, titles: its headings.
    fits: whether a unit may be shown at all.
    """
    lines = list(_candidates(sections, language, fits))
    votes = Counter[int]()
    for signal in _signals(sections, titles):
        scored = [(signal(line), -number) for number, line in enumerate(lines)]
        votes.update(-at for value, at in sorted(scored, reverse=True)[:FIRST] if value > 0)
    said = leaning(language)
    agreed = [
        number
        for number, count in votes.items()
        if count >= MIN_VOTES and _says_an_idea(lines[number].part, said, language)
    ]
    best = sorted(
        agreed, key=lambda number: (-votes[number], not lines[number].part.opens, lines[number].doubt, number)
    )
    chosen: list[int] = []
    for number in best:
        enough = votes[number] >= MIN_VOTES_OF_FURTHER or not chosen
        if enough and len(chosen) < MAX_LINES and not any(_alike(lines[number], lines[other]) for other in chosen):
            chosen.append(number)
    return [lines[number] for number in sorted(chosen)]


def _candidates(sections: Sequence[Sequence[Unit]], language: str, fits: Callable[[Unit], bool]) -> list[Line]:
    words = leaning(language)
    found = []
    for index, units in enumerate(sections):
        for unit in units:
            for number, part in enumerate(unit.parts if unit.kind in PROSE and fits(unit) else ()):
                size, unsure = len(part.text.split()), doubt(part.text, language)
                low = part.text.casefold()
                if (
                    part.kind == "sentence"
                    and MIN_WORDS <= size <= MAX_WORDS
                    and unsure < MAX_LINE_DOUBT
                    and part.text[-1:] in ".!。"
                    and not part.text[:1].islower()
                    and not words.about_the_book.search(low)
                    and not leans_back(part.text, words)
                    and not words.pointer.search(low)
                ):
                    opens = number == 0 and unit.opens_section
                    stems = content_stems(part.text)
                    found.append(
                        Line(part=part, unit=unit, section=index, opens_section=opens, stems=stems, doubt=unsure)
                    )
    return found


def _says_an_idea(part: Part, words: Leaning, language: str) -> bool:
    """It speaks of the subject, not of a formula, a chart or somebody's life. The others vote all the same: a line that
    is not even the best one of its passage by form takes no place of theirs."""
    return not (
        opens_nothing(part, language)
        or maths_signs(part.text) > MAX_MATHS_SIGNS
        or _NO_IDEA.search(part.text)
        or words.lives.search(part.text.casefold())
    )


def _signals(sections: Sequence[Sequence[Unit]], titles: Sequence[str]) -> tuple[Callable[[Line], float], ...]:
    """What speaks for a line, each 0 where it says nothing."""
    every = [part for units in sections for unit in units for part in unit.parts]
    counts = Counter(stem for part in every for stem in content_stems(part.text))
    pairs = Counter(pair for part in every for pair in _pairs(part.text))
    headings = content_stems(" ".join(titles))

    def per_word(total: float, line: Line) -> float:
        return total / math.sqrt(len(line.stems) + 3)

    def frequency(line: Line) -> float:
        return per_word(sum(math.log1p(counts[stem]) for stem in line.stems if counts[stem] > 1), line)

    return (
        lambda line: line.opens_section * (2 - line.doubt),
        lambda line: line.part.opens * frequency(line),
        lambda line: per_word(len(line.stems & headings), line),
        lambda line: per_word(len(line.stems & content_stems(titles[line.section])), line),
        frequency,
        lambda line: per_word(sum(math.log(pairs[pair]) for pair in _pairs(line.part.text)), line),
    )


def _pairs(text: str) -> list[tuple[str, str]]:
    stems = [each for word in re.findall(r"[^\W\d_]+", text) for each in content_stems(word)]
    return list(pairwise(stems))


def _alike(one: Line, two: Line) -> bool:
    return len(one.stems & two.stems) > 0.5 * min(len(one.stems), len(two.stems))

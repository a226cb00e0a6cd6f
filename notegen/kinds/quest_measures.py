"""What a quest can measure: pairs of words to guess, a figure, and where no encoder is, how often terms go together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from notegen.desk import Desk
from notegen.errors import NotegenError
from notegen.figures.figure import Figure
from notegen.figures.request import FigureRequest, Names, make_figure
from notegen.kinds.full_concept import LEAST_WORDS, MAX_WORDS, OF_VECTORS, TEXTBOOK_WORDS
from notegen.kinds.quest_sources import QuestSources
from notegen.language.words import content_stems

MAX_PAIRS, MAX_LINKS = 4, 4
OF_ATTENTION = re.compile(r"attention|attenzion|atenci[óo]n|atenç|aufmerksamkeit", re.IGNORECASE)
"""Names of topics that a sentence's attention shows best."""
ENGLISH = ("", "en")
"""Languages of books whose words the encoder knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """Things to put in order before looking, and what was measured."""

    options: tuple[str, ...]
    """In an order that gives nothing away."""
    measured: tuple[tuple[str, str], ...]
    """(option, number), highest first."""
    model: str = ""
    """That measured cosines; "" for counts of units in the books."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What was measured for a quest."""

    guess: Guess | None = None
    figure: Figure | None = None
    links: tuple[tuple[str, str, str], ...] = ()
    """(word, what it looks at most, share) of an attention figure, the strongest first."""
    words: tuple[str, ...] = ()
    """That the map shows."""


def measure(sources: Sequence[QuestSources], names: Sequence[str], desk: Desk) -> Measures:
    """What can be measured. names: of concept notes of the vault, which stand in where the books name too little."""
    words = _words(sources, names)
    counted = Measures(guess=_counted(sources, [*(term for each in sources for term in each.terms), *names]))
    encoder = desk.encoder.get() if desk.encoder.is_there else None
    if encoder is None or any(each.language not in ENGLISH for each in sources):
        return counted
    measures = replace(counted, words=words)
    if len(words) >= LEAST_WORDS:
        measures = replace(measures, guess=_pairs(words, desk) or counted.guess)
    try:
        if any(OF_ATTENTION.search(each.subject) for each in sources):
            return _with_attention(measures, sources, desk)
        if len(words) > 1:
            measures = replace(measures, figure=make_figure(_map_of(words), desk.encoder.need, Names))
    except NotegenError:  # a sentence or name that cannot be drawn is no reason to have no quest
        return measures
    return measures


def _map_of(words: Sequence[str]) -> FigureRequest:
    return FigureRequest(kind="embeddings", texts=tuple(words))


def _words(sources: Sequence[QuestSources], names: Sequence[str]) -> tuple[str, ...]:
    """Words whose nearness is worth guessing: those that the books use as examples, else the topic and its terms."""
    examples = [word for each in sources for word in each.about.examples]
    if len(examples) >= LEAST_WORDS:
        return tuple(dict.fromkeys(examples))[:MAX_WORDS]
    if any(OF_VECTORS.search(each.subject) for each in sources):
        return TEXTBOOK_WORDS
    own = [each.subject for each in sources]
    others = [term for each in sources for term in each.terms] + list(names)
    known: dict[frozenset[str], str] = {}
    for word in (*own, *others):
        known.setdefault(content_stems(word), word)
    return tuple(known.values())[:MAX_WORDS]


def _pairs(words: Sequence[str], desk: Desk) -> Guess | None:
    """Pairs from the nearest to the farthest, spread evenly."""
    encoder = desk.encoder.need()
    vectors = encoder.encode(list(words))
    pairs = sorted(
        ((float(vectors[i] @ vectors[j]), f"{words[i]} – {words[j]}") for i, j in combinations(range(len(words)), 2)),
        key=lambda pair: (-pair[0], pair[1]),
    )
    count = min(MAX_PAIRS, len(pairs))
    chosen = [pairs[round(each * (len(pairs) - 1) / (count - 1))] for each in range(count)] if count > 1 else []
    return _guess([(text, f"{cosine:.2f}") for cosine, text in chosen], encoder.name)


def _counted(sources: Sequence[QuestSources], names: Sequence[str]) -> Guess | None:
    """In how many of the units that name the topic other terms stand."""
    texts = [content_stems(text) for each in sources for text in each.about.texts]
    own = [content_stems(each.subject) for each in sources]
    counts: dict[frozenset[str], tuple[int, str]] = {}
    for name in names:
        stems = content_stems(name)
        if stems and not any(stems <= each or each <= stems for each in own):
            counts.setdefault(stems, (sum(stems <= text for text in texts), name))
    ranked = sorted((each for each in counts.values() if each[0]), key=lambda each: (-each[0], each[1]))
    distinct = list(dict(reversed(ranked)).items())[::-1]
    return _guess([(name, str(count)) for count, name in distinct[:MAX_PAIRS]], "")


def _guess(measured: Sequence[tuple[str, str]], model: str) -> Guess | None:
    if len({number for _, number in measured}) < 2:
        return None
    return Guess(options=tuple(sorted(each for each, _ in measured)), measured=tuple(measured), model=model)


def _with_attention(measures: Measures, sources: Sequence[QuestSources], desk: Desk) -> Measures:
    """With one head's attention on a sentence of the books that the encoder can be expected to know."""
    from notegen.figures.draw import key_sentence
    from notegen.figures.heads import is_content

    reads = [read.text for each in sources for stage in each.stages for read in stage.reads]
    sentence = key_sentence(reads, desk.encoder.need())
    if not sentence:
        return measures
    figure = make_figure(FigureRequest(kind="attention", texts=(sentence,)), desk.encoder.need, Names)
    words, weights = figure.numbers["words"], figure.numbers["weights"]
    named = [at for at, word in enumerate(words) if is_content(word)]
    links = [
        max(((weights[at][other], words[at], words[other]) for other in named if other != at), default=None)
        for at in named
    ]
    best = sorted((each for each in links if each), reverse=True)[:MAX_LINKS]
    return replace(measures, figure=figure, links=tuple((word, seen, f"{share:.2f}") for share, word, seen in best))

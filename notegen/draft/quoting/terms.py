"""Which words of a statement are shown as terms: the concepts' names as they stand in it."""

from __future__ import annotations

from collections.abc import Sequence

from notegen.draft.quoting.concepts import Concept
from notegen.language.stems import stem
from notegen.language.words import WORD, content_stems

MAX_TERMS = 3


def spans_of(text: str, name: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words of a concept's name stand in a text, whatever their inflection."""
    words = [(match.start(), match.end(), stem(match.group())) for match in WORD.finditer(text)]
    size = len(name)
    return [
        (words[i][0], words[i + size - 1][1])
        for i in range(len(words) - size + 1)
        if [each[2] for each in words[i : i + size]] == list(name)
    ]


def shown_terms(text: str, concepts: Sequence[Concept]) -> tuple[str, ...]:
    """The concepts' names as they stand in the text, at most MAX_TERMS, none inside another."""
    present = content_stems(text)
    taken: list[tuple[int, int]] = []
    for concept in concepts:
        if set(concept.stems) <= present and len(taken) < MAX_TERMS:
            spans = spans_of(text, concept.stems)
            if spans and not any(start < spans[0][1] and spans[0][0] < end for start, end in taken):
                taken.append(spans[0])
    return tuple(text[start:end] for start, end in sorted(taken))

"""The concept map: concepts joined by relations that a sentence of the source states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notegen.draft.draft import ConceptMap, Edge, Node
from notegen.draft.quoting.concepts.concept import Concept
from notegen.draft.quoting.concepts.running_words import running_words
from notegen.language.naming import naming
from notegen.reading.sentences import Sentence

MIN_EDGES = 5
"""With fewer relations a map says less than the text."""
MAX_EDGES = 16
Span = tuple[int, int]
Name = tuple[str, ...]
"""The keys of its words."""


def concept_map(concepts: Sequence[Concept], sentences: Sequence[Sentence], language: str) -> ConceptMap:
    """Empty where the passage states fewer than MIN_EDGES relations between these concepts.

    One edge for a pair of concepts: the first relation that is stated.
    """
    numbers = {_key(concept.name, language): number for number, concept in enumerate(concepts, 1)}
    edges: dict[frozenset[str], Edge] = {}
    for sentence in sentences:
        for first, relation, second in relations(sentence.text, list(numbers), language):
            ends = f"C{numbers[first]}", f"C{numbers[second]}"
            edges.setdefault(frozenset(ends), Edge(start=ends[0], end=ends[1], label=relation, page=sentence.page))
    if len(edges) < MIN_EDGES:
        return ConceptMap()
    shown = list(edges.values())[:MAX_EDGES]
    present = {end for edge in shown for end in (edge.start, edge.end)}
    nodes = [Node(id=f"C{number}", label=each.name) for number, each in enumerate(concepts, 1)]
    return ConceptMap(nodes=tuple(node for node in nodes if node.id in present), edges=tuple(shown))


def relations(text: str, names: Sequence[Name], language: str) -> Iterator[tuple[Name, str, Name]]:
    """(one, relation, other) of the names that a sentence relates; a question relates nothing."""
    words = naming(language)
    if words is None or text.endswith("?"):
        return
    found = _mentions(text, names, language)
    for (start, end), one in found:
        for (next_start, next_end), other in found:
            if next_start <= end or one == other or not words.related_ends.match(text[next_end:]):
                continue
            for wording in words.relations:
                if wording.opening.match(text[:start]) and wording.between.match(text[end:next_start]):
                    yield (other, wording.relation, one) if wording.turned else (one, wording.relation, other)


def _mentions(text: str, names: Sequence[Name], language: str) -> list[tuple[Span, Name]]:
    """Where a text names each; of names that overlap, the longest alone."""
    words = running_words(text, language)
    keys = [word.key for word in words]
    found = [
        ((words[at].start, words[at + len(name) - 1].end), name)
        for name in names
        for at in range(len(keys) - len(name) + 1)
        if tuple(keys[at : at + len(name)]) == name
    ]
    return [
        (span, name)
        for span, name in found
        if not any(o != span and o[0] <= span[0] and span[1] <= o[1] for o, _ in found)
    ]


def _key(name: str, language: str) -> Name:
    return tuple(word.key for word in running_words(name, language))

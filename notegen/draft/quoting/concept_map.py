"""The concept map: the passage, its sections and its concepts as typed nodes and edges."""

from __future__ import annotations

from collections.abc import Sequence

from notegen.draft.draft import ConceptMap, Edge, Node
from notegen.draft.quoting.concepts import Concept, mentions
from notegen.draft.quoting.outline import SourceSection
from notegen.language.stems import stem
from notegen.language.words import tokens

MAX_SECTIONS = 7
MAX_CONCEPTS = 9


def concept_map(title: str, sections: Sequence[SourceSection], concepts: Sequence[Concept]) -> ConceptMap:
    """Empty when the passage has too few concepts for a picture to say more than the text."""
    shown = concepts[:MAX_CONCEPTS]
    if len(shown) < 2:
        return ConceptMap()
    texts = [[stem(word) for block in each.blocks for word in tokens(block.text)] for each in sections]
    nodes = [Node(id="P", label=title, role="passage")]
    edges: list[Edge] = []
    homes: dict[int, list[tuple[int, str]]] = {}
    for number, concept in enumerate(shown):
        home = _home(concept, sections, texts)
        if home is not None:
            homes.setdefault(home, []).append((number, "defines" if _defines(sections[home], concept) else "uses"))
    for index in sorted(sorted(homes, key=lambda i: (-len(homes[i]), i))[:MAX_SECTIONS]):
        nodes.append(Node(id=f"S{index + 1}", label=sections[index].title or "Opening", role="section"))
        edges.append(Edge(start="P", end=f"S{index + 1}"))
        for number, verb in homes[index]:
            nodes.append(Node(id=f"C{number + 1}", label=shown[number].name, role="concept"))
            edges.append(Edge(start=f"S{index + 1}", end=f"C{number + 1}", label=verb))
    present = {node.id for node in nodes}
    for first, second in _builds_on(shown):
        if {f"C{first + 1}", f"C{second + 1}"} <= present:
            edges.append(Edge(start=f"C{first + 1}", end=f"C{second + 1}", label="is explained with"))
    return ConceptMap(nodes=tuple(nodes), edges=tuple(edges)) if len(nodes) > 3 else ConceptMap()


def _home(concept: Concept, sections: Sequence[SourceSection], texts: Sequence[Sequence[str]]) -> int | None:
    """The section that defines the concept, else the one that names it most."""
    for index, section in enumerate(sections):
        if _defines(section, concept):
            return index
    size = len(concept.stems)
    counts = [sum(tuple(t[i : i + size]) == concept.stems for i in range(len(t) - size + 1)) for t in texts]
    best = max(range(len(counts)), key=lambda i: (counts[i], -i), default=None)
    return best if best is not None and counts[best] else None


def _defines(section: SourceSection, concept: Concept) -> bool:
    definition = concept.definition
    return definition is not None and any(
        block.page == definition.page and definition.text in " ".join(block.text.split()) for block in section.blocks
    )


def _builds_on(concepts: Sequence[Concept]) -> list[tuple[int, int]]:
    """Pairs (defined concept, concept that its definition names)."""
    pairs = []
    for first, concept in enumerate(concepts):
        if concept.definition:
            words = [stem(word) for word in tokens(concept.definition.text)]
            pairs += [
                (first, second)
                for second, other in enumerate(concepts)
                if second != first and mentions(words, other.stems) and not set(other.stems) & set(concept.stems)
            ]
    return pairs

"""What the books of the vault say of a concept, side by side: what it is, how it is made, what it is used for, why it
matters, which kinds there are. Word for word, each sentence at most once; a side that no book tells stays empty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from notegen.claims.held import Source
from notegen.draft.quoting.concepts.definitions import defined_term, points_back
from notegen.kinds.judging import source_of
from notegen.language.facets import FACETS, FacetName, facet
from notegen.language.words import content_stems
from notegen.library.library import Hit, Library, printed
from notegen.library.terms import asked_words

MAX_DEFINITIONS = 2
MAX_SENTENCES = 3
"""Of one side."""
MAX_WORDS = 70
"""Words of a unit that is shown whole; of a longer one only the sentence that tells."""
CANDIDATES = 25
_OF_THE_BOOK = re.compile(
    r"\b(?:chapter|section|this book|figure|kapitel|abschnitt|chapitre|section|capítulo|capitolo|sezione|secção)\b",
    re.IGNORECASE,
)
"""A sentence that speaks of the book itself tells nothing of the world."""
_QUOTED_WORD = re.compile(r"[“\"‘«„]([^\W\d_]{2,20})[,.]?[”\"’»“]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptSources:
    """What the books say of one concept."""

    definitions: tuple[Source, ...] = ()
    sides: dict[FacetName, tuple[Source, ...]] = field(default_factory=dict)
    examples: tuple[str, ...] = ()
    """Single words that the books put in quotation marks where they speak of it."""
    texts: tuple[str, ...] = ()
    """Of the units that name it, for what can be measured of them."""


def concept_sources(name: str, library: Library) -> ConceptSources:
    """What the books of a library say of a concept."""
    languages = {each.language for each in library.books()}
    words = asked_words(name, languages) if languages else ()
    if not words:
        return ConceptSources()
    shown: set[str] = set()
    about = list(library.search(words, f"What is {name}?", books=None, top=CANDIDATES).hits)
    definitions = list(_definitions(name, about, shown))[:MAX_DEFINITIONS]
    shown.update(each.text for each in definitions)
    sides: dict[FacetName, tuple[Source, ...]] = {}
    for side in FACETS:
        asked = f"{name} {facet(side).ask}"
        hits = library.search(asked_words(asked, languages), asked, books=None, top=CANDIDATES).hits
        found = list(_telling(name, side, hits, shown))[:MAX_SENTENCES]
        shown.update(each.text for each in found)
        sides[side] = tuple(found)
    naming = [hit for hit in about if _names(name, hit.unit.text, hit.book.language)]
    quoted = [word for hit in naming for word in _QUOTED_WORD.findall(hit.unit.text)]
    return ConceptSources(
        definitions=tuple(definitions),
        sides=sides,
        examples=tuple(dict.fromkeys(word for word in quoted if word.islower())),
        texts=tuple(hit.unit.text for hit in naming),
    )


def _definitions(name: str, hits: list[Hit], shown: set[str]) -> Iterator[Source]:
    """Sentences of which the concept is what they define."""
    for hit in hits:
        language = hit.book.language
        wanted = content_stems(name, language)
        for part in hit.unit.parts:
            if part.certain and part.kind == "sentence" and part.text not in shown:
                term = defined_term(part.text, language)
                if term and content_stems(term, language) == wanted:
                    yield source_of(hit, part.text, part)
                    break


def _telling(name: str, side: FacetName, hits: tuple[Hit, ...], shown: set[str]) -> Iterator[Source]:
    """Units, or single sentences of long ones, that name the concept and tell this side of it."""
    for hit in hits:
        for place, part in enumerate(hit.unit.parts):
            if part.kind != "sentence" or not part.certain or not _names(name, part.text, hit.book.language):
                continue
            if not facet(side).is_told(part.text) or _OF_THE_BOOK.search(part.text):
                continue
            told = _whole_or_part(hit, place)
            if new := next(
                (each for each in told if not any(each.text in one or one in each.text for one in shown)), None
            ):
                yield new
                break


def _whole_or_part(hit: Hit, place: int) -> Iterator[Source]:
    """The unit where it is short, and the sentence alone where it leans on nothing before it."""
    part = hit.unit.parts[place]
    if hit.is_whole and hit.unit.word_count <= MAX_WORDS:
        yield source_of(hit, printed(hit.unit.parts), hit.unit.parts[0])
    if place == 0 or not points_back(part.text, hit.book.language):
        yield source_of(hit, part.text, part)


def _names(name: str, text: str, language: str) -> bool:
    wanted = content_stems(name, language)
    return bool(wanted) and wanted <= content_stems(text, language)

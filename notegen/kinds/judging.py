"""Statements held against the books of the vault, and what the books have beyond them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from notegen.claims.held import Held, Source
from notegen.claims.statements import Statement
from notegen.draft.quoting.concepts.definitions import points_back
from notegen.library.library import Hit, Library
from notegen.library.terms import asked_words
from notegen.library.verdicts import judge
from notegen.reading.unit import Part

OnClaim = Callable[[int, int], None]
"""Called with (claims held, claims in all)."""
MAX_READING = 3


def hold(
    statements: Sequence[Statement], library: Library, on_claim: OnClaim = lambda done, total: None
) -> tuple[Held, ...]:
    """Each statement with its verdict, in order."""
    has_books = bool(library.books())
    found = []
    for done, each in enumerate(statements, 1):
        found.append(_held(each, library) if has_books else _not_found(each))
        on_claim(done, len(statements))
    return tuple(found)


def reading_on(topic: str, library: Library, shown: Sequence[Source]) -> tuple[Source, ...]:
    """What the books have on a topic beside what is shown already: at most a few places, each under another heading."""
    languages = {each.language for each in library.books()}
    words = asked_words(topic, languages) if languages else ()
    if not words:
        return ()
    found = library.search(words, topic, books=None, top=10)
    known = {(each.pdf, each.text) for each in shown}
    places: dict[tuple[str, str], Source] = {}
    for hit in found.hits if found.is_answered else ():
        part = hit.unit.parts[hit.best]
        source = source_of(hit, part.text)
        if points_back(part.text, hit.book.language) or part.kind not in ("sentence", "item"):
            continue
        if (source.pdf, source.text) not in known and hit.certain and not hit.book.is_gone:
            places.setdefault((source.pdf, source.heading or source.page), source)
    return tuple(places.values())[:MAX_READING]


def source_of(hit: Hit, text: str, part: Part | None = None) -> Source:
    """Words of a hit with their place."""
    page = part.page if part else hit.page
    label = hit.book.labels[page] if page < len(hit.book.labels) else str(page + 1)
    return Source(text=text, pdf=hit.book.pdf, pdf_page=page + 1, page=label, heading=hit.heading)


def _nearest(hit: Hit) -> Source | None:
    """The sentence of a unit that is nearest to a claim; None where it cannot be shown as printed."""
    part = hit.unit.parts[hit.best]
    return source_of(hit, part.text) if part.certain else None


def _not_found(each: Statement) -> Held:
    return Held(text=each.text, line=each.line, verdict="not found")


def _held(each: Statement, library: Library) -> Held:
    found = judge(each.text, library)
    return Held(
        text=each.text,
        line=each.line,
        verdict=found.verdict,
        evidence=tuple(
            replace(source_of(one.hit, one.part.text, one.part), says=one.comparison.says) for one in found.evidence
        ),
        nearest=_nearest(found.nearest) if found.nearest else None,
    )

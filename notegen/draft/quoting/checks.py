"""Self-checks whose answers are the source's own words."""

from __future__ import annotations

from collections.abc import Sequence

from notegen.draft.draft import SelfCheck, Statement
from notegen.draft.quoting.concepts import Concept, mentions
from notegen.language.stems import stem
from notegen.language.words import WORD, content_stems
from notegen.markdown.check_text import is_filler

MAX_CHECKS = 2
MAX_GAPS = 1
MIN_DIGEST = 3
"""A section with fewer key sentences is asked about only where it defines something."""
GAP = "_____"
MIN_GAP_CONTEXT_WORDS = 6
MAX_GAP_WORDS = 32
MAX_TERMS = 3


def self_checks(title: str, digest: Sequence[Statement], concepts: Sequence[Concept]) -> tuple[SelfCheck, ...]:
    """Questions for one section: its definitions first, then gaps, then the section's own question."""
    by_text = {concept.definition.text: concept for concept in concepts if concept.definition}
    checks: list[SelfCheck] = []
    asked: set[tuple[str, ...]] = set()
    gaps = 0
    for statement in digest:
        concept = by_text.get(statement.text)
        if concept:
            checks.append(SelfCheck(question=_what_is(concept), answer=statement))
            asked.add(concept.stems)
    for statement in digest:
        if statement.text in by_text or len(checks) >= MAX_CHECKS or gaps >= MAX_GAPS or len(digest) < MIN_DIGEST:
            continue
        gap = _gap(statement, [each for each in concepts if each.stems not in asked])
        if gap:
            question, concept = gap
            checks.append(SelfCheck(question=question, answer=statement))
            asked.add(concept.stems)
            gaps += 1
    if not checks and title and len(digest) >= MIN_DIGEST:
        checks.append(SelfCheck(question=f"What is the main point of “{title}”?", answer=digest[0]))
    return tuple(checks[:MAX_CHECKS])


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


def _what_is(concept: Concept) -> str:
    plural = concept.name.endswith("s") and not concept.name.endswith(("ss", "us", "is", "ics"))
    return f"What {'are' if plural else 'is'} {concept.with_article}? Say it in your own words first."


def _gap(statement: Statement, concepts: Sequence[Concept]) -> tuple[str, Concept] | None:
    """The sentence with every mention of its longest concept taken out. None where it has formulas: a question is plain
    text, which would show them flattened."""
    text = statement.text
    if statement.maths:
        return None
    words = [stem(match.group()) for match in WORD.finditer(text)]
    if len(words) > MAX_GAP_WORDS or is_filler(text):
        return None
    present = [each for each in concepts if mentions(words, each.stems)]
    for concept in sorted(present, key=lambda each: (-len(each.stems), each.name)):
        if len(words) - len(concept.stems) < MIN_GAP_CONTEXT_WORDS:
            continue
        gapped = text
        for start, end in reversed(spans_of(text, concept.stems)):
            gapped = gapped[:start] + GAP + gapped[end:]
        return f"Fill the gap: {gapped}", concept
    return None

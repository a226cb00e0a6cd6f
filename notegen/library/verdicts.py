"""What the books say to a claim: supported, contradicted, or not found, with the sentences that say so.

A verdict stands on one sentence of a book that passes `comparing.compare`; likeness alone is never one. On anything
less the verdict is "not found", with the nearest unit to read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from notegen.language.detect import language_of
from notegen.library.bearing import bearing
from notegen.library.comparing import Comparison, compare
from notegen.library.library import Hit, Library
from notegen.library.terms import asked_words
from notegen.reading.unit import Part

Verdict = Literal["supported", "contradicted", "not found"]
CANDIDATES = 25
"""Units that are looked into for each claim."""
MAX_EVIDENCE = 3

_EMPHASIS = re.compile(r"\*\*|__|==|~~|`|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")
_LINK = re.compile(r"!?\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]|!?\[([^\]]*)\]\([^)]*\)")
_OPENING = re.compile(
    r"^(?:[-*+>•→]+|\d+[.)]|#+)\s+|^(?:so|and|but|well|also|und|also|aber|et|mais|y|pero|e|ma|mas),?\s+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence of a book that supports or contradicts a claim."""

    hit: Hit
    part: Part
    """The sentence, as printed."""
    comparison: Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the books say to one claim."""

    claim: str
    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()
    """Best first; where books disagree, sentences of both sides."""
    nearest: Hit | None = None
    """Where nothing was found: the unit that is nearest."""

    @property
    def is_disputed(self) -> bool:
        """The books disagree among themselves."""
        return len({each.comparison.says for each in self.evidence}) > 1


def judge(claim: str, library: Library, *, books: Collection[int] | None = None) -> Judgement:
    """Hold a claim, one sentence, against the books. books: keys of those to look in; None for all."""
    plain = plain_claim(claim)
    languages = {each.language for each in library.books() if books is None or each.key in books}
    words = asked_words(plain, languages)
    if not words:
        return Judgement(claim=claim, verdict="not found")
    hits = library.search(words, plain, books=books, top=CANDIDATES).hits
    found = list(_evidence(plain, hits))
    for_it = [each for each in found if each.comparison.says == "supports"]
    against = [each for each in found if each.comparison.says == "contradicts"]
    if not found:
        return Judgement(claim=claim, verdict="not found", nearest=hits[0] if hits else None)
    if for_it:  # where another sentence says the opposite, that one is shown, too
        return Judgement(claim=claim, verdict="supported", evidence=(*for_it[:MAX_EVIDENCE], *against[:MAX_EVIDENCE]))
    return Judgement(claim=claim, verdict="contradicted", evidence=tuple(against[:MAX_EVIDENCE]))


def _evidence(claim: str, hits: Sequence[Hit]) -> Iterator[Evidence]:
    for hit in hits:
        own = language_of(claim, hit.book.language)
        if language_of(hit.unit.text, own) != own:
            continue
        for part in hit.unit.parts:
            if not part.certain or part.kind not in ("sentence", "item"):
                continue
            if said := compare(claim, part.text, own) or bearing(claim, part.text, own):
                yield Evidence(hit=hit, part=part, comparison=said)


def plain_claim(text: str) -> str:
    """A claim without Markdown and without a word that only ties it to the one before."""
    bare = _EMPHASIS.sub("", _LINK.sub(lambda link: link[1] or link[2] or "", text)).strip()
    while (shorter := _OPENING.sub("", bare, count=1)) != bare:
        bare = shorter
    return " ".join(bare.split())


def as_data(judgement: Judgement) -> dict[str, Any]:
    """A verdict for programs, ready for JSON. Fields may be added; none is renamed."""
    data: dict[str, Any] = {
        "text": judgement.claim,
        "verdict": judgement.verdict,
        "evidence": [_as_data(each) for each in judgement.evidence],
    }
    if judgement.is_disputed:
        data["disputed"] = True
    if judgement.nearest is not None:
        data["nearest"] = _place(judgement.nearest, judgement.nearest.text)
    return data


def _as_data(evidence: Evidence) -> dict[str, Any]:
    place = _place(evidence.hit, evidence.part.text, evidence.part.page)
    return {**place, "says": evidence.comparison.says, "clash": evidence.comparison.clash}


def _place(hit: Hit, text: str, page: int | None = None) -> dict[str, Any]:
    at = hit.page if page is None else page
    return {
        "text": text,
        "pdf": hit.book.pdf,
        "pdf_page": at + 1,
        "page": hit.book.labels[at] if at < len(hit.book.labels) else str(at + 1),
        "book": hit.book.title,
        "gone": hit.book.is_gone,
        "id": hit.unit.id,
    }

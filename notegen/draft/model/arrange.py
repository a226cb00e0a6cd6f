"""The model's additions in their places: nothing said twice, each sentence of evidence once, what is missing listed.

Evidence stands at the end of the section that it is from; a claim carries the id of that block.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from notegen.draft.additions import Anchor, Claim, Comparison, SectionAdditions, WholeAdditions
from notegen.draft.draft import Draft, Mastery, Proof, Section, Statement, Uncovered
from notegen.draft.model import faults
from notegen.draft.model.claim_changes import Change, changed_section, changed_whole
from notegen.draft.quoting.extractive import Work

ID_DIGITS = 8
UNCOVERED_WORDS = 7
"""Words by which a unit that is not covered is named."""
SAME_CODE = 0.5
"""Share of the words of two programs, in order, from which they show the same."""
Key = tuple[int, str]
"""(page, text) of a sentence."""


def arranged(draft: Draft, work: Work) -> Draft:
    """The draft with the evidence of its claims in its places, and what is not covered."""
    if draft.added is None and not any(each.added for each in draft.sections):
        return draft
    draft = replace(draft, sections=tuple(map(_with_one_listing, draft.sections)))
    homes = _homes(draft, work)
    evidence: defaultdict[int, dict[Key, Statement]] = defaultdict(dict)
    for statement in _evidence(draft):
        evidence[homes(statement)].setdefault(_key(statement), statement)
    sections = [_proven(section, list(evidence[at].values())) for at, section in enumerate(draft.sections)]
    anchors = _anchors(sections)
    sections = [replace(each, added=each.added and _anchored(each.added, anchors)) for each in sections]
    shown = {key for found in evidence.values() for key in found}
    draft = replace(
        draft,
        sections=tuple(
            replace(section, uncovered=_uncovered(work, at, shown)) if section.added else section
            for at, section in zip(work.kept, sections, strict=True)
        ),
    )
    return replace(draft, added=draft.added and changed_whole(draft.added, _placing(anchors)))


def _with_one_listing(section: Section) -> Section:
    """The section without a model's program that is the source's own, or nearly."""
    example = section.added and section.added.example
    same = example and any(
        SequenceMatcher(None, each.text.split(), example.text.split()).ratio() > SAME_CODE for each in section.code
    )
    return replace(section, added=replace(section.added, example=None)) if same and section.added else section


def _key(statement: Statement) -> Key:
    return statement.evidence.page, statement.evidence.text


def _homes(draft: Draft, work: Work) -> Callable[[Statement], int]:
    """Which section of the draft a sentence is from."""
    known = {
        (sentence.page, sentence.text): at for at, index in enumerate(work.kept) for sentence in work.sentences[index]
    }

    def home(statement: Statement) -> int:
        page = statement.evidence.page
        before = [at for at, section in enumerate(draft.sections) if section.page <= page]
        return known.get(_key(statement), before[-1] if before else 0)

    return home


def _proven(section: Section, evidence: list[Statement]) -> Section:
    """The section with what rests on it: quoted already where it was not drafted, else at its end."""
    printed = set() if section.added else {_key(each) for each in section.digest}
    apart = sorted((each for each in evidence if _key(each) not in printed), key=lambda each: each.evidence.page)
    name = section.title + "".join(each.text for each in evidence[:1])
    block = f"ng-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:ID_DIGITS]}"
    return replace(
        section,
        proof=Proof(block=block, statements=tuple(apart)) if apart else None,
        quotes_block=f"{block}q" if len(apart) < len(evidence) else "",
    )


def _anchors(sections: list[Section]) -> dict[Key, Anchor]:
    """Where each sentence stands."""
    found: dict[Key, Anchor] = {}
    for section in sections:
        if section.quotes_block:
            for each in section.digest:
                found.setdefault(_key(each), Anchor(block=section.quotes_block, page=each.evidence.page))
        if section.proof:
            for each in section.proof.statements:
                found[_key(each)] = Anchor(block=section.proof.block, page=each.evidence.page)
    return found


def _uncovered(work: Work, index: int, shown: set[Key]) -> tuple[Uncovered, ...]:
    """The units of a section of which no sentence is evidence. Figures, tables and listings are printed anyway."""
    missing = []
    for unit in work.units[index]:
        said = [part for part in unit.parts if part.kind in ("sentence", "item")]
        if said and not any((part.page, part.text) in shown for part in said):
            words = said[0].text.split()
            cut = " …" if len(words) > UNCOVERED_WORDS or len(said) > 1 else ""
            missing.append(Uncovered(page=unit.page, words=" ".join(words[:UNCOVERED_WORDS]) + cut))
    return tuple(missing)


def _placing(anchors: dict[Key, Anchor]) -> Change:
    """Puts the anchors of its evidence into a claim."""

    def placed(claim: Claim) -> Claim:
        return replace(claim, anchors=_anchors_of(claim.evidence, anchors))

    return placed


def _anchors_of(evidence: Iterable[Statement], anchors: dict[Key, Anchor]) -> tuple[Anchor, ...]:
    found = (anchors[_key(each)] for each in evidence if _key(each) in anchors)
    return tuple(dict.fromkeys(found))


def _anchored(added: SectionAdditions, anchors: dict[Key, Anchor]) -> SectionAdditions:
    added = changed_section(added, _placing(anchors))
    table = added.comparison
    return replace(added, comparison=table and replace(table, anchors=_anchors_of(table.evidence, anchors)))


def _evidence(draft: Draft) -> Iterator[Statement]:
    """Every sentence that a claim rests on, in the order of the note."""
    whole = draft.added or WholeAdditions()
    for _, claim in whole.tldr:
        yield from claim.evidence
    for concept in whole.concepts:
        yield from concept.what.evidence
    for section in draft.sections:
        added = section.added
        if added:
            parts: list[Claim | Comparison] = [
                *(each for _, each in added.aspects),
                *added.happening,
                *added.claims,
                *added.contradicted,
            ]
            parts += [added.comparison] if added.comparison else []
            parts += [each.answer for each in added.questions]
            for part in parts:
                yield from part.evidence
    for claim in (*(each for _, each in whole.mastery), *whole.recap, *whole.contradicted):
        yield from claim.evidence


def said_once(draft: Draft) -> Draft:
    """The draft without claims that an earlier part makes in the same words. The TL;DR may say what follows."""
    whole = draft.added or WholeAdditions()
    said = [each.what.text for each in whole.concepts]
    sections = []
    for section in draft.sections:
        added = section.added
        if added:
            added = replace(
                added, happening=tuple(_new(added.happening, said)), claims=tuple(_new(added.claims, said)),
                mistakes=tuple(_new(added.mistakes, said)),
            )  # fmt: skip
        sections.append(replace(section, added=added))
    mastery = tuple((name, claim) for name, claim in whole.mastery if list(_new([claim], said)))
    told = {name for name, _ in mastery}
    names = tuple(Mastery(concept=name) for name, _ in whole.mastery if name not in told)
    return replace(
        draft,
        sections=tuple(sections),
        mastery=(*names, *draft.mastery),
        added=draft.added and replace(draft.added, mastery=mastery, recap=tuple(_new(whole.recap, said))),
    )


def _new(claims: Iterable[Claim], said: list[str]) -> Iterator[Claim]:
    """Those that say something new, which is then said."""
    for each in claims:
        if not any(faults.same(each.text, other) for other in said):
            said.append(each.text)
            yield each

"""One change made to every sourced claim of a model's additions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from notegen.draft.additions import Claim, SectionAdditions, WholeAdditions

Change = Callable[[Claim], Claim]


def changed_section(added: SectionAdditions, change: Change) -> SectionAdditions:
    """Every claim of a section that names sources, changed."""
    return replace(
        added,
        claims=tuple(map(change, added.claims)),
        aspects=tuple((name, change(each)) for name, each in added.aspects),
        happening=tuple(map(change, added.happening)),
        questions=tuple(replace(each, answer=change(each.answer)) for each in added.questions),
        contradicted=tuple(map(change, added.contradicted)),
    )


def changed_whole(added: WholeAdditions, change: Change) -> WholeAdditions:
    """The same for the passage as a whole."""
    return replace(
        added,
        tldr=tuple((label, change(each)) for label, each in added.tldr),
        concepts=tuple(replace(each, what=change(each.what)) for each in added.concepts),
        mastery=tuple((name, change(each)) for name, each in added.mastery),
        recap=tuple(map(change, added.recap)),
        contradicted=tuple(map(change, added.contradicted)),
    )


def sourced_claims(added: SectionAdditions | WholeAdditions) -> Iterator[Claim]:
    """The same claims, in the order of the note."""
    found: list[Claim] = []

    def keep(claim: Claim) -> Claim:
        found.append(claim)
        return claim

    if isinstance(added, SectionAdditions):
        changed_section(added, keep)
    else:
        changed_whole(added, keep)
    yield from found

"""A model's additions onto the extractive draft: never worse than extraction.

What the model says takes the place of an extracted line only where the source bears it out; an unverified line stands
beside the extracted one, or gives way to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from notegen.draft.additions import SectionAdditions, WholeAdditions
from notegen.draft.draft import Draft
from notegen.draft.quoting.concepts import name_stems

MIN_RECAP = 2
"""With fewer lines that hold there is no recap."""


def with_section(draft: Draft, index: int, added: SectionAdditions | None, why_not: str) -> Draft:
    """The draft with what the model adds to one of its sections, or why it adds nothing."""
    sections = list(draft.sections)
    sections[index] = replace(sections[index], added=added, not_added=why_not)
    return replace(draft, sections=tuple(sections))


def with_whole(draft: Draft, added: WholeAdditions) -> Draft:
    """The draft with what the model adds for the passage as a whole."""
    defined = {name_stems(each.name) for each in draft.defined}
    concepts = tuple(
        each for each in added.concepts if each.what.verdict == "supported" or name_stems(each.name) not in defined
    )
    mastery = tuple(each for each in added.mastery if each[1].verdict == "supported" or not draft.mastery)
    recap = tuple(claim for claim in added.recap if claim.verdict == "supported")
    if len(recap) < MIN_RECAP:
        recap = ()
    return replace(
        draft,
        background=_without(draft.background, [each.name for each in concepts], lambda each: each.name),
        mastery=_without(draft.mastery, [name for name, _ in mastery], lambda each: each.concept),
        recap=() if recap else draft.recap,
        added=replace(added, concepts=concepts, mastery=mastery, recap=recap),
    )


Part = TypeVar("Part")


def _without(parts: Sequence[Part], names: Sequence[str], name_of: Callable[[Part], str]) -> tuple[Part, ...]:
    """The parts on concepts that are not among the names."""
    told = {name_stems(each) for each in names}
    return tuple(each for each in parts if name_stems(name_of(each)) not in told)

"""A model's additions onto the extractive draft: never worse than extraction.

What the model says takes the place of extracted lines only where the source bears it out; unverified lines alone stand
beside the extracted ones, or give way to them.
"""

from __future__ import annotations

from dataclasses import replace

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
    leads = any(claim.verdict == "supported" for _, claim in added.tldr) and not any(
        each.in_tldr and each.added is None for each in draft.sections
    )
    told = {name_stems(name) for name, _ in mastery}
    return replace(
        draft,
        tldr=() if leads else draft.tldr,
        sections=tuple(replace(each, in_tldr=False) for each in draft.sections) if leads else draft.sections,
        background=() if any(each.what.verdict == "supported" for each in concepts) else draft.background,
        mastery=tuple(each for each in draft.mastery if name_stems(each.concept) not in told),
        recap=() if recap else draft.recap,
        added=replace(added, concepts=concepts, mastery=mastery, recap=recap),
    )

"""How long a model's explanation may be: a share of the words that it explains. What repeats most goes first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from notegen.draft.additions import SectionAdditions, WholeAdditions
from notegen.draft.draft import Draft

FEWEST_CLAIMS = 2
"""Of a section that is cut short."""
ONE = 1
NOTE_WORDS, SECTION_WORDS = 90, 12
"""Words of labels and headings that a note and each of its sections have whatever they say."""


def words_of(draft: Draft) -> int:
    """Words that the note shows, about: what the model says, captions, tables and headings. Code and folds aside."""
    said = sum(len(text.split()) for text in (*_texts(draft), *_shown(draft)))
    return said + NOTE_WORDS + SECTION_WORDS * len(draft.sections)


def _shown(draft: Draft) -> Iterator[str]:
    """What stands between the model's words, from the source."""
    for section in draft.sections:
        yield section.title
        yield from (each.caption for each in section.pictures)
        for table in section.tables:
            yield table.caption
            yield from (cell for row in table.rows or () for cell in row)
        if not section.added:
            yield from (each.text for each in section.digest)
            yield from (each.question for each in section.self_checks)
    names = {each.id: each.label for each in draft.concept_map.nodes}
    for edge in draft.concept_map.edges:
        yield f"{names[edge.start]} {edge.label} {names[edge.end]}"
    yield from (each.caption for each in draft.gallery)


def shortened(draft: Draft, most: int) -> Draft:
    """The draft with no more words by the model than `most`, as far as cuts go that leave every section explained.

    Cut are, in this order and the longest section first: what the recap and the list of concepts say again, second
    mistakes, remarks beside the text, and claims beyond the first two.
    """
    for cut in _CUTS:
        while words_of(draft) > most:
            shorter = cut(draft)
            if shorter is None:
                break
            draft = shorter
    return draft


def _texts(draft: Draft) -> Iterator[str]:
    whole = draft.added or WholeAdditions()
    yield from (claim.text for _, claim in (*whole.tldr, *whole.mastery))
    yield from (claim.text for claim in whole.recap)
    for concept in whole.concepts:
        yield from (each.text for each in (concept.what, concept.why, concept.bridge and concept.bridge.claim) if each)
    if whole.challenge:
        yield from (whole.challenge.goal, *whole.challenge.steps, *whole.challenge.expected)
    for section in draft.sections:
        if section.added:
            yield from _section_texts(section.added)


def _section_texts(added: SectionAdditions) -> Iterator[str]:
    yield from (claim.text for _, claim in added.aspects)
    yield from (claim.text for claim in (*added.claims, *added.happening, *added.mistakes))
    yield from (each.claim.text for each in added.seen)
    yield from (each.text for each in added.questions)
    yield from (each.text for each in (added.bridge and added.bridge.claim, added.production) if each)
    if added.comparison:
        yield from (added.comparison.title, *(cell for row in added.comparison.rows for cell in row))
    if added.diagram:
        yield from (each.label for each in added.diagram.nodes)
        yield from (each.label for each in added.diagram.edges)


WholeCut = Callable[[WholeAdditions], WholeAdditions | None]
SectionCut = Callable[[SectionAdditions], SectionAdditions | None]


def _of_whole(cut: WholeCut) -> Callable[[Draft], Draft | None]:
    def cut_draft(draft: Draft) -> Draft | None:
        shorter = cut(draft.added) if draft.added else None
        return replace(draft, added=shorter) if shorter else None

    return cut_draft


def _of_section(cut: SectionCut) -> Callable[[Draft], Draft | None]:
    def cut_draft(draft: Draft) -> Draft | None:
        lengths = {
            at: sum(len(text.split()) for text in _section_texts(each.added))
            for at, each in enumerate(draft.sections)
            if each.added
        }
        longest = sorted(lengths, key=lambda at: -lengths[at])
        for at in longest:
            added = draft.sections[at].added
            shorter = cut(added) if added else None
            if shorter:
                sections = [*draft.sections[:at], replace(draft.sections[at], added=shorter), *draft.sections[at + 1 :]]
                return replace(draft, sections=tuple(sections))
        return None

    return cut_draft


def _without_mastery(added: WholeAdditions) -> WholeAdditions | None:
    """Names alone ask the learner; what is said of them is said above."""
    return replace(added, mastery=added.mastery[:-1]) if len(added.mastery) > ONE else None


def _with_shorter_recap(added: WholeAdditions) -> WholeAdditions | None:
    return replace(added, recap=added.recap[:-1]) if len(added.recap) > FEWEST_CLAIMS else None


def _with_one_mistake(added: SectionAdditions) -> SectionAdditions | None:
    return replace(added, mistakes=added.mistakes[:ONE]) if len(added.mistakes) > ONE else None


def _without_production(added: SectionAdditions) -> SectionAdditions | None:
    return replace(added, production=None) if added.production and added.bridge else None


def _with_fewer_questions(added: SectionAdditions) -> SectionAdditions | None:
    return replace(added, questions=added.questions[:-1]) if len(added.questions) > FEWEST_CLAIMS else None


def _with_fewer_steps(added: SectionAdditions) -> SectionAdditions | None:
    return replace(added, happening=added.happening[:-1]) if len(added.happening) > ONE else None


def _with_fewer_claims(added: SectionAdditions) -> SectionAdditions | None:
    return replace(added, claims=added.claims[:-1]) if len(added.claims) > FEWEST_CLAIMS else None


_CUTS: tuple[Callable[[Draft], Draft | None], ...] = (
    _of_whole(_with_shorter_recap),
    _of_section(_with_one_mistake),
    _of_whole(_without_mastery),
    _of_section(_without_production),
    _of_section(_with_fewer_questions),
    _of_section(_with_fewer_steps),
    _of_section(_with_fewer_claims),
)

"""Which sentences of the source a claim stands on, and whether they bear it."""

from __future__ import annotations

from collections.abc import Sequence

from notegen.draft.model.check.judge import Judgement, Veto, judge
from notegen.draft.model.check.pieces import language_for, text_of
from notegen.draft.model.check.rules import share
from notegen.reading.sentences import Sentence

MIN_SHARE_ELSEWHERE = 0.65
"""Share of a claim's words that sentences must have which the model did not name: they may stand in for a wrong id."""
MAX_SHOWN = 2
"""Sentences shown of a claim that they do not bear."""
MAX_GATHERED, MIN_PART = 3, 0.2
"""Sentences that may bear a claim together, and the share of it that each must add."""


def evidence_for(
    claim: str, named: Sequence[Sentence], every: Sequence[Sentence], veto: Veto | None = None
) -> tuple[tuple[Sentence, ...], Judgement]:
    """(the sentences to show, the outcome for exactly these): those that the model named, as many as the claim needs,
    else some of `every` that say so more clearly."""
    language = language_for(claim, [each.text for each in named or every])
    pieces = text_of([claim], language).content
    wanted = {each.key for each in pieces}
    has = {each: text_of([each.text], language).keys & wanted for each in {*named, *every}}
    ranked = sorted(named, key=lambda each: (-len(has[each]), each.page, each.order))
    first = Judgement(outcome="unverified", fault="words")
    for count in range(1, len(ranked) + 1):
        found = judge(claim, [each.text for each in _in_order(ranked[:count])], veto)
        if found.holds:
            return _in_order(ranked[:count]), found
        first = found if count == 1 or found.outcome == "contradicted" else first
    if ranked and share(pieces, frozenset().union(*(has[each] for each in ranked))) >= MIN_SHARE_ELSEWHERE:
        return _in_order(ranked[:MAX_SHOWN]), first  # the right sentences, and they do not say so
    gathered = _gathered(wanted, every, has)
    for count in range(1, len(gathered) + 1):
        found = judge(claim, [each.text for each in _in_order(gathered[:count])], veto, min_share=MIN_SHARE_ELSEWHERE)
        if found.holds:
            return _in_order(gathered[:count]), found
    return _in_order(ranked[:MAX_SHOWN]), first


def _in_order(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    return tuple(sorted(sentences, key=lambda each: (each.page, each.order)))


def _gathered(wanted: set[str], every: Sequence[Sentence], has: dict[Sentence, frozenset[str]]) -> list[Sentence]:
    """The sentences that cover the claim's words and numbers, the one that covers most of what is left first."""
    left = set(wanted)
    enough = max(1, MIN_PART * len(left))
    found: list[Sentence] = []
    while len(found) < MAX_GATHERED:
        rest = [each for each in every if each not in found]
        best = max(rest, key=lambda each: (len(left & has[each]), -each.page, -each.order), default=None)
        if best is None or len(left & has[best]) < enough:
            break
        found.append(best)
        left -= has[best]
    return found

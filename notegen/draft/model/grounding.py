"""Whether a source says what a model claims that it says: shared words, the same numbers, the same negation.

It is a check of form, not of meaning. It errs to the safe side: what it cannot see is marked, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from notegen.language.scripts import CJK
from notegen.language.stems import stem
from notegen.language.words import content_stems, tokens
from notegen.reading.sentences import Sentence

Likeness = Callable[[str, Sequence[str]], Sequence[float]]
"""How near in meaning each of some sentences is to a claim: cosines, from -1 to 1."""

MIN_SHARE = 0.5
"""Share of a claim's content words that its evidence must have."""
MIN_SHARE_ALIKE, MIN_LIKENESS = 0.3, 0.6
"""The same where the two are near in meaning, and how near that is."""
MIN_SHARE_ELSEWHERE = 0.65
"""The same for a sentence that the model did not name: it may stand in for a wrong id."""
MAX_SHOWN = 2
MAX_GATHERED, MIN_PART = 3, 0.2
"""Sentences that may bear a claim together, and the share of it that each must add."""
_NUMBER = re.compile(r"(?:(?<![\w.)\]])[-−])?\d+(?:[.,]\d+)*")
_NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), start=2)
}
_NEGATION = re.compile(
    r"\b(?:no|not|never|none|nor|neither|nothing|nobody|nowhere|without|cannot|lacks?|fails?|unable|impossible|"
    r"hardly|barely|scarcely|rarely|seldom|kein\w*|nicht|nichts|niemand|nie|niemals|ohne|jamais|sans|ne|pas|aucun\w*|"
    r"sin|nunca|jamás|ning[uú]n\w*|nadie|non|senza|nessun\w*|não|nem|sem|nenhum\w*|niet|geen|nooit|zonder|"
    r"inte|aldrig|utan|bez|nigdy|не|нет|ни|без|никогда|нельзя)\b|n[’']t\b|\bn[’'](?=\w)|"
    r"ない|なか|なく|ません|[不没沒无無未]|않|없|아니|못",
    re.IGNORECASE,
)
"""Of the languages written most. A word that means something else in another does no harm: both texts have it."""
_CJK_PAIR = re.compile(f"(?=([{CJK}]{{2}}))")
_OPPOSITES = tuple(
    tuple(stem(word) for word in pair.split("/"))
    for pair in """increase/decrease higher/lower larger/smaller more/less most/least fast/slow faster/slower
    before/after above/below maximum/minimum maximize/minimize maximise/minimise long/short longer/shorter
    always/never sequential/parallel static/dynamic better/worse easy/hard easier/harder first/last
    input/output encoder/decoder supervised/unsupervised positive/negative
    linear/nonlinear sparse/dense local/global true/false similar/different
    row/column add/subtract multiply/divide strong/weak early/late cheap/expensive""".split()
)


def supports(
    claim: str, evidence: Sequence[str], likeness: Likeness | None = None, at_least: float = MIN_SHARE
) -> bool:
    """The sentences of `evidence` together say what `claim` says."""
    if not evidence:
        return False
    joined = " ".join(evidence)
    if not _numbers(claim) <= _numbers(joined) or _denies(claim) != _denies(joined) or _is_opposite(claim, joined):
        return False
    share = _share(claim, joined)
    if share >= at_least or share < MIN_SHARE_ALIKE or likeness is None:
        return share >= at_least
    return max(likeness(claim, evidence)) >= MIN_LIKENESS


def evidence_for(
    claim: str, named: Sequence[Sentence], every: Sequence[Sentence], likeness: Likeness | None = None
) -> tuple[tuple[Sentence, ...], bool]:
    """(the sentences that the claim stands on, whether they bear it): of those that the model named, else one of
    `every` that says so more clearly."""
    ranked = sorted(named, key=lambda each: (-_share(claim, each.text), each.page, each.order))
    for count in range(1, len(ranked) + 1):
        if supports(claim, [each.text for each in ranked[:count]], likeness):
            return tuple(sorted(ranked[:count], key=lambda each: (each.page, each.order))), True
    found = _gathered(claim, every)
    for count in range(1, len(found) + 1):
        if supports(claim, [each.text for each in found[:count]], likeness, MIN_SHARE_ELSEWHERE):
            return tuple(sorted(found[:count], key=lambda each: (each.page, each.order))), True
    return tuple(ranked[:MAX_SHOWN]), False


def _gathered(claim: str, every: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that cover the claim's words and numbers, the one that covers most of what is left first."""
    left = set(_features(claim) | _numbers(claim))
    enough = max(1, MIN_PART * len(left))
    found: list[Sentence] = []
    while len(found) < MAX_GATHERED:
        covered = {
            at: left & (_features(each.text) | _numbers(each.text))
            for at, each in enumerate(every)
            if each not in found
        }
        best = max(covered, key=lambda at: (len(covered[at]), -at), default=None)
        if best is None or len(covered[best]) < enough:
            break
        found.append(every[best])
        left -= covered[best]
    return found


def _share(claim: str, evidence: str) -> float:
    wanted = _features(claim)
    return len(wanted & _features(evidence)) / len(wanted) if wanted else 0.0


def _features(text: str) -> frozenset[str]:
    """What carries the meaning: stems, and pairs of letters where words are not written apart."""
    return content_stems(text) | frozenset(_CJK_PAIR.findall(text))


def _numbers(text: str) -> frozenset[str]:
    digits = (each.replace(",", "").replace("−", "-").strip(".") for each in _NUMBER.findall(text))
    return frozenset(digits) | {_NUMBER_WORDS[word] for word in tokens(text.lower()) if word in _NUMBER_WORDS}


def _denies(text: str) -> bool:
    return bool(_NEGATION.search(text))


def _is_opposite(claim: str, evidence: str) -> bool:
    """The claim has a word whose opposite the evidence has instead."""
    said, source = ({stem(word) for word in tokens(text)} for text in (claim, evidence))
    return any(
        mine in said - source and other in source - said for pair in _OPPOSITES for mine, other in (pair, pair[::-1])
    )

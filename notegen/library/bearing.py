"""Does one sentence bear what a claim says in its own words, or say the reverse of it in one thing?

It is the check of a model's claims (`draft.model.check`), which sees numbers, denials, opposites and quantifiers, asked
of a single sentence that has every content word of the claim; and beside it, what that check leaves open: the words
stand in the same order, so that nobody's role is swapped; nothing is skipped that would give a verb another subject or
object; what limits the sentence (conditions, opinions, possibility, a narrower subject) the claim has, too.
"""

from __future__ import annotations

from itertools import takewhile

from notegen.draft.model.check.judge import CONTRADICTING, judge
from notegen.draft.model.check.pieces import Clause, Piece, Text, text_of
from notegen.language.claim_words import ClaimWords, claim_words
from notegen.language.claiming import Claiming, claiming
from notegen.library.comparing import REFERENCE, Comparison, is_of_something_known
from notegen.library.laying import Laying, Pairs, raws_of

LEAST_KEYS = 3
"""Different content words and numbers of a claim; fewer say too little to be held against anything."""


def bearing(claim: str, sentence: str, language: str) -> Comparison | None:
    """What the sentence is to the claim; None where that cannot be told. language: ISO 639-1, of both."""
    frame = claiming(language)
    if frame is None:
        return None
    mine, theirs = text_of([claim], language), text_of([sentence], language)
    if len({each.key for each in mine.content}) < LEAST_KEYS or "?" in claim + sentence:
        return None
    judged = judge(claim, [sentence])
    if not (judged.holds or judged.fault in CONTRADICTING):
        return None
    words, is_a = claim_words(language), bool(mine.raws & frame.be)
    laid = [Laying(clause, theirs, words, frame, language, is_a).laid() for clause in mine.clauses]
    pairs = tuple(pair for each in laid for pair in each)
    if not all(laid) or not _same_frame(mine, theirs, pairs, words, frame):
        return None
    clashes = [(one, theirs.pieces[at]) for one, at in pairs if one.key != theirs.pieces[at].key]
    denied = _denied(mine, theirs, pairs, words, frame)
    if judged.holds:
        return None if clashes or denied else Comparison(says="supports")
    if len(clashes) + denied != 1 or not is_of_something_known(claim, language):
        return None
    if denied:
        return Comparison(says="contradicts", clash="negation") if judged.fault == "denial" else None
    if not _is_what_is_said(mine, theirs, clashes[0], words, frame) or REFERENCE.search(sentence):
        return None
    return Comparison(says="contradicts", clash=f"{clashes[0][0].raw} / {clashes[0][1].raw}")


def _is_what_is_said(mine: Text, theirs: Text, clash: tuple[Piece, Piece], words: ClaimWords, frame: Claiming) -> bool:
    """What clashes is what the claim says, not what it says it of ("the left valve", "a dose of 5 grams"), and no
    number is a rough one."""
    at, other = mine.pieces.index(clash[0]), theirs.pieces.index(clash[1])
    before = [each for each in mine.pieces[:at] if each.is_content]
    if not clash[0].is_number:
        return bool(before)
    near = raws_of((*mine.pieces[max(0, at - 2) : at], *theirs.pieces[max(0, other - 2) : other]))
    is_led = mine.pieces[at - 1].raw in frame.narrows_before | frame.narrows_after
    rest = takewhile(lambda each: each.clause == clash[0].clause and each.raw not in words.and_, mine.pieces[at + 1 :])
    is_last = not any(each.is_content for each in rest)
    return len(before) >= LEAST_KEYS - 1 and not near & frame.about and (not is_led or is_last)


def _denied(mine: Text, theirs: Text, pairs: Pairs, words: ClaimWords, frame: Claiming) -> int:
    """How many of the words are denied in one of the two and not in the other."""
    own = {each.at: at for at, each in enumerate(mine.pieces)}
    matched, last = {at for _, at in pairs}, max(pairs, key=lambda pair: pair[1])
    differing, content = 0, {at for at, each in enumerate(mine.pieces) if each.is_content}
    joining = {at for at, each in enumerate(theirs.pieces) if each.raw in words.and_}
    for piece, at in pairs:
        before = _function_words_before(mine.pieces, own[piece.at], content)
        there = _function_words_before(theirs.pieces, at, matched | joining)
        differing += bool(before & frame.negation) != bool(there & frame.negation)
    ends = [_function_words_after(*end, words) for end in ((mine.pieces, own[last[0].at]), (theirs.pieces, last[1]))]
    return differing + (bool(ends[0] & frame.negation) != bool(ends[1] & frame.negation))


def _function_words_after(pieces: Clause, at: int, words: ClaimWords) -> frozenset[str]:
    """The words behind a place, up to the next one with a meaning of its own, in its clause."""
    rest = pieces[at + 1 :]
    return raws_of(
        takewhile(
            lambda each: each.clause == pieces[at].clause and not each.is_content and each.raw not in words.and_, rest
        )
    )


def _function_words_before(pieces: Clause, at: int, stops: set[int]) -> frozenset[str]:
    """The words before a place, back to one of the stops or to the clause before."""
    first = at
    while first > 0 and first - 1 not in stops and pieces[first - 1].clause == pieces[at].clause:
        first -= 1
    return raws_of(pieces[first:at])


def _same_frame(mine: Text, theirs: Text, pairs: Pairs, words: ClaimWords, frame: Claiming) -> bool:
    """How certain, how much, how often, on which condition and by whose word it is said."""
    places = [at for _, at in pairs]
    clauses = {theirs.pieces[at].clause for at in places}
    said = {each.raw for at, each in enumerate(theirs.pieces)
            if min(places) <= at <= max(places) or each.clause in clauses}  # fmt: skip
    clashing = {theirs.pieces[at].raw for _, at in pairs}
    own = mine.raws
    if any(bool(own & each) != bool((said - clashing) & each) for each in (frame.possibility, frame.obligation)):
        return False
    if (said - own) & (frame.partly | words.some | words.limit | frame.order - words.time):
        return False
    if (own - said) & (frame.partly | frame.wholly - words.limit - words.every | frame.order - words.time):
        return False
    until = {each.raw for each in theirs.pieces if each.clause <= max(clauses)}
    return not (until & frame.reported or theirs.raws & frame.condition) - own

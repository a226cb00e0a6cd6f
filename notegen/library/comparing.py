"""Does one sentence say what a claim says, or the opposite? Precision first: anything less than certain is neither.

The claim's content words and numbers must all stand in the sentence, in the same order (so that nobody's role is
swapped) and close together; and what decides a statement must agree: negation, possibility, how much and how often,
conditions, whose opinion it is, comparison, direction, the passive. A sentence contradicts only where all this agrees
but one thing: the negation, one number before the same unit, or one word that turns the statement round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from notegen.language.claiming import Claiming, claiming
from notegen.language.frequency import zipf
from notegen.language.leaning import leaning
from notegen.library.aligning import Alignment, Token, align, tokens_of
from notegen.library.weighing import EVERYDAY_ZIPF

LEAST_KEYS = 3
"""Content words and numbers of a claim; fewer say too little to be held against anything."""
MOST_ADDED = 1
"""Content words of the sentence between two neighbouring words of the claim."""

FAR_APART = 1.5
"""Two numbers that both are only about right clash when one is so many times the other."""

REFERENCE = re.compile(
    r"\b(?:fig(?:ure|\.)|abb(?:ildung|\.)|table|tab(?:elle|\.)|eq(?:uation|\.)|chapter|section|page|example|vol(?:ume|\.)|no\.|version)\s*\(?\d",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[?？]\W*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a sentence says to a claim."""

    says: Literal["supports", "contradicts"]
    clash: str = ""
    """Where it contradicts: "negation", or the two numbers or words, the claim's first ("12 / 6")."""


def compare(claim: str, sentence: str, language: str) -> Comparison | None:
    """None where the sentence says neither that the claim holds nor that it does not, as far as can be told.

    language: ISO 639-1, of both.
    """
    words = claiming(language)
    if words is None or _ASKS.search(claim) or _ASKS.search(sentence):
        return None
    mine, theirs = tokens_of(claim, language, words), tokens_of(sentence, language, words)
    if sum(token.kind in ("content", "number") for token in mine) < LEAST_KEYS:
        return None
    laid = align(mine, theirs, words)
    if laid is None:
        return None
    said = _judged(_Laid(mine, theirs, laid, words), sentence)
    return None if said and said.says == "contradicts" and not is_of_something_known(claim, language) else said


def is_of_something_known(claim: str, language: str) -> bool:
    """The claim has a special word beside its numbers. Where it is about "the value", one of many that the text before
    it tells apart, or is no sentence, another value elsewhere does not contradict it."""
    low, leans, words = claim.casefold(), leaning(language), claiming(language)
    if words is None or any(each.match(low) for each in (leans.pronoun, leans.connective, leans.bare_subject)):
        return False
    tokens = tokens_of(claim, language, words)
    has_verb = any(token.kind == "function" for token in tokens)
    return has_verb and any(token.kind == "content" and zipf(token.text, language) < EVERYDAY_ZIPF for token in tokens)


@dataclass(frozen=True, slots=True)
class _Laid:
    """A claim along a sentence."""

    claim: Sequence[Token]
    sentence: Sequence[Token]
    alignment: Alignment
    words: Claiming

    @property
    def span(self) -> tuple[int, int]:
        """First and last place in the sentence."""
        return self.alignment.pairs[0][1], self.alignment.pairs[-1][1]

    @property
    def clause(self) -> Sequence[Token]:
        """The tokens of the sentence from the mark before the span to the mark after it."""
        last = self.span[1]
        while last + 1 < len(self.sentence) and self.sentence[last + 1].kind != "mark":
            last += 1
        return self.sentence[self.start : last + 1]

    @property
    def start(self) -> int:
        """Where the clause begins in which the claim's first word stands."""
        first = self.span[0]
        while first > 0 and self.sentence[first - 1].kind != "mark":
            first -= 1
        return first

    @property
    def end_of_statement(self) -> int:
        """Where another statement begins behind the span."""
        for place in range(self.span[1] + 1, len(self.sentence)):
            following = self.sentence[place + 1].text.casefold() if place + 1 < len(self.sentence) else ""
            if self.sentence[place].text in ";:" or (
                self.sentence[place].kind == "mark" and following in self.words.joins | self.words.cause
            ):
                return place
        return len(self.sentence)

    @property
    def gaps(self) -> Iterator[tuple[Sequence[Token], Sequence[Token]]]:
        """What stands before, between and behind the claim's words, in the claim and in the clause."""
        pairs = ((-1, self.start - 1), *self.alignment.pairs, (len(self.claim), self.start + len(self.clause)))
        for (mine, theirs), (mine_next, theirs_next) in pairwise(pairs):
            yield self.claim[mine + 1 : mine_next], self.sentence[theirs + 1 : theirs_next]


def _judged(laid: _Laid, sentence: str) -> Comparison | None:
    if not (_same_frame(laid) and _same_gaps(laid) and _is_whole_subject(laid) and _is_not_narrowed(laid)):
        return None
    denied = _denials(laid)
    clashes = laid.alignment.clashes
    if not denied and not clashes:
        return Comparison(says="supports")
    if denied + len(clashes) != 1:
        return None
    if not clashes:
        return Comparison(says="contradicts", clash="negation") if _denies_all(laid) else None
    mine, theirs = laid.claim[clashes[0][0]], laid.sentence[clashes[0][1]]
    if mine.kind == "number":
        is_clash = not REFERENCE.search(sentence) and _measures_the_same(laid, clashes[0]) and _is_said(laid)
    else:
        is_clash = _is_turned(laid, mine, theirs)
    if not is_clash:
        return None
    return Comparison(says="contradicts", clash=f"{mine.text} / {theirs.text}")


def _same_frame(laid: _Laid) -> bool:
    """How certain, how much, how often, on which condition, by whose word, compared with what."""
    words = laid.words
    clashing = {laid.sentence[place].text.casefold() for _, place in laid.alignment.clashes}
    clashed = {laid.claim[place].text.casefold() for place, _ in laid.alignment.clashes}
    for each in (words.possibility, words.obligation, words.partly, words.wholly, words.order, words.agent):
        if _those(laid.claim, each) - clashed != _those(laid.clause, each) - clashing:
            return False
    first, last = laid.span
    linked = words.contrast | words.cause
    if _those(laid.sentence[first : last + 1], linked) != _those(laid.claim, linked):
        return False
    frame = words.condition | words.reported
    return _those(laid.sentence[: laid.end_of_statement], frame) <= _those(laid.claim, frame)


def _denials(laid: _Laid) -> int:
    """In how many places one of the two denies and the other does not."""
    return sum(
        bool(_those(own, laid.words.negation)) != bool(_those(other, laid.words.negation)) for own, other in laid.gaps
    )


def _those(tokens: Iterable[Token], words: frozenset[str]) -> set[str]:
    return {token.text.casefold() for token in tokens} & words


def _same_gaps(laid: _Laid) -> bool:
    """Between two neighbouring words of the claim the sentence adds one word at most, joins nothing else in, and has
    the same verb "to be" or "to have" and the same prepositions of direction."""
    words = laid.words
    for own, other in list(laid.gaps)[1:-1]:
        added = [token for token in other if token.kind in ("content", "number")]
        if len(added) > MOST_ADDED or any(token.kind == "number" for token in added):
            return False
        if _marks(own) != _marks(other) or (added and len(other) > len(own) + len(added)):
            return False
        if any(bool(_those(own, each)) != bool(_those(other, each)) for each in (words.be, words.have)):
            return False
        if any(_those(own, each) != _those(other, each) for each in (words.way, words.relative)):
            return False
    return True


def _marks(tokens: Iterable[Token]) -> list[str]:
    return [token.key for token in tokens if token.kind == "mark"]


def _is_whole_subject(laid: _Laid) -> bool:
    """Nothing stands before the claim's first word that would make its subject another one."""
    lead, own = laid.sentence[laid.start : laid.span[0]], laid.claim[: laid.alignment.pairs[0][0]]
    if any(token.kind in ("content", "number") for token in lead):
        return False
    if _those(lead, laid.words.relative) - _those(own, laid.words.relative):
        return False
    opening = laid.sentence[0].text.casefold()
    return laid.start == 0 or opening not in laid.words.narrows_before or opening == laid.claim[0].text.casefold()


def _is_not_narrowed(laid: _Laid) -> bool:
    """What follows the claim's last word does not say of which of it this holds."""
    last = laid.span[1]
    rest = laid.sentence[last + 1 :]
    if not rest or rest[0].kind == "mark":
        return True
    return rest[0].kind == "function" and rest[0].text.casefold() not in laid.words.narrows_after


def _denies_all(laid: _Laid) -> bool:
    """The negation denies the whole statement: "not only" and "not all" do not."""
    bounding = laid.words.wholly | laid.words.partly | laid.words.possibility
    return not (_those(laid.claim, bounding) | _those(laid.clause, bounding))


def _is_turned(laid: _Laid, mine: Token, theirs: Token) -> bool:
    """What is said is turned round, and not of whom: the left one and the right one may both be so."""
    place, other = laid.alignment.clashes[0]
    if laid.alignment.pairs[0] == (place, other):
        return False
    if frozenset((mine.key, theirs.key)) in laid.words.turned:
        return True
    return all(tokens[at - 1].text.casefold() in laid.words.be for tokens, at in
               ((laid.claim, place), (laid.sentence, other)))  # fmt: skip


def _is_said(laid: _Laid) -> bool:
    """The number that clashes is what the claim says, not what it says it of: "a network with 3 layers …"."""
    words, (place, _) = laid.words, laid.alignment.clashes[0]
    before = [pair for pair in laid.alignment.pairs if pair[0] < place]
    if len(before) < LEAST_KEYS - 1:
        return False
    led = _those(laid.claim[max(0, place - 2) : place], words.narrows_before | words.narrows_after)
    is_last = laid.alignment.pairs[-1][0] == place
    return not led or (is_last and bool(_those(laid.claim[:place], words.be | words.have)))


def _measures_the_same(laid: _Laid, clash: tuple[int, int]) -> bool:
    """The two numbers stand before the same word, or both before none, and are exact, or as rough as each other."""
    sides = ((laid.claim, clash[0]), (laid.sentence, clash[1]))
    after = [tokens[place + 1] if place + 1 < len(tokens) else None for tokens, place in sides]
    units = [token.key if token is not None and token.kind == "content" else "" for token in after]
    rough = [_those(tokens[max(0, place - 2) : place + 2], laid.words.about) for tokens, place in sides]
    if units[0] != units[1] or rough[0] != rough[1]:
        return False
    low, high = sorted(float(tokens[place].key) for tokens, place in sides)
    return not rough[0] or high > FAR_APART * low

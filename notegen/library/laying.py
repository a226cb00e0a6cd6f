"""A clause of a claim laid along a sentence: where each of its words is said, with nothing skipped that matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from notegen.draft.model.check.pieces import Clause, Piece, Text
from notegen.language.claim_words import ClaimWords
from notegen.language.claiming import Claiming
from notegen.language.leaning import leaning

MOST_ADDED = 2
"""Content words of the sentence between two neighbouring words of the claim."""
Pairs = tuple[tuple[Piece, int], ...]
"""Pieces of the claim, each with the place in the sentence where it is said."""


@dataclass(frozen=True, slots=True)
class Laying:
    """A clause of the claim that is laid along a sentence."""

    clause: Clause
    sentence: Text
    words: ClaimWords
    frame: Claiming
    language: str
    is_a: bool
    """The claim says what something is: that it is of a narrower sort is no objection."""

    def laid(self) -> Pairs:
        """Where its content words are said, all of them in their order and with nothing skipped that matters. Empty
        where they are not. What tells when, where or without what may also open the sentence's clause, and a clause in
        the passive may be said in the active voice."""
        for lead, rest in ((), self.clause), *self._leads(self.clause):
            for pieces in (rest, self._active(rest)):
                before = self._along(lead) if lead else ()
                found = self._along(pieces, before[-1][1] if before else -1) if before is not None else None
                if found and before is not None and self._is_open(lead, before, found):
                    return (*before, *found)
        return ()

    def _active(self, pieces: Clause) -> Clause:
        """ "A was done by B" as "B done A"; empty where it is not in the passive."""
        raws = [each.raw for each in pieces]
        by = next((at for at, raw in enumerate(raws) if raw in self.words.by), 0)
        be = next((at for at, raw in enumerate(raws[:by]) if raw in self.words.is_), 0)
        return (*pieces[by + 1 :], *pieces[be + 1 : by], *pieces[:be]) if be else ()

    def _leads(self, pieces: Clause) -> Iterator[tuple[Clause, Clause]]:
        """Each phrase that a preposition opens, and the clause without it."""
        opening = [at for at, each in enumerate(pieces) if at and each.raw in self._prepositions]
        for at, end in pairwise([*opening, len(pieces)]):
            if pieces[at].raw in self.frame.narrows_before | self.words.between:
                yield pieces[at:end], (*pieces[:at], *pieces[end:])

    def _is_open(self, lead: Clause, before: Pairs, found: Pairs) -> bool:
        """The phrase stands at the head of its clause, with its preposition, and the rest follows it."""
        if not before:
            return self._is_whole(found)
        theirs, first = self.sentence.pieces, before[0][1]
        at = next(at for at, each in enumerate(theirs) if each.clause == theirs[first].clause)
        return theirs[at].raw == lead[0].raw and self._is_whole(found, begins=before[-1][1] + 1)

    @property
    def _prepositions(self) -> frozenset[str]:
        frame = self.frame
        return self.words.between | frame.narrows_before | frame.narrows_after - frame.relative | frame.way

    def _along(self, pieces: Clause, behind: int = -1) -> Pairs | None:
        """The content words with their places behind a place: with the fewest clashes, then close together."""
        content = [at for at, each in enumerate(pieces) if each.is_content]
        theirs = self.sentence.pieces

        @cache
        def rest(at: int, after: int) -> tuple[int, int, tuple[int, ...]] | None:
            """(clashes, pieces passed, places) of the content words from one on."""
            if at == len(content):
                return 0, 0, ()
            best: tuple[int, int, tuple[int, ...]] | None = None
            for place in range(after + 1, len(theirs)):
                clash = self._clashes(pieces[content[at]], theirs[place])
                if clash is None or (
                    at and not self._may_skip(pieces[content[at - 1] + 1 : content[at]], after, place)
                ):
                    continue
                if (further := rest(at + 1, place)) is not None:
                    found = (further[0] + clash, further[1] + (place - after if at else 0), (place, *further[2]))
                    best = min(best, found, key=lambda each: each[:2]) if best else found
            return best

        found = rest(0, behind)
        return tuple((pieces[at], place) for at, place in zip(content, found[2], strict=True)) if found else None

    def _clashes(self, mine: Piece, theirs: Piece) -> bool | None:
        """None where one piece has nothing to do with the other."""
        if mine.key == theirs.key:
            return False
        if mine.is_number and theirs.is_number:
            return True
        return True if theirs.key in self.words.opposites.get(mine.key, ()) else None

    def _may_skip(self, own: Clause, first: int, last: int) -> bool:
        """What stands between two words of the sentence that follow each other in the claim leaves their bond as it is.
        own: what stands between them in the claim."""
        passed = self.sentence.pieces[first + 1 : last]
        added = [each for each in passed if each.is_content]
        if added and self._goes_on(passed, first, last):
            return True
        mine, theirs = raws_of(own), raws_of(passed)
        if any(bool(mine & each) != bool(theirs & each) for each in (self.frame.be, self.frame.have, self.frame.agent)):
            return False
        if mine & self.frame.way != theirs & self.frame.way:
            return False
        if not added:
            return True
        joins = self.words.and_ | self.words.joins | self.words.time | self.frame.relative
        if len(passed) > 1 and passed[0].raw in self.frame.narrows_after and passed[1].raw in self.words.numbers:
            theirs -= {passed[0].raw}  # "the product of two vectors": what it is of by its nature
        is_one = self.sentence.pieces[first].clause == self.sentence.pieces[last].clause
        return is_one and len(added) <= MOST_ADDED and not (
            passed[0].is_content or added[-1].is_number or (mine | theirs) & joins
            or (theirs - mine) & self._prepositions
        )  # fmt: skip

    def _goes_on(self, passed: Clause, first: int, last: int) -> bool:
        """The sentence says the next word of the same subject: "is a network that reads", "was good and fell", "GloVe,
        from Stanford, followed"."""
        theirs, raws = self.sentence.pieces, [each.raw for each in passed]
        clauses = theirs[last].clause - theirs[first].clause
        joined = [at for at, raw in enumerate(raws) if raw in self.words.and_]
        if raws[0] in self.frame.be and raws[-1] in self.frame.relative:
            return clauses <= 1 and not joined and sum(each.is_content for each in passed) <= MOST_ADDED
        if len(joined) == 1 and raws[0] not in self._prepositions | self.frame.relative:
            then = passed[joined[0] :]
            is_same = not clauses or (clauses == 1 and then[0].clause == theirs[last].clause)
            has_subject = len(then) > 1 and leaning(self.language).pronoun.match(then[1].raw)
            return is_same and not has_subject and not any(each.is_content for each in then)
        is_aside = passed[0].clause > theirs[first].clause and theirs[last].clause > passed[-1].clause
        return clauses == 2 and is_aside and not joined

    def _is_whole(self, found: Pairs, begins: int = 0) -> bool:
        """The subject is not narrower in the sentence, nor what is said at the end. begins: where the clause does."""
        theirs, places = self.sentence.pieces, [at for _, at in found]
        first, last = places[0], places[-1]
        lead = [
            each for each in theirs[begins:first]
            if each.clause == theirs[first].clause and (each.is_content or each.raw in self.words.and_)
        ]  # fmt: skip
        if lead and lead[-1].is_content:
            return first + 1 < len(theirs) and theirs[first + 1].raw in self.frame.relative and (
                theirs[first + 1].clause > theirs[first].clause
            )  # fmt: skip
        after = theirs[last + 1] if last + 1 < len(theirs) else None
        rest = [each for each in theirs[last + 1 :] if each.clause == theirs[last].clause]
        if raws_of(rest) & self.words.and_ and raws_of(self.clause) & self.words.limit:
            return False  # "only A" of "only A and B"
        if after is None or after.clause != theirs[last].clause:
            return True
        return not after.is_content and (self.is_a or after.raw not in self.frame.narrows_after)


def raws_of(pieces: Iterable[Piece]) -> frozenset[str]:
    """The words as they are written, in small letters."""
    return frozenset(each.raw for each in pieces)

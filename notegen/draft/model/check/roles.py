"""Who does what to whom: things that change places between a claim and its source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

from notegen.draft.model.check.pieces import Clause, Piece, Text
from notegen.language.claim_words import ClaimWords

WINDOW = 4
"""Content words on either side of a word that count as its partners."""
REACH = 3
"""How far apart, in content words, two words may stand in the source that stand side by side in the claim."""


def crossed(claim: Text, source: Text, words: ClaimWords) -> str:
    """What stands before a verb or a preposition in the claim stands after it in the source, and the reverse."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(source.pieces):
        places[each.key].append(at)
    for clause in claim.clauses:
        for at, each in enumerate(clause):
            if not (each.is_content or each.raw in words.between) or each.is_number or each.raw in words.is_:
                continue
            before, after = _beside(clause, at, -1), _beside(clause, at, 1)
            found = [
                (_beside(source.pieces, place, -1), _beside(source.pieces, place, 1))
                for place in places.get(each.key, ())
                if _is_passive(source.pieces, place, words) == _is_passive(clause, at, words)
            ]
            if before and after and found and all(_cross(before, after, *sides) for sides in found):
                return "roles"
    return ""


def _is_passive(pieces: Sequence[Piece], at: int, words: ClaimWords) -> bool:
    """What is done is said by whom, or of whom: there the doer does not come first."""
    by = any(each.raw in words.by for each in pieces[at + 1 : at + 4])
    return by or any(each.raw in words.is_ for each in pieces[max(0, at - 2) : at])


def _cross(
    before: frozenset[str], after: frozenset[str], theirs_before: frozenset[str], theirs_after: frozenset[str]
) -> bool:
    moved_back = (before & theirs_after) - theirs_before - after
    moved_on = (after & theirs_before) - theirs_after - before
    return bool(moved_back and moved_on)


def _beside(pieces: Sequence[Piece], at: int, step: int) -> frozenset[str]:
    """Keys of the nearest content words on one side, within the clause."""
    found: list[str] = []
    at_clause, at = pieces[at].clause, at + step
    while 0 <= at < len(pieces) and pieces[at].clause == at_clause and len(found) < WINDOW:
        if pieces[at].is_content and not pieces[at].is_number:
            found.append(pieces[at].key)
        at += step
    return frozenset(found)


def exchanged(claim: Text, source: Text, words: ClaimWords) -> str:
    """The claim would stand with the source if two of its words changed places."""
    near = _near(source)
    order = [[each.key for each in clause if each.is_content] for clause in claim.clauses]
    pairs = {frozenset(two) for keys in order for two in pairwise(keys) if two[0] != two[1]}
    known = {pair for pair in pairs if pair <= source.keys}
    once = _once(claim) & _once(source)
    names = sorted({key for pair in known for key in pair if key in once})
    for at, one in enumerate(names):
        for other in names[at + 1 :]:
            touched = [pair for pair in known if (one in pair) != (other in pair)]
            wrong = sum(pair not in near for pair in touched)
            if wrong < 2:
                continue
            swapped = [frozenset(_exchange(key, one, other) for key in pair) for pair in touched]
            if all(pair in near for pair in swapped):
                return "roles"
    return ""


def _once(text: Text) -> set[str]:
    """Words that the text has once: of others it is not certain which one is meant."""
    keys = [each.key for each in text.content]
    return {key for key in keys if keys.count(key) == 1}


def _exchange(key: str, one: str, other: str) -> str:
    return other if key == one else one if key == other else key


def _near(source: Text) -> frozenset[frozenset[str]]:
    """Pairs of words that stand near each other in one clause."""
    found = set()
    for clause in source.clauses:
        keys = [each.key for each in clause if each.is_content]
        for at, one in enumerate(keys):
            found |= {frozenset((one, other)) for other in keys[at + 1 : at + 1 + REACH] if other != one}
    return frozenset(found)


def moved(claim: Text, source: Text, words: ClaimWords) -> str:
    """A word has gone from the clause that it belongs to into another, of which the source says it not."""
    return _moved(claim.clauses, source.clauses) or _moved(claim.clauses, source.sentences)


def _moved(mine: Sequence[Clause], theirs: Sequence[Clause]) -> str:
    sets = [{each.key for each in clause if each.is_content} for clause in theirs]
    said = [{each.key for each in clause if each.is_content} for clause in mine]
    homes = [_homes(keys, sets) for keys in said]
    for at, keys in enumerate(said):
        if homes[at] and all(_has_strayed(keys, home, at, said, sets, homes) for home in homes[at]):
            return "roles"
    return ""


def _homes(keys: set[str], sets: Sequence[set[str]]) -> list[int]:
    """The clauses of the source that have most of the words."""
    common = [len(keys & each) for each in sets]
    best = max(common, default=0)
    return [at for at, count in enumerate(common) if count == best] if best else []


def _has_strayed(
    keys: set[str], home: int, at: int, said: Sequence[set[str]], sets: Sequence[set[str]], homes: Sequence[list[int]]
) -> bool:
    """One of the words belongs to another clause of the source, whose clause in the claim has it not, but a word of
    this one."""
    for word in keys - sets[home]:
        where = [number for number, each in enumerate(sets) if word in each]
        for other, theirs in enumerate(homes):
            is_left = other != at and set(theirs) & set(where) and home not in theirs and word not in said[other]
            if where and is_left and (said[other] & sets[home]) - sets[next(iter(set(theirs) & set(where)))]:
                return True
    return False


def cause_turned(claim: Text, source: Text, words: ClaimWords) -> str:
    """The claim's cause is the source's effect, and the reverse."""
    mine, theirs = _cause(claim, words), _cause(source, words)
    if mine is None or theirs is None:
        return ""
    (cause, effect), (their_cause, their_effect) = mine, theirs
    straight = len(cause & their_cause) + len(effect & their_effect)
    turned = len(cause & their_effect) + len(effect & their_cause)
    return "roles" if turned > straight else ""


def _cause(text: Text, words: ClaimWords) -> tuple[frozenset[str], frozenset[str]] | None:
    """(words of the cause, words of the effect) of the first "because" or "so"; None without one."""
    pieces = text.pieces
    for at, each in enumerate(pieces):
        opens = at == 0 or pieces[at - 1].clause != each.clause
        if each.raw in words.because - {"as", "since"} or (each.raw in words.therefore and opens):
            here = [other for other in pieces[at + 1 :] if at or other.clause == each.clause]
            rest = pieces[:at] if at else [other for other in pieces if other.clause != each.clause]
            sides = (_keys(here), _keys(rest))
            return sides if each.raw in words.because else sides[::-1]
    return None


def _keys(pieces: Sequence[Piece]) -> frozenset[str]:
    return frozenset(each.key for each in pieces if each.is_content)


def heads_dropped(claim: Text, source: Text, words: ClaimWords) -> str:
    """The claim says "divided by the variance" where the source says "divided by the root of the variance"."""
    theirs, mine = source.content, claim.content
    side_by_side = {(one.key, other.key) for one, other in pairwise(theirs)}
    between: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for first, middle, last in zip(theirs, theirs[1:], theirs[2:], strict=False):
        between[first.key, last.key].add(middle.key)
    for first, middle, fourth, last in zip(theirs, theirs[1:], theirs[2:], theirs[3:], strict=False):
        between[first.key, last.key] |= {middle.key, fourth.key}
    heads = _of_heads(source)
    for one, other in pairwise(mine):
        pair = (one.key, other.key)
        lost = between.get(pair, set()) & heads.get(other.key, set())
        if one.clause == other.clause and pair not in side_by_side and lost and not lost & claim.keys:
            return "words"
    return ""


def _of_heads(source: Text) -> dict[str, set[str]]:
    """Word → the words before the "of" that leads to it: "root" of "variance"."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    pieces = source.pieces
    for at, each in enumerate(pieces):
        if each.raw in ("of", "de", "di", "von", "des", "du", "der"):
            after = next((other.key for other in pieces[at + 1 : at + 3] if other.is_content), "")
            before = [other.key for other in pieces[max(0, at - 2) : at] if other.is_content]
            if after and before:
                found[after] |= set(before)
    return found


RULES: tuple[Callable[[Text, Text, ClaimWords], str], ...] = (
    crossed,
    exchanged,
    moved,
    cause_turned,
    heads_dropped,
)

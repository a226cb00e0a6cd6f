"""The rules by which a claim is held against sentences of the source. Each finds one kind of fault, or nothing.

They see words, numbers, denials, quantifiers and the order of things. They are made for near-copies, in which one
thing is changed, and for wrong sources; of a free paraphrase they can only say that its words are not there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from notegen.draft.model.check import denial
from notegen.draft.model.check.pieces import Clause, Piece, Text
from notegen.language.claim_words import ClaimWords

MIN_SHARE, MIN_CLAUSE_SHARE = 0.5, 0.4
"""Share of a claim's content words that its evidence must have, and of each of its clauses."""
NEAR = 3
"""Words before a word in which its quantifier stands: "most of the silver"."""
FEW = 2.0
"""The one number that a claim may say, as a word, without its source: of a query and a key one says "the two"."""


def share(claim: Clause | list[Piece], keys: frozenset[str]) -> float:
    """Share of the content words that are among the keys; 0 for none."""
    wanted = {each.key for each in claim if each.is_content}
    return len(wanted & keys) / len(wanted) if wanted else 0.0


def words_missing(claim: Text, source: Text, words: ClaimWords) -> str:
    """Too few of the claim's words are there, in all or in one of its clauses."""
    if share(claim.content, source.keys) < MIN_SHARE:
        return "words"
    return next(
        (
            "words"
            for each in claim.clauses
            if any(p.is_content for p in each) and share(each, source.keys) < MIN_CLAUSE_SHARE
        ),
        "",
    )


def numbers(claim: Text, source: Text, words: ClaimWords) -> str:
    """A number is not there, or there it counts something else."""
    counted, valued = _neighbours(source, words)
    for at, each in enumerate(claim.pieces):
        if not each.is_number:
            continue
        noun, subject = _counted(claim.pieces, at), _valued(claim.pieces, at, words)
        if each.key not in source.keys:
            if each.raw.isalpha() and each.key == f"#{FEW:g}" and not counted.get(noun):
                continue
            return "number" if counted.get(noun) or valued.get(subject) else "amount"
        for name, known in ((noun, counted), (subject, valued)):
            if name and known.get(name) and each.key not in known[name] and _is_bound(source, each.key, known, name):
                return "number"
        if noun and _has_other_unit(claim, at, source):
            return "unit"
    return _paired(claim, source)


def _neighbours(source: Text, words: ClaimWords) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """What each noun is counted by ("two heads"), and what value each has ("the cosine is 1")."""
    counted: defaultdict[str, set[str]] = defaultdict(set)
    valued: defaultdict[str, set[str]] = defaultdict(set)
    for at, each in enumerate(source.pieces):
        if each.is_number:
            counted[_counted(source.pieces, at)].add(each.key)
            valued[_valued(source.pieces, at, words)].add(each.key)
    for known in (counted, valued):
        known.pop("", None)
    return counted, valued


def _counted(pieces: Sequence[Piece], at: int) -> str:
    """The key of the word that a number counts: the next content word of its clause. "" for none."""
    for each in pieces[at + 1 : at + 4]:
        if each.clause != pieces[at].clause:
            return ""
        if each.is_content:
            return "" if each.is_number else each.key
    return ""


def _valued(pieces: Sequence[Piece], at: int, words: ClaimWords) -> str:
    """The key of the word whose value a number is: right before it, or with "is" between."""
    seen = False
    for back in range(at - 1, max(-1, at - 4), -1):
        each = pieces[back]
        if each.clause != pieces[at].clause:
            return ""
        if each.is_content and not each.is_number:
            return each.key if seen else ""
        seen = seen or each.raw in words.is_
    return ""


def _is_bound(source: Text, number: str, known: dict[str, set[str]], name: str) -> bool:
    """The number is bound to another word there: what stands alone may be meant of this one."""
    return any(number in values for other, values in known.items() if other and other != name)


def _has_other_unit(claim: Text, at: int, source: Text) -> bool:
    """Right after the number the claim has a word, and the source always another one, which the claim does not have."""
    number, mine = claim.pieces[at].key, _right_after(claim.pieces, at)
    theirs = [_right_after(source.pieces, place) for place, each in enumerate(source.pieces) if each.key == number]
    return bool(mine and theirs) and all(each and each != mine and each not in claim.keys for each in theirs)


def _right_after(pieces: Sequence[Piece], at: int) -> str:
    """Key of the next piece of the clause where it is a content word; "" for none."""
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    return after.key if after and after.is_content and after.clause == pieces[at].clause else ""


def _paired(claim: Text, source: Text) -> str:
    """Two numbers stand in one clause that the source has in two, each with another."""
    having = [{each.key for each in clause if each.is_number} for clause in source.clauses]
    for clause in claim.clauses:
        found = sorted({each.key for each in clause if each.is_number})
        for one in found:
            for other in found:
                first, second = ([each for each in having if key in each] for key in (one, other))
                apart = all(other not in each and len(each) > 1 for each in first)
                if one < other and first and second and apart and all(one not in s and len(s) > 1 for s in second):
                    return "roles"
    return ""


def scope(claim: Text, source: Text, words: ClaimWords) -> str:
    """The claim says "all", "only" or "more" where the source does not."""
    for at, each in enumerate(claim.pieces):
        counted = _next_content(claim.pieces, at)
        before = _before(source, counted)
        wide = each.raw in words.every and not before & words.every
        narrow = each.raw in words.limit
        if wide and (before & words.some or not source.raws & words.every):
            return "scope"
        if narrow and not source.raws & words.limit and not _is_amount(claim.pieces, at, words):
            return "scope"
        if narrow and _cut_short(each.raw, claim, source):
            return "scope"
        compares = each.raw in words.more and counted in source.keys
        if compares and not source.raws & (words.more | words.than):
            return "scope"
    return ""


def _is_amount(pieces: Sequence[Piece], at: int, words: ClaimWords) -> bool:
    """ "only four", "only a few million": it is said of how much something is, not of what."""
    after = pieces[at + 1 : at + 4]
    number = next((place for place, each in enumerate(after) if each.is_number), None)
    return pieces[at].raw not in words.exact and number is not None and not any(
        each.is_content or each.raw in words.joins for each in after[:number]
    )  # fmt: skip


def _next_content(pieces: Sequence[Piece], at: int) -> str:
    return next((each.key for each in pieces[at + 1 : at + 1 + NEAR] if each.is_content), "")


def _before(source: Text, key: str) -> set[str]:
    """The words right before a word, wherever the source has it."""
    pieces = source.pieces
    found = [at for at, piece in enumerate(pieces) if piece.key == key]
    return {each.raw for at in found for each in pieces[max(0, at - NEAR) : at]}


def _cut_short(limit: str, claim: Text, source: Text) -> bool:
    """After "only" the source names more than the claim does."""
    for at, each in enumerate(source.pieces):
        if each.raw == limit:
            rest = [other for other in source.pieces[at + 1 :] if other.clause == each.clause and other.is_content]
            if any(other.key not in claim.keys for other in rest) and any(other.key in claim.keys for other in rest):
                return True
    return False


def part_as_whole(claim: Text, source: Text, words: ClaimWords) -> str:
    """Of what the source says of "some" or "most" the claim speaks without limit."""
    if claim.raws & words.some:
        return ""
    for each, after in zip(source.pieces, source.pieces[1:], strict=False):
        if each.raw in words.part and after.is_content and after.raw in claim.raws:
            return "scope"
    return ""


def replaced(claim: Text, source: Text, words: ClaimWords) -> str:
    """Between the same two words of a clause, or at its end, another one stands than in the source."""
    between = {(first, last) for first, middle, last in _triples(source) if not middle.startswith("#")}
    for first, middle, last in _triples(claim):
        if not middle.startswith("#") and middle not in source.keys and (first, last) in between:
            return "replaced"
    return ""


def _triples(text: Text) -> Iterator[tuple[str, str, str]]:
    """Keys of three content words in a row, within a clause; after the last one stands its end, ""."""
    for _, clause in groupby(text.content, key=lambda each: each.clause):
        keys = [*(each.key for each in clause), ""]
        yield from zip(keys, keys[1:], keys[2:], strict=False)


def cause_added(claim: Text, source: Text, words: ClaimWords) -> str:
    """The claim names a cause, or a before and after, and the source none."""
    joined = words.because | words.therefore | words.causes
    if not source.raws & words.but:
        joined |= words.brings
    opens = {before.clause != each.clause and each.raw for before, each in zip(claim.pieces, claim.pieces[1:])}  # noqa: B905
    claimed = claim.raws & words.causes or claim.raws & words.because - {"as", "since"} or opens & words.therefore
    if claimed and not source.raws & joined and not re.search(r"[:;—]", source.text):
        return "cause"
    if claim.raws & words.time and not source.raws & (words.time | words.order):
        return "time"
    return ""


RULES: tuple[Callable[[Text, Text, ClaimWords], str], ...] = (
    words_missing,
    numbers,
    denial.polarity,
    denial.denied_word,
    scope,
    part_as_whole,
    replaced,
    cause_added,
)

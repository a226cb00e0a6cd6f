"""Denial: a clause that denies what the source affirms, or says its opposite."""

from __future__ import annotations

import re

from notegen.draft.model.check.pieces import Clause, Text
from notegen.language.claim_words import ClaimWords

DENIED = 3
"""Words after a denial among which is what it denies: "not by seeds", "does not reproduce by seeds"."""
_DENIAL = re.compile(
    r"\b(?:no|not|never|none|nor|neither|nothing|nobody|nowhere|cannot|lacks?|lacking|fails?|unable|impossible|"
    r"hardly|barely|scarcely|rarely|seldom|instead|rather than|kein\w*|nicht|nichts|"
    r"niemand|nie|niemals|statt|jamais|ne|pas|aucun\w*|"
    r"nunca|jamás|ning[uú]n\w*|nadie|non|nessun\w*|não|nem|nenhum\w*|niet|geen|nooit|"
    r"inte|aldrig|nigdy|не|нет|ни|никогда|нельзя)\b|n[’']t\b|\bn[’'](?=\w)|"
    r"ない|なか|なく|ません|[不没沒无無未]|않|없|아니|못",
    re.IGNORECASE,
)
"""Of the languages written most. A word that means something else in another does no harm: both texts have it."""


def polarity(claim: Text, source: Text, words: ClaimWords) -> str:
    """A clause denies what its clause in the source affirms, or says the opposite of it."""
    for clause in claim.clauses:
        keys = {each.key for each in clause if each.is_content}
        common = [len(keys & {each.key for each in other if each.is_content}) for other in source.clauses]
        best = max(common, default=0)
        turned = _opposites(clause, claim, source, words)
        if not best:
            if turned:
                return "opposite"
            continue
        homes = [other for other, count in zip(source.clauses, common, strict=True) if count == best]
        denied = bool(_denials(claim, clause, words)) != bool(turned % 2)
        if denied not in {bool(_denials(source, each, words)) for each in homes}:
            if turned:
                return "opposite"
            mine, theirs = _denied(claim) & keys, _denied(source)
            if mine & theirs or (not denied and theirs and not theirs & keys):
                continue  # the same is denied in another place, or what the claim does not speak of
            return "denial"
    return ""


def denied_word(claim: Text, source: Text, words: ClaimWords) -> str:
    """The claim denies one thing and affirms another, and the source has it the other way round."""
    mine, theirs = _denied(claim), _denied(source)
    affirmed = {each.key for each in claim.content} - mine
    if mine and theirs and not mine & theirs and theirs & affirmed and mine & source.keys:
        return "denial"
    return ""


def _denied(text: Text) -> set[str]:
    """Keys of the words right after a denial."""
    found: set[str] = set()
    for match in _DENIAL.finditer(text.text):
        after = [each for each in text.pieces if each.at >= match.end()][:DENIED]
        found |= {each.key for each in after if each.is_content and each.clause == after[0].clause}
    return found


def _denials(text: Text, clause: Clause, words: ClaimWords) -> int:
    said = text.words_of(clause).lower()
    for phrase in words.no_denial:
        said = re.sub(rf"\b{re.escape(phrase)}\b" if phrase else r"(?!)", " ", said)
    return len(_DENIAL.findall(said))


def _opposites(clause: Clause, claim: Text, source: Text, words: ClaimWords) -> int:
    """How many words of the clause say the reverse of one that only the source has."""
    return sum(
        bool(words.opposites.get(each.key, frozenset()) & source.keys - claim.keys)
        for each in clause
        if each.key not in source.keys and not _DENIAL.fullmatch(each.raw)
    )

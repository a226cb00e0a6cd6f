"""Sentences that say what something is.

Only a sentence of which the name is the subject defines it, or one that gives the name to what it describes ("… is
called an allele"); what only sounds like a definition ("X is the only …") is none.
"""

from __future__ import annotations

from typing import Literal

from notegen.draft.quoting.concepts.candidates import runs
from notegen.draft.quoting.concepts.running_words import running_words
from notegen.language.leaning import leaning
from notegen.language.lists import words_in
from notegen.language.naming import naming

Definition = Literal["is", "called", "does", ""]


def definition_kind(text: str, start: int, end: int, language: str) -> Definition:
    """How a sentence defines the name that stands in text[start:end]: "is" with the name as its subject, "called"
    where it gives the name, "does" where it says what its subject does, which tells what a thing is only under a
    heading of its name, "" where it does nothing of these. language: ISO 639-1."""
    words = naming(language)
    if words is None:
        return ""
    before, behind = text[:start], text[end:]
    if words.lead.match(before) and words.says.match(behind):
        return "is"
    if words.called.search(before) and words.called_ends.match(behind):
        return "called"
    return "does" if words.lead.match(before) and words.does.match(behind) else ""


def points_back(text: str, language: str) -> bool:
    """Whether a sentence opens with a word that stands for, or goes on from, what was said before, or has a "this" or
    "that process" anywhere."""
    patterns = leaning(language)
    plain = text.casefold()
    leans = patterns.pronoun.search(plain) or patterns.connective.search(plain)
    return bool(leans or patterns.demonstrative.search(f" {plain}"))


def defined_term(text: str, language: str = "en") -> str:
    """The name that a sentence defines, without what it is a property of; "" when it defines none."""
    if points_back(text, language):
        return ""
    words = running_words(text, language)
    plain = words_in("any_subject", language)
    spans = [
        (words[first].start, words[end - 1].end)
        for first, end in runs(words)
        if any(not word.is_stop and word.text.casefold() not in plain for word in words[first:end])
    ]
    kinds = [(text[start:end], definition_kind(text, start, end, language)) for start, end in spans]
    defined = [name for name, kind in kinds if kind in ("is", "called")]
    return min(defined, key=len, default="")

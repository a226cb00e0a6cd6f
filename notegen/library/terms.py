"""The words by which units are found: stems in the language of a text, numbers, letters of unspaced scripts."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from notegen.language.detect import language_of
from notegen.language.lists import in_every_language, words_in
from notegen.language.scripts import is_cjk
from notegen.language.stems import fold, stem, without_elision
from notegen.language.words import parts_and_ends, stop_words

_BARE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a question or claim."""

    text: str
    stems: frozenset[str]
    """What it may be in the languages of the books."""


def terms(text: str, language: str) -> list[str]:
    """The terms of a text in reading order, without stop words and single letters. language: ISO 639-1, "" unknown."""
    return [found for word in parts_and_ends(text) if (found := _term(word, language))]


def asked_words(question: str, languages: Collection[str]) -> tuple[Word, ...]:
    """The words of a question that say what it is about, each once. languages: those of the books."""
    own = language_of(question)
    asking = words_in("question", own) if own else in_every_language("question")
    known = [own, *languages] if own else [*languages] or [""]
    found: dict[frozenset[str], Word] = {}
    for word in parts_and_ends(question):
        if fold(without_elision(word, own)) in asking or not _term(word, own):
            continue
        stems = frozenset(each for language in known if (each := _stemmed(word, language)))
        found.setdefault(stems, Word(word, stems))
    return tuple(found.values())


def _term(word: str, language: str) -> str:
    """ "" for a mark, a stop word or a single letter."""
    if is_cjk(word):
        return word
    plain = without_elision(word, language)
    if not any(char.isalnum() for char in plain) or plain.casefold() in stop_words(language):
        return ""
    return _stemmed(plain, language) if len(plain) > 1 or plain.isdigit() else ""


def _stemmed(word: str, language: str) -> str:
    return word if is_cjk(word) or word.isdigit() else _BARE.sub("", stem(word, language))

"""The words by which units are found: stems in the language of a text, numbers, letters of unspaced scripts."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from notegen.language.detect import language_of
from notegen.language.lists import LANGUAGES, in_every_language, lines_in, words_in
from notegen.language.scripts import is_cjk
from notegen.language.stems import fold, stem, without_elision
from notegen.language.words import parts_and_ends, stop_words

_BARE = re.compile(r"[\W_]+")
_BRITISH = re.compile(r"(?<=\w{3})is(e[sd]?|ing|ations?|ers?)$|(?<=\w{3})our(?=s?$|ed$|ing$|al$|able$)", re.IGNORECASE)
"""The endings of "authorised" and "colour", which others spell "authorized" and "color"."""
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NAMES_ALONE_ARE_CAPITALS = ("en", "fr", "es", "it", "pt")
NUMBER_WORDS = in_every_language("numbers")
_NUMBER = re.compile(r"\d")
NEAR = 4
"""So many words may stand between a number and what it counts."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a question or claim."""

    text: str
    stems: frozenset[str]
    """What it may be in the languages of the books."""
    is_aside: bool = False
    """It stands in brackets: the question can be answered without it."""
    is_name: bool = False
    """It is written like a name, in a language that writes nothing else so."""


def terms(text: str, language: str) -> list[str]:
    """The terms of a text in reading order, without stop words and single letters. language: ISO 639-1, "" unknown."""
    return [found for word in parts_and_ends(text) if (found := _term(word, language))]


def asked_words(question: str, languages: Collection[str]) -> tuple[Word, ...]:
    """The words of a question that say what it is about, each once. languages: those of the books."""
    own = language_of(question)
    asking = words_in("question", own) if own else in_every_language("question")
    known = [own, *languages] if own else [*languages] or [""]
    found: dict[frozenset[str], Word] = {}
    outside = set(parts_and_ends(_BRACKETS.sub(" ", question)))
    for at, word in enumerate(parts_and_ends(question)):
        if fold(without_elision(word, own)) in asking or not _term(word, own):
            continue
        stems = frozenset(each for language in known if (each := _stemmed(word, language)))
        is_name = at > 0 and own in _NAMES_ALONE_ARE_CAPITALS and word[0].isupper()
        found.setdefault(stems, Word(word, stems, word not in outside, is_name))
    return tuple(found.values())


def counted(question: str) -> str:
    """What a question asks a number of: the last word of the name that follows "how many"; "" for other questions."""
    own = language_of(question)
    plain = f" {' '.join(question.casefold().replace('¿', ' ').split())} "
    for language in [own] if own else LANGUAGES:
        for phrase in lines_in("counting", language):
            _, found, rest = plain.partition(f" {phrase} ")
            named = _first_name(parts_and_ends(rest), language) if found else []
            if named:
                return named[-1]
    return ""


def _first_name(words: Sequence[str], language: str) -> list[str]:
    """The first run of words that mean something."""
    rest = dropwhile(lambda word: not _term(word, language), words)
    return list(takewhile(lambda word: _term(word, language), rest))


def has_number_of(text: str, thing: Word, language: str, but: str) -> bool:
    """Whether a text has a number near a word. but: a text whose numbers do not count, the question."""
    words = parts_and_ends(text)
    places = [at for at, word in enumerate(words) if _stemmed(word, language) in thing.stems]
    known = set(parts_and_ends(but))
    numbers = [at for at, word in enumerate(words)
               if (_NUMBER.search(word) or word.casefold() in NUMBER_WORDS) and word not in known]  # fmt: skip
    return any(abs(at - place) <= NEAR for at in numbers for place in places)


def _term(word: str, language: str) -> str:
    """ "" for a mark, a stop word or a single letter."""
    if is_cjk(word):
        return word
    plain = without_elision(word, language)
    if not any(char.isalnum() for char in plain) or plain.casefold() in stop_words(language):
        return ""
    return _stemmed(plain, language) if len(plain) > 1 or plain.isdigit() else ""


def _stemmed(word: str, language: str) -> str:
    if is_cjk(word) or word.isdigit():
        return word
    if language == "en":
        word = _BRITISH.sub(lambda end: f"iz{end[1]}" if end[1] else "or", word)
    return _BARE.sub("", stem(word, language))

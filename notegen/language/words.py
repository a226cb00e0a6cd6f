"""Words for counting and comparing: the one tokenizer, stop words, stems of what a text says."""

from __future__ import annotations

import re
import unicodedata

from notegen.language.lists import LANGUAGES, in_every_language, words_in
from notegen.language.scripts import CJK
from notegen.language.stems import stem, without_elision

WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
"""Letters, with the hyphens and apostrophes inside: "self-attention" is one word."""
_PART = rf"[{CJK}]|[^\W_{CJK}]+(?:['’][^\W_{CJK}]+)*(?:\+\+|#(?!\w))?"
PART_OR_END = re.compile(rf"{_PART}|[.!?。！？;:\n](?=\s|$)")
"""A letter of Chinese, Japanese or Korean, a part of a word ("C++" and "don't" are one, "self-attention" is two), or a
mark at which a phrase ends."""
_ASCII_PART_OR_END = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*(?:\+\+|#(?!\w))?|[.!?;:\n](?=\s|$)", re.ASCII)
"""The same for text in ASCII, in a third of the time."""

STOP_WORDS = in_every_language("stop")
GENERIC = words_in("general", "en")
"""English words too general to be a concept by themselves."""


def tokens(text: str) -> list[str]:
    """Words of a text, letter case kept, numbers left out."""
    return WORD.findall(text)


def parts_and_ends(text: str) -> list[str]:
    """The parts of words, with digits, and the marks between phrases; accents are joined with their letters (NFC),
    and soft hyphens are no part of a word."""
    if text.isascii():
        return _ASCII_PART_OR_END.findall(text)
    return PART_OR_END.findall(unicodedata.normalize("NFC", text.replace("\u00ad", "")))


def stop_words(language: str) -> frozenset[str]:
    """The words of a language that carry no meaning; those of every language where it is not known."""
    return words_in("stop", language) if language in LANGUAGES else STOP_WORDS


def is_content(word: str, language: str = "") -> bool:
    """Not a stop word and more than two letters (or an acronym)."""
    plain = without_elision(word, language)
    is_long = len(plain) > 2 or (len(plain) == 2 and plain.isupper())
    return is_long and plain.casefold() not in stop_words(language)


def content_stems(text: str, language: str = "") -> frozenset[str]:
    """Stems of the words that carry the meaning of a text."""
    return frozenset(stem(word, language) for word in tokens(text) if is_content(word, language))

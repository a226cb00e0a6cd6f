"""A text as words in a row, each with its place, and where one cannot go on with the word before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from notegen.language.lists import words_in
from notegen.language.naming import naming
from notegen.language.stems import lexeme, without_elision
from notegen.language.words import WORD

_ADDRESS = re.compile(
    r"\S*(?:://|www\.|@)\S+|[\w-]*\w[._]\w[\w.-]*|[^\s(]*[/\\=<>_]\S*|[\w'’-]*\d[\w'’-]*|\b\w+\(\)|\S*[`´¨]\S*"
)
"""Addresses, names of files, options and functions: their parts are no words."""
_LONE_SPACE = re.compile(r"\s?(?:[^\W\d_]+['’])?")


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    """As printed, without an article glued to it."""
    key: str
    """What its inflections have in common."""
    start: int
    end: int
    """[start, end) of the text."""
    is_stop: bool
    is_link: bool
    led: bool
    """An article or a preposition stands right before it, maybe glued to it."""
    glued: bool
    """Nothing but a space, or the article glued to it, stands between it and the word before."""


def running_words(text: str, language: str) -> tuple[Word, ...]:
    """The words of a text in order. language: ISO 639-1."""
    plain = _ADDRESS.sub(lambda found: "|" * len(found[0]), text)
    stops, small_words = words_in("stop", language), naming(language)
    links = small_words.links if small_words else frozenset()
    leads = small_words.noun_leads if small_words else frozenset()
    found: list[Word] = []
    before = 0
    for match in WORD.finditer(plain):
        word = without_elision(match[0], language)
        start = match.end() - len(word)
        small = word.casefold()
        elided = plain[match.start() : start].casefold().replace("’", "'")
        is_link = small in links
        glued = bool(found) and bool(_LONE_SPACE.fullmatch(plain[before:start]))
        led = bool(elided) or (glued and found[-1].text.casefold() in leads)
        found.append(
            Word(
                text=word,
                key=lexeme(word, language),
                start=start,
                end=match.end(),
                is_stop=is_link or small in stops or (not elided and len(word) == 1),
                is_link=is_link,
                led=led,
                glued=glued and elided in ("", "d'", "dell'", "all'", "nell'"),
            )
        )
        before = match.end()
    return tuple(found)

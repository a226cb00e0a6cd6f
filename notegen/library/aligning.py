"""A claim laid along a sentence, word by word in the same order: what they share, and where they differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from notegen.language.claiming import Claiming
from notegen.language.stems import lexeme, without_elision
from notegen.language.words import stop_words

LONGEST_GAP = 8
"""Tokens between two neighbouring words of a claim, in the sentence."""

_TOKEN = re.compile(r"[^\W\d_]+\d\w*|\d+(?:[.,]\d+)*(?:[eE][-+−]?\d+\b)?|[^\W\d_]+(?:['’][^\W\d_]+)*|[,;:.!?()–—%]")
_NUMBER_WORDS = {
    "en": "two three four five six seven eight nine ten eleven twelve",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "it": "due tre quattro cinque sei sette otto nove dieci undici dodici",
    "pt": "dois três quatro cinco seis sete oito nove dez onze doze",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark of a text."""

    kind: Literal["content", "number", "function", "mark"]
    key: str
    """What it is compared by: the lexeme, the number, the word in small letters, the mark."""
    text: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where each content word and number of a claim stands in a sentence."""

    pairs: tuple[tuple[int, int], ...]
    """(index in the claim's tokens, index in the sentence's), in order."""
    clashes: tuple[tuple[int, int], ...]
    """Those of the pairs that are no match: two opposites, two numbers."""


def tokens_of(text: str, language: str, words: Claiming) -> tuple[Token, ...]:
    """The tokens of a text in a language."""
    return tuple(_token(each, language, words) for each in _TOKEN.findall(text))


def _token(text: str, language: str, words: Claiming) -> Token:
    plain = without_elision(text, language).casefold().replace("’", "'")
    if not text[0].isalnum():
        return Token("content" if text == "%" else "mark", text, text)
    if text[0].isdigit():
        return Token("number", _number(text), text)
    if plain in _number_words(language):
        return Token("number", _number_words(language)[plain], text)
    if plain.endswith("n't") and language == "en":
        return Token("function", "not", text)
    if any(lexeme(plain, language) in pair for pair in words.turned | words.opposites):
        return Token("content", lexeme(plain, language), text)
    special = plain in words.negation | words.reported | words.condition | words.filler | words.partly | words.wholly
    if special or plain in stop_words(language) or plain in words.possibility | words.obligation:
        return Token("function", plain, text)
    return Token("content", lexeme(plain, language), text)


def _number(text: str) -> str:
    """One spelling of a number: 1,000 is 1000; 0,5 is 0.5; 3.0 is 3."""
    if "e" in text.casefold():
        return str(float(text.replace(",", ".").replace("−", "-")))
    bare = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", text) if not text.startswith("0") else text
    bare = bare.replace(",", ".")
    return bare.rstrip("0").rstrip(".") if bare.count(".") == 1 else bare


@cache
def _number_words(language: str) -> dict[str, str]:
    listed = _NUMBER_WORDS.get(language, "").split()
    return {word: str(number) for number, word in enumerate(listed, start=2)}


def align(claim: Sequence[Token], sentence: Sequence[Token], words: Claiming) -> Alignment | None:
    """The claim's content words and numbers in the sentence, all of them and in the same order, with the fewest clashes
    and then as close together as there are. None where the sentence lacks one."""
    keys = [place for place, token in enumerate(claim) if token.kind in ("content", "number")]

    @cache
    def rest(at: int, after: int) -> tuple[int, int, tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]] | None:
        """(clashes, tokens passed, pairs, clashing pairs) from the key `at` on, behind a place in the sentence."""
        if at == len(keys):
            return 0, 0, (), ()
        wanted, best = claim[keys[at]], None
        stop = len(sentence) if at == 0 else min(len(sentence), after + 1 + LONGEST_GAP)
        for place in range(after + 1, stop):
            said = _said(wanted, sentence[place], words)
            further = rest(at + 1, place) if said else None
            if further is None:
                continue
            pair, is_clash = (keys[at], place), said == "clash"
            passed = 0 if at == 0 else place - after - 1
            found = (further[0] + is_clash, further[1] + passed, (pair, *further[2]),
                     (pair, *further[3]) if is_clash else further[3])  # fmt: skip
            if best is None or found[:2] < best[:2]:
                best = found
        return best

    found = rest(0, -1) if keys else None
    return Alignment(found[2], found[3]) if found else None


def _said(wanted: Token, token: Token, words: Claiming) -> Literal["same", "clash", ""]:
    if token.kind != wanted.kind:
        return ""
    if token.key == wanted.key:
        return "same"
    if wanted.kind == "number" or frozenset((token.key, wanted.key)) in words.turned | words.opposites:
        return "clash"
    return ""

"""Words as numbers: the form in which texts and names are compared across the vault.

A word is stood for by the CRC-32 of its lexeme, so an index needs no table of words and two runs always agree. Scripts
without spaces between words (Chinese, Japanese, Korean) are read letter by letter: a name is then a row of letters.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from notegen.language.scripts import is_cjk
from notegen.language.stems import lexeme
from notegen.language.words import STOP_WORDS, parts_and_ends

Ids = NDArray[np.uint32]

BREAK = 0
"""Stands where a phrase ends: at the end of a block or a sentence."""
UNSPACED = 1 << 31
"""Set in the number of a letter of a script without spaces, and of nothing else."""
_ASCII_SHARE = 0.9
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc-\u30ff]{2}")
_HANGUL = re.compile("[\uac00-\ud7af]{2}")


@lru_cache(maxsize=400_000)
def word_id(word: str) -> int:
    """The number of a word: the same for its inflections and letter cases; BREAK for a mark.

    An acronym in capitals that reads like a stop word ("IT", "OR") keeps its case: it is another word.
    """
    if not word[0].isalnum():
        return BREAK
    if is_cjk(word):
        return zlib.crc32(word.encode()) | UNSPACED
    is_acronym = len(word) > 1 and word.isupper() and word.casefold() in STOP_WORDS
    return zlib.crc32((word if is_acronym else lexeme(word)).encode()) & ~UNSPACED or 1


@lru_cache(maxsize=1)
def stop_ids() -> frozenset[int]:
    """The numbers of words that carry no meaning of their own."""
    return frozenset(word_id(word) for word in STOP_WORDS)


def ids_of(blocks: Iterable[str]) -> Ids:
    """The words of some blocks of text in order, as numbers, with BREAK after each block."""
    found: list[int] = []
    for block in blocks:
        found += map(word_id, parts_and_ends(block))
        found.append(BREAK)
    return np.array(found, dtype=np.uint32)


def name_ids(name: str) -> tuple[int, ...]:
    """The words of a name as numbers; () for one without any."""
    return tuple(number for word in parts_and_ends(name) if (number := word_id(word)) != BREAK)


def is_in_ascii(texts: Iterable[str]) -> bool:
    """Whether nearly all letters of some texts are plain: a file that claims to be English may be a translation."""
    letters = ascii_letters = 0
    for text in texts:
        letters += sum(map(str.isalpha, text))
        ascii_letters += sum(letter.isalpha() and letter.isascii() for letter in text)
    return ascii_letters >= _ASCII_SHARE * letters


def is_cut_before(before: str, letter: str) -> bool:
    """Whether a phrase that begins with this letter of an unspaced script would begin inside a word.

    A row of katakana is one word ("ネット" is no part of "インターネット"); Korean parts its words with spaces.
    """
    return bool(_KATAKANA.fullmatch(before + letter) or _HANGUL.fullmatch(before + letter))


def is_cut_after(letter: str, after: str) -> bool:
    """Whether a phrase that ends with this letter would end inside a word. What follows in Korean is its particle."""
    return bool(_KATAKANA.fullmatch(letter + after))

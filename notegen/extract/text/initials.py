"""Whether the big first letter of a paragraph is a word of its own: "A perceptron", not "Aperceptron"."""

from __future__ import annotations

from collections.abc import Iterable, Set

from notegen.language.frequency import FLOOR, frequencies, zipf

_WORDS = {"en": "AI", "fr": "AYOÀ", "es": "AYOEU", "it": "AEOIÈ", "pt": "AOEÉÀ"}
"""Words of one letter, by language."""
_STEM = 5
"""Letters that two words of one family have in common."""


def is_word_apart(initial: str, rest: str, others: Set[str]) -> bool:
    """initial: the letter, a quotation mark before it at most. rest: the line beside it. others: lower-case words of
    the page.

    The whole word decides where it is known, by how common it is or by the page; then the rest.
    """
    letter, word = initial[-1], rest.split()[0].strip('.,;:!?"”’)').lower()
    languages = [code for code, letters in _WORDS.items() if letter in letters]
    whole = letter.lower() + word
    if not languages or not rest[:1].islower() or whole in others or _is_known(whole, _WORDS):
        return False
    if word in others or _is_known(word, languages):
        return True
    return any(_begins_known(word, code) and not _begins_known(whole, code) for code in languages)


def _is_known(word: str, languages: Iterable[str]) -> bool:
    return any(zipf(word, code) > FLOOR for code in languages)


def _begins_known(word: str, language: str) -> bool:
    """Whether a known word begins alike: "perception" for the rare "perceptron"."""
    start = word[:_STEM]
    return len(start) == _STEM and any(known.startswith(start) for known in frequencies(language))

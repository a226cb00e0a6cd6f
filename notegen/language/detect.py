"""Which language a text is written in, told by its most frequent words."""

from __future__ import annotations

from notegen.language.lists import LANGUAGES, words_in
from notegen.language.words import tokens

_LEAST_SHARE = 0.15
"""Share of stop words from which a text is said to be in their language."""


def language_of(text: str, hint: str = "") -> str:
    """The ISO 639-1 code of a text's language; `hint`, what its file says of itself, where the text does not tell.

    Files lie about it (a German book says "en"), so the words go first.
    """
    words = [word.casefold() for word in tokens(text) if len(word) > 1]
    shares = {code: sum(word in words_in("stop", code) for word in words) / max(1, len(words)) for code in LANGUAGES}
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] >= _LEAST_SHARE else hint[:2].lower()

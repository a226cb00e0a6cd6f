"""Names that are words of everyday use, "Map" or "Note": mostly the word is meant, and not the note of that name."""

from __future__ import annotations

import re

from notegen.language.frequency import FLOOR, zipf
from notegen.language.stems import fold
from notegen.language.words import STOP_WORDS, parts_and_ends

_EVERYDAY = 4.3
"""On the Zipf scale: 20 times in a million words. "map" has 4.8, "matrix" 4.2, "vector" 3.8."""
_DETERMINERS = frozenset(
    "a an the this that these those each every all both any some no one it them its my your our their his her us me "
    "you him what which whether how where when".split()
)
_BEFORE_VERBS = frozenset(
    "can could will would shall should must may might cannot we you they i who let lets let's don't doesn't didn't "
    "please not never always then and to".split()
)
_WORD_BEFORE = re.compile(r"([^\W\d_]+(?:['’][^\W\d_]+)?)[ \u00a0]+$")
_WORD_AFTER = re.compile(r"[ \u00a0]+([^\W\d_]+)")


def is_everyday(name: str, language: str) -> bool:
    """Whether a name is one word, stop words aside, that any text of its language, or any English one, may use: no
    acronym is one."""
    word = _content_word(name)
    if not word or word.isupper():
        return False
    return max(zipf(word, language or "en"), zipf(word, "en")) >= _EVERYDAY


def is_other_form(name: str, shown: str) -> bool:
    """Whether an English text has a common word in the singular where the name is its plural: "generic" and "the real
    world" speak of no “Generics” and of no “The reals”."""
    word, plural = _content_word(shown), _content_word(name)
    return plural.endswith("s") and bool(word) and not word.endswith("s") and zipf(word, "en") > FLOOR


def _content_word(name: str) -> str:
    """The one word of a name beside stop words; "" where there are several, or none."""
    words = [word for word in parts_and_ends(name) if word[0].isalnum() and fold(word) not in STOP_WORDS]
    return words[0] if len(words) == 1 else ""


def is_used_as_word(text: str, start: int, end: int, language: str) -> bool:
    """Whether an everyday word stands where it can hardly be a name.

    English: as a verb, told by its neighbours ("Map each passage", "we map it", "to map the"). German: in small
    letters, as no noun is written.
    """
    if language == "de":
        return text[start].islower()
    if language not in ("", "en"):
        return False
    after = _WORD_AFTER.match(text, end)
    before = _WORD_BEFORE.search(text, max(0, start - 24), start)
    follows = after[1].casefold() if after else ""
    leads = before[1].casefold().replace("’", "'") if before else ""
    return follows in _DETERMINERS or leads in _BEFORE_VERBS

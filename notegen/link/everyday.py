"""Names that are words of everyday use, "Map" or "Note": mostly the word is meant, and not the note of that name."""

from __future__ import annotations

import re

from notegen.language.frequency import zipf
from notegen.language.words import parts_and_ends
from notegen.link.words import name_ids

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
    """Whether a name is one word that any text of its language, or any English one, may use. An acronym is none."""
    if len(name_ids(name)) != 1 or name.isupper():
        return False
    word = next(iter(parts_and_ends(name)), "")
    return max(zipf(word, language or "en"), zipf(word, "en")) >= _EVERYDAY


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

"""Does a sentence stand alone? A logistic model of plain features with rounded weights.

Features and weights were fitted (scikit-learn, L2) to 313 sentences of nine annotated passages of law, biology,
chemistry, medicine, statistics, engineering, music, mathematics and slides in English, German and French: 138 that an
expert would not print alone against 175 that carry a main idea, a definition or an answer; then rounded to halves.
Leaving one passage out, a doubt above .5 is right in .78 and finds .66 of the bad ones; area under the curve .85.
benchmarks/standing.py fits them anew.
"""

from __future__ import annotations

import math
import re

from notegen.language.leaning import leaning
from notegen.language.words import content_stems
from notegen.reading.belonging import is_task, points_beside, talks_about_the_book
from notegen.reading.unit import Part

MAX_HEAD_DOUBT, MAX_LINE_DOUBT = 0.5, 0.4
"""The first sentence of a unit, and a line that is printed all by itself, may be doubted no more."""
FEW_CONTENT_WORDS, FEW_WORDS, MANY_COMMAS = 4, 8, 3

_NUMBER = re.compile(r"\d")
_SYMBOLS = re.compile(r"[=<>≤≥∈∝∼+*/|{}\\_^∑∫√]|[Ͱ-Ͽ]|\b[b-df-hj-np-xz]\b")
_LISTED_VOWEL = re.compile(r"\b[aeiouy]\b(?=[,;)])")
"""A vowel is a word in many languages, but one before a comma is a name: "a, b and c"."""
_ITEM_MARK = re.compile(r"\([a-z]\)")
"""Of a list within a sentence: "(a) …; (b) …"."""
_CITATION = re.compile(r"\[\d+(?:[,–-] ?\d+)*\]|\(\d{4}[a-z]?\)|\bet al\b|, \d{4}\)|\(\w+,? \d{4}")
_NO_END = re.compile(r"[^.!?…。！？\"'”’»)\]]$")


_BIAS = -1.0
WEIGHTS = {
    "few words": 1.5,
    "opens with a pronoun": 1.5,
    "few content words": 1.5,
    "talks about the book": 1.0,
    "opens with a connective": 1.0,
    "numbers": 1.0,
    "cites": 1.0,
    "opens an example": 1.0,
    "persons": 0.5,
    "points to a figure": 0.5,
    "points within": 0.5,
    "ends in a colon": 0.5,
    "has no end": 0.5,
    "opens with a small letter": 0.5,
    "pronoun within": -0.5,
    "symbols": -1.0,
    "defines": -1.0,
    "item": -1.0,
    "many commas": -2.0,
}
"""What each feature adds to the log odds that the sentence does not stand alone."""


_BEGINS_WITH_CITATION = re.compile(r"^\([^()]*\d{4}[a-z]?\)")

SHORT = ("few words", "few content words")


def doubt(text: str, language: str, *, is_item: bool = False, on_slide: bool = False) -> float:
    """How likely it is, from 0 to 1, that a reader who sees nothing but this sentence does not know what it speaks of.

    language: ISO 639-1. is_item: it is an item of a list, or a line of a slide. on_slide: it is short by nature, and
    its title stands above it.
    """
    present = features(text, language, is_item=is_item)
    passed = SHORT if on_slide else ()
    odds = _BIAS + sum(WEIGHTS[name] for name, is_there in present.items() if is_there and name not in passed)
    return 1 / (1 + math.exp(-odds))


def features(text: str, language: str, *, is_item: bool = False) -> dict[str, bool]:
    """What the form of a sentence tells."""
    low, words = text.casefold(), leaning(language)
    count = len(text.split())
    expletive = bool(words.expletive.match(low))
    return {
        "few content words": len(content_stems(text)) < FEW_CONTENT_WORDS,
        "few words": count < FEW_WORDS,
        "opens with a pronoun": bool(words.pronoun.match(low)) and not expletive,
        "opens with a connective": bool(words.connective.match(low) or words.contrast.match(low)),
        "opens an example": bool(words.example.match(low)),
        "opens with a small letter": text[:1].islower(),
        "talks about the book": talks_about_the_book(text, words),
        "points within": bool(words.demonstrative.search(low)),
        "pronoun within": bool(words.pronoun_inside.search(low)),
        "points to a figure": bool(words.pointer.search(low)),
        "defines": bool(words.defines.search(low)),
        "persons": bool(words.persons.search(low)),
        "symbols": bool(_SYMBOLS.search(text)),
        "numbers": len(_NUMBER.findall(text)) > 2,
        "cites": bool(_CITATION.search(text)),
        "ends in a colon": text.endswith(":"),
        "has no end": bool(_NO_END.search(text)) and not text.endswith(":"),
        "item": is_item,
        "many commas": text.count(",") >= MANY_COMMAS,
    }


def opens_nothing(part: Part, language: str) -> bool:
    """The sentence says nothing of the subject itself: it announces, sets a task, points at a figure, or is the rest of
    a citation. Nothing that is quoted opens with it."""
    words = leaning(language)
    announces = words.announces.match(part.text.casefold()) or _BEGINS_WITH_CITATION.match(part.text)
    return bool(announces) or is_task(part, words) or points_beside(part.text, words)


def maths_signs(text: str) -> int:
    """How many signs and single letters of formulas are in it."""
    bare = _ITEM_MARK.sub("", text)
    return len(_SYMBOLS.findall(bare)) + len(_LISTED_VOWEL.findall(bare))


def is_unintroduced(text: str, heading: str, language: str) -> bool:
    """It speaks of "the debate" as of something known, its heading does not name it, and it does not define it."""
    low, words = text.casefold(), leaning(language)
    subject = words.bare_subject.match(low)
    if subject is None or words.defines.search(low):
        return False
    return not content_stems(subject[1]) & content_stems(heading)

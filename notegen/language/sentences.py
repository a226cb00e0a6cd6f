"""Where sentences end. Measured on gold sentences, these rules keep more of them whole than sentencex and pysbd do.

A full stop before a capital or a digit ends a sentence, unless what stands before it is an abbreviation of the
language, an initial, or a number that counts. Where both can be (`etc.`, `Co.`, initials), the word after it decides:
one that opens sentences opens one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from notegen.language.lists import LANGUAGES, lines_in, words_in

_END = re.compile(
    r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«„(\[¿¡]*[^\Wa-zß-öø-ÿ_])|(?<=[a-zß-öø-ÿ])[.!?](?=[A-Z][a-z]+\s)|[。！？]+[」』”]*"
)
"""A full stop before a capital; one glued to the next word, as PDFs have it; a full stop of Chinese and Japanese."""
_INITIALS = re.compile(r"(?:^|[\s(\[„“\"'’/—–-])(?:[A-ZÀ-Þ]\.[\s-]?)*[A-ZÀ-Þ]\.$")
_BREAK = re.compile(r"[\s~(\[/—–„“«\"]")
"""Stands between two words, or before one."""
_NUMBER = re.compile(r"\W*(?:\w*\d|[IVXLC]{2,}\b)")
_LETTER = re.compile(r"\s+[A-Z]\b(?!\.)")
"""One capital letter: the name of a figure or an object, and no initial."""
_NEXT_WORD = re.compile(r"\W*([^\W\d_]+)")
_NEXT_PART = re.compile(r"\s+(\w+)\.")
_COUNTS_FIRST = re.compile(r"^\W*\(?(?:\d+(?:\.\d+)*|[ivxl]+|[a-z])\.$")
"""The number of an item or heading, with nothing before it."""
_ORDINAL = {"de": re.compile(r"(?:^|[\s(\[])\d{1,2}\.$")}
"""Languages that write ordinal numbers with a full stop: "im 19. Jahrhundert"."""
_LONGEST_CHARS = 80
"""What decides whether a full stop ends a sentence stands in so much before it: no two words of a list are longer."""
_CLOSERS = "\"'”’»“)]"


def split(text: str, language: str = "") -> list[str]:
    """The sentences of a plain text. language: its ISO 639-1 code; one without lists is read as English."""
    return [text[start:end].strip() for start, end, _ in spans(text, language)]


def spans(text: str, language: str = "") -> Iterator[tuple[int, int, bool]]:
    """(start, end, is the last one) of each sentence of a text, as `split`."""
    language = language if language in LANGUAGES else "en"
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        if "." in match[0] and _goes_on(text[start:end].rstrip(_CLOSERS), text[end:], language):
            continue
        if text[end:].strip() and text[start:end].strip():
            yield start, end, False
            start = end + len(text[end:]) - len(text[end:].lstrip())
    if text[start:].strip():
        yield start, len(text), True


def _goes_on(before: str, after: str, language: str) -> bool:
    """Whether the full stop at the end of `before` ends no sentence."""
    if _COUNTS_FIRST.match(before):
        return True
    before = before[-_LONGEST_CHARS:]
    names = _last_words(before)
    following = _NEXT_PART.match(after)
    if following and {f"{name}.{following[1]}" for name in names} & _every_abbreviation(language):
        return True  # inside one that is written with a space: "z. B."
    if names & _abbreviations("abbreviations", language):
        return True
    counted = names & _abbreviations("abbreviations_before_number", language)
    if counted and (_NUMBER.match(after) or (_LETTER.match(after) and max(map(len, counted)) > 1)):
        return True
    ordinal = _ORDINAL.get(language)
    unsure = (
        bool(names & _abbreviations("abbreviations_at_end", language))
        or (_INITIALS.search(before) is not None and not _LETTER.match(after))
        or (ordinal is not None and ordinal.search(before) is not None)
    )
    return unsure and not opens(after, language)


def _last_words(before: str) -> frozenset[str]:
    """The last word, what stands after its last hyphen, and the last two words, as they are listed: without spaces."""
    breaks = [0, *(found.end() for found in _BREAK.finditer(before))]
    last = before[breaks[-1] : -1]
    if not (last and before.endswith(".")):
        return frozenset()
    up_to = before[: breaks[-1]].rstrip().rstrip("~ ")
    first = up_to[max(at for at in breaks if at <= len(up_to)) :] if len(up_to) < breaks[-1] else ""
    last = last.lstrip("'’")
    return frozenset({last, last.rpartition("-")[2], first + last})


def opens(after: str, language: str) -> bool:
    """Whether a text begins with a word that opens sentences. language: one with lists."""
    following = _NEXT_WORD.match(after)
    if following is None:
        return False
    word = following[1].lower()
    return word in words_in("stop", language) or word in words_in("openers", language)


@cache
def _every_abbreviation(language: str) -> frozenset[str]:
    names = ("abbreviations", "abbreviations_at_end", "abbreviations_before_number")
    return frozenset().union(*(_abbreviations(name, language) for name in names))


@cache
def _abbreviations(name: str, language: str) -> frozenset[str]:
    """The entries of a list without spaces; those in small letters also as they open a sentence."""
    entries = [entry.replace(" ", "") for entry in lines_in(name, language)]
    small = [entry for entry in entries if entry.islower() and len(entry) > 1]
    return frozenset(entries) | frozenset(entry[:1].upper() + entry[1:] for entry in small)

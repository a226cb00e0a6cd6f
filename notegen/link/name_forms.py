"""The forms of a name in a text: where its words stand alone, and when two phrases are the same name."""

from __future__ import annotations

from notegen.language.scripts import is_cjk
from notegen.language.stems import fold, lexeme, singular, without_elision
from notegen.language.words import PART_OR_END, parts_and_ends
from notegen.link.words import is_cut_after, is_cut_before
from notegen.markdown.editable import HIDDEN

_ENGLISH_ENDINGS = frozenset(["s", "es", "'s", "’s", "'", "’"])
_OTHER_ENDINGS = _ENGLISH_ENDINGS | frozenset(["e", "n", "en", "er", "ern", "em", "a", "i", "y", "x", "ar", "or", "et"])
_MIN_STEM = 4
_BESIDE = "$€£¥&^=~+"
"""Right beside a word it makes one with it: "US$5", "R&D", "x^2"."""


def words_of(text: str, language: str) -> list[tuple[str, int, int]]:
    """(word, start, end) of a text's words, an article that is glued to one left out ("l'attention")."""
    found = []
    for token in PART_OR_END.finditer(text):
        word = without_elision(token[0], language)
        found.append((word, token.end() - len(word), token.end()))
    return found


def span_of(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a run of words stands with a bracket that belongs to it; None where it cannot be one name."""
    end += text[start:end].count("(") > text[start:end].count(")") and text[end : end + 1] == ")"
    inside = text[start:end]
    is_whole = inside.count("(") == inside.count(")") and HIDDEN not in inside and "\n" not in inside
    return (start, end) if is_whole and _stands_alone(text, start, end) else None


def same_name(one: str, other: str, language: str) -> bool:
    """Whether two phrases are the same but for letter case, accents, plural and genitive. An acronym keeps its case."""
    ours, theirs = parts_and_ends(one), parts_and_ends(other)
    return len(ours) == len(theirs) and all(_same_word(a, b, language) for a, b in zip(ours, theirs, strict=True))


def _same_word(one: str, other: str, language: str) -> bool:
    is_english = language == "en"
    one, other = without_elision(one, language), without_elision(other, language)
    for word, counterpart in ((one, other), (other, one)):
        if word.isupper() and 2 <= len(word) <= 5 and not counterpart.startswith(word):
            return False
    if is_english:
        one, other = singular(one), singular(other)
    short, long = sorted((fold(one), fold(other)), key=len)
    if short == long:
        return True
    if long.endswith("ies") and short.endswith("y") and long[:-3] == short[:-1]:
        return True
    if language and not is_english and len(short) >= _MIN_STEM and lexeme(one, language) == lexeme(other, language):
        return True
    endings = _ENGLISH_ENDINGS if is_english else _OTHER_ENDINGS
    return len(short) >= (2 if one.isupper() or other.isupper() else 3 if is_english else _MIN_STEM) and (
        long.startswith(short) and long[len(short) :] in endings
    )


def _stands_alone(mask: str, start: int, end: int) -> bool:
    """Whether the words are whole words: no part of a longer, hyphenated or dotted one, of a path, or of brackets."""
    return _begins_alone(mask[start - 1 : start], mask[start]) and _ends_alone(mask[end - 1], mask[end : end + 2])


def _begins_alone(before: str, first: str) -> bool:
    if is_cjk(first):
        return before != "[" and not is_cut_before(before, first)
    return is_cjk(before) or not (before.isalnum() or (before and before in "[-_/\\@#." + _BESIDE))


def _ends_alone(last: str, after: str) -> bool:
    following = after[:1]
    if is_cjk(last):
        return following != "]" and not is_cut_after(last, following)
    if is_cjk(following):
        return True
    return not (
        following.isalnum()
        or (following and following in "]-_/\\@" + _BESIDE)
        or (following == "." and after[1:].isalnum())
    )

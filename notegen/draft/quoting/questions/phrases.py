"""Noun phrases: is this one, and how does it stand within a sentence?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from notegen.draft.quoting.questions.frames import Grammar
from notegen.language.frequency import zipf
from notegen.language.stems import stem
from notegen.language.words import is_content, stop_words, tokens

MAX_PHRASE_WORDS = 8
MAX_NAME_WORDS = 4
EVERYDAY_ZIPF = 5.2
"""A single word that is as common as this ("time", "work", "problem") names nothing by itself."""
_ELIDED = re.compile(r"^(?:l|d|un|dell|all|dall|nell|sull)[’']", re.IGNORECASE)
_ADVERB: dict[str, tuple[str, ...]] = {
    "en": ("ly",), "es": ("mente",), "it": ("mente",), "pt": ("mente",), "de": ("weise",),
    "fr": ("amment", "emment", "ellement", "ivement"),
}  # fmt: skip
_PAST_VERBS = frozenset(
    ["found", "made", "gave", "took", "saw", "said", "got", "went", "came", "became", "began", "knew", "thought",
     "wrote", "told", "showed", "argued", "claimed"]
)  # fmt: skip
"""English words of the past that stand in no noun phrase."""
_NO_ADVERB = frozenset({"family", "assembly", "anomaly", "monopoly", "supply", "reply", "mente"})
_WORD = re.compile(r"[\w’'\-]+")


@dataclass(frozen=True, slots=True)
class Forms:
    """How words are written within the sentences of a passage, to tell names from words that only open a sentence."""

    within: Counter[str]

    @classmethod
    def of(cls, texts: Iterable[str], names: Iterable[str] = ()) -> Forms:
        """From the passage's sentences, each without its first word, and from names as they are written within one."""
        within = Counter(word for text in texts for word in tokens(text)[1:])
        return cls(within + Counter(word for name in names for word in tokens(name)))

    def inside(self, phrase: str, grammar: Grammar) -> str:
        """The phrase as it is written within a sentence; "" where that cannot be told."""
        first = tokens(phrase)[0] if tokens(phrase) else ""
        lower = first[:1].lower() + first[1:]
        if not first or first == lower or not phrase.startswith(first) or any(char.isupper() for char in first[1:]):
            return phrase
        small = grammar.articles | grammar.counts.keys() | stop_words(grammar.language)
        if lower.casefold() in small or _ELIDED.match(lower):
            return lower + phrase[len(first) :]
        if self.within[lower] or self.within[first]:
            return phrase if self.within[first] > self.within[lower] else lower + phrase[len(first) :]
        if grammar.language == "de":
            rest = phrase[len(first) :].split()
            adjective = bool(rest) and rest[0][:1].isupper() and re.search(r"e[srnm]?$", first) is not None
            return lower + phrase[len(first) :] if adjective else phrase
        return ""


def is_noun_phrase(phrase: str, grammar: Grammar) -> bool:
    """Article or not, words that say something, joined by prepositions: nothing in it but what a subject is made of.

    When in doubt it is none: a verb that is taken for a noun makes nonsense of the question.
    """
    words = _WORD.findall(phrase)
    bare = words[1:] if words and words[0].casefold() in grammar.articles else words
    if not bare or len(words) > MAX_PHRASE_WORDS or re.search(r"[^\w’'\-\s]", phrase):
        return False
    if not any(is_content(word, grammar.language) for word in bare):
        return False
    low = [word.casefold() for word in bare]
    if not all(
        is_content(word, grammar.language) and word.casefold() not in grammar.links for word in (bare[0], bare[-1])
    ):
        return False
    for before, word, following in zip(["", *low], low, [*low[1:], ""], strict=False):
        if word in grammar.articles and before not in grammar.links:
            return False
        if word not in grammar.links | grammar.articles and (word in stop_words(grammar.language) or len(word) == 1):
            return False
        if _is_adverb(word, grammar) or (grammar.language == "en" and _may_be_verb(word, following, grammar)):
            return False
    return not any(char.isdigit() for char in phrase)


def opens_with_noun(clause: str, grammar: Grammar) -> bool:
    """A clause that begins with its subject: with an article or a word that says something, not with a preposition, a
    pronoun or an adverb."""
    first, *rest = _WORD.findall(clause) or [""]
    if first.casefold() in grammar.articles:
        return bool(rest) and is_content(rest[0], grammar.language)
    return is_content(first, grammar.language) and not _is_adverb(first.casefold(), grammar)


def _is_adverb(word: str, grammar: Grammar) -> bool:
    return word.endswith(_ADVERB[grammar.language]) and word not in _NO_ADVERB


def _may_be_verb(word: str, following: str, grammar: Grammar) -> bool:
    """An English word of the past, or one in -s before a further word that is no preposition: "the model assumes
    values"."""
    return word in _PAST_VERBS or bool(following and following not in grammar.links and re.search(r"[^suia']s$", word))


def term_of(phrase: str, grammar: Grammar) -> str:
    """The phrase without its article."""
    words = phrase.split()
    if words and words[0].casefold() in grammar.articles:
        words = words[1:]
    return _ELIDED.sub("", " ".join(words))


def names_in(phrase: str, grammar: Grammar) -> list[str]:
    """The runs of words of a phrase that may be a name: they begin and end with a word that says something."""
    words = _WORD.findall(term_of(phrase, grammar))
    fit = [is_content(word, grammar.language) and word.casefold() not in grammar.links for word in words]
    return [
        " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(start + MAX_NAME_WORDS, len(words)) + 1)
        if fit[start] and fit[end - 1]
    ]


def rarity(name: str, language: str) -> float:
    """0 for a word that everybody uses all the time, 1 for one two steps of the Zipf scale rarer, at most 2; that of
    the rarest word for several."""
    return max((min(2.0, (EVERYDAY_ZIPF - zipf(word, language)) / 2) for word in tokens(name)), default=0.0)


def stems_of(text: str, language: str) -> tuple[str, ...]:
    """The stems of all words in order."""
    return tuple(stem(word, language) for word in tokens(text))

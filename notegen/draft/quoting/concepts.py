"""The concepts of a passage: what it defines, and what it keeps coming back to."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from notegen.language.stems import fold, stem
from notegen.language.words import GENERIC, STOP_WORDS, is_content, tokens
from notegen.markdown.check_text import is_filler
from notegen.reading.sentences import Sentence

MAX_CONCEPT_WORDS = 4
MIN_MENTIONS = 3
"""A phrase that is neither defined nor a heading must come up this often."""

_ARTICLE = r"(?:an?|the|each|every|any|ein|eine|der|die|das|un|une|le|la|les|el|los|las|una)"
_TERM = r"(?P<term>[^\W\d_][\w’'\-]*(?:[ \-][\w’'\-]+){0,3})(?P<short>\s+\([A-Z][\w\-]{1,9}\))?"
_OF = r"(?:\s+(?:of|between|from|for)\s+[^,.;:]{2,40}?)?"
"""What the term is a property of: "the dot product *of two vectors* is …"."""
_VAGUE = r"(?:little|bit|lot|few|good|bad|great|big|major|natural|special|simple|mere|matter|must)\b"
_PICKS = r"(?:same|only|first|second|third|last|most|best|other|case|reason|result|following|one|way)\b"
"""After "is a" or "is the" these say something of a thing, and not what it is."""
_DEFINITIONS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?:(?i:{_ARTICLE})\s+)?{_TERM}{_OF},?\s+(?:is\s+(?:simply |just |essentially |usually |therefore |thus )?"
        rf"(?:defined as|an?(?! {_VAGUE})|the(?! {_PICKS})|any|one of)|"
        rf"are\s+(?:defined as|the(?! {_PICKS})|those|any))\s",
        rf"^(?:(?i:{_ARTICLE})\s+)?{_TERM}\s+"
        r"(?:refers? to|means(?! that)|denotes|consists of|describes|measures?|stands for)\s",
        rf"^(?:(?i:der|die|das|ein|eine)\s+)?{_TERM}\s+(?:ist|sind|bezeichnet|heißt)\s+(?:ein|eine|einen|der|die|das|man)\s",
        rf"^(?:(?i:le|la|les|un|une)\s+)?{_TERM}\s+(?:est|sont|désigne)\s+(?:un|une|le|la|l’|l'|des)\s?",
        rf"^(?:(?i:el|la|los|las|un|una)\s+)?{_TERM}\s+(?:es|son|significa)\s+(?:un|una|el|la|los|las)\s",
    )
)
_CALLED = re.compile(
    r"\b(?:is|are|be|being) (?:also |often |usually |sometimes |commonly )?(?:called|known as|termed|referred to as)\s+"
    r"(?:an?\s+|the\s+)?[\"“‘']?(?P<term>[^\W\d_][\w\-]*(?:[ \-][\w\-]+){0,2})(?=[\"”’',.;:)]|"
    r"\s+(?:of|for|in|if|and|or|by|at|on|because|when|with|to)\b)"
)
_RUN_IN = re.compile(r"^(?P<term>[A-Z][\w’'\-]*(?:[ \-][\w’'\-]+){0,3})\s+[–—]\s+(?=[A-Z])")
"""The term as a run-in heading: "Learning rate – The learning rate …"."""
_LEANS = re.compile(
    r"^(?:this|these|such|that|those|it|they|here|there|but|and|so|however|thus|hence|otherwise)\b", re.IGNORECASE
)
_NOT_A_TERM = frozenset(
    """it this that these those there here he she they we you one what which who something everything nothing
    both all some many most each another such reason way idea goal aim point question answer result
    problem example figure table section chapter difference advantage following former latter rest first
    second third last next task step case only other es dies das man dort hier ce cela il elle esto eso""".split()
)
_NTH = re.compile(r"[a-z]-?th$")
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S+|\b[\w-]+(?:\.[\w-]+)+\b|\S*/\S*")
"""Addresses and file names: their parts are no words."""
_BOUNDARY = re.compile(r"\w+\(|[.,;:!?()\[\]{}\"“”«»/—–、。，；：！？「」『』（）・]|\s-\s|\b\w[’']\w*|\b\w\b")
"""Where a run of words ends: punctuation, the name of a function before its bracket, a single letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A named idea of the passage."""

    name: str
    """As printed, singular or plural as it stands, without an article."""
    mentions: int
    """Number of sentences that name it."""
    definition: Sentence | None = None
    """The sentence that says what it is, when there is one that may be quoted."""

    @property
    def with_article(self) -> str:
        """The name as its definition has it: "the dot product", "an embedding"."""
        found = re.search(
            rf"\b(an?|the)\s+{re.escape(self.name)}\b", self.definition.text if self.definition else "", re.IGNORECASE
        )
        return f"{found[1].lower()} {self.name}" if found else self.name

    @property
    def stems(self) -> tuple[str, ...]:
        return name_stems(self.name)


def name_stems(name: str) -> tuple[str, ...]:
    """What identifies a name whatever its inflection: its words' stems in order."""
    return tuple(stem(word) for word in tokens(name))


def mentions(sentence_stems: Sequence[str], name: Sequence[str]) -> bool:
    """The stems of `name` stand in a row among the sentence's."""
    return any(
        tuple(sentence_stems[i : i + len(name)]) == tuple(name) for i in range(len(sentence_stems) - len(name) + 1)
    )


def find_concepts(
    sentences: Sequence[Sentence], titles: Iterable[str], *, at_most: int, language: str = "en"
) -> tuple[Concept, ...]:
    """The passage's concepts, most important first: defined ones, headings' own terms, then what is named often.

    What is named often is judged by the word lists of `words.py`, so in other languages than English it is left out.
    """
    frequent = _frequent_phrases(sentences) if language in ("", "en") else []
    defined = _defined(sentences)
    stems = [[stem(word) for word in tokens(sentence.text)] for sentence in sentences]
    names: dict[tuple[str, ...], str] = {key: name for key, (name, _) in defined.items()}
    for name in (*_heading_terms(titles), *frequent):
        names.setdefault(name_stems(name), name)
    scored: list[tuple[float, Concept]] = []
    for key, name in names.items():
        count = sum(mentions(each, key) for each in stems)
        definition = defined[key][1] if key in defined else None
        if count >= (1 if definition else MIN_MENTIONS) and not is_filler(name):
            weight = math.log1p(count) * (1.0 if len(key) == 1 else 1.6) * (2.0 if definition else 1.0)
            scored.append((weight, Concept(name=name, mentions=count, definition=definition)))
    scored.sort(key=lambda pair: (-pair[0], pair[1].name))
    return tuple(_distinct([concept for _, concept in scored]))[:at_most]


def _defined(sentences: Sequence[Sentence]) -> dict[tuple[str, ...], tuple[str, Sentence]]:
    """stems → (name, defining sentence); the first definition of a name wins."""
    found: dict[tuple[str, ...], tuple[str, Sentence]] = {}
    for sentence in sentences:
        stands_alone = not sentence.item and not sentence.text.endswith("?") and not _LEANS.match(sentence.text)
        if sentence.quotable and stands_alone:
            name = defined_term(sentence.text)
            if name:
                found.setdefault(name_stems(name), (name, sentence))
    return found


def defined_term(text: str) -> str:
    """The name that a sentence defines, "" when it defines none."""
    match = _RUN_IN.search(text)
    if match:
        return _term(match["term"], text)
    for pattern in _DEFINITIONS:
        match = pattern.search(text)
        if match:
            return _term(match["term"], text)
    match = _CALLED.search(text)
    return _term(match["term"], text) if match else ""


def _term(raw: str, text: str) -> str:
    words = raw.strip().split()
    while words and fold(words[0]) in STOP_WORDS:
        words = words[1:]
    if not 1 <= len(words) <= MAX_CONCEPT_WORDS or not tokens(" ".join(words)):
        return ""
    plain = [fold(word) for word in words]
    unfit = (
        any(len(word) == 1 for word in words)
        or any(word in STOP_WORDS or word in _NOT_A_TERM for word in plain)
        or plain[-1] in GENERIC
        or plain[0].endswith("ly")
    )
    if unfit or all(word in GENERIC for word in plain) or not any(is_content(word) for word in words):
        return ""
    return _lowered(" ".join(words), text)


def _lowered(name: str, text: str) -> str:
    """A name that opens a sentence loses its capital, unless it is an acronym or a proper name elsewhere."""
    first, _, rest = name.partition(" ")
    opens = text.lstrip("\"“‘'(").startswith(name)
    if opens and first[1:].islower() and not any(word[:1].isupper() for word in rest.split()):
        return name[:1].lower() + name[1:]
    return name


def _heading_terms(titles: Iterable[str]) -> list[str]:
    terms = []
    for title in titles:
        words = tokens(title)
        if (
            1 <= len(words) <= 3
            and all(is_content(word) for word in words)
            and any(fold(w) not in GENERIC for w in words)
        ):
            name = " ".join(words)
            terms.append(name if any(word.isupper() for word in words) else name.lower())
    return terms


def _frequent_phrases(sentences: Sequence[Sentence]) -> list[str]:
    """Runs of two or three content words that recur, and recurring acronyms. A phrase inside a longer one of nearly
    the same count gives way to it (the C-value idea of Frantzi, Ananiadou and Mima 2000)."""
    counts: Counter[tuple[str, ...]] = Counter()
    shown: dict[tuple[str, ...], Counter[str]] = {}
    for sentence in sentences:
        for run in _content_runs(_ADDRESS.sub(" | ", sentence.text)):
            for size in (1, 2, 3):
                for start in range(len(run) - size + 1):
                    words = run[start : start + size]
                    if _is_phrase(words):
                        key = tuple(stem(word) for word in words)
                        counts[key] += 1
                        shown.setdefault(key, Counter())[" ".join(words)] += 1
    kept = [
        key
        for key, count in counts.items()
        if count >= MIN_MENTIONS
        and not any(len(other) > len(key) and mentions(other, key) and counts[other] >= 0.6 * count for other in counts)
    ]
    return [_usual(shown[key]) for key in sorted(kept, key=lambda key: (-counts[key] * len(key), key))]


def _content_runs(text: str) -> list[list[str]]:
    runs: list[list[str]] = []
    for piece in _BOUNDARY.split(text):
        run: list[str] = []
        for word in [*tokens(piece), ""]:
            if word and is_content(word):
                run.append(word)
            elif run:
                runs.append(run)
                run = []
    return runs


def _is_phrase(words: Sequence[str]) -> bool:
    plain = [fold(word) for word in words]
    if len(words) == 1:
        return words[0].isupper() and 2 <= len(words[0]) <= 6 and plain[0] not in GENERIC
    general = sum(word in GENERIC for word in plain)
    if any("'" in word or "’" in word for word in plain):
        return False
    verbish = plain[0].endswith(("ly", "ed")) or plain[-1].endswith(("ly", "ed", "ing")) or _NTH.match(plain[0])
    return plain[-1] not in GENERIC and plain[0] not in GENERIC and general == 0 and not verbish


def _usual(forms: Counter[str]) -> str:
    """The commonest written form; lower case where it also occurs so."""
    best = forms.most_common(1)[0][0]
    lowered = best[:1].lower() + best[1:]
    return lowered if lowered in forms else best


def _distinct(concepts: Sequence[Concept]) -> list[Concept]:
    """Without those that say the same: the words of one inside another that is defined or named about as often."""
    kept: list[Concept] = []
    for concept in concepts:
        twin = any(set(concept.stems) <= set(other.stems) or set(other.stems) <= set(concept.stems) for other in kept)
        if not twin or (concept.definition and not any(other.stems == concept.stems for other in kept)):
            kept.append(concept)
    return kept

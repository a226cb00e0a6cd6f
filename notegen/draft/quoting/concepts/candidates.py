"""Candidates for concepts: runs of up to four words between stop words and punctuation, in any language.

What a noun phrase is, is judged by where it stands: whole between two boundaries, after an article or a preposition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from notegen.draft.quoting.concepts.running_words import Word
from notegen.language.naming import naming

MAX_WORDS = 4
"""Words that carry meaning; small words between them come on top."""
MAX_LINKS = 1

Key = tuple[str, ...]
"""What identifies a candidate whatever its inflection."""


@dataclass(slots=True)
class Candidate:
    """A run of words and how the passage uses it."""

    key: Key
    names: Counter[str] = field(default_factory=Counter)
    """As printed in the sentences, and how often."""
    sentences: list[int] = field(default_factory=list)
    """Numbers of the sentences that name it, ascending."""
    openers: list[int] = field(default_factory=list)
    """Of those that begin with it, an article aside."""
    whole: int = 0
    """How often it stands between two boundaries."""
    led: float = 0
    """How often of those after an article or a preposition; after punctuation, where either may be, it counts half."""
    words: tuple[Word, ...] = ()
    """Of its first mention."""
    capitals: int = 0
    """How often all its words have a capital where none is due."""
    first_capitals: int = 0
    """How often its first word has one where none is due."""
    inside: int = 0
    """How often of those where a sentence does not begin."""

    @property
    def count(self) -> int:
        return len(self.sentences)


def candidates(sentences: Sequence[tuple[str, Sequence[Word]]], language: str) -> dict[Key, Candidate]:
    """All candidates of these sentences (text, words) by key."""
    found: dict[Key, Candidate] = {}
    small_words = naming(language)
    articles = small_words.articles if small_words else frozenset()
    for number, (text, words) in enumerate(sentences):
        for start, end in runs(words):
            run = words[start:end]
            key = tuple(word.key for word in run)
            one = found.setdefault(key, Candidate(key, words=tuple(run)))
            one.names[text[run[0].start : run[-1].end]] += 1
            opens = all(word.text.casefold() in articles for word in words[:start])
            if not one.sentences or one.sentences[-1] != number:
                one.sentences.append(number)
                if opens:
                    one.openers.append(number)
            left_free = start == 0 or words[start - 1].is_stop or not run[0].glued
            right_free = end == len(words) or words[end].is_stop or not words[end].glued
            if left_free and right_free:
                one.whole += 1
                one.led += 1.0 if run[0].led else 0.5 * (start == 0 or not run[0].glued)
            if start > 0:
                one.inside += 1
                one.first_capitals += run[0].text[0].isupper()
                one.capitals += all(word.text[0].isupper() for word in run if not word.is_link)
    return found


def runs(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """[start, end) of every run that begins and ends with a word that carries meaning."""
    for start, first in enumerate(words):
        if first.is_stop:
            continue
        content = links = 0
        for end in range(start, len(words)):
            word = words[end]
            if end > start and not word.glued:
                break
            if word.is_link:
                links += 1
            elif word.is_stop:
                break
            else:
                content += 1
                if content > MAX_WORDS or links > MAX_LINKS:
                    break
                yield start, end + 1
                continue
            if links > MAX_LINKS:
                break

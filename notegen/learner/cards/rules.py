"""What a question must fulfil to become a card, beside what it must to be asked below its section at all.

A card comes back for years and without its page, so the limits are stricter: those of `draft/quoting/questions/rules`
hold for what must be known, these for all that is shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from notegen.draft.quoting.questions.passage import Reading
from notegen.draft.quoting.questions.phrases import rarity
from notegen.draft.quoting.questions.question import QuestionKind
from notegen.draft.quoting.questions.rules import MAX_ANSWER_WORDS, MAX_LIKENESS, MAX_OVERLAP, MIN_RARITY, TOP
from notegen.language.stems import stem
from notegen.language.words import content_stems, is_content, tokens
from notegen.learner.cards.card import Card

NO_CARDS: frozenset[QuestionKind] = frozenset({"book"})
"""What the source asks itself leans on the place where it asks."""
MAX_COSINE = 0.92
"""Of the words of two cards, question and answer: above it they ask the same."""
_BROKEN = re.compile(r"[`´¨](?=\w)|\.\.|…")
"""An accent that stands beside its letter, or a sentence that breaks off."""
_MADE_OF_WORDS = re.compile(r"[^\W\d_]{3}")


@dataclass(frozen=True, slots=True)
class Book:
    """What was read of a book up to a card's passage, and the language that it is written in."""

    reading: Reading

    @property
    def language(self) -> str:
        return self.reading.grammar.language


def leans_on_nothing(card: Card, book: Book) -> bool:
    """It is no question that the source asks at some place of its text."""
    del book
    return card.kind not in NO_CARDS


def is_quickly_answered(card: Card, book: Book) -> bool:
    """All that is shown as its answer has at most thirty words."""
    del book
    return len(card.answer_text.split()) <= MAX_ANSWER_WORDS


def answers_with_something_new(card: Card, book: Book) -> bool:
    """Less than half of the answer's words of weight stand in the question."""
    said, asked = (content_stems(text, book.language) for text in (card.answer_text, card.question))
    return bool(said) and len(said & asked) < MAX_OVERLAP * len(said)


def is_legible(card: Card, book: Book) -> bool:
    """No rests of a broken text layer: accents beside their letters, sentences that end in dots."""
    del book
    return not _BROKEN.search(f"{card.question} {card.answer_text}") and bool(_MADE_OF_WORDS.search(card.answer_text))


def asks_for_a_term(card: Card, book: Book) -> bool:
    """What it asks about has a name of several words, or one that is rare, an acronym, or a heading of the book: years
    later nobody knows which "map" was meant."""
    for subject in card.question_of.subjects:
        name = " ".join(word for word in subject.split() if word.casefold() not in book.reading.grammar.articles)
        common = " " not in name and not name.isupper() and rarity(name, book.language) < MIN_RARITY
        if common and not book.reading.is_heading(name):
            return False
    return True


def compares_two_things(card: Card, book: Book) -> bool:
    """ "How do a tide and the tide differ?" asks nothing."""
    if card.kind != "contrast":
        return True
    names = [content_stems(subject, book.language) for subject in card.question_of.subjects]
    return len(set(names)) == len(names) > 1


def finds_its_sentence_in_the_book(card: Card, book: Book) -> bool:
    """The question alone leads back to its unit, among the first three of all that was read of the book."""
    rank = book.reading.rank(card.question, card.question_of.unit)
    return rank is not None and rank <= TOP


RULES: tuple[Callable[[Card, Book], bool], ...] = (
    leans_on_nothing,
    is_quickly_answered,
    answers_with_something_new,
    is_legible,
    asks_for_a_term,
    compares_two_things,
    finds_its_sentence_in_the_book,
)


def is_fit(card: Card, book: Book) -> bool:
    """Whether a question that is fit to be asked is fit to be a card."""
    return all(rule(card, book) for rule in RULES)


class Known:
    """The cards of a vault, to tell whether a new one asks the same: of whatever book."""

    def __init__(self, texts: Iterable[tuple[str, str]] = ()) -> None:
        """texts: (question, answer) of each."""
        self._seen: list[tuple[str, str]] = list(texts)

    def has_like(self, card: Card, language: str) -> bool:
        """Jaccard of the stems of two questions, or cosine of the words of two whole cards, is too high."""
        return any(
            _jaccard(card.question, question, language) >= MAX_LIKENESS
            or _cosine(f"{card.question} {card.answer_text}", f"{question} {answer}", language) >= MAX_COSINE
            for question, answer in self._seen
        )

    def add(self, card: Card) -> None:
        self._seen.append((card.question, card.answer_text))


def _jaccard(one: str, other: str, language: str) -> float:
    left, right = content_stems(one, language), content_stems(other, language)
    return len(left & right) / len(left | right) if left | right else float(one == other)


def _cosine(one: str, other: str, language: str) -> float:
    left, right = (_counts(tokens(text), language) for text in (one, other))
    lengths = sqrt(sum(n * n for n in left.values()) * sum(n * n for n in right.values()))
    return sum(left[each] * right[each] for each in left) / lengths if lengths else 0.0


def _counts(words: Sequence[str], language: str) -> Counter[str]:
    return Counter(stem(word, language) for word in words if is_content(word, language))

"""What a question must fulfil to be asked. Each rule is one function; `fit` holds a question against all of them.

A question that is answered by its own words, points to what is not shown or has two answers trains nothing. The limits
are those that notegen's cards keep to as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from notegen.draft.quoting.questions.passage import Reading
from notegen.draft.quoting.questions.phrases import rarity
from notegen.draft.quoting.questions.question import Question
from notegen.language.words import content_stems

MAX_QUESTION_WORDS, MIN_BOOK_WORDS = 25, 5
MAX_ANSWER_WORDS = 30
"""Of what must be known; of each item where several things are asked for."""
MAX_ITEMS = 7
"""More than seven things are nothing to be known by heart (Miller 1956)."""
MIN_NEW_STEMS = 3
"""An answer says so many things that the question does not: "in several respects" says nothing."""
MAX_OVERLAP = 0.5
"""Share of the answer's words of weight that the question may give away."""
MAX_JOINS = 1
MAX_LIKENESS = 0.8
"""Jaccard, of the stems of two questions."""
TOP = 3
MIN_RARITY = 0.6
"""A single noun with "the" is a term from four on the Zipf scale down; "the result" is one of a place in the text."""
MIN_WORD_SHARE = 0.75

_SIGNS = re.compile(
    r"[=<>≤≥∈∝∼+*/|{}\\_^∑∫√→•@#$%&\[\]]|\d{3,}|http|\bet al\b|\(\d"
    r"|(?<![’'])\b[b-df-hj-np-xzB-DF-HJ-NP-XZ]\b(?![’'])|(?<!\w)[Α-ω](?![\w-])"
)
"""Signs, large numbers, citations, and letters that stand alone without being a word or an elided one."""
_IS_WORD = re.compile(r"^[\"“„«‘'(¿]*(?:[^\W\d_]{2,}|[aAIyoOeEàÀéè]\b)")
_IN_PRINT = re.compile(
    r"\b(?:fig|tab|abb|eq|gl)\.|\b(?:figure|table|abbildung|tabelle|tableau|figura|tabla|tabella|tabela)\b",
    re.IGNORECASE,
)
_TO_BE = re.compile(r"\bsein$")
"""The German infinitive, which is written as the pronoun "his" is."""
_PAST = re.compile(
    r"\b(?:was|were|war|waren|wurde|wurden|était|étaient|fut|furent|era|eran|fue|fueron|fu|furono|foi|foram|eram)\b"
)
"""The past tells of one thing that was: with "the", a reader must know which."""
_GOES_ON = re.compile(
    r"\b(?:however|then|otherwise|though|instead|but|jedoch|aber|nun|also|dann|denn|doch|donc|alors|cependant|mais"
    r"|pues|entonces|pero|allora|dunque|però|então|porém)\b|\b(?:what|how) about\b",
    re.IGNORECASE,
)
"""A question of the book that goes on from what it said before: "What then …", "What about …"."""
_ANOTHER_REASON = re.compile(
    r"\b(?:but|sondern|mais|sino|bensì|mas)(?: also)? (?:because|weil|parce|car|porque|perché|pois)\b"
    r"|\b(?:not|just|only|simply|nicht|nur|pas|seulement|no|sólo|non|solo|não|só)\s*\?$",
    re.IGNORECASE,
)
"""What is denied is the reason, not what it is the reason of: "not because it is fast but because it is safe"."""


def fit(question: Question, reading: Reading) -> bool:
    """Whether the question fulfils every rule."""
    return all(rule(question, reading) for rule in RULES)


def is_answered_within_its_unit(question: Question, reading: Reading) -> bool:
    """The answer is the unit's own words, printed whole, on one page."""
    del reading
    own = all(any(part is other for other in question.unit.parts) for part in question.parts)
    shown = all(part.certain and part.kind in ("sentence", "item") for part in question.parts)
    return own and shown and len({part.page for part in question.parts}) == 1


def is_short(question: Question, reading: Reading) -> bool:
    """At most 25 words with one question mark; more than a call of "Why?"."""
    del reading
    count = len(question.text.split())
    least = MIN_BOOK_WORDS if question.kind == "book" else 1
    return least <= count <= MAX_QUESTION_WORDS and question.text.count("?") == 1


def has_a_short_answer(question: Question, reading: Reading) -> bool:
    """What must be known has at most 30 words, for two things 60, and no more is shown; a list has at most seven."""
    del reading
    if question.kind == "list":
        items = [part for part in question.parts if part.kind == "item"]
        return len(items) <= MAX_ITEMS and all(len(item.text.split()) <= MAX_ANSWER_WORDS for item in items)
    most = MAX_ANSWER_WORDS * (2 if question.kind in ("contrast", "book") else 1)
    return len(question.says.split()) <= most and len(question.answer.split()) <= 2 * MAX_ANSWER_WORDS


def gives_nothing_away(question: Question, reading: Reading) -> bool:
    """Less than half of the answer's words of weight stand in the question, and three or more do not."""
    language = reading.grammar.language
    said, asked = content_stems(question.says, language), content_stems(question.text, language)
    if len(said - asked) < MIN_NEW_STEMS:
        return False
    return question.kind == "contrast" or len(said & asked) < MAX_OVERLAP * len(said)


def asks_for_one_thing(question: Question, reading: Reading) -> bool:
    """The answer makes one statement, or two in one sentence; a list and a contrast are one thing by their form."""
    if question.kind in ("list", "contrast", "book"):
        return True
    return len(reading.grammar.joins.findall(question.says)) <= MAX_JOINS


def points_to_nothing_unseen(question: Question, reading: Reading) -> bool:
    """Neither "this" nor "we" nor "Figure 3" nor "the author" in the question."""
    words = reading.words
    taken = _TO_BE.sub("", f"– {question.taken.casefold()}")  # nothing in it opens a sentence
    lists = (words.demonstrative, words.pronoun_inside, words.about_the_book, words.persons, words.pointer)
    return not any(each.search(taken) for each in lists) and not _IN_PRINT.search(taken)


def is_answered_without_the_page(question: Question, reading: Reading) -> bool:
    """The answer opens with nothing that leans back, and needs no figure and no formula below it."""
    words, low = reading.words, question.parts[0].text.casefold()
    answer = question.answer.casefold()
    if words.about_the_book.search(answer) or _IN_PRINT.search(answer):
        return False
    if question.kind == "book":
        return not words.pointer.search(answer)  # it leans on the question
    leans = (words.pronoun.match(low) and not words.expletive.match(low)) or words.connective.match(low)
    if leans or words.demonstrative.search(low) or question.parts[-1].text.endswith(":"):
        return False
    return not (question.kind == "term" and words.pronoun_inside.search(question.says.casefold()))


def is_plain(question: Question, reading: Reading) -> bool:
    """No signs of formulas, code or citations in the question, which is plain text."""
    del reading
    return not _SIGNS.search(question.text)


def is_answered_in_words(question: Question, reading: Reading) -> bool:
    """The answer is mostly words: not the rests of a formula or figure."""
    del reading
    said = question.answer.split()
    return sum(bool(_IS_WORD.search(word)) for word in said) >= MIN_WORD_SHARE * len(said)


def asks_more_than_yes_or_no(question: Question, reading: Reading) -> bool:
    """It opens with a question word of the language."""
    return bool(reading.grammar.asks.match(question.text))


def asks_for_something_that_matters(question: Question, reading: Reading) -> bool:
    """What it asks about comes up again in the passage, or in a heading, or is one of its concepts, and is no word of
    everyday use."""
    return bool(question.subjects) and all(reading.weight(subject) > 0 for subject in question.subjects)


def names_its_subject(question: Question, reading: Reading) -> bool:
    """A subject that a reader knows without the page: no "the result", no "the recent method"."""
    grammar = reading.grammar
    if question.kind == "book":
        return not _GOES_ON.search(question.text)
    if question.kind in ("fact", "effect", "composition") and any(len(each.split()) == 1 for each in question.subjects):
        return False  # one name does many things: "What does ngspice compute?"
    for subject in question.subjects:
        article, _, name = subject.partition(" ")
        definite = article.casefold() in grammar.definite
        vague = " " not in name and rarity(name, grammar.language) < MIN_RARITY and not reading.is_heading(name)
        if grammar.pointing.search(subject) or (definite and (vague or _PAST.search(question.text))):
            return False
    return True


def defines_what_it_asks_for(question: Question, reading: Reading) -> bool:
    """ "A good clue is the last tone" tells of the last tone, not what a good clue is."""
    grammar = reading.grammar
    opening = question.says.split()[0].casefold()
    indefinite = any(subject.split()[0].casefold() in grammar.indefinite for subject in question.subjects)
    return not (question.kind == "definition" and indefinite and opening in grammar.definite)


def asks_for_the_reason_that_is_one(question: Question, reading: Reading) -> bool:
    """Not for one that the sentence denies."""
    del reading
    denied = _ANOTHER_REASON.search(question.says) or _ANOTHER_REASON.search(question.text)
    return question.kind != "cause" or not denied


def finds_its_unit(question: Question, reading: Reading) -> bool:
    """The round trip: the question alone leads back to its unit, among the first three of all units."""
    rank = reading.rank(question.text, question.unit)
    return rank is not None and rank <= TOP


RULES: tuple[Callable[[Question, Reading], bool], ...] = (
    is_answered_within_its_unit,
    is_short,
    has_a_short_answer,
    gives_nothing_away,
    asks_for_one_thing,
    points_to_nothing_unseen,
    is_answered_without_the_page,
    is_plain,
    is_answered_in_words,
    asks_more_than_yes_or_no,
    asks_for_something_that_matters,
    names_its_subject,
    defines_what_it_asks_for,
    asks_for_the_reason_that_is_one,
    finds_its_unit,
)


def are_alike(one: Question, other: Question, language: str) -> bool:
    """Two questions that ask the same, or have the same answer."""
    left, right = content_stems(one.text, language), content_stems(other.text, language)
    return one.answer == other.answer or len(left & right) >= MAX_LIKENESS * len(left | right)

"""The TL;DR of the extractive draft: one sentence of the source for each of its lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notegen.draft.quoting.outline import SourceSection
from notegen.draft.quoting.salience import Salience
from notegen.reading.sentences import Sentence

MAX_COVERED = 6
FEW_SECTIONS = 4
"""With no more sections than this, two lines may come from one section."""
CUE_BONUS, ITEM_MALUS = 0.5, 0.3

_CORE = re.compile(
    r"\b(?:we (?:propose|introduce|present|describe|study|consider|develop)|this (?:chapter|paper|section|manual|book|"
    r"lecture|document|part)|in this (?:chapter|paper|section|lecture|part)|the (?:goal|aim|purpose|"
    r"key idea|main idea|idea)|"
    r"introduces?|is an? )\b",
    re.IGNORECASE,
)
WHY = re.compile(
    r"\b(?:important|useful|used (?:in|for|to|by)|allows?|enables?|helps?|essential|crucial|matters?|so that|"
    r"makes? it possible|powerful|efficient|solves?|applications?|the reason)\b",
    re.IGNORECASE,
)
_TAKEAWAY = re.compile(
    r"\b(?:in (?:summary|short|conclusion|other words)|to summari[sz]e|thus|therefore|we conclude|"
    r"overall|hence|consequently|"
    r"most important|the key|key point|as a result|in general|always|exactly|this means)\b",
    re.IGNORECASE,
)
_WATCH_OUT = re.compile(
    r"\b(?:however|unfortunately|careful(?:ly)?|caution|warning|note that|beware|cannot|can not|must not|should not|"
    r"never|fails?|mistake|incorrect|wrong|only if|unless|limitation|drawback|pitfall|flaw|"
    r"weakness(?:es)?|do not)\b",
    re.IGNORECASE,
)

_ABOUT_THE_BOOK = re.compile(
    r"\b(?:this (?:tutorial|manual|book|document|guide|text|copy)|the (?:author|reader)s?|download\w*|I|my|e-?mail|"
    r"[Rr]emark|examples? (?:are|is)|acknowledge\w*|version \d)\b"
)
"""What the book says of itself is not what it teaches."""


def takeaways(
    sections: Sequence[SourceSection], sentences: Sequence[Sequence[Sentence]], salience: Salience, *, loose: bool
) -> list[tuple[str, Sentence]]:
    """(label, sentence) of each line, no two from one section where there are enough sections; a line for which the
    source has no fitting sentence is left out. Of slides (loose): the titles that say what they cover.

    sentences: of each section.
    """
    if loose:
        return [("Covers", each) for each in _covered(sections)]
    third = min(len(sections), max(1, len(sections) // 3))
    everywhere = range(len(sections))
    used: set[int] = set()
    chosen: list[tuple[str, Sentence]] = []
    for label, cue, homes, needs_cue in (
        ("Core idea", _CORE, range(third), False),
        ("Key takeaway", _TAKEAWAY, range(len(sections) - third, len(sections)), False),
        ("Why it matters", WHY, everywhere, True),
        ("Watch out", _WATCH_OUT, everywhere, True),
    ):
        taken = {sentence.text for _, sentence in chosen}
        candidates = [
            (_value(sentence, cue, salience), -home, -sentence.order, sentence)
            for home in homes
            if len(sections) <= FEW_SECTIONS or home not in used
            for sentence in sentences[home]
            if _fits(sentence, salience) and sentence.text not in taken
            if not needs_cue or (cue.search(sentence.text) and salience.names_concepts(sentence))
        ]
        if candidates:
            _, home, _, sentence = max(candidates, key=lambda each: each[:3])
            used.add(-home)
            chosen.append((label, sentence))
    order = ("Core idea", "Why it matters", "Key takeaway", "Watch out")
    return sorted(chosen, key=lambda each: order.index(each[0]))


def _fits(sentence: Sentence, salience: Salience) -> bool:
    about_the_book = _ABOUT_THE_BOOK.search(sentence.text)
    return sentence.quotable and not salience.leans(sentence) and not sentence.text.endswith("?") and not about_the_book


def _value(sentence: Sentence, cue: re.Pattern[str], salience: Salience) -> float:
    return salience.score(sentence) + CUE_BONUS * bool(cue.search(sentence.text)) - ITEM_MALUS * sentence.item


def _covered(sections: Sequence[SourceSection]) -> list[Sentence]:
    titled = [each for each in sections if each.title]
    longest = sorted(titled, key=lambda each: -each.word_count)[:MAX_COVERED]
    return [
        Sentence(text=each.title.split(" · ")[0], page=each.page, order=0, first=True, quotable=True)
        for each in titled
        if each in longest
    ]

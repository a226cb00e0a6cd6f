"""Words with which a sentence leans on another one, and words that talk about the book instead of its subject.

The words are in `leaning_words/<code>.toml`: closed classes (pronouns, demonstratives, conjunctive adverbs) as grammars
of these languages give them, so the lists are short. Each entry is a regular expression for a case-folded text.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from notegen.language.lists import LANGUAGES

OPENING = r"^[\"'“”„‘’«»(\[¿¡\s]*"
"""What may stand before the first word of a sentence."""
_FOLDER = Path(__file__).parent / "leaning_words"
_FORMS = {
    "pronoun": OPENING + r"(?:{})\b",
    "expletive": OPENING + r"(?:{})",
    "connective": OPENING + r"(?:{})\b",
    "contrast": OPENING + r"(?:\S+ ){{1,3}}(?:{})\b",
    "early": OPENING + r"(?:[^\s,;:]+ ){{1,7}}(?:{})\b",
    "demonstrative": r"(?<!^)\b(?:{})\b",
    "example": OPENING + r"(?:{})\b",
    "announces": OPENING + r"(?:{})\b",
    "leads_on": r"\b(?:{})\W*$",
    "tasks": OPENING + r"(?:{})",
    "shows": OPENING + r"(?:{})",
    "bare_subject": OPENING + r"(?:{}) ([^\W\d_]+) (?:{})\b",
}
"""Where in a sentence the words of a list count; those of the others anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaning:
    """The patterns of one language, to be searched in a case-folded sentence."""

    pronoun: re.Pattern[str]
    """The sentence opens with a pronoun or demonstrative that stands for something said before."""
    expletive: re.Pattern[str]
    """It opens with one that stands for nothing: "It is known that …"."""
    connective: re.Pattern[str]
    """It opens with a word that goes on from the sentence before, or with one of two: "However", "The latter"."""
    contrast: re.Pattern[str]
    """A word that goes on from the sentence before stands a little later: "There are, however, …"."""
    demonstrative: re.Pattern[str]
    """Within it something is pointed at: "these", "such a", "the above"."""
    early: re.Pattern[str]
    """One of these words among the first eight, before any comma: "The vectors of these methods …"."""
    pronoun_inside: re.Pattern[str]
    about_the_book: re.Pattern[str]
    """It talks about the text, its parts, its author or its reader."""
    pointer: re.Pattern[str]
    """It refers to a figure, an equation, another place."""
    example: re.Pattern[str]
    """It opens an example, an assumption or an instruction."""
    persons: re.Pattern[str]
    """I, we, you."""
    defines: re.Pattern[str]
    """Its form is that of a definition."""
    announces: re.Pattern[str]
    """It only says what the text does next: "First, we introduce …"."""
    leads_on: re.Pattern[str]
    """It ends in words that something must follow: "… as follows"."""
    tasks: re.Pattern[str]
    """It tells the reader to do something: "Show that …", "Trouver un …"."""
    shows: re.Pattern[str]
    """It opens with a word that points at what is drawn beside it: "Here is …", "Voici …"."""
    cues: re.Pattern[str]
    """It says that it matters, or why: "in short", "because", "there are two kinds"."""
    lives: re.Pattern[str]
    """It tells of a person's birth or death."""
    bare_subject: re.Pattern[str]
    """It opens with a definite noun and nothing more, as one does of what is known already: "The debate was …"; group 1
    is the noun."""


@cache
def leaning(language: str) -> Leaning:
    """The patterns of a language (ISO 639-1), those of English where there are none."""
    code = language[:2] if language[:2] in LANGUAGES else "en"
    lists = tomllib.loads((_FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    lists["early"] = lists["demonstrative"]
    subject = "|".join(lists.pop("articles")), "|".join(lists.pop("auxiliaries"))
    return Leaning(
        bare_subject=re.compile(_FORMS["bare_subject"].format(*subject)),
        **{name: re.compile(_FORMS.get(name, r"\b(?:{})\b").format("|".join(words))) for name, words in lists.items()},
    )

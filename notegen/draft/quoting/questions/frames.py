"""The forms of sentences that can be asked, by language: `frames/<code>.toml`.

A frame takes the words of the sentence into the question as they are: the subject with its article, the verb as it
agrees with it. So a question is as grammatical as its sentence. What cannot be turned round in this way is not asked.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from notegen.draft.quoting.questions.question import QuestionKind
from notegen.language.lists import LANGUAGES

_FOLDER = Path(__file__).parent / "frames"
_PHRASE = r"[^,;:()?!\[\]]{2,90}?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One form of sentence and its question."""

    kind: QuestionKind
    sentence: re.Pattern[str]
    """With the groups x and y for noun phrases, n for a number, a for what answers."""
    question: str
    """The names of groups in braces are replaced by what they matched."""
    words: Mapping[str, str]
    """Matched words that take another form in the question."""
    sentences: int
    """How many sentences in a row it is matched with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """What is known of the questions of one language."""

    language: str
    """ISO 639-1."""
    frames: tuple[Frame, ...]
    definite: frozenset[str]
    indefinite: frozenset[str]
    """Articles in the nominative."""
    links: frozenset[str]
    """Words that join the parts of a noun phrase."""
    counts: Mapping[str, int]
    """Number words from two to ten."""
    pointing: re.Pattern[str]
    """Adjectives that point to something that is not said: "the recent X"."""
    leads: re.Pattern[str]
    """What may stand before a statement without being part of it: "In general, "."""
    asks: re.Pattern[str]
    """How a question begins that asks for more than yes or no."""
    joins: re.Pattern[str]
    """Where a second statement begins within a sentence."""
    parallel: str
    """The question for two sentences on two kinds of one thing; "" where there is none."""
    parallel_verbs: frozenset[str]
    """Verbs that may follow the subjects of such sentences."""

    @property
    def articles(self) -> frozenset[str]:
        return self.definite | self.indefinite


@cache
def grammar(language: str) -> Grammar | None:
    """The frames of a language (ISO 639-1); None where there are none, so that nothing is asked."""
    if language not in LANGUAGES:
        return None
    told = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    slots = {
        "{x}": f"(?P<x>{_PHRASE})",
        "{y}": f"(?P<y>{_PHRASE})",
        "{n}": "|".join(told["numbers"]),
        "{vague}": rf"(?:{'|'.join(told['vague'])})\b",
    }
    parallel = told.get("parallel", {})
    return Grammar(
        language=language,
        frames=tuple(
            Frame(
                kind=each["kind"],
                sentence=re.compile(_filled(each["sentence"], slots)),
                question=each["question"],
                words=each.get("words", {}),
                sentences=each.get("sentences", 1),
            )
            for each in told["frame"]
        ),
        definite=frozenset(told["definite"]),
        indefinite=frozenset(told["indefinite"]),
        links=frozenset(told["links"]),
        counts=_counts(told["numbers"]),
        pointing=re.compile(rf"\b(?:{'|'.join(told['pointing'])})\b"),
        leads=re.compile(rf"(?:{'|'.join(told['leads'])}),? "),
        asks=re.compile(rf"[¿\W]*(?:{'|'.join(told['asks'])})\b", re.IGNORECASE),
        joins=re.compile("|".join(told["joins"])),
        parallel=parallel.get("question", ""),
        parallel_verbs=frozenset(parallel.get("ends", ())),
    )


def _filled(pattern: str, slots: Mapping[str, str]) -> str:
    for name, filling in slots.items():
        pattern = pattern.replace(name, filling)
    return pattern


def _counts(numbers: list[str]) -> dict[str, int]:
    """Number word → number. The list begins at two; a feminine form follows its masculine one."""
    feminine = {"duas"}
    counts: dict[str, int] = {}
    number = 1
    for word in numbers:
        number += word not in feminine
        counts[word] = number
    return counts

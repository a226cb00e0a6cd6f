"""What kind of text a section is, and what is asked of a text of that kind: no program for law, no table without two
things to compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from notegen.language.lists import LANGUAGES, lines_in
from notegen.language.stems import stem
from notegen.language.words import tokens

MIN_WORDS_OF_KIND, MIN_SHARE = 3, 0.02
"""Different words of a kind, and their share of all words, from which a section is of it."""
ASPECTS = {
    "case": ("facts", "question", "holding", "reasoning"),
    "narrative": ("cause", "event", "consequence"),
    "experiment": ("question", "method", "result", "limits"),
    "procedure": ("step",),
}
"""What a text of a kind is asked for, by the words under which the note shows it."""
_PLAIN = frozenset({"case", "narrative"})
"""Kinds of text that no tool of the learner's has to do with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageKind:
    """aspects: what is asked for. without: fields of the form that are not."""

    name: str
    aspects: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


def kind_of(sentences: Sequence[str], language: str, *, has_code: bool, has_formulas: bool) -> PassageKind:
    """The kind of a section, by what it holds and by its words; "explanation" where nothing tells."""
    words = [stem(word, language) for sentence in sentences for word in tokens(sentence)]
    counts = {kind: sum(word in cues for word in words) for kind, cues in _cues(language).items()}
    told = {kind for kind, cues in _cues(language).items() if _tells(words, cues)}
    name = next((kind for kind in sorted(told & ASPECTS.keys(), key=lambda kind: -counts[kind])), "")
    if has_code:
        name = "listing"
    elif not name:
        name = "derivation" if has_formulas or "derivation" in told else "explanation"
    compares = "comparison" in told or counts.get("comparison", 0) >= MIN_WORDS_OF_KIND - 1
    without = {"table"} if not compares and name in ASPECTS else set()
    if name in ASPECTS:
        without |= {"example", "happening"}
    if name in _PLAIN:
        without |= {"bridge", "production"}
    return PassageKind(name=name, aspects=ASPECTS.get(name, ()), without=tuple(sorted(without)))


def _tells(words: Sequence[str], cues: frozenset[str]) -> bool:
    found = [word for word in words if word in cues]
    return len(set(found)) >= MIN_WORDS_OF_KIND and len(found) >= MIN_SHARE * len(words)


@cache
def _cues(language: str) -> dict[str, frozenset[str]]:
    """Stems of the words of each kind; those of English where the language has none."""
    code = language if language in LANGUAGES else "en"
    parts = (line.partition(":") for line in lines_in("passages", code))
    return {name.strip(): frozenset(stem(word, code) for word in words.split()) for name, _, words in parts}

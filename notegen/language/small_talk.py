"""What an assistant says that answers nothing: praise for the question, offers to go on.

The patterns are in `small_talk/<code>.toml`, for the beginning of a sentence. A language without a file has none.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from notegen.language.lists import LANGUAGES

_FOLDER = Path(__file__).parent / "small_talk"
_LEAD = re.compile(r"^[^\w¡¿]*(?:(?:and|or|also|und|oder|et|ou|y|o|e)\b[,\s]*)?", re.IGNORECASE)
"""Emoji, dashes and small words before a sentence."""


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """The patterns of one language."""

    praise: tuple[re.Pattern[str], ...] = ()
    offers: tuple[re.Pattern[str], ...] = ()

    def is_praise(self, sentence: str) -> bool:
        """Whether the sentence only greets, praises or says that an answer follows."""
        return _opens(self.praise, sentence)

    def is_offer(self, sentence: str) -> bool:
        """Whether the sentence offers something, or asks whether to go on."""
        return _opens(self.offers, sentence)


@cache
def small_talk(language: str) -> SmallTalk:
    """The patterns of a language (ISO 639-1); none for one without a file."""
    if language not in LANGUAGES:
        return SmallTalk()
    data = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return SmallTalk(*(tuple(re.compile(each, re.IGNORECASE) for each in data[name]) for name in ("praise", "offers")))


def _opens(patterns: tuple[re.Pattern[str], ...], sentence: str) -> bool:
    at = match.end() if (match := _LEAD.match(sentence)) else 0
    return any(pattern.match(sentence, at) or pattern.match(sentence) for pattern in patterns)

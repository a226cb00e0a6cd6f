"""Word lists by language: `lists/<code>/<name>.txt`, words parted by white space, `#` to the end of a line a remark."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "de", "fr", "es", "it", "pt")
"""Those with lists of their own, by ISO 639-1. In any other language what needs a list is left out."""
_FOLDER = Path(__file__).parent / "lists"


@cache
def words_in(name: str, language: str) -> frozenset[str]:
    """The words of the list `name` of a language, as written there; none for a language without that list."""
    return frozenset(word for line in lines_in(name, language) for word in line.split())


@cache
def lines_in(name: str, language: str) -> tuple[str, ...]:
    """The lines of the same list, for entries of several words."""
    path = _FOLDER / language / f"{name}.txt"
    if language not in LANGUAGES or not path.is_file():
        return ()
    lines = (re.sub(r"(?:^|\s)#.*", "", line).strip() for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line)


def in_every_language(name: str) -> frozenset[str]:
    """The words of the list `name` of all languages together, for texts of which the language is not known."""
    return frozenset(word for language in LANGUAGES for word in words_in(name, language))

"""How common a word is in everyday texts, on the Zipf scale of van Heuven et al. (2014): log10 of its occurrences in a
billion words. 7 is "the", 5 everyday, 4 common, 3 what an educated reader knows."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

from notegen.language.lists import LANGUAGES

FLOOR = 2.0
"""Said of a word that the list does not hold: it is rarer than the rarest of the list (the last band of the file)."""
_FOLDER = Path(__file__).parent / "lists"


def zipf(word: str, language: str) -> float:
    """The frequency of a word of a language, to one tenth; FLOOR for one that is rare or unknown, 0 for a language
    without a list."""
    if language not in LANGUAGES:
        return 0.0
    return frequencies(language).get(word.casefold().replace("’", "'"), FLOOR)


@cache
def frequencies(language: str) -> dict[str, float]:
    """word → frequency of all that the list of a language holds. Each line of the file is a band: "5.3 word word"."""
    path = _FOLDER / language / "frequency.txt.gz"
    if language not in LANGUAGES or not path.is_file():
        return {}
    lines = gzip.decompress(path.read_bytes()).decode().splitlines()
    bands = (line.split() for line in lines if line and not line.startswith("#"))
    return {word: float(band) for band, *words in bands for word in words}

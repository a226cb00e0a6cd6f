"""How common a word is in everyday texts, on the Zipf scale of van Heuven et al. (2014): log10 of its occurrences in a
billion words: 7.7 for "the", 5 for "school", 4 for "grammar".

The lists are baked by `tools/bake_frequencies.py` from wordfreq's data, which are licensed under CC BY-SA 4.0.
"""

from __future__ import annotations

import lzma
from functools import cache
from pathlib import Path

from notegen.language.lists import LANGUAGES
from notegen.language.stems import without_elision

FLOOR = 3.0
"""Said of a word that the list of its language does not hold. The list goes down to 3.8 (3.75, rounded); what is rarer
lies mostly between 2 and 3.7."""
_FOLDER = Path(__file__).parent / "lists"


def zipf(word: str, language: str) -> float:
    """The frequency of a word of a language (ISO 639-1) to one tenth, in any letter case; FLOOR for one that is rare or
    unknown, and for every word of a language without a list."""
    return frequencies(language).get(without_elision(word, language).casefold().replace("’", "'"), FLOOR)


@cache
def frequencies(language: str) -> dict[str, float]:
    """word → frequency of all that the list of a language holds. Each line of the file is a band: "5.3 word word"."""
    path = _FOLDER / language / "frequency.txt.xz"
    if language not in LANGUAGES or not path.is_file():
        return {}
    lines = lzma.decompress(path.read_bytes()).decode().splitlines()
    bands = (line.split() for line in lines if line and not line.startswith("#"))
    return {word: float(band) for band, *words in bands for word in words}

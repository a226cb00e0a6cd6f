"""Bake notegen/language/lists/<code>/frequency.txt.xz from the data of wordfreq (Robyn Speer, CC BY-SA 4.0).

    pip install "wordfreq==3.1.1"
    python tools/bake_frequencies.py

Each file: remarks with its credit and licence, then one line a tenth of Zipf, "5.3 word word …", words in order.
"""

from __future__ import annotations

import lzma
from collections import defaultdict
from pathlib import Path

from wordfreq import get_frequency_dict, zipf_frequency

LANGUAGES = ("en", "de", "fr", "es", "it", "pt")
LEAST = 3.8
"""The lowest band that is kept: about 11,000 words a language, and below the lowest bound of any rule that asks."""
DICTIONARY_BYTES = 1 << 17
"""As long as a list. A reader asks for that much memory; the preset asks for 64 MB."""
CREDIT = """# The most frequent words of everyday texts, by Zipf frequency (log10 of occurrences in a billion words).
# Taken from wordfreq 3.1.1 by Robyn Speer (doi:10.5281/zenodo.7199437), which draws on Wikipedia, subtitles (SUBTLEX,
# OPUS OpenSubtitles), news, books (Google Books Ngrams), the web (OSCAR), Twitter and Reddit. Changed: the frequent
# words only, letters only, rounded to tenths.
# This file is licensed under CC BY-SA 4.0 (creativecommons.org/licenses/by-sa/4.0), not under the project's licence.
"""


def baked(language: str) -> str:
    """The text of one file."""
    bands: dict[str, list[str]] = defaultdict(list)
    for word in get_frequency_dict(language, wordlist="best"):
        frequency = round(zipf_frequency(word, language), 1)
        if frequency >= LEAST and word.replace("'", "").replace("-", "").isalpha():
            bands[f"{frequency:.1f}"].append(word)
    lines = (f"{band} {' '.join(sorted(bands[band]))}" for band in sorted(bands, reverse=True))
    return CREDIT + "\n".join(lines) + "\n"


def packed(text: str) -> bytes:
    """The bytes of one file."""
    best = {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": DICTIONARY_BYTES}
    return lzma.compress(text.encode(), filters=[best])


def main() -> None:
    folder = Path(__file__).resolve().parent.parent / "notegen" / "language" / "lists"
    for language in LANGUAGES:
        data = packed(baked(language))
        (folder / language / "frequency.txt.xz").write_bytes(data)
        print(language, len(data), "bytes")


if __name__ == "__main__":
    main()

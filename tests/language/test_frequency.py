"""How common words are, by the lists that are shipped."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

import notegen.language.frequency as frequency
from notegen.language.frequency import FLOOR, zipf
from notegen.language.lists import LANGUAGES


@pytest.mark.parametrize(
    ("language", "everyday", "term"),
    [
        ("en", "School", "eigenvalue"),
        ("de", "Häuser", "Eigenvektor"),
        ("fr", "l’homme", "barycentre"),
        ("es", "años", "mitocondria"),
        ("it", "dell’anno", "autovettore"),
        ("pt", "não", "mitocôndria"),
    ],
)
def test_everyday_words_are_told_from_terms(language: str, everyday: str, term: str):
    assert zipf(everyday, language) > 4.4
    assert zipf(term, language) == FLOOR


def test_of_a_language_without_a_list_no_word_is_called_common():
    assert zipf("huis", "nl") == FLOOR


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_list_names_its_source_and_licence(language: str):
    path = Path(frequency.__file__).parent / "lists" / language / "frequency.txt.xz"
    text = lzma.decompress(path.read_bytes(), memlimit=1 << 20).decode()  # a confined process reads it, too
    assert "wordfreq" in text
    assert "CC BY-SA 4.0" in text

"""Stems, lexemes, words and scripts of several languages."""

from __future__ import annotations

import pytest

from notegen.language.lists import LANGUAGES, words_in
from notegen.language.scripts import is_cjk, is_unspaced
from notegen.language.stems import lexeme, stem
from notegen.language.words import content_stems, is_content, parts_and_ends


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", "process processes"),
        ("en", "class classes"),
        ("en", "query queries"),
        ("en", "loss losses"),
        ("en", "similarity similarities"),
        ("en", "classify classifies classified"),
        ("en", "normalize normalized normalizing"),
        ("en", "matrix matrices"),
        ("en", "hypothesis hypotheses"),
        ("de", "Prozess Prozesse Prozessen"),
        ("de", "Haus Häuser"),
        ("fr", "activation l'activation activations"),
        ("fr", "cheval chevaux"),
        ("es", "función funciones"),
        ("es", "matriz matrices"),
        ("it", "algoritmo algoritmi dell’algoritmo"),
        ("pt", "função funções"),
        ("pt", "variável variáveis"),
    ],
)
def test_inflections_are_one_word(language: str, forms: str):
    assert len({stem(form, language) for form in forms.split()}) == 1
    assert len({lexeme(form, language) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("language", "two"),
    [
        ("en", "position positive"),
        ("en", "experience experiment"),
        ("en", "organ organic"),
        ("en", "universe university"),
        ("fr", "position positif"),
        ("es", "posición positivo"),
        ("de", "Richtung richtig"),
    ],
)
def test_derivations_are_other_names(language: str, two: str):
    one, other = two.split()
    assert lexeme(one, language) != lexeme(other, language)


def test_relatives_share_a_stem_for_comparing_what_texts_say():
    assert content_stems("The encoder encodes.", "en") == content_stems("encoding", "en")


def test_stop_words_are_those_of_the_language():
    assert is_content("war", "en")
    assert not is_content("war", "de")
    assert not is_content("war")
    assert not is_content("l’on", "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_lists(language: str):
    for name in ("stop", "openers", "abbreviations", "abbreviations_at_end", "abbreviations_before_number"):
        assert words_in(name, language), f"{name} of {language}"


def test_letters_of_east_asia_are_parts_by_themselves():
    assert parts_and_ends("C++ and 学习AI, don't.") == ["C++", "and", "学", "习", "AI", "don't", "."]
    assert is_cjk("한")
    assert not is_unspaced("한")
    assert is_unspaced("。")

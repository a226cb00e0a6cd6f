"""Which language a text is written in."""

from __future__ import annotations

import pytest

from notegen.language.detect import language_of

RIVER = {
    "en": "The river is not deep, but it also carries the sand with it.",
    "de": "Der Fluss ist nicht tief, aber er trägt auch den Sand mit sich.",
    "fr": "La rivière n’est pas profonde, mais elle porte aussi le sable.",
    "es": "El río no es profundo, pero también lleva la arena consigo.",
    "it": "Il fiume non è profondo, ma porta con sé anche la sabbia.",
    "pt": "O rio não é profundo, mas também leva a areia consigo.",
}


@pytest.mark.parametrize("language", RIVER)
def test_a_sentence_tells_its_language_whatever_its_file_says(language: str):
    assert language_of(RIVER[language], hint="nl") == language


@pytest.mark.parametrize(
    "text",
    [
        "x y z",
        "De rivier is niet diep, maar voert ook het zand met zich mee.",
        "Floden är inte djup, men den för också sanden med sig.",
        "Râul nu este adânc, dar poartă cu el și nisipul.",
        "这是一个句子。这是另一个句子。",
    ],
)
def test_where_the_text_does_not_tell_its_file_does(text: str):
    assert language_of(text, hint="sv-SE") == "sv"
    assert language_of(text, hint="Swedish") == ""
    assert language_of(text) == ""

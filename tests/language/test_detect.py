"""Which language a text is written in."""

from __future__ import annotations

import pytest

from notegen.language.detect import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The river is not deep, but it also carries the sand with it.", "en"),
        ("Der Fluss ist nicht tief, aber er trägt auch den Sand mit sich.", "de"),
        ("Le lit est dans la vallée, et les eaux qui y sont ne sont pas profondes.", "fr"),
        ("El río no es profundo, pero también lleva la arena consigo.", "es"),
        ("Il fiume non è profondo, ma porta con sé anche la sabbia.", "it"),
        ("O rio não é profundo, mas também leva a areia consigo.", "pt"),
    ],
)
def test_a_sentence_tells_its_language_whatever_its_file_says(text: str, language: str):
    assert language_of(text, hint="nl") == language


def test_where_the_text_does_not_tell_its_file_does():
    assert language_of("x y z", hint="it-IT") == "it"
    assert language_of("") == ""

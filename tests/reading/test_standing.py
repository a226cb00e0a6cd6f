"""What may be printed all by itself."""

from __future__ import annotations

import pytest

from notegen.reading.standing import MAX_HEAD_DOUBT, MAX_LINE_DOUBT, WEIGHTS, doubt, features

ALONE = [
    ("en", "A river is a stream of water that flows through its own valley to the sea."),
    ("de", "Ein Fluss ist ein Gewässer, das in seinem Tal zum Meer fließt."),
    ("fr", "Un fleuve est un cours d’eau qui se jette dans la mer."),
    ("es", "Un río es una corriente de agua que desemboca en el mar."),
    ("it", "Un fiume è un corso d’acqua che sfocia nel mare aperto."),
    ("pt", "Um rio é uma corrente de água que deságua no mar aberto."),
]
LEANING = [
    ("en", "This makes the bed of the river rise every single year."),
    ("en", "In this chapter we will discuss how rivers make their beds."),
    ("en", "However, they are not much deeper than before."),
    ("de", "Diese machen das Bett in jedem Jahr ein wenig höher."),
    ("fr", "Cela rend le lit plus haut chaque année."),
    ("es", "Estos hacen el cauce más alto cada año."),
    ("it", "Questo rende il letto più alto ogni anno."),
    ("pt", "Isso torna o leito mais alto todos os anos."),
]


@pytest.mark.parametrize(("language", "text"), ALONE)
def test_a_definition_stands_alone(language: str, text: str):
    assert doubt(text, language) < MAX_LINE_DOUBT


@pytest.mark.parametrize(("language", "text"), LEANING)
def test_what_leans_on_another_sentence_or_talks_about_the_book_does_not(language: str, text: str):
    assert doubt(text, language) > MAX_HEAD_DOUBT


def test_a_short_line_stands_alone_on_a_slide_only():
    text = "Priors and posteriors"
    assert doubt(text, "en", is_item=True) > MAX_HEAD_DOUBT > doubt(text, "en", is_item=True, on_slide=True)


def test_every_feature_has_its_weight_in_halves():
    assert features("Any text.", "en").keys() == WEIGHTS.keys()
    assert all(2 * weight == round(2 * weight) and weight for weight in WEIGHTS.values())

"""What may be printed all by itself."""

from __future__ import annotations

import pytest

from notegen.reading.standing import (
    MAX_HEAD_DOUBT,
    MAX_LINE_DOUBT,
    WEIGHTS,
    doubt,
    features,
    is_unintroduced,
    opens_nothing,
)
from notegen.reading.unit import Part

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


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "First, we introduce the beds of rivers and the sand that they carry to the sea."),
        ("en", "The rest of the paper is organized as follows."),
        ("en", "Let’s begin with the story of a river that never came to the sea."),
        ("en", "Here is the bed of the river in the dry months of the summer."),
        ("en", "(Smith, 1998). A river carries sand down to the sea in every spring."),
        ("en", "The left hand plot below shows the sand of many rivers."),
        ("en", "Discuss the construction of a dam that keeps the sand."),
        ("en", "Now that we have the sand, its share can be told."),
        ("de", "Diskutieren Sie den Bau eines Dammes aus Sand."),
        ("de", "Zunächst stellen wir die Betten der Flüsse und ihren Sand vor."),
        ("fr", "Trouver un fleuve qui porte plus de sable que le Rhône."),
        ("fr", "Voici le lit du fleuve pendant les mois secs de l’été."),
        ("es", "A continuación se muestra el cauce del río en los meses secos."),
        ("it", "Ecco il letto del fiume nei mesi secchi dell’estate."),
        ("pt", "Mostre que o rio leva mais areia na primavera do que no verão."),
    ],
)
def test_what_announces_or_sets_a_task_or_points_at_a_figure_opens_nothing(language: str, text: str):
    assert opens_nothing(Part(kind="sentence", page=0, text=text), language)


@pytest.mark.parametrize(("language", "text"), ALONE)
def test_a_definition_opens_what_it_likes_and_a_step_of_a_list_is_no_task(language: str, text: str):
    assert not opens_nothing(Part(kind="sentence", page=0, text=text), language)
    assert not opens_nothing(Part(kind="item", page=0, text="Compute the depth of the river at each bend."), "en")


def test_a_definite_subject_needs_a_heading_that_names_it_or_a_definition():
    text = "The debate was about the sand in the bed of the river."
    assert is_unintroduced(text, "1 Rivers", "en")
    assert not is_unintroduced(text, "2 A debate on sand", "en")
    assert not is_unintroduced("The delta is a landform at the mouth of a river.", "1 Rivers", "en")
    assert is_unintroduced("Der Streit war lang und ging um den Sand.", "1 Flüsse", "de")


@pytest.mark.parametrize(
    ("language", "law", "book"),
    [
        ("en", "Article 5 protects the bed of every river.", "In this article we look at rivers."),
        ("fr", "Le juge lit dans ce article 5 la règle.", "Dans ce texte on parle des fleuves."),
        ("es", "El artículo 5 protege el cauce de los ríos.", "En este artículo se habla de ríos."),
        ("it", "Nel articolo 5 si protegge il letto.", "In questo articolo si parla di fiumi."),
        ("pt", "Este artigo 5.º protege o leito dos rios.", "Neste artigo fala-se de rios."),
    ],
)
def test_the_numbered_article_of_a_law_is_not_the_article_one_reads(language: str, law: str, book: str):
    assert not features(law, language)["talks about the book"]
    assert features(book, language)["talks about the book"]

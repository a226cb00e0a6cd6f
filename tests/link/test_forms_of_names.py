"""A name is found however it is typeset and inflected, and an everyday word only where the note is meant."""

from __future__ import annotations

import pytest

from notegen.link.sure_names import SureNames

LANGUAGES = {
    "en": "This is what we know of it and of what it does in all the books that were read so far. ",
    "de": "Das ist es, was wir davon wissen und was in den Büchern steht, die wir bisher gelesen haben. ",
    "fr": "C'est tout ce que nous savons de cela dans les livres que nous avons lus avec lui pour le moment. ",
    "es": "Esto es todo lo que sabemos de ello por los libros que hemos leído hasta ahora con los otros. ",
    "it": "Questo è tutto quello che sappiamo dai libri che abbiamo letto con gli altri fino ad ora. ",
    "pt": "Isto é tudo o que sabemos disso pelos livros que já lemos com os outros até este momento. ",
}


def found(name: str, text: str, language: str) -> list[str]:
    names = SureNames()
    names.add(name, "N.md")
    whole = LANGUAGES[language] + text
    return [whole[each.start : each.end] for each in names.find(whole, is_english=language == "en")]


@pytest.mark.parametrize(
    ("name", "language", "text", "shown"),
    [
        ("Self-attention", "en", "a self\u2013attention layer", "self\u2013attention"),
        ("Bayes\u2013Laplace rule", "en", "the Bayes-Laplace rule", "Bayes-Laplace rule"),
        ("Vector space", "en", "a vector\u00a0space", "vector\u00a0space"),
        ("Vector space", "en", "a vec\u00adtor space", "vec\u00adtor space"),
        ("Caf\u00e9 noir", "fr", "un cafe\u0301 noir.", "cafe\u0301 noir"),
        ("Neuronales Netz", "de", "in neuronalen Netzen", "neuronalen Netzen"),
        ("Vektorraum", "de", "die Vektorr\u00e4ume", "Vektorr\u00e4ume"),
        ("Espace vectoriel", "fr", "deux espaces vectoriels", "espaces vectoriels"),
        ("Algorithme", "fr", "avec l\u2019algorithme", "algorithme"),
        ("Espacio vectorial", "es", "dos espacios vectoriales", "espacios vectoriales"),
        ("Spazio vettoriale", "it", "due spazi vettoriali", "spazi vettoriali"),
        ("Espa\u00e7o vetorial", "pt", "dois espa\u00e7os vetoriais", "espa\u00e7os vetoriais"),
    ],
)
def test_forms_of_a_name_name_its_note(name: str, language: str, text: str, shown: str):
    assert found(name, text, language) == [shown]


@pytest.mark.parametrize(
    ("name", "language", "text"),
    [
        ("Vector space", "en", "a vector\n\nspace"),
        ("Vector space", "en", "a vector \u2013 space"),
        ("Map", "en", "Map each passage to its vector."),
        ("Map", "en", "we map it"),
        ("Position", "en", "a positive number"),
        ("Karte", "de", "er karte nach"),
        ("Generics", "en", "a generic protection"),
        ("The reals", "en", "something in the real world"),
    ],
)
def test_other_words_name_nothing(name: str, language: str, text: str):
    assert found(name, text, language) == []


def test_an_everyday_word_is_a_link_only_where_the_text_is_about_its_note(written, notegen):
    about = "Contours, legends and projections of cartographers show mountains with hachures."
    filler = {f"F{number}.md": f"Plain words on thing {number}." for number in range(12)}
    notes = {"Map.md": f"{about} " * 4, "Far.md": "Here the map was left at home.", "Near.md": f"A map. {about}"}
    root = written({**filler, **notes})
    links = notegen("link", "--vault", root, "--json").data["links"]
    assert [each["text"] for each in links["Near.md"]] == ["map"]
    assert links["Far.md"] == []


def test_odd_names_are_linked_only_where_they_are_sure_and_said_where_not(written, notegen):
    odd = {"a.md": "x " * 40, "1.md": "y", "the.md": "z", "Note.md": "On things.", "\U0001f642.md": "smile"}
    twins = {
        "Resume.md": "go on",
        "R\u00e9sum\u00e9.md": "cv",
        "Path.md": "p",
        "sub/path.md": "q",
        "Quokka.md": "An animal.",
    }
    text = "a 1 the Note \U0001f642 and a resume, a r\u00e9sum\u00e9, a Path, a path, a quokka. The note is a note."
    root = written({**odd, **twins, "T.md": text})
    data = notegen("link", "T", "--vault", root, "--json").data
    assert [each["text"] for each in data["links"]["T.md"]] == ["quokka"]
    assert data["unsure"] == {"path": ["Path.md", "sub/path.md"], "resume": ["Resume.md", "R\u00e9sum\u00e9.md"]}
    assert "\u201cresume\u201d is not linked: it may be Resume.md or" in notegen("link", "T", "--vault", root).out

"""Where sentences end: whatever a language abbreviates, one sentence stays one and two are two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.language.frequency import frequencies
from notegen.language.lists import LANGUAGES, lines_in
from notegen.language.sentences import split

NAMES = ("Zorn", "Kepler", "Müller", "Ørsted", "Élie")
FIRST = {"en": "The", "de": "Das", "fr": "Les", "es": "Los", "it": "Gli", "pt": "Os"}
LISTS = ("abbreviations", "abbreviations_at_end", "abbreviations_before_number")


def plain_words(language: str) -> st.SearchStrategy[str]:
    """Some everyday words in a row; none is an abbreviation."""
    short = {part for name in LISTS for entry in lines_in(name, language) for part in entry.casefold().split()}
    words = [word for word in sorted(frequencies(language)) if len(word) > 3 and word not in short]
    return st.lists(st.sampled_from(words), min_size=2, max_size=6).map(" ".join)


@st.composite
def abbreviated(draw: st.DrawFn, name: str) -> tuple[str, str, str, str]:
    """(language, words before, an abbreviation of the list, words after)."""
    language = draw(st.sampled_from(LANGUAGES))
    words = plain_words(language)
    return language, draw(words), draw(st.sampled_from(lines_in(name, language))), draw(words)


@given(abbreviated("abbreviations"), st.sampled_from(NAMES))
def test_a_name_after_an_abbreviation_goes_on(given: tuple[str, str, str, str], name: str):
    language, before, short, after = given
    text = f"{FIRST[language]} {before} {short}. {name} {after}."
    assert split(text, language) == [text]


@given(abbreviated("abbreviations_before_number"), st.integers(1, 9999))
def test_a_number_after_an_abbreviation_goes_on(given: tuple[str, str, str, str], number: int):
    language, before, short, after = given
    text = f"{FIRST[language]} {before} {short}. {number} {after}."
    assert split(text, language) == [text]


@given(abbreviated("abbreviations_at_end"), st.sampled_from(NAMES))
def test_an_abbreviation_that_can_end_a_sentence_ends_it_before_an_opening_word(
    given: tuple[str, str, str, str], name: str
):
    language, before, short, after = given
    one = f"{FIRST[language]} {before} {short}. {name} {after}."
    assert split(one, language) == [one]
    first, second = f"{FIRST[language]} {before} {short}.", f"{FIRST[language]} {after}."
    assert split(f"{first} {second}", language) == [first, second]


@given(st.data())
def test_two_sentences_are_two(data: st.DataObject):
    language = data.draw(st.sampled_from(LANGUAGES))
    words = plain_words(language)
    one, two = (f"{FIRST[language]} {data.draw(words)}." for _ in range(2))
    assert split(f"{one} {two}", language) == [one, two]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["In Baker v. Carr the court held it.", "The Mss. Collection is old."]),
        ("en", ["He wrote No. 20.", "Madison wrote the rest."]),
        ("en", ["It came under contract No. HR0011-09 in the U.S.", "The rest is J. R. R. Smith & Co. London."]),
        ("en", ["Smith et al. (1999) sold apples, pears, etc.", "The answer is no.", "People left."]),
        ("en", ["It fetched a price p.", "The firm takes it."]),
        ("en", ["2. Solve it as in Fig. A and Sec. IV.", "Then go on."]),
        ("de", ["Im 19. Jahrhundert war z. B. Gauß bekannt.", "Er starb am 23. Februar 1855.", "Danach kam Riemann."]),
        ("de", ["Es waren 19.", "Die anderen gingen, vgl. Abb. 3 und S. 20."]),
        ("de", ["Sei A ein Kreis in G.", "A heißt dann eulersch, i. d. R. Kreis."]),
        ("fr", ["M. Dupont dit p. ex. Paris.", "On va de E dans F.", "C’est la relation, cf. Cauchy."]),
        ("es", ["El Sr. Pérez vive en EE. UU. y en Cuba.", "Véase la pág. 3.", "Nació en EE. UU.", "La casa es así."]),
        ("it", ["Il sig. Rossi, cfr. Bianchi, lo mostra nella fig. 3, ecc.", "La casa è grande."]),
        ("pt", ["O Sr. Silva disse, p. ex. Lisboa.", "O efeito vem de Y.", "Como vimos na pág. 3."]),
        ("nl", ["Zie Fig. 3 van Dr. Jansen.", "Het is zo."]),
    ],
)
def test_sentences_end_where_they_end(language: str, sentences: list[str]):
    assert split(" ".join(sentences), language) == sentences

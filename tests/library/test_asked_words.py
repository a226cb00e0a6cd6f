"""What a question is about, and what a page must have so that it is answered."""

from __future__ import annotations

import pytest

from notegen.library.terms import asked_words, counted, has_number_of, terms
from notegen.library.weighing import WINDOW_SENTENCES, WINDOW_TERMS, Sentence, Weighing, windows


def asked(question: str, *languages: str) -> list[str]:
    return [word.text for word in asked_words(question, languages or ("en",))]


def test_words_that_only_ask_are_left_out():
    assert asked("Please explain what the difference between clay and silt is") == ["clay", "silt"]
    assert asked("Erkläre den Unterschied zwischen Lehm und Schluff in der Erde", "de") == ["Lehm", "Schluff", "Erde"]


def test_british_and_american_spelling_have_one_stem():
    assert terms("authorised colours of neighbours", "en") == terms("authorized colors of neighbors", "en")


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("How many heated chains are used by default?", "chains"),
        ("How much water does the plant need?", "water"),
        ("Wie viele Zähne hat der Hai in seinem Maul?", "zähne"),
        ("¿Cuántos planetas tiene el sistema solar de la tierra?", "planetas"),
        ("What is the value of theta in the model?", "theta"),
        ("Why do sharks have teeth?", ""),
    ],
)
def test_what_is_counted_is_the_name_after_how_many(question: str, thing: str):
    assert counted(question) == thing


def test_a_number_counts_only_near_its_thing_and_not_where_the_question_has_it():
    [word] = asked_words("teeth", ["en"])
    assert has_number_of("The shark has three hundred teeth.", word, "en", "")
    assert not has_number_of("The shark has 300 teeth.", word, "en", "How many of 300 teeth?")
    assert not has_number_of("Teeth are old: the shark swam in all of these seas 300 years ago.", word, "en", "")


def test_a_special_word_that_no_page_has_counts_double_and_a_name_four_times():
    def coverage(question: str) -> float:
        words = asked_words(question, ["en"])
        weighing = Weighing(words, [0 if at else 5 for at in range(len(words))], 100, "en")
        return weighing.coverage(weighing.sentence(next(iter(words[0].stems))))

    assert coverage("the river in the house") > coverage("the river in the ribosome") > coverage("the river in Xanten")


def test_what_stands_in_brackets_need_not_be_on_the_page():
    words = asked_words("What carries the silt (ribosome)?", ["en"])
    weighing = Weighing(words, [1, 1, 0], 100, "en")
    assert weighing.coverage(weighing.sentence("carri silt")) == pytest.approx(1)


def test_three_sentences_are_said_together_and_more_of_the_short_lines_of_a_unit():
    def of(length: int, count: int) -> list[Sentence]:
        return [Sentence.of([Weighing([], [], 1, "en").sentence(" ".join(["x"] * length))])] * count

    assert max(each.length for each in windows([], of(12, 6), [])) == 12 * WINDOW_SENTENCES
    assert max(each.length for each in windows([], of(5, 10), [])) == WINDOW_TERMS
    assert max(each.length for each in windows(of(5, 2), of(5, 1), of(5, 2))) == 15

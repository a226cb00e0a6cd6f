"""Units: what must stand together stands together, and keeps its name."""

from __future__ import annotations

from typing import Any

import pytest

from notegen.extract.document import Block
from notegen.reading.units import units_of

LONG = " ".join(["The river carries fine sand down to the sea in every spring."] * 10)
"""A paragraph of 120 words."""


def block(text: str, kind: str = "paragraph", **more: Any) -> Block:
    return Block(kind=kind, page=more.pop("page", 0), bbox=(72, 72, 500, 90), text=text, **more)  # type: ignore[arg-type]


def texts(*blocks: Block, language: str = "en") -> list[str]:
    return [unit.text for unit in units_of(blocks, book="b", language=language)]


def item(text: str, marker: str = "•") -> Block:
    return block(text, "list", marker=marker, level=1)


def test_a_lead_in_stays_with_all_of_its_items_and_an_item_with_its_own_sentences():
    [unit] = units_of(
        [
            block("There are two ways to see this river:"),
            item("Assume that it carries sand. The bed then rises."),
            item("Assume that it is clear.", "2."),
        ],
        book="b",
    )
    assert (unit.kind, [part.marker for part in unit.parts]) == ("list", ["", "•", "", "2."])


def test_paragraphs_that_are_counted_in_words_are_items():
    assert (
        len(texts(block("The court asks two things."), block("1st. Has he a right?"), block("2dly. Is there a law?")))
        == 1
    )


def test_a_numbered_list_that_a_sentence_interrupts_is_one_unit():
    blocks = [
        block("There are two ways:"),
        item("Dig a bed.", "1."),
        block("A bed is deep."),
        item("Build a dam.", "2."),
    ]
    assert len(texts(*blocks)) == 1
    assert len(texts(*blocks[:3], item("Build a dam.", "7."))) > 1


def test_a_definition_says_early_what_its_subject_is():
    kinds = [
        units_of([block(text)], book="b")[0].kind
        for text in (
            "A delta is a landform.",
            "There is a town.",
            "The people who live near to it all know what is the cause.",
        )
    ]
    assert kinds == ["definition", "sentence", "sentence"]


def test_a_formula_stays_with_the_words_before_and_after_it_and_a_scrap_of_a_figure_is_none():
    lead, after = block("The share of the sand in the water is"), block("where m is its mass.")
    assert len(texts(lead, block("s = m / v", "formula"), after)) == 1
    assert texts(block(LONG), block("0 1 2 v", "formula"), block("A lake is still water.")) == [
        *[LONG.split(". ")[0] + "."] * 10,
        "A lake is still water.",
    ]


@pytest.mark.parametrize(
    ("language", "second"),
    [
        ("en", "This makes the bed rise."),
        ("en", "The former is rare."),
        ("en", "If the latter holds, the bed sinks."),
        ("en", "For example, the Po does so."),
        ("de", "Dadurch steigt das Bett."),
        ("fr", "Cela élève le lit."),
        ("en", "It is the time that a drop takes to flow to the sea."),
        ("en", "It is due to the sand that the water carries."),
        ("de", "Es ist ein Weg, um Sand zu holen."),
        ("fr", "Il est composé de deux bras."),
        ("es", "Por ejemplo, el Ebro lo hace."),
        ("it", "Tuttavia il letto sale."),
        ("pt", "Portanto o leito sobe."),
    ],
)
def test_a_sentence_that_leans_back_stays_with_the_one_before_it(language: str, second: str):
    first = LONG.split(". ")[0] + "."
    assert texts(block(LONG), block(second), language=language)[-1] == f"{first} {second}"


@pytest.mark.parametrize(
    ("language", "second"),
    [
        ("en", "It is known that rivers bend."),
        ("en", "It is often hard to see."),
        ("en", "It can be shown that rivers bend."),
        ("en", "It was Coke who saw the river."),
        ("en", "It makes sense to wait."),
        ("en", "Those who live there know it."),
        ("de", "Das Bett ist tief."),
        ("de", "Es ist leicht zu sehen."),
        ("fr", "Il faut la voir."),
        ("fr", "Il est utile de la voir."),
    ],
)
def test_a_sentence_that_leans_on_nothing_is_a_unit_of_its_own(language: str, second: str):
    assert texts(block(LONG), block(second), language=language)[-1] == second


def test_a_quotation_ends_where_it_is_closed():
    assert (
        len(texts(block("Coke said: “No man is above it."), block("The law is king.”"), block("So ended the case.")))
        == 1
    )


def test_no_unit_reaches_over_a_heading():
    assert (
        len(texts(block("There are two ways:"), block("2 Lakes", "heading", level=1), item("Dig a bed for it."))) == 2
    )


def test_a_paragraph_of_at_most_a_hundred_words_is_one_unit_and_a_longer_one_its_sentences():
    sentence = "The river carries fine sand down to the warm sea."  # ten words
    assert len(texts(block(" ".join([sentence] * 10)))) == 1
    assert len(texts(block(" ".join([sentence] * 11)))) == 11


def test_what_leans_back_makes_no_unit_longer_than_150_words():
    leaning = "This river carries fine sand to the sea."
    units = units_of([block(" ".join([leaning] * 40))], book="b")
    assert [unit.word_count for unit in units] == [144, 144, 32]


def test_a_sentence_that_cannot_be_shown_does_not_take_its_paragraph_with_it():
    text = "The sea is salt. The share is x of all. The shore is sand."
    start = text.index("x of")
    units = units_of([block(text, doubtful=((start, start + 1),))], book="b")
    assert [unit.is_certain for unit in units] == [True, False, True]


def test_the_name_of_a_unit_does_not_change_with_line_ends_and_equals_are_counted():
    again = [block("The sea-shore is sand."), block("2 Lakes", "heading"), block("The seashore  is sand.")]
    one, two = units_of(again, book="b")
    assert (one.letters, one.nth, two.nth) == (two.letters, 0, 1)
    assert one.id != two.id
    assert units_of(again[:1], book="b")[0].id == one.id


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "The river carries sand.", "In contrast, a lake keeps it."),
        ("en", "The share is s = m / v.", "Where m is the mass of the sand."),
        ("fr", "La part est s = m / v.", "Comme auparavant, la masse est connue."),
        ("es", "El río lleva arena.", "En cambio, el lago la guarda."),
    ],
)
def test_a_contrast_and_the_words_of_a_formula_stay_with_what_they_belong_to(language: str, first: str, second: str):
    assert texts(block(LONG), block(first), block(second), language=language)[-1] == f"{first} {second}"


def test_a_sentence_that_only_points_at_a_figure_stands_apart_from_what_is_said_before_it():
    assert texts(block("Le fleuve porte du sable. Voici le lit du fleuve."), language="fr") == [
        "Le fleuve porte du sable.",
        "Voici le lit du fleuve.",
    ]


def test_what_follows_a_task_does_not_belong_to_it():
    blocks = [
        block(LONG),
        block("Trouver un fleuve qui porte du sable."),
        block("Il n’est pas toujours facile de le voir."),
    ]
    assert texts(*blocks, language="fr")[-2:] == [each.text for each in blocks[1:]]


def test_of_a_long_list_each_item_that_stands_alone_is_a_unit_and_short_items_stay_together():
    lead = block("There are many ways to look at the bed of a river:")
    long = [block(f"{letter}) {LONG[:270]}.", "paragraph") for letter in "abcde"]
    short = [item("The river carries fine sand down to the sea.", "•") for _ in range(30)]
    assert [text[:2] for text in texts(lead, *long)] == ["Th", "b)", "c)", "d)", "e)"]
    assert len(texts(lead, *long[:2])) == 1
    assert len(texts(lead, *short)) == 1


def test_a_list_that_long_paragraphs_interrupt_is_shown_by_its_parts_which_say_that_it_goes_on():
    lead = block("There are two ways to look at the bed of a river:")
    blocks = [lead, item("Dig it.", "1."), block(LONG), item("Look at it.", "2."), block(LONG), item("Draw it.", "3.")]
    units = units_of(blocks, book="b")
    assert [(unit.goes_on, unit.parts[-1].text) for unit in units if unit.kind == "list"] == [
        (True, "Look at it."),
        (False, "Draw it."),
    ]


def test_what_stands_before_a_part_that_cannot_be_shown_is_a_unit_of_its_own_where_it_is_whole():
    lost = "It brings ] = \ufffd of it."
    whole = block(f"The river carries sand. {lost} The bed then rises.")
    assert texts(whole) == ["The river carries sand.", lost, "The bed then rises."]
    assert len(texts(block("The river carries two things:"), item(lost), item("The water of the lake."))) == 1
    first, *_ = units_of([block("The river has three beds."), item("The old bed."), item(lost)], book="b")
    assert (first.text, first.goes_on) == ("The river has three beds. The old bed.", True)


def test_an_answer_stays_with_its_question():
    asked, said = block("Is the sand of the river of any use?"), block("A: It makes the best bricks of the valley.")
    assert texts(asked, said) == [f"{asked.text} {said.text}"]
    assert len(texts(asked, block("The bricks of the valley are red."))) == 2


def test_what_goes_on_from_the_sentence_before_is_not_torn_from_it():
    first, second = "The miller opens the gate of the pond.", "The water then drives the wheel of the mill."
    assert f"{first} {second}" in texts(block(f"{LONG} {first} {second}"))


def test_labels_of_the_next_page_are_no_list_of_the_sentence_before_the_page_break():
    said = block("The table shows how deep each of the rivers is.")
    assert texts(said, block("A river", "list", marker="(a)", level=1, page=1))[0] == said.text


def test_the_points_of_a_slide_are_one_unit_and_the_lettering_of_a_diagram_and_exercises_are_none():
    points = [block(f"River number {number} carries much sand") for number in range(3)]
    assert [unit.text for unit in units_of(points, book="b", loose=True)] == [" ".join(each.text for each in points)]
    assert len(units_of(points, book="b", loose=True, tasks=True)) == 3
    assert len(units_of([points[0], block("Assigned to"), block("Other rivers")], book="b", loose=True)) == 3
    assert len(units_of([block(f"{points[0].text} {'and mud ' * 25}"), points[1]], book="b", loose=True)) == 2


def test_the_second_of_two_such_things_leans_in_french():
    said = "Une rivière est un cours d'eau de la vallée."
    assert texts(block(f"{LONG} {said} Une telle rivière porte du sable."), language="fr")[-1].startswith(said)

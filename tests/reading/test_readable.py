"""Which sentences can be shown as printed."""

from __future__ import annotations

import pytest

from notegen.extract.document import Block, Document
from notegen.reading.code import is_code
from notegen.reading.pages import printed_range
from notegen.reading.sentences import sentences_in


def is_certain(text: str, language: str = "en") -> bool:
    block = Block(kind="paragraph", page=0, bbox=(72, 72, 500, 90), text=text)
    return all(each.certain for each in sentences_in(block, language=language))


@pytest.mark.parametrize(
    "text",
    [
        "A delta is a gift of the sea: a river builds it out of sand.",
        "The flow is a linear function f , followed by a step.",
        "The map f : A → B sends each river to its sea.",
        "The names r1, . . . , rn are those of rivers.",
        "The function sort() puts the rivers in their order.",
        "The river <Name>.txt holds the names of its banks.",
    ],
)
def test_single_letters_signs_and_calls_are_readable(text: str):
    assert is_certain(text)


@pytest.mark.parametrize(
    "text",
    [
        "The share of sand , which the river carries, is small.",
        "The share of sand is given by s = .",
        "The set of rivers ] is the sum + , of all.",
        "The sand ( ) is carried down to the sea.",
        "The sand of rivers is told of in Section ??, with its share.",
    ],
)
def test_a_gap_where_a_symbol_could_not_be_read_makes_a_sentence_doubtful(text: str):
    assert not is_certain(text)


def test_the_french_space_before_a_semicolon_is_no_gap():
    text = "Le fleuve porte du sable ; la mer le garde."
    assert is_certain(text, "fr")
    assert not is_certain(text, "en")


def test_a_session_that_opens_with_a_prompt_is_code_whatever_the_answer_looks_like():
    answer = "\n".join(f"river {number} carries sand to the sea" for number in range(5))
    assert is_code(f"R> summary(rivers)\n{answer}")
    assert not is_code(answer)


@pytest.mark.parametrize(
    ("language", "head", "rest"),
    [
        ("en", "Value of the test", "Measurement of sand tells how old a river is."),
        ("en", "Tractability", "Perhaps the rivers of the north are easy to measure."),
        ("de", "Grad einer Ecke", "Der Grad einer Ecke zählt ihre Kanten im Graphen."),
    ],
)
def test_a_heading_on_the_first_line_of_a_paragraph_is_no_part_of_its_sentence(language: str, head: str, rest: str):
    block = Block(
        kind="paragraph", page=0, bbox=(72, 72, 500, 90), text=f"{head} {rest}", emphasis=((0, len(head)),)
    )  # fmt: skip
    assert [each.text for each in sentences_in(block, language=language)] == [rest]


def test_emphasised_first_words_of_a_sentence_stay_in_it():
    for text, end in (("Rivers carry sand down to the sea.", 6), ("Proof The river is long and carries its sand.", 5)):
        block = Block(kind="paragraph", page=0, bbox=(72, 72, 500, 90), text=text, emphasis=((0, end),))
        assert [each.text for each in sentences_in(block, language="en")] == [text]


def test_a_range_of_printed_numbers_never_counts_backwards():
    document = Document(sha256="0" * 64, title="Rivers", page_count=4, labels=("16", "17", "13", "14"), words=(9,) * 4)
    assert [printed_range(document, *ends) for ends in ((0, 1), (0, 3), (2, 2))] == ["16–17", "pdf:1–4", "13"]

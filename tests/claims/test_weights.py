"""Tables of weights are computed again: what sums to 1, what follows from the scores, what is made up."""

from __future__ import annotations

import pytest

from notegen.claims.weights import weight_table

GRID = [["", "bees", "dance"], ["**bees**", "0.25", "0.75"], ["dance", "0.40", "0.50"]]


def test_a_grid_of_words_is_summed_row_by_row():
    table = weight_table(GRID, "The attention map:")
    assert table is not None
    assert [(each.label, round(each.total, 6), each.is_one) for each in table.sums] == [
        ("bees", 1.0, True),
        ("dance", 0.9, False),
    ]
    assert table.wrong == 1


def test_what_rounding_does_to_a_sum_is_no_fault():
    table = weight_table(
        [["", "a", "b", "c"], ["a", "0.33", "0.33", "0.33"], ["b", "33 %", "33 %", "33 %"]], "attention"
    )
    assert table is not None
    assert [each.is_one for each in table.sums] == [True, True]


def test_a_row_without_all_its_numbers_is_not_summed():
    table = weight_table([["", "a", "b"], ["a", "...", "0.5"], ["b", "0.5", "0.5"]], "attention")
    assert table is not None
    assert [each.label for each in table.sums] == ["b"]


def test_weights_that_are_said_to_follow_from_scores_are_computed_from_them():
    rows = [
        ["Key", "Score (Q · K)", "Softmax"],
        ['"he" (0)', "1.0", "0.3"],
        ['"ran" (1)', "2.0", "0.4"],
        ["**Total**", "—", "**1.00**"],
    ]
    table = weight_table(rows, "")
    assert table is not None
    assert [(each.word, each.claimed, round(each.value, 3)) for each in table.computed] == [
        ("he", "0.3", 0.269),
        ("ran", "0.4", 0.731),
    ]
    assert [each.is_wrong for each in table.computed] == [False, True]
    assert (table.claimed_total, round(table.total, 6), table.wrong) == ("1.00", 0.7, 1)


def test_weights_that_leave_others_out_say_what_they_sum_to():
    rows = [["ran ← attends to:", "Attention Score"], ["he", "0.5"], ["fast", "0.3"], ["others", "low"]]
    table = weight_table(rows, "")
    assert table is not None
    assert (table.sums, round(table.named or 0, 6), table.words, table.focus) == (
        (), 0.8, ("he", "fast"), ("ran", "attends", "to"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "context"),
    [
        (GRID, "How often each word follows the other:"),
        ([["Element", "Effect on attention weight"], ["Repetition", "more"]], "attention"),
        ([["Layer", "Heads"], ["1", "12"], ["2", "12"]], "attention"),
        ([["attention"]], "attention"),
    ],
)
def test_a_table_of_something_else_is_left_alone(rows: list[list[str]], context: str):
    assert weight_table(rows, context) is None

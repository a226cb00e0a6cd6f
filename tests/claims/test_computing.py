"""Numbers that a text states are computed again; what is not all numbers is left alone."""

from __future__ import annotations

import math

import pytest

from notegen.claims.arithmetic import sums_in
from notegen.claims.counts import counts_in, likenesses_of, miscounts_in, shares_of
from notegen.claims.word_sums import word_sums_in


@pytest.mark.parametrize(
    ("line", "value", "is_right"),
    [
        ("- 0.8^13 = 0.055 (vanished)", "0.05498", True),
        ("50K words × 768 dims = 38.4M parameters", "38,400,000", True),
        ("12 layers × 768×768 = ~7M", "7,077,888", True),
        ("So 2 + 2 = 5.", "4", False),
        ("Rate: (3 + 4) * 2 = 14 m", "14", True),
        ("100 / 3 ≈ 33", "33.33", True),
        ("1,000 × 3 = 3,000", "3000", True),
        ("20 − 30 = -10", "-10", True),
        ('"x" [1, 2] × weights [3, 4] = [3, 8]', "[3, 8]", True),
        ("[0.3, 0.7] + [0.6, 1.3] = [0.35, 0.72]", "[0.9, 2]", False),
        ("2 × [1, 2] = [2, 4]", "[2, 4]", True),
    ],
)
def test_a_stated_sum_is_computed(line: str, value: str, is_right: bool):
    [found] = sums_in(["", line])
    assert (found.line, found.shown, found.is_right) == (2, value, is_right)


@pytest.mark.parametrize(
    "line",
    ["Error × 0.8 = 0.8", "a = 3 and b = 4", "E = mc^2", "(dog=2, cat=1)", "= 5 numbers", "[1, 2] × Matrix = [3, 4]",
     "1 / 0 = 2", "10 ^ 99999 = 3", "x × y = 12", "2024-01-05 = today", "[1, 2] + [1, 2, 3] = [2, 4]"],
)  # fmt: skip
def test_what_is_not_all_numbers_is_left_alone(line: str):
    assert sums_in([line]) == ()


def test_percentages_of_counts_are_computed_and_their_vectors_compared():
    lines = [
        '"The cat saw the dog" = (cat:1, dog:1)',
        '"A dog" → (cat:0, dog:4)',
        "(cat:50%, dog:49%)",
        "(cat:0%, dog:100%)",
    ]
    counts = counts_in(lines)
    [one, other] = shares_of(counts)
    assert (one.is_right, dict(other.computed), other.is_right) == (False, {"cat": 0.0, "dog": 1.0}, True)
    [likeness] = likenesses_of(counts)
    assert math.isclose(likeness.cosine, 1 / math.sqrt(2))
    [first] = miscounts_in(lines, counts)
    assert first.counted_text == "the 2 (40 %), cat 1 (20 %), saw 1 (20 %), dog 1 (20 %)"
    assert first.left_out == (("the", 2), ("saw", 1))


def test_sums_of_words_are_found_as_people_and_formulas_write_them():
    tex = [rf'\text{{vector}}("{word}")' for word in ("paris", "france", "italy", "rome")]
    formula = f"{tex[0]} - {tex[1]} + {tex[2]} \\approx {tex[3]}"
    lines = ["king - man + woman ≈ queen", formula, "a well-known + fact = true"]
    assert [each.words for each in word_sums_in(lines)] == [
        ("king", "man", "woman", "queen"),
        ("paris", "france", "italy", "rome"),
    ]

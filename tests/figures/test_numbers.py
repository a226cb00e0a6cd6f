"""The numbers of figures: laws that hold for any input, and values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from notegen.draft.draft import BackgroundConcept, Draft, Evidence, Mastery, Section, Statement, Takeaway
from notegen.embed.encoder import Attention
from notegen.errors import UsageError
from notegen.figures.coverage import Reading, coverage_figure
from notegen.figures.draw import key_sentences
from notegen.figures.heads import between_words, shown_head, word_index
from notegen.figures.label_places import place_labels
from notegen.figures.lettering import drawable, fitted, width_px
from notegen.figures.plane import plane_of, trustworthiness
from notegen.figures.rounding import as_text, decimals_for, rounded_shares
from notegen.figures.softmax import softmax, softmax_figure
from notegen.figures.word_vectors import WordVectors

SHARES = arrays(np.float64, st.integers(1, 40), elements=st.floats(1e-6, 1))


@given(SHARES, st.sampled_from([2, 3, 4]))
def test_rounded_shares_are_one_in_all_and_none_moves_by_a_step(shares, decimals):
    shares = shares / shares.sum()
    steps = rounded_shares(shares, decimals)
    assert steps.sum() == 10**decimals
    assert (np.abs(steps - shares * 10**decimals) <= 1 + 1e-6).all()
    assert sum(int(as_text(int(each), decimals).replace(".", "")) for each in steps) == 10**decimals


def test_rounding_by_hand():
    assert list(rounded_shares(np.array([[1, 1, 1], [0.005, 0.005, 0.99]]), 2)[0]) == [34, 33, 33]
    assert as_text(7, 2) == "0.07"
    assert as_text(100, 2) == "1.00"
    assert [decimals_for(np.array(each)) for each in ([0.2, 0.8], [0.004, 0.996], [1e-9, 1.0])] == [2, 3, 4]


@given(st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=20))
def test_softmax_is_positive_and_one_in_all(scores):
    weights = softmax(scores)
    assert np.isfinite(weights).all()
    assert abs(weights.sum() - 1) < 1e-9
    assert weights[int(np.argmax(scores))] == weights.max()


def test_softmax_by_hand():
    assert softmax([1.2, 2.1, 3.0]) == pytest.approx([0.10516, 0.25866, 0.63618], abs=1e-5)
    rows = softmax_figure([1.2, 2.1, 3.0]).tables[0].rows
    assert rows[-1] == ("sum", "", "1.00")
    assert sum(round(float(row[2]) * 100) for row in rows[1:-1]) == 100
    for wrong in ([], [float("nan")], [float("inf"), 1.0], [0.0] * 1000):
        with pytest.raises(UsageError):
            softmax_figure(wrong)


@st.composite
def attentions(draw):
    """Weights of a made-up model on a made-up sentence."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=8))
    words = (
        "[CLS]",
        *(draw(st.sampled_from(["cat", "the", "sat", ",", "because", "Éva", "注"])) for _ in sizes),
        "[SEP]",
    )
    word_of = tuple(index for index, size in enumerate([1, *sizes, 1]) for _ in range(size))
    raw = draw(arrays(np.float32, (2, 3, len(word_of), len(word_of)), elements=st.floats(1 / 1024, 1, width=32)))
    return Attention(
        model="m", words=words, pieces=("x",) * len(word_of), word_of=word_of, weights=raw / raw.sum(-1, keepdims=True)
    )


@settings(max_examples=40)
@given(attentions())
def test_merging_pieces_keeps_rows_at_one_and_adds_columns(attention):
    merged = between_words(attention)
    assert merged.shape[-2:] == (len(attention.words),) * 2
    assert np.allclose(merged.sum(-1), 1)
    for word in range(len(attention.words)):
        own = [piece for piece, of in enumerate(attention.word_of) if of == word]
        to_it = attention.weights[..., own].sum(-1)
        for other in range(len(attention.words)):
            from_it = [piece for piece, of in enumerate(attention.word_of) if of == other]
            assert np.allclose(merged[..., other, word], to_it[..., from_it].mean(-1), atol=1e-5)


@settings(max_examples=40)
@given(attentions(), st.data())
def test_the_shown_head_is_one_of_the_model_and_the_one_asked_for(attention, data):
    layer = data.draw(st.sampled_from([None, 1, 2]))
    head = data.draw(st.sampled_from([None, 1, 2, 3]))
    shown = shown_head(attention, layer=layer, head=head)
    assert shown.layer in ((layer,) if layer else (1, 2))
    assert shown.head in ((head,) if head else (1, 2, 3))
    assert np.allclose(shown.weights, between_words(attention)[shown.layer - 1, shown.head - 1])
    assert shown.rule


def test_heads_that_look_at_a_fixed_place_are_passed_over():
    words = ("[CLS]", "dog", "has", "a", "bone", "[SEP]")
    count = len(words)
    flat = np.full((count, count), 0.1)
    previous, column, free = flat.copy(), flat.copy(), flat.copy()
    for row in range(1, count):
        previous[row, row - 1] = 9
    column[:, 4] = 9
    free[1, 4] = 2
    weights = np.stack([each / each.sum(-1, keepdims=True) for each in (previous, column, free)])[None].astype(
        np.float32
    )
    shown = shown_head(Attention(model="m", words=words, pieces=words, word_of=tuple(range(count)), weights=weights))
    assert (shown.layer, shown.head, shown.link) == (1, 3, (1, 4))
    assert "“dog” → “bone”" in shown.rule
    only_fixed = Attention(model="m", words=words, pieces=words, word_of=tuple(range(count)), weights=weights[:, :2])
    assert "although" in shown_head(only_fixed).rule


def test_wrong_layers_heads_and_words_are_refused():
    words = ("[CLS]", "a", "[SEP]")
    attention = Attention(model="m", words=words, pieces=words, word_of=(0, 1, 2), weights=np.full((1, 1, 3, 3), 1 / 3))
    for wrong in ({"layer": 2}, {"head": 0}, {"head": -1}):
        with pytest.raises(UsageError):
            shown_head(attention, **wrong)
    assert word_index(words, "A") == 1
    with pytest.raises(UsageError, match="no word"):
        word_index(words, "b")


@settings(max_examples=40)
@given(arrays(np.float64, st.tuples(st.integers(2, 12), st.just(6)), elements=st.floats(-1, 1)))
def test_a_plane_is_always_drawable(vectors):
    plane = plane_of(vectors)
    assert plane.points.shape == (len(vectors), 2)
    assert np.isfinite(plane.points).all()
    assert -1e-9 <= plane.explained <= 1 + 1e-9
    assert plane.trustworthiness is None or -1e-9 <= plane.trustworthiness <= 1 + 1e-9


def test_a_flat_cloud_loses_nothing():
    flat = np.array([[0, 0, 0], [3, 0, 0], [0, 2, 0], [3, 2, 0], [1, 1, 0], [2, 5, 0], [7, 1, 0]], float)
    plane = plane_of(flat)
    assert plane.explained == pytest.approx(1)
    assert plane.trustworthiness == pytest.approx(1)
    shuffled = plane.points[::-1]
    assert trustworthiness(flat, shuffled, 2) < 1


@given(st.lists(st.tuples(st.floats(20, 680), st.floats(20, 440)), min_size=1, max_size=20))
def test_labels_cover_neither_each_other_nor_leave_the_frame(points):
    sizes = [(80.0, 14.0)] * len(points)
    boxes = [each for each in place_labels(points, sizes, (0, 0, 700, 460), range(len(points))) if each]
    assert all(box[0] >= 0 and box[1] >= 0 and box[2] <= 700 and box[3] <= 460 for box in boxes)
    for index, one in enumerate(boxes):
        for other in boxes[:index]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_coverage_counts_pages_once():
    readings = [
        Reading(first=0, last=9, is_noted=True, is_recalled=True),
        Reading(first=5, last=14),
        Reading(first=90, last=500, is_noted=True),
    ]
    figure = coverage_figure([str(each) for each in range(1, 101)], readings, (20, 29))
    counts = {key: len(pages) for key, pages in figure.numbers.items() if key != "pages"}
    assert counts == {"read": 35, "noted": 20, "recalled": 10}
    assert "read 35, noted 20, recalled 10" in figure.alt


def said(text: str) -> Statement:
    return Statement(text=text, evidence=Evidence(page=0, text=text))


def test_key_sentences_are_definitions_first_and_no_captions():
    draft = Draft(
        title="t",
        drafter="extractive",
        concepts=("cosine", "norm"),
        defined=(
            BackgroundConcept(name="norm", what=said("A norm is a length.")),
            BackgroundConcept(name="Cosine", what=said("The cosine is the dot product without the lengths.")),
        ),
        mastery=(Mastery(concept="norm", statement=said("The norm is a root.")),),
        tldr=(Takeaway(label="Core idea", statement=said("Lists, Sets & Maps and much more of the same kind")),),
        sections=(
            Section(
                title="s",
                page=0,
                digest=(said("In hac habitasse platea."), said("We compare two vectors by the angle between them.")),
            ),
        ),
    )
    assert key_sentences(draft) == [
        "The cosine is the dot product without the lengths.",
        "A norm is a length.",
        "The norm is a root.",
        "We compare two vectors by the angle between them.",
    ]


def test_labels_are_cut_to_their_room():
    for word in ("a", "representation", "Donaudampfschifffahrtsgesellschaft", "深度学习" * 9, "🎉" * 9):
        for room in (20, 60, 120):
            assert width_px(fitted(word, 9, room), 9) <= room
    assert fitted("representation", 9, 120) == drawable("representation")


def test_a_number_that_is_rounded_to_nothing_has_no_sign():
    words = WordVectors(model="m", dimensions=2, words=("a",), vectors=((-0.0001, -0.5),), cosines=((1.0,),))
    assert words.vector_rows("text", "vector")[1] == ("a", "0.000, -0.500, …")

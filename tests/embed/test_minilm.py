"""The encoder against the numbers that transformers and torch give (tools/make_attention_reference.py)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from notegen.embed.minilm import MiniLMEncoder

REFERENCE = np.load(Path(__file__).with_name("reference.npz"))
STEPS = 65535


@pytest.fixture(scope="module")
def encoder(weights: Path) -> MiniLMEncoder:
    return MiniLMEncoder(weights)


@pytest.mark.parametrize("number", range(len(REFERENCE["sentences"])))
def test_attentions_are_those_of_transformers(encoder: MiniLMEncoder, number: int):
    attention = encoder.attention(str(REFERENCE["sentences"][number]))
    wanted = REFERENCE[f"attention{number}"] / STEPS
    assert attention.weights.shape == wanted.shape
    assert np.abs(attention.weights - wanted).max() <= 1e-4


def test_vectors_are_those_of_transformers(encoder: MiniLMEncoder):
    sentences = [str(each) for each in REFERENCE["sentences"]]
    wanted = np.stack([REFERENCE[f"vector{number}"] for number in range(len(sentences))])
    alone = np.concatenate([encoder.encode([sentence]) for sentence in sentences])
    padded = encoder.encode([*sentences, "a longer text, so that the others are padded " * 9])[: len(sentences)]
    assert np.abs(alone - wanted).max() < 1e-5
    assert np.abs(padded - wanted).max() < 1e-5


def test_words_are_spelt_as_in_the_sentence(encoder: MiniLMEncoder):
    attention = encoder.attention("Unbelievably,  Éva's 注意!")
    assert attention.words == ("[CLS]", "Unbelievably", ",", "Éva", "'", "s", "注", "意", "!", "[SEP]")
    assert len(attention.word_of) == len(attention.pieces) == attention.weights.shape[-1]
    assert list(attention.word_of) == sorted(attention.word_of)


def test_odd_texts_are_encoded(encoder: MiniLMEncoder):
    vectors = encoder.encode(["", "\ud800 torn", "a" * 10_000, "word " * 5_000, "\0\u202e"])
    assert vectors.shape == (5, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert encoder.encode([]).shape == (0, 384)
    assert encoder.attention("word " * 5_000).is_cut
    assert encoder.attention("").words == ("[CLS]", "[SEP]")

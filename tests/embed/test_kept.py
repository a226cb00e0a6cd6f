"""Vectors are worked out once, and the same whether they were kept or are new."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from notegen.embed.encoder import Attention, Floats, unit_rows
from notegen.embed.kept import KeptEncoder
from notegen.store.vectors import Vectors


class Counting:
    """An encoder of letters that counts the texts it was given."""

    name, dimensions = "letters", 26

    def __init__(self) -> None:
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str]) -> Floats:
        self.texts += texts
        return unit_rows(np.array([[1 + text.count(chr(97 + letter)) for letter in range(26)] for text in texts]))

    def attention(self, sentence: str) -> Attention:
        raise NotImplementedError


def test_a_text_is_encoded_once(tmp_path: Path):
    counting = Counting()
    texts = ["abc", "bcd", "abc", ""]
    first = KeptEncoder(counting, Vectors(tmp_path / "v")).encode(texts)
    again = KeptEncoder(counting, Vectors(tmp_path / "v")).encode(texts[::-1])[::-1]
    assert np.array_equal(first, again)
    assert counting.texts == ["abc", "bcd", ""]
    assert np.allclose(np.linalg.norm(first, axis=1), 1)
    assert np.allclose(first, counting.encode(texts), atol=1e-3)
    assert KeptEncoder(counting, Vectors(tmp_path / "v")).encode([]).shape == (0, 26)


def test_a_file_that_is_no_database_is_replaced(tmp_path: Path):
    (tmp_path / "v").write_bytes(b"no database at all" * 100)
    vectors = Vectors(tmp_path / "v")
    vectors.put({"00": b"x"})
    assert vectors.get(["00", "11"]) == {"00": b"x"}


def test_a_locked_or_impossible_file_costs_time_only(tmp_path: Path):
    vectors = Vectors(tmp_path / "v")
    vectors.put({"aa": b"1"})
    other = sqlite3.connect(tmp_path / "v", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    vectors.put({"bb": b"2"})
    other.close()
    assert vectors.get(["aa", "bb"]) == {"aa": b"1"}
    (tmp_path / "file").write_bytes(b"")
    nowhere = Vectors(tmp_path / "file" / "v")
    nowhere.put({"aa": b"1"})
    assert nowhere.get(["aa"]) == {}


def test_the_oldest_go_when_there_are_too_many(tmp_path: Path):
    vectors = Vectors(tmp_path / "v", max_rows=3)
    for number in range(6):
        vectors.put({f"{number:02x}": b"x"})
    assert sorted(vectors.get([f"{number:02x}" for number in range(6)])) == ["03", "04", "05"]

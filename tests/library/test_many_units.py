"""Among very many units the nearest are found by a first look at the signs of their vectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from notegen.embed.encoder import unit_rows
from notegen.library import embedded, signs
from notegen.library.embedded import EmbeddedEngine
from notegen.library.tasks import READER
from notegen.library.vectors import pack
from notegen.store.library_rows import BookRow

UNITS, TOP = 2_000, 50


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EmbeddedEngine:
    """Three books of vectors in clusters, as those of texts are."""
    monkeypatch.setattr(embedded, "MANY_UNITS", UNITS)
    monkeypatch.setattr(signs, "FIRST_LOOK", 600)
    monkeypatch.setattr(signs, "BLOCK", 1_500)
    made = EmbeddedEngine(tmp_path, READER)
    for key in made.reserve(3):
        shelve(made, key)
    made.tidy(384)
    return made


def shelve(engine: EmbeddedEngine, key: int) -> None:
    chance = np.random.default_rng(key)
    middles = np.random.default_rng(99).standard_normal((40, 384))
    vectors = unit_rows(middles[chance.integers(0, 40, UNITS)] + 0.7 * chance.standard_normal((UNITS, 384)))
    row = BookRow(key=key, sha256=f"{key:064}", labels=("1",), read=1, units=UNITS)
    engine.keep_book(row)
    engine.keep_vectors(row, 0, pack(vectors))


def near(engine: EmbeddedEngine, number: int) -> dict[int, float]:
    vector = unit_rows(np.random.default_rng(99).standard_normal((40, 384)))[number]
    return engine.near(vector, engine.books(), TOP)


def exact(engine: EmbeddedEngine, number: int, monkeypatch: pytest.MonkeyPatch) -> dict[int, float]:
    with monkeypatch.context() as patched:
        patched.setattr(embedded, "MANY_UNITS", 1 << 60)
        return near(engine, number)


def test_hardly_any_of_the_nearest_is_missed(engine: EmbeddedEngine, monkeypatch):
    kept = [len(near(engine, n).keys() & exact(engine, n, monkeypatch).keys()) / TOP for n in range(10)]
    assert np.mean(kept) >= 0.98


def test_books_that_come_and_go_are_found_and_not_found(engine: EmbeddedEngine, monkeypatch):
    engine.drop_book(engine.books()[1])
    [new] = engine.reserve(1)
    shelve(engine, new)
    engine.tidy(384)
    assert near(engine, 3) == exact(engine, 3, monkeypatch)
    for row in engine.books()[:2]:
        engine.drop_book(row)
    engine.tidy(384)
    assert {id >> 24 for id in near(engine, 3)} == {new}


def test_signs_that_a_crash_left_without_ids_are_written_again(engine: EmbeddedEngine, tmp_path: Path, monkeypatch):
    ids = (tmp_path / "signs.ids").read_bytes()
    (tmp_path / "signs.ids").write_bytes(ids[: UNITS * 8 + 3])
    assert near(engine, 5) == exact(engine, 5, monkeypatch)
    engine.tidy(384)
    assert (tmp_path / "signs.ids").read_bytes() == ids
    assert near(engine, 5).keys() == exact(engine, 5, monkeypatch).keys()

"""What every engine of a library promises, held against the embedded one and against a real PostgreSQL."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from notegen.embed.encoder import unit_rows
from notegen.errors import BusyError, StateError
from notegen.library.embedded import EmbeddedEngine
from notegen.library.engine import Engine
from notegen.library.postgres import PostgresEngine
from notegen.library.tasks import READER
from notegen.library.vectors import pack
from notegen.store.library_rows import BookRow, UnitRow

VECTORS = int(os.environ.get("NOTEGEN_TEST_VECTORS", "2000"))
"""More than a thousand would be the same here; 20000 is what benchmarks/README.md has."""
Open = Callable[[], Engine]


def open_engine(kind: str, place: str, vault: str = "a vault") -> Engine:
    return EmbeddedEngine(Path(place), READER) if kind == "embedded" else PostgresEngine(place, vault, READER)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL with pgvector that runs for these tests."""
    pgserver = pytest.importorskip("pgserver", reason="NO POSTGRESQL HERE: the wheel pgserver has none for this system")
    running = pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
    yield running.get_uri()
    running.cleanup()


@pytest.fixture(params=["embedded", "postgres"])
def spec(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """(kind, place) of an engine that is empty."""
    if request.param == "embedded":
        return "embedded", str(tmp_path / "library")
    import psycopg

    url = request.getfixturevalue("server")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS notegen CASCADE")
    return "postgres", url


@pytest.fixture
def engine(spec: tuple[str, str]) -> Engine:
    return open_engine(*spec)


def book(engine: Engine, texts: list[str], name: str = "a") -> BookRow:
    """A whole book of units with those stems."""
    [key] = engine.reserve(1)
    row = BookRow(key=key, sha256=name * 64, labels=("1",), read=1, units=len(texts))
    engine.keep_book(row, units(row, texts))
    engine.keep_places({f"{name}.pdf": row.sha256})
    return row


def units(row: BookRow, texts: list[str]) -> list[UnitRow]:
    return [UnitRow(id=row.rows[0] + n, data="[]", heading="", topic="", stems=each) for n, each in enumerate(texts)]


def test_the_nearest_are_the_same_in_every_engine(engine: Engine, tmp_path: Path):
    chance = np.random.default_rng(7)
    vectors = pack(unit_rows(chance.standard_normal((VECTORS, 384))))
    found = []
    for each in (engine, EmbeddedEngine(tmp_path / "other", READER)):
        row = book(each, [""] * VECTORS)
        each.keep_vectors(row, 0, vectors[:100])
        assert each.near(np.ones(384, np.float32) / 384**0.5, [row], 10) == {}
        each.keep_vectors(row, 64, vectors[64:])
        assert each.encoded(row, 384) == VECTORS
        queries = unit_rows(np.random.default_rng(8).standard_normal((5, 384)))
        found.append([each.near(query, [row], 10, [row.rows[0] + 3]) for query in queries])
    for own, other in zip(*found, strict=True):
        assert list(own) == list(other)
        assert list(own.values()) == pytest.approx(list(other.values()), abs=1e-5)


def test_words_are_found_in_the_books_that_are_asked_and_rare_ones_come_first(engine: Engine):
    rivers = book(engine, ["river lake", "river", "river mud", "sea"], "a")
    others = book(engine, ["river d'or \\ x", "mud"], "b")
    both = [rivers.rows, others.rows]
    assert (engine.holders(["river"], [rivers.rows]), engine.holders(["river", "mud"], both)) == (3, 5)
    assert engine.matching(["river", "mud"], [rivers.rows], 2)[0] == rivers.rows[0] + 2
    assert engine.matching(["mud"], both, 5) == [rivers.rows[0] + 2, others.rows[0] + 1]
    assert (engine.holders([], both), engine.matching([], both, 5)) == (0, [])


def test_a_book_is_replaced_and_deleted_as_a_whole(engine: Engine):
    row, other = book(engine, ["one", "two"], "a"), book(engine, ["two"], "b")
    engine.keep_vectors(row, 0, pack(unit_rows(np.eye(2, 384))))
    engine.keep_places({}, gone=["a.pdf"])
    engine.drop_book(row)
    assert ([each.key for each in engine.books()], engine.in_range(row.rows)) == ([other.key], [])
    assert (engine.holders(["two"], [(0, 1 << 62)]), engine.places()) == (1, {"b.pdf": other.sha256})
    assert engine.near(np.eye(1, 384, dtype=np.float32)[0], [row], 5) == {}
    assert engine.reserve(1)[0] > other.key
    engine.delete()
    assert engine.books() == []


def test_of_two_writers_one_waits_and_both_are_heard(spec: tuple[str, str]):
    first, second = open_engine(*spec), open_engine(*spec)
    with first.writing("one"):
        book(first, ["river"], "a")
        with pytest.raises(BusyError), second.writing("two"):
            pass
    with second.writing("two"):
        book(second, ["lake"], "b")
    assert [each.sha256[0] for each in first.books()] == ["a", "b"]
    assert len({each.key for each in first.books()}) == 2


def _dies(kind: str, place: str, row: BookRow) -> None:
    def half():
        yield from units(row, ["one", "two"])
        os._exit(1)

    open_engine(kind, place).keep_book(row, half())


def test_of_a_batch_in_which_the_writer_dies_nothing_is_there_and_it_can_be_done_again(spec: tuple[str, str]):
    engine = open_engine(*spec)
    [key] = engine.reserve(1)
    row = BookRow(key=key, sha256="c" * 64, labels=("1",), read=1, units=3)
    process = multiprocessing.get_context("spawn").Process(target=_dies, args=(*spec, row))
    process.start()
    process.join(60)
    assert (process.exitcode, engine.books(), engine.in_range(row.rows)) == (1, [], [])
    engine.keep_book(row, units(row, ["one", "two", "three"]))
    assert len(engine.in_range(engine.books()[0].rows)) == 3


def test_a_database_that_ends_in_the_middle_is_said_and_gone_on_with(server: str):
    import psycopg

    engine = PostgresEngine(server, "a vault", READER)
    before = engine.books()
    with psycopg.connect(server, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    with pytest.raises(StateError, match="cannot be used"):
        engine.books()
    assert engine.books() == before


def test_what_another_vault_has_too_is_not_dropped(server: str):
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS notegen CASCADE")
    one, other = (PostgresEngine(server, name, READER) for name in ("one", "other"))
    row = book(one, ["river"], "a")
    other.keep_places({"mine.pdf": row.sha256})
    one.delete()
    assert (one.places(), [each.key for each in other.books()]) == ({}, [row.key])
    assert one.rename_book(row, "f" * 64) is False


def test_an_address_is_never_said(monkeypatch):
    engine = PostgresEngine("postgresql://me:secret@127.0.0.1:1/x", "a vault", READER)
    with pytest.raises(StateError) as said:
        engine.books()
    assert "secret" not in said.value.reason + said.value.next_step

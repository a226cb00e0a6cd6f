"""Whoever reads the books, the library is the same, and a worker may die at any time."""

from __future__ import annotations

import os
import signal
from collections import deque
from pathlib import Path
from typing import Any

import pytest
from conftest import RIVERS

from notegen.embed.weights import sha256_of
from notegen.errors import NotegenError
from notegen.extract import extract
from notegen.library.embedded import EmbeddedEngine
from notegen.library.shelf import Shelved
from notegen.library.shelving import Done, Options, Shelving
from notegen.library.tasks import READER
from notegen.library.workers import Here, Job, LocalPool, Workers, done_by


@pytest.fixture
def shelf(tmp_path: Path, make_book) -> list[Shelved]:
    """Three books, and one file that is none."""
    made = [make_book(tmp_path / f"{n}.pdf", [f"Book {n}. {text}" for text in RIVERS]) for n in range(3)]
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"this is no PDF")
    return [Shelved(path=each.name, place=each, sha256=sha256_of(each)) for each in sorted([*made, broken])]


def shelved(folder: Path, shelf: list[Shelved], workers: Workers) -> tuple[Done, list[Any]]:
    """What was done, and all that the library then holds."""
    engine = EmbeddedEngine(folder, READER)
    done = Shelving(engine, lambda path, pages: extract(path, pages), workers, Options()).refresh(shelf)
    return done, [engine.books(), engine.places(), [engine.in_range(each.rows) for each in engine.books()]]


def test_two_processes_make_the_same_library_as_one_even_when_one_of_them_is_killed(tmp_path: Path, shelf, monkeypatch):
    monkeypatch.setenv("NOTEGEN_STATE", str(tmp_path / "state"))
    alone, wanted = shelved(tmp_path / "one", shelf, Here(lambda path, pages: extract(path, pages), None))
    pool = LocalPool(2)
    try:
        doomed = pool.submit(_own_id, None).result()
        os.kill(doomed, signal.SIGTERM)
        done, found = shelved(tmp_path / "two", shelf, pool)
    finally:
        pool.close()
    assert found == wanted
    assert done == alone
    assert [path for path, _ in done.failed] == ["broken.pdf"]


def test_what_kills_its_worker_is_told_from_its_neighbours():
    pool = LocalPool(2)
    jobs = deque(Job(_die_of, number, number) for number in (1, 13, 2))
    try:
        came = {job.subject: future.exception() for job, future in done_by(pool, lambda: jobs and jobs.popleft())}
    finally:
        pool.close()
    assert [number for number, error in came.items() if error] == [13]


def test_an_error_of_a_book_comes_back_with_its_next_step():
    pool = LocalPool(2)
    try:
        error = pool.submit(_refuse, "Turn it on.").exception()
    finally:
        pool.close()
    assert isinstance(error, NotegenError)
    assert error.next_step == "Turn it on."


def _own_id(asked: None) -> int:
    return os.getpid()


def _die_of(number: int) -> int:
    if number == 13:
        os.kill(os.getpid(), signal.SIGTERM)
    return number


def _refuse(step: str) -> None:
    raise NotegenError("It is off.", step)

"""Whoever reads the books, the library is the same, and a worker may die at any time."""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from concurrent.futures import BrokenExecutor, Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from river_book import RIVERS

from notegen.embed.minilm import MiniLMEncoder
from notegen.embed.weights import sha256_of
from notegen.errors import NotegenError, StateError
from notegen.extract import extract
from notegen.library import shelving
from notegen.library.embedded import EmbeddedEngine
from notegen.library.shelf import Shelved
from notegen.library.shelving import Done, Options, Shelving
from notegen.library.tasks import ENCODED_AT_ONCE, READER, VERSION
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
        os.kill(doomed, signal.SIGKILL)
        done, found = shelved(tmp_path / "two", shelf, pool)
    finally:
        pool.close()
    assert found == wanted
    assert done == alone
    assert [path for path, _ in done.failed] == ["broken.pdf"]


def test_two_processes_make_the_same_vectors_as_one(tmp_path: Path, shelf, weights: Path, monkeypatch):
    monkeypatch.setenv("NOTEGEN_STATE", str(tmp_path / "state"))
    monkeypatch.setattr(shelving, "ENCODED_IN_A_TASK", ENCODED_AT_ONCE)
    encoder = MiniLMEncoder(weights)
    options = Options(model=encoder.name, dimensions=encoder.dimensions, weights=str(weights), threads=1)
    pool = LocalPool(2)
    try:
        for name, workers in (("one", Here(extract, encoder)), ("two", pool)):
            done = Shelving(EmbeddedEngine(tmp_path / name, READER), extract, workers, options).refresh(shelf)
            assert (done.encoded > 0, done.unencoded) == (True, "")
    finally:
        pool.close()
    one, two = ({each.name: each.read_bytes() for each in (tmp_path / n).glob("*.i8")} for n in ("one", "two"))
    assert len(one) == 3
    assert two == one


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


def test_a_cluster_makes_the_same_library_even_when_its_workers_are_killed(tmp_path: Path, shelf, monkeypatch):
    distributed = pytest.importorskip("distributed", reason="notegen[cluster] is not installed")
    from notegen.library import cluster as own

    monkeypatch.setenv("NOTEGEN_STATE", str(tmp_path / "state"))
    alone, wanted = shelved(tmp_path / "one", shelf, Here(lambda path, pages: extract(path, pages), None))
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        monkeypatch.setattr(own, "VERSION", "9.9")
        with pytest.raises(StateError, match=r"this is notegen 9\.9"):
            own.Cluster(cluster.scheduler_address)
        monkeypatch.setattr(own, "VERSION", VERSION)
        workers = own.Cluster(cluster.scheduler_address)
        try:
            for nanny in cluster.workers.values():
                os.kill(nanny.pid, signal.SIGKILL)
            done, found = shelved(tmp_path / "two", shelf, workers)
        finally:
            workers.close()
    assert (found, done) == (wanted, alone)


def test_a_cluster_that_is_not_there_or_has_no_worker_is_said(monkeypatch):
    distributed = pytest.importorskip("distributed", reason="notegen[cluster] is not installed")
    from notegen.library import cluster as own

    monkeypatch.setattr(own, "_ANSWER_S", 0.5)
    with pytest.raises(StateError, match="No cluster answers"):
        own.Cluster("tcp://127.0.0.1:9")
    empty = distributed.LocalCluster(n_workers=0, dashboard_address=None)
    with empty as cluster, pytest.raises(StateError, match="has no worker"):
        own.Cluster(cluster.scheduler_address)


def test_what_dask_gives_up_counts_as_a_worker_that_died():
    distributed = pytest.importorskip("distributed", reason="notegen[cluster] is not installed")
    from notegen.library.cluster import _pass_on

    inner, outer = Future(), Future()
    inner.set_exception(distributed.KilledWorker("a task", SimpleNamespace(address="tcp://w:1"), 3))
    _pass_on(inner, outer)
    assert isinstance(outer.exception(), BrokenExecutor)


def test_a_cluster_that_loses_its_last_worker_is_waited_for_no_longer(monkeypatch):
    distributed = pytest.importorskip("distributed", reason="notegen[cluster] is not installed")
    from notegen.library import cluster as own
    from notegen.library import workers as waiting

    monkeypatch.setattr(own, "_ALONE_S", 0.5)
    monkeypatch.setattr(waiting, "_LOOK_S", 0.3)
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        workers = own.Cluster(cluster.scheduler_address)
        try:
            cluster.scale(0)
            with pytest.raises(StateError, match="No worker is left"):
                list(done_by(workers, _once(Job(time.sleep, 60, 60))))
        finally:
            workers.close()


def _once(job: Job):
    jobs = [job]
    return lambda: jobs.pop() if jobs else None


def _own_id(asked: None) -> int:
    return os.getpid()


def _die_of(number: int) -> int:
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def _refuse(step: str) -> None:
    raise NotegenError("It is off.", step)

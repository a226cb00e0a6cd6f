"""The index is brought up to date in idle time."""

from __future__ import annotations

import os
import time
from pathlib import Path

import psutil
import pytest

from notegen.desk import open_desk
from notegen.embed.on_demand import EncoderOnDemand
from notegen.store.library_rows import library_folder
from notegen.store.note_rows import index_place
from notegen.watch.indexing import Indexing


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NOTEGEN_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("NOTEGEN_MODEL__FETCH", "false")
    root = tmp_path / "vault"
    root.mkdir()
    (root / "notegen.toml").write_text("", encoding="utf-8")
    (root / "Vectors.md").write_text("A vector is a list of numbers.", encoding="utf-8")
    return root


def ended(indexing: Indexing) -> bool:
    until_s = time.monotonic() + 120
    while indexing.is_running and time.monotonic() < until_s:
        time.sleep(0.05)
    return not indexing.is_running


def test_without_weights_the_books_alone_are_read(root: Path):
    indexing, desk = Indexing(), open_desk(root, os.environ)
    indexing.start(desk)
    assert ended(indexing)
    indexing.go_on(desk)
    assert not indexing.is_running
    assert (library_folder(str(root)) / "units.sqlite3").is_file()
    assert not index_place(str(root)).exists()


def test_it_makes_the_index_in_one_process_then_reads_the_books_and_ends_when_told(
    root: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(EncoderOnDemand, "is_there", True)
    desk = open_desk(root, os.environ)
    indexing = Indexing()
    indexing.start(desk)
    children = psutil.Process().children()
    indexing.start(desk)
    assert psutil.Process().children() == children
    assert ended(indexing)
    assert index_place(str(root)).is_file()
    indexing.go_on(desk)
    assert psutil.Process().children() != []
    indexing.close()
    assert not indexing.is_running

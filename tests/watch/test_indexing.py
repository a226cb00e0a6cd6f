"""The index is brought up to date in idle time."""

from __future__ import annotations

import os
import time
from pathlib import Path

import psutil
import pytest

from notegen.desk import open_desk
from notegen.embed.on_demand import EncoderOnDemand
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


def test_without_weights_nothing_is_started(root: Path):
    indexing = Indexing()
    indexing.start(open_desk(root, os.environ))
    assert not indexing.is_running
    indexing.close()


def test_it_makes_the_index_in_one_process_and_ends_when_told(root: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(EncoderOnDemand, "is_there", True)
    desk = open_desk(root, os.environ)
    indexing = Indexing()
    indexing.start(desk)
    children = psutil.Process().children()
    indexing.start(desk)
    assert psutil.Process().children() == children
    until_s = time.monotonic() + 60
    while indexing.is_running and time.monotonic() < until_s:
        time.sleep(0.05)
    assert index_place(str(root)).is_file()
    indexing.start(desk)
    indexing.close()
    assert not indexing.is_running

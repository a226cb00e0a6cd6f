from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of the test's own, beside its vault."""
    folder = tmp_path / "state"
    monkeypatch.setenv("NOTEGEN_STATE", str(folder))
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty vault."""
    folder = tmp_path / "vault"
    (folder / ".obsidian").mkdir(parents=True)
    return folder

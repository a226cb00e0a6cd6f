"""Vaults for the tests of links."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from prose_vault import write_prose_vault


@pytest.fixture
def written(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Write notes (path → text) into a new folder and return it."""

    def write(notes: dict[str, str]) -> Path:
        root = tmp_path / "notes"
        for path, text in notes.items():
            place = root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text.encode())
        return root

    return write


@pytest.fixture(scope="session")
def prose_vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault of some hundred notes of real prose; not to be written into."""
    root = tmp_path_factory.mktemp("prose") / "vault"
    root.mkdir()
    assert write_prose_vault(root) >= 300
    return root

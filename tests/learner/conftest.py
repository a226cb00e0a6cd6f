"""Vaults that a learner works in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from study import TIDES, WINDS, Study, book, concept_note, study_in


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory):
    """A vault after one day of study, and what the second day adds."""
    folder = tmp_path_factory.mktemp("shelf")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NOTEGEN_STATE", str(folder / "state"))
        made = study_in(folder)
        pdf = book(made.root / "Inbox" / "Sea.pdf", [("Winds", WINDS), ("Tides", TIDES)])
        made.day("2026-01-05", pdf, "1")
        concept_note(made, "Trade wind", WINDS[0].partition(".")[0] + ".", 1)
        shutil.copytree(made.root, folder / "first")
        made.day("2026-01-06", pdf, "2")
        yield folder


@pytest.fixture
def study(shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    shutil.copytree(shelf / "first", tmp_path / "vault")
    monkeypatch.setenv("NOTEGEN_STATE", str(tmp_path / "state"))
    return Study(tmp_path / "vault", shelf / "vault")

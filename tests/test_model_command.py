"""`notegen model`, as a process."""

from __future__ import annotations

import shutil
from pathlib import Path

from real_pdfs import EXAMPLE_PDF

NOWHERE = {"HF_ENDPOINT": "http://127.0.0.1:9", "PIP_INDEX_URL": "http://127.0.0.1:9/simple"}


def test_where_says_where_the_weights_would_be(notegen, tmp_path: Path):
    ran = notegen("model", "where", "--json")
    assert ran.status == 1
    assert ran.data["state"] == "missing"
    assert Path(ran.data["folder"]).is_relative_to(tmp_path / "home" / "state")


def test_a_half_downloaded_file_is_called_damaged(notegen):
    folder = Path(notegen("model", "where", "--json").data["folder"])
    folder.mkdir(parents=True)
    (folder / "model.safetensors").write_bytes(b"half")
    ran = notegen("model", "where", "--json")
    assert (ran.status, ran.data["state"]) == (1, "damaged")
    assert "model.safetensors is damaged there." in notegen("model", "where").err


def test_fetching_without_a_network_is_explained(notegen):
    ran = notegen("model", "fetch", **NOWHERE)
    assert ran.status == 1
    assert "could not be fetched" in ran.err
    assert "notegen model fetch --from" in ran.err
    assert notegen("model", "remove").status == 0


def test_fetch_from_a_folder_and_remove(notegen, weights: Path):
    assert notegen("model", "fetch", "--from", weights, **NOWHERE).status == 0
    assert notegen("model", "where", "--json").data["state"] == "there"
    assert "removed" in notegen("model", "remove").out
    assert notegen("model", "where").status == 1


def test_a_day_without_weights_fetches_nothing_and_makes_its_note(notegen, vault: Path):
    shutil.copy(EXAMPLE_PDF, vault / "Inbox")
    ran = notegen("day", "--vault", vault, "--offline", "--json", NOTEGEN_MODEL__FETCH="true", **NOWHERE)
    assert ran.status == 0
    assert ran.data["notes"]
    assert "Fetching" not in ran.err

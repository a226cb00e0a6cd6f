"""A watcher whose model is away: the note is there at once, and the model adds to it when it is back."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

from reliability.arrivals import ends, until, watching
from reliability.stage import Stage, make_pdf

sys.path.insert(0, str(Path(__file__).parents[1] / "llm"))

from model_server import serving


def test_the_model_adds_to_the_note_when_it_is_back(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    stage = Stage(tmp_path / "stage")
    stage.drop(make_pdf(tmp_path / "Tides.pdf", "Tides"))
    options = ("--model", "good", "--base-url", f"http://127.0.0.1:{port}/v1")
    with watching(stage, *options):
        until(lambda: "waiting  Inbox/Tides.pdf: Nothing answers" in stage.said, "the watcher misses the model")
        [note] = stage.notes().values()
        assert "drafter: extractive" in note
        [told] = stage.status()["pdfs"]
        assert told["state"] == "waiting"
        assert (stage.vault / told["note"]).is_file()
        with serving(port):
            ends(stage, 1)
    assert stage.said.count(f"Drafting with good at http://127.0.0.1:{port}/v1") == 1
    [note] = stage.notes().values()
    assert "drafter: llm" in note
    assert [each["state"] for each in stage.status()["pdfs"]] == ["done"]

"""A program that has the vault open replaces its notes itself, when it has said so."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from faces import RefusedError, StdioFace

CAN = ["vault.process"]


@pytest.fixture
def editor(stdio: StdioFace, vault: Path) -> StdioFace:
    """A face whose caller replaces notes as an editor does: only a note that still is of that version."""

    def replace(asked: dict[str, Any]) -> str:
        note = vault / asked["path"]
        if hashlib.sha256(note.read_bytes()).hexdigest() != asked["version"]:
            return "changed"
        note.write_bytes(asked["text"].encode())
        return "written"

    stdio.replace = replace
    return stdio


def test_a_client_that_announced_nothing_is_asked_nothing(editor: StdioFace, proposals: str):
    editor.ask("hello", client="a script", protocol=1)
    first = editor.ask("review.list")["proposals"][0]["id"]
    editor.ask("review.accept", id=first)
    assert editor.asked_back == []


def test_notes_are_replaced_by_the_client_and_new_files_are_put_into_the_folder(
    editor: StdioFace, vault: Path, proposals: str
):
    editor.ask("hello", client="an editor", protocol=1, methods=CAN)
    assert editor.ask("day", date="2026-03-01")["failed"] == []
    made = {asked["path"] for asked in editor.asked_back}
    assert next((vault / "Logs").glob("2026-03-01*.md")).relative_to(vault).as_posix() not in made
    ids = [each["id"] for each in editor.ask("review.list")["proposals"]]
    editor.ask("review.accept", id=ids)
    assert proposals in {asked["path"] for asked in editor.asked_back}
    assert "is a small fungus" in (vault / proposals).read_text(encoding="utf-8")


def test_what_is_typed_while_notegen_writes_stays_and_the_run_says_so(editor: StdioFace, vault: Path, proposals: str):
    editor.ask("hello", methods=CAN)
    replace = editor.replace

    def typing_first(asked: dict[str, Any]) -> str:
        with (vault / asked["path"]).open("a", encoding="utf-8") as note:
            note.write("\nTyped just now.\n")
        return replace(asked)

    editor.replace = typing_first
    first = editor.ask("review.list")["proposals"][0]["id"]
    with pytest.raises(RefusedError, match="changed while notegen was working"):
        editor.ask("review.accept", id=first)
    assert "Typed just now." in (vault / proposals).read_text(encoding="utf-8")


def test_a_note_that_the_client_does_not_know_is_replaced_in_the_folder(editor: StdioFace, vault: Path, proposals: str):
    editor.ask("hello", methods=CAN)
    editor.replace = lambda asked: "unknown"
    ids = [each["id"] for each in editor.ask("review.list")["proposals"]]
    editor.ask("review.accept", id=ids)
    assert "is a small fungus" in (vault / proposals).read_text(encoding="utf-8")


def test_an_answer_that_makes_no_sense_is_no_permission(editor: StdioFace, vault: Path, proposals: str):
    before = (vault / proposals).read_bytes()
    editor.ask("hello", methods=CAN)
    editor.replace = lambda asked: "perhaps"
    first = editor.ask("review.list")["proposals"][0]["id"]
    with pytest.raises(RefusedError, match="editor could not write"):
        editor.ask("review.accept", id=first)
    assert (vault / proposals).read_bytes() == before

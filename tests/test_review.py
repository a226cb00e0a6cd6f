"""`notegen review`, as a process."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from notegen.kinds.log import LOG
from notegen.vault import Vault, apply, plan
from notegen.vault.note import Note
from notegen.vault.regions import wrap

OLD = "- Salt is good for taste.\n- Yeast is a fungus that grows."
NEW = OLD.replace("good for taste", "very good for taste").replace("a fungus", "a small fungus")
NOTE = Note(
    path="Logs/Bread.md",
    properties={"source": "[[Book.pdf]]", "pdf_pages": "1-2", "source_sha256": "ab" * 32},
    body=f"\n{wrap('recap', OLD)}\n",
    kind=LOG,
)


@pytest.fixture
def contested(vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A vault with two proposals for one note."""
    monkeypatch.setenv("NOTEGEN_STATE", str(tmp_path / "home" / "state"))
    for text in (OLD, NEW):
        place = Vault(vault)
        apply(plan([replace(NOTE, body=f"\n{wrap('recap', text)}\n")], place), place)
        path = vault / NOTE.path
        path.write_text(
            path.read_text("utf-8").replace("taste.", "taste, say I.").replace("grows.", "grows so."), "utf-8"
        )
    return vault


def listed(notegen, vault: Path) -> list[dict[str, str]]:  # type: ignore[no-untyped-def]
    return notegen("review", "--vault", vault, "--json").data["proposals"]


def text(vault: Path) -> str:
    return (vault / NOTE.path).read_text("utf-8")


def answered(vault: Path, tmp_path: Path, answers: str, **env: str) -> str:
    """What the dialogue says when it is answered so."""
    state = {**os.environ, "NOTEGEN_STATE": str(tmp_path / "home" / "state"), **env}
    command = [sys.executable, "-m", "notegen", "review", "--vault", str(vault)]
    return subprocess.run(command, input=answers, env=state, capture_output=True, text=True, check=True).stdout


def test_proposals_are_listed_and_counted(contested: Path, notegen) -> None:
    one, other = listed(notegen, contested)
    assert (one["note"], one["region"], one["state"]) == ("Logs/Bread.md", "recap", "waiting")
    assert "taste, say I." in one["before"]
    assert "very good for taste." in one["after"]
    assert one["id"] != other["id"]
    assert notegen("status", "--vault", contested, "--json").data["proposals"] == 2
    assert "2 proposals wait" in notegen("status", "--vault", contested).out
    assert notegen("review", "Bread", "--vault", contested, "--json").data["proposals"] == [one, other]


def test_one_is_accepted_and_one_rejected_by_id(contested: Path, notegen) -> None:
    one, other = listed(notegen, contested)
    before = text(contested)
    tried = notegen("review", "--vault", contested, "--accept", one["id"], "--dry-run", "--json")
    assert [each["id"] for each in tried.data["accepted"]] == [one["id"]]
    assert text(contested) == before
    arguments = ("--accept", one["id"], "--reject", other["id"], "--because", "too small")
    done = notegen("review", "--vault", contested, *arguments, "--json")
    assert done.status == 0, done.err
    assert done.data["written"] == ["Logs/Bread.md"]
    assert done.data["proposals"] == []
    assert "very good for taste." in text(contested)
    assert "a fungus that grows so." in text(contested)
    assert [each.reason for each in Vault(contested).proposals.refused("", NOTE.path)] == ["too small"]
    again = notegen("review", "--vault", contested, "--accept", one["id"])
    assert again.status == 2
    assert f"There is no proposal {one['id']}." in again.err


def test_the_dialogue_takes_refuses_and_leaves(contested: Path, tmp_path: Path, notegen) -> None:
    said = answered(contested, tmp_path, "?\ny\nn because it grows\n")
    assert "refuse it" in said
    assert "+ Salt is very good for taste." in said
    assert "very good for taste." in text(contested)
    assert "grows so." in text(contested)
    assert listed(notegen, contested) == []


@pytest.mark.parametrize(("answers", "waiting"), [("q\n", 2), ("d\n", 2), ("", 2), ("a\n", 0)])
def test_the_dialogue_can_end_or_take_all(contested: Path, tmp_path: Path, notegen, answers: str, waiting: int) -> None:
    answered(contested, tmp_path, answers)
    assert len(listed(notegen, contested)) == waiting
    assert ("say I" in text(contested)) == bool(waiting)


def test_a_text_may_be_edited_before_it_is_taken(contested: Path, tmp_path: Path) -> None:
    editor = tmp_path / "editor.py"
    editor.write_text("import sys; open(sys.argv[1], 'w').write('Salt is what I say.\\n')", "utf-8")
    answered(contested, tmp_path, "e\nq\n", EDITOR=f"{sys.executable} {editor}")
    assert "Salt is what I say." in text(contested)
    assert "grows so." in text(contested)


def proposals_note(vault: Path) -> Path:
    return vault / "Reviews" / "Proposals.md"


def tick(vault: Path, number: int, box: str, words: str = "") -> None:
    """Tick a box of the so-manieth proposal in the note that shows them."""
    path = proposals_note(vault)
    blocks = path.read_text("utf-8").split("%% notegen:begin ")
    assert box in blocks[number]
    blocks[number] = blocks[number].replace(f"- [ ] {box}", f"- [x] {box}").replace("because:", f"because: {words}")
    path.write_text("%% notegen:begin ".join(blocks), "utf-8")


def test_the_note_with_boxes_is_read_back_by_the_next_run(contested: Path, notegen) -> None:
    assert notegen("day", "--vault", contested, "--json").data["proposals"] == 2
    one, other = listed(notegen, contested)
    notegen("review", "--vault", contested, "--reject", other["id"], "--because", "not now")
    shown = proposals_note(contested).read_text("utf-8")
    assert "```diff\n- Salt is good for taste, say I.\n+ Salt is very good for taste.\n```" in shown
    assert shown.count("notegen:take") == 1
    tick(contested, 1, "Take it")
    ran = notegen("day", "--vault", contested, "--json").data
    assert (ran["decided"]["accepted"], ran["proposals"]) == ([one["id"]], 0)
    assert "very good for taste." in text(contested)
    assert listed(notegen, contested) == []
    assert "notegen:begin" not in proposals_note(contested).read_text("utf-8")
    assert one["id"] not in proposals_note(contested).read_text("utf-8")


def test_a_reason_written_beside_a_box_is_kept(contested: Path, tmp_path: Path, notegen) -> None:
    answered(contested, tmp_path, "q\n")
    tick(contested, 1, "Refuse it", "far too long")
    before = text(contested)
    notegen("day", "--vault", contested)
    assert text(contested) == before
    assert [each.reason for each in Vault(contested).proposals.refused("", NOTE.path)] == ["far too long"]
    assert len(listed(notegen, contested)) == 1


def test_what_the_learner_takes_out_of_the_note_stays_out_of_it(contested: Path, tmp_path: Path, notegen) -> None:
    answered(contested, tmp_path, "q\n")
    proposals_note(contested).unlink()
    answered(contested, tmp_path, "q\n")
    assert not proposals_note(contested).exists()
    assert len(listed(notegen, contested)) == 2


def test_both_boxes_ticked_decide_nothing(contested: Path, tmp_path: Path, notegen) -> None:
    answered(contested, tmp_path, "q\n")
    tick(contested, 1, "Take it")
    tick(contested, 1, "Refuse it")
    notegen("day", "--vault", contested)
    assert len(listed(notegen, contested)) == 2


def test_what_another_machine_put_into_the_note_is_left_to_it(contested: Path, tmp_path: Path, notegen) -> None:
    answered(contested, tmp_path, "q\n")
    tick(contested, 1, "Take it")
    elsewhere = {"NOTEGEN_STATE": str(tmp_path / "elsewhere")}
    before = proposals_note(contested).read_bytes(), text(contested)
    notegen("day", "--vault", contested, **elsewhere)
    assert (proposals_note(contested).read_bytes(), text(contested)) == before
    notegen("day", "--vault", contested)
    assert "very good for taste." in text(contested)


def test_the_note_with_boxes_speaks_the_learners_language(contested: Path, notegen) -> None:
    with (contested / "notegen.toml").open("w", encoding="utf-8") as settings:
        settings.write('[learner]\nlanguage = "Deutsch"\n')
    notegen("day", "--vault", contested)
    shown = proposals_note(contested).read_text("utf-8")
    assert shown.startswith("# Vorschläge\n\nWo du und eine neue Fassung")
    assert "Take it" not in shown
    proposals_note(contested).write_text(
        shown.replace("- [ ] Ablehnen, weil:", "- [x] Ablehnen, weil: zu lang", 1), "utf-8"
    )
    assert len(notegen("day", "--vault", contested, "--json").data["decided"]["rejected"]) == 1
    assert [each.reason for each in Vault(contested).proposals.refused("", NOTE.path)] == ["zu lang"]


def test_an_undo_lets_what_was_taken_wait_again(contested: Path, notegen) -> None:
    before, (one, other) = text(contested), listed(notegen, contested)
    notegen("review", "--vault", contested, "--accept", one["id"])
    assert text(contested) != before
    assert notegen("undo", "--vault", contested, "--json").data["run"]["command"] == "notegen review"
    assert text(contested) == before
    assert [each["id"] for each in listed(notegen, contested)] == [one["id"], other["id"]]
    notegen("undo", "--vault", contested)
    assert [each["id"] for each in listed(notegen, contested)] == [other["id"]]

"""An upgrade alone rewrites no note. `old_vault` was made by notegen 0.1.0 at commit 8b6025f and edited by a learner:
properties, a line in a section, a heading, a ticked question, a removed region, lines between regions and answers."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from notegen.vault.identity import identity_in
from notegen.vault.regions import find

OLD = Path(__file__).parent / "old_vault"
EDITED = "Logs/2026-01-05 Preface & 1 Words as Vectors.md"
UNTOUCHED = "Logs/2026-01-06 2 Measuring Similarity.md"
LEARNERS = [
    'mood: "curious"',
    "reviewed: true",
    "  - mine",
    "My own example: a bag of words.",
    "### 🔹 1.2 Meaning from Company, which I like",
    "> - [x] What is a vocabulary?",
    "Between two sections I wrote this.",
    "- What clicked for me today: vectors are coordinates.",
]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    shutil.copytree(OLD, root)
    return root


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_day_leaves_the_notes_of_an_earlier_version_as_they_are(old: Path, notegen) -> None:
    before = files(old)
    assert notegen("day", "--vault", old, "--date", "2026-01-06").status == 0
    assert files(old) == before
    ran = notegen("day", "--vault", old, "--date", "2026-01-07", "--json")
    assert [note["status"] for note in ran.data["notes"]] == ["written"]
    assert ran.data["notes"][0]["pdf_pages"].startswith("13-")
    after = files(old)
    assert {path: without_ledger(after[path]) for path in before} == before


def without_ledger(note: bytes) -> bytes:
    """The note without what a new log writes down of what the learner did with its concept."""
    return re.sub(rb"(?m)^(?:learned|evidence|next_review|memory|mastered):.*\n(?:[ ]+- .*\n)*", b"", note)


def test_an_upgrade_makes_them_again_and_keeps_every_edit(old: Path, notegen) -> None:
    before = files(old)
    planned = notegen("day", "--vault", old, "--upgrade", "--dry-run", "--json")
    assert files(old) == before
    ran = notegen("day", "--vault", old, "--upgrade", "--json")
    assert ran.status == 0, ran.err
    for data in (planned.data, ran.data):
        assert [(each["path"], each["status"]) for each in data["notes"]] == [
            (EDITED, "updated"),
            (UNTOUCHED, "updated"),
        ]
    text = (old / EDITED).read_text("utf-8")
    assert [line for line in LEARNERS if line not in text] == []
    headings = [line for line in text.split("\n") if line.startswith("### ")]
    assert len(headings) == len(set(headings))
    ids = [region.id for region in find(text)]
    assert "mastery" not in ids
    assert not any(each.startswith("section-") and len(each) < 15 for each in ids)
    identity = identity_in(text)
    assert identity is not None
    assert (identity.kind, identity.key.split(" ")[1]) == ("log", "3-7")
    assert (old / "Concepts/Embedding.md").read_bytes() == before["Concepts/Embedding.md"]
    again = files(old)
    assert "nothing to upgrade" in notegen("day", "--vault", old, "--upgrade").out
    assert files(old) == again


def test_after_an_upgrade_a_setting_of_the_learner_makes_the_note_again(old: Path, notegen) -> None:
    assert notegen("day", "--vault", old, "--upgrade").status == 0
    assert "(unchanged)" in notegen("day", "--vault", old, "--date", "2026-01-06").out
    (old / "notegen.toml").write_text('[log]\ntags = ["other"]\n', "utf-8")
    assert "(updated)" in notegen("day", "--vault", old, "--date", "2026-01-06").out
    assert "- other\n" in (old / UNTOUCHED).read_text("utf-8")


@pytest.mark.parametrize("wrong", [["--next"], ["--sentence", "x"]])
def test_an_upgrade_is_of_notes_that_are_there(old: Path, notegen, wrong: list[str]) -> None:
    assert notegen("day", "--vault", old, "--upgrade", *wrong).status == 2


def test_a_slip_in_the_properties_makes_no_second_note_and_the_run_names_the_line(old: Path, notegen) -> None:
    note = old / UNTOUCHED
    note.write_text(note.read_text("utf-8").replace("type: log\n", "type: log\nmy note: see: this\n"), "utf-8")
    before = files(old)
    ran = notegen("day", "--vault", old, "--date", "2026-01-06")
    assert "(line 3)" in ran.out + ran.err
    assert files(old) == before
    data = notegen("day", "--vault", old, "--upgrade", "--json").data
    assert [(each["path"], each["status"]) for each in data["notes"]] == [(EDITED, "updated"), (UNTOUCHED, "kept")]
    assert data["troubled"][0]["note"] == UNTOUCHED
    assert note.read_bytes() == before[UNTOUCHED]

"""`notegen questions import`: a chat becomes a note, and what the learner writes into it stays."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

import pytest

CHAT = """# User Q1

> Why do bees dance?

Great question! To show the way.

- They run in a figure of eight.

```python
turn = 1
```

| Key | Score (Q · K) | Softmax weight |
| --- | --- | --- |
| sun | 1.0 | 0.30 |
| hive | 2.0 | 0.60 |

Would you like a drawing?

# User Q2

> And in the dark?

They feel it, [[Secret]] and all.
"""


def note_in(vault: Path) -> Path:
    [note] = (vault / "Questions").glob("*.md")
    return note


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    path = tmp_path / "chat.md"
    path.write_text(CHAT, encoding="utf-8")
    return path


def folded(note: str) -> str:
    """The chat as it stands folded in a note."""
    found = re.search(r"^> (`{3,})text\n(.*?)\n> \1$", note, re.DOTALL | re.MULTILINE)
    assert found
    lines = found[2].split("\n")
    return "\n".join(line.removeprefix(">").removeprefix(" ") for line in lines)


def test_a_chat_becomes_a_note_that_passes_every_check(notegen, vault: Path, chat: Path):
    ran = notegen("questions", "import", chat, "--vault", vault, "--json")
    assert ran.status == 0, ran.err
    [made] = ran.data["notes"]
    assert ran.data["written"] == [made["path"]] == ["Questions/Why do bees dance.md"]
    assert [each["question"] for each in made["questions"]] == ["Why do bees dance?", "And in the dark?"]
    [table] = made["questions"][0]["tables"]
    assert (table["wrong"], table["computed"]) == (2, {"sun": 0.2689, "hive": 0.7311})
    text = note_in(vault).read_text(encoding="utf-8")
    shown, pasted = text.split("## 🧠", 1)
    assert "## 1 · Why do bees dance?" in shown
    assert "Great question" not in shown
    assert "Would you like" not in shown
    assert "```python\nturn = 1\n```" in shown
    assert "*invented*" in shown
    assert "| hive | 2.0 | 0.60 *invented* |" in shown
    assert "| hive | 2.0 | 0.60 | 0.731 |" in shown
    assert "left out here" not in shown
    assert "[[Secret]]" not in shown
    assert folded(pasted) == CHAT
    assert notegen("check", note_in(vault), "--vault", vault).status == 0


def test_nothing_is_written_on_a_dry_run(notegen, vault: Path, chat: Path):
    ran = notegen("questions", "import", chat, "--vault", vault, "--dry-run", "--json")
    assert (ran.status, ran.data["written"], ran.data["dry_run"]) == (0, [], True)
    assert not (vault / "Questions").exists()


def test_a_chat_that_went_on_brings_in_what_is_new_and_leaves_what_the_learner_wrote(notegen, vault: Path, chat: Path):
    notegen("questions", "import", chat, "--vault", vault)
    note = note_in(vault)
    mine = note.read_text(encoding="utf-8").replace("They run in a figure", "I saw them run in a figure", 1)
    mine = mine.replace("answers:\n", "answers:\n- The sun is their compass.\n")
    note.write_text(mine, encoding="utf-8")
    assert notegen("questions", "import", chat, "--vault", vault, "--json").data["notes"][0]["status"] != "written"
    assert note.read_text(encoding="utf-8") == mine
    chat.write_text(CHAT + "\n# User Q3\n\n> Who watches?\n\nThe others.\n", encoding="utf-8")
    assert notegen("questions", "import", chat, "--vault", vault).status == 0
    now = note_in(vault).read_text(encoding="utf-8")
    for kept in ("I saw them run in a figure", "- The sun is their compass.", "## 3 · Who watches?"):
        assert kept in now
    assert folded(now) == chat.read_text(encoding="utf-8")


def test_what_cannot_stand_in_a_note_lies_beside_it_byte_for_byte(notegen, vault: Path, chat: Path):
    chat.write_bytes(CHAT.replace("\n", "\r\n").replace("turn = 1", "<% tp.run() %>").encode())
    assert notegen("questions", "import", chat, "--vault", vault).status == 0
    text = note_in(vault).read_text(encoding="utf-8")
    assert "<%" not in text
    [kept] = (vault / "Attachments").glob("*.txt")
    assert kept.read_bytes() == chat.read_bytes()
    assert kept.name in text


def test_a_damaged_chat_is_repaired_and_kept_as_it_came(notegen, vault: Path, chat: Path):
    chat.write_bytes(
        "User: Was ist eine “Wabe” 🐝?\n\nAI: Ein Bau — aus Wachs.\n".encode().decode("mac_roman").encode()
    )
    ran = notegen("questions", "import", chat, "--vault", vault, "--json")
    assert ran.data["repaired"] == ["mac_roman"]
    text = note_in(vault).read_text(encoding="utf-8")
    assert "Was ist eine “Wabe” 🐝?" in text
    [kept] = (vault / "Attachments").glob("*.txt")
    assert kept.read_bytes() == chat.read_bytes()


def test_a_long_chat_becomes_several_notes_and_loses_nothing(notegen, vault: Path, chat: Path):
    turns = [f"User: What is number {n}?\n\nAssistant: Number {n} " + "is big. " * 2000 for n in range(1, 331)]
    chat.write_text("\n\n".join(turns), encoding="utf-8")
    assert chat.stat().st_size > 5_000_000
    ran = notegen("questions", "import", chat, "--vault", vault, "--json")
    assert ran.status == 0, ran.err
    numbers = [each["number"] for note in ran.data["notes"] for each in note["questions"]]
    assert numbers == list(range(1, 331))
    assert len(list((vault / "Questions").glob("*.md"))) == len(ran.data["written"]) > 1
    [kept] = (vault / "Attachments").glob("*.txt")
    assert kept.read_bytes() == chat.read_bytes()


def test_an_export_makes_a_note_of_each_chat_or_of_those_that_are_named(notegen, vault: Path, tmp_path: Path):
    chats = [
        {"uuid": name, "name": name, "chat_messages": [{"sender": "human", "text": f"What is {name}?"},
                                                       {"sender": "assistant", "text": f"It is {name}."}]}
        for name in ("Honey", "Wax", "Pollen")
    ]  # fmt: skip
    export = tmp_path / "conversations.json"
    export.write_text(json.dumps(chats), encoding="utf-8")
    assert notegen("questions", "import", export, "--only", "wax", "--vault", vault, "--json").data["written"] == [
        "Questions/Wax.md"
    ]
    ran = notegen("questions", "import", export, "--vault", vault, "--json")
    assert [note["status"] for note in ran.data["notes"]] == ["written", "unchanged", "written"]


@pytest.mark.skipif(sys.platform != "linux", reason="the program that reads the clipboard is a stand-in for Linux's")
def test_the_clipboard_is_read(notegen, vault: Path, tmp_path: Path):
    program = tmp_path / "bin" / "wl-paste"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nprintf 'User: Why wax?\\n\\nAI: It is soft.\\n'\n", encoding="utf-8")
    program.chmod(0o755)
    ran = notegen(
        "questions", "import", "--clipboard", "--vault", vault, "--json", PATH=f"{program.parent}:{os.environ['PATH']}"
    )
    assert ran.data["written"] == ["Questions/Why wax.md"]


def test_a_table_that_does_not_add_up_is_marked_and_stays_whole(notegen, vault: Path, chat: Path):
    grid = "The attention map:\n\n|  | bees | dance |\n|---|---|---|\n| bees | 0.25 | 0.75 |\n| dance | 0.40 | 0.50 |\n"
    cost = "What it costs:\n\n| Thing | Price |\n|---|---|\n| hive | 2 |\n| bees | 3 |\n| Total | 6 |\n"
    weights = "| Key | Attention weight |\n|---|---|\n| sun | 0.50 |\n| hive | 0.30 |\n| comb | 0.40 |\n"
    chat.write_text(f"User: What of it?\n\nAI: {grid}\n{cost}\nThe weights:\n\n{weights}", encoding="utf-8")
    assert notegen("questions", "import", chat, "--vault", vault).status == 0
    text = note_in(vault).read_text(encoding="utf-8").split("## 🧠")[0]
    for row in (
        "| bees | 0.25 | 0.75 |",
        "| dance Σ 0.90 *invented* | 0.40 | 0.50 |",
        "| Total | 6 → 5 |",
        "| Key | Attention weight |",
        "| sun | 0.50 *invented* |",
    ):
        assert row in text, row
    assert "left out here" not in text


def test_what_is_no_chat_is_refused_and_nothing_is_written(notegen, vault: Path, tmp_path: Path):
    binary = tmp_path / "bees.png"
    binary.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x01")
    for arguments, word in (
        ((binary,), "no UTF-8 text"),
        ((tmp_path / "none.md",), "cannot be read"),
        ((), "Which chat"),
    ):
        ran = notegen("questions", "import", *arguments, "--vault", vault)
        assert ran.status == 2
        assert word in ran.err
    assert not (vault / "Questions").exists()

"""`notegen ask --save`: the vault's note of answers grows, and what stands in it is never touched."""

from __future__ import annotations

from pathlib import Path

NOTE = Path("Questions", "Questions and Answers.md")


def test_questions_are_added_once_below_those_that_stand_there(rivers: Path, notegen):
    first = notegen("ask", "What is an oxbow lake?", "--save", "--vault", rivers, "--json").data
    assert (first["saved"], first["status"]) == (NOTE.as_posix(), "written")
    note = rivers / NOTE
    note.write_text(note.read_text("utf-8").replace("# ❓", "My own line.\n\n# ❓", 1), "utf-8")
    notegen("ask", "Which enzyme copies a genome?", "--save", "--vault", rivers)
    notegen("ask", "What is an oxbow lake?", "--save", "--vault", rivers)
    text = note.read_text("utf-8")
    assert "My own line." in text
    assert text.count("## What is an oxbow lake?") == 1
    assert text.index("## What is an oxbow lake?") < text.index("## Which enzyme copies a genome?")
    assert "neck of a meander. [[Rivers.pdf#page=2|p. 2]]" in text
    assert "*Not in your sources.*" in text
    assert notegen("check", note, "--vault", rivers).status == 0


def test_a_dry_run_writes_nothing_and_needs_save(rivers: Path, notegen):
    said = notegen("ask", "What is a delta?", "--save", "--dry-run", "--vault", rivers, "--json").data
    assert said["saved"] == NOTE.as_posix()
    assert not (rivers / NOTE).exists()
    assert notegen("ask", "What is a delta?", "--dry-run", "--vault", rivers).status == 2

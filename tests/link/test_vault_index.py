"""The vault is read as Obsidian reads it, and only what changed is read again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from notegen.link.note_facts import READER, read_facts
from notegen.link.refresh import read_notes
from notegen.link.vault_index import VaultIndex
from notegen.link.words import ids_of, word_id
from notegen.store.note_rows import NoteRows
from notegen.vault.vault import Vault

OLD = 1_700_000_000


def links_of(text: str) -> list[tuple[str, str]]:
    return [(link.target, link.shown) for link in read_facts("N.md", "", text).links]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See [[Vector space]] now.", [("Vector space", "Vector space")]),
        ("See [[Maths/Vector space#Norms|the norms]].", [("Maths/Vector space", "the norms")]),
        ("| a | b |\n| --- | --- |\n| [[Vector space\\|spaces]] | x |", [("Vector space", "spaces")]),
        ("[spaces](Maths/Vector%20space.md#Norms)", [("Maths/Vector space.md", "spaces")]),
        ("![[Vector space]] and ![[a.png|300]]", [("Vector space", ""), ("a.png", "")]),
        ("`[[code]]` and ``[[more]]``", []),
        ("```\n[[code]]\n```", []),
        ("~~~md\n[[code]]\n~~~\n[[out]]", [("out", "out")]),
        ("%% [[hidden]] %% [[seen]]", [("seen", "seen")]),
        ("%%\n[[hidden]]\n%%\n\n[[seen]]", [("seen", "seen")]),
        ("\\[\\[no link]] and [[#Only a heading]]", []),
        ("$x = [[1]]$ and $$[[2]]$$", []),
        ("a <!-- [[hidden]] --> [[seen]]", [("seen", "seen")]),
        ("a ` stray tick\n\n[[Still a link]]", [("Still a link", "Still a link")]),
        ("---\nup: '[[Parent|P]]'\n---\n[[Child]]", [("Parent", ""), ("Child", "Child")]),
        ("[web](https://example.org/a.md) https://example.org/[[x", []),
    ],
)
def test_links_are_those_that_obsidian_would_follow(text: str, links: list[tuple[str, str]]):
    assert links_of(text) == links


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("---\naliases: [RNN, recurrent net]\n---\n", ("RNN", "recurrent net")),
        ("---\naliases:\n  - RNN\n  - 'a: b'\n---\n", ("RNN", "a: b")),
        ("---\nalias: RNN, recurrent net\n---\n", ("RNN", "recurrent net")),
        ("---\naliases:\n  -\n---\n", ()),
        ("---\naliases: &a [x]\n---\n", ()),
        ("---\nbroken: [\naliases:\n  - RNN\n---\n", ("RNN",)),
        ("# The title\n\ntext\n\n# Another\n", ("The title",)),
        ("## A section\n", ()),
        ("---\naliases: 7\n---\n", ()),
    ],
)
def test_other_names_are_aliases_and_the_first_heading(text: str, names: tuple[str, ...]):
    assert read_facts("N.md", "", text).names == names


def test_words_are_compared_by_their_stems_and_acronyms_by_their_case():
    assert word_id("Embeddings") == word_id("embedding")
    assert word_id("Naïve") == word_id("naive")
    assert word_id("IT") != word_id("it")
    assert word_id("C++") != word_id("C")
    assert len(ids_of(["機械学習"])) == 5, "four letters and a break"


def test_templates_conflict_copies_hidden_folders_and_filters_are_left_out(written):
    root = written(
        {
            "A.md": "a",
            "Templates/T.md": "a",
            "Private/P.md": "a",
            "Old 2019.md": "a",
            ".trash/D.md": "a",
            "A (Conflicted copy phone 202601010000).md": "a",
            "A.sync-conflict-20260101-101010-ABC.md": "a",
            "picture.png": "a",
            ".obsidian/templates.json": '{"folder": "Templates"}',
            ".obsidian/app.json": '{"userIgnoreFilters": ["Private/", "/old \\\\d+/", "/([/"]}',
        }
    )
    notes, _ = read_notes(Vault(root), NoteRows(None, READER))
    assert [note.path for note in notes] == ["A.md"]


def test_only_what_changed_is_read_again(written, tmp_path: Path):
    root = written({f"N{number}.md": f"Text {number} with [[N0]]." for number in range(20)})
    for path in root.iterdir():
        os.utime(path, (OLD, OLD))
    env = {"NOTEGEN_STATE": str(tmp_path / "state")}

    def read() -> tuple[list[str], int]:
        rows = NoteRows.of_vault(str(root), READER, env)
        notes, count = read_notes(Vault(root), rows)
        rows.close()
        return [note.title for note in notes], count

    assert read()[1] == 20
    assert read()[1] == 0
    (root / "N3.md").write_text("Now something else.", encoding="utf-8")
    os.utime(root / "N3.md", (OLD + 5, OLD + 5))
    (root / "N4.md").unlink()
    (root / "New.md").write_text("x", encoding="utf-8")
    titles, count = read()
    assert count == 2
    assert "N4" not in titles
    assert "New" in titles


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_damaged_index_is_made_anew(written, tmp_path: Path, damage: bytes):
    root = written({"A.md": "See [[B]].", "B.md": "b"})
    env = {"NOTEGEN_STATE": str(tmp_path / "state")}
    rows = NoteRows.of_vault(str(root), READER, env)
    read_notes(Vault(root), rows)
    place = rows.path
    rows.close()
    assert place is not None
    place.write_bytes(damage)
    for leftover in ("-wal", "-shm"):
        place.with_name(place.name + leftover).unlink(missing_ok=True)
    notes, _ = read_notes(Vault(root), NoteRows.of_vault(str(root), READER, env))
    assert [note.path for note in notes] == ["A.md", "B.md"]
    assert VaultIndex(notes, Vault(root).files).links[0] == [("B", 1)]


def test_rows_of_another_reader_are_read_again(written, tmp_path: Path):
    root = written({"A.md": "a"})
    os.utime(root / "A.md", (OLD, OLD))
    env = {"NOTEGEN_STATE": str(tmp_path / "state")}
    for reader, count in ((READER, 1), (READER, 0), (READER + 1, 1)):
        rows = NoteRows.of_vault(str(root), reader, env)
        assert read_notes(Vault(root), rows)[1] == count
        rows.close()

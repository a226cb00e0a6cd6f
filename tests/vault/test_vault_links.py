from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path

import pytest

from notegen.errors import VaultError
from notegen.vault import Vault


@pytest.fixture
def files(root: Path) -> Path:
    for path in (
        "Home.md",
        "Inbox/Book.pdf",
        "Inbox/Only.pdf",
        "Inbox/Old/Twice.pdf",
        "Sources/Twice.pdf",
        "Notes/Topic.md",
        "Notes/Deep/Topic.md",
        "Other/Topic.md",
        "Notes/1.2 Start.md",
        "Notes/Über uns.md",
        "Book.pdf.md",
        ".hidden/Secret.md",
        "Notes/.trash/Gone.md",
        "Notes/Home (Conflicted copy laptop 202601051200).md",
        "Notes/Home.sync-conflict-20260105-120000-ABCDEFG.md",
    ):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    return root


def set_app(root: Path, **settings: object) -> None:
    (root / ".obsidian" / "app.json").write_text(json.dumps(settings))


@pytest.mark.parametrize(
    ("target", "source", "path"),
    [
        ("Home", "Notes/Topic.md", "Home.md"),
        ("home.MD", "Notes/Topic.md", "Home.md"),
        ("Only.pdf", "Home.md", "Inbox/Only.pdf"),
        ("Book.pdf.md", "Home.md", "Book.pdf.md"),
        ("Book", "Home.md", None),
        ("Topic", "Home.md", "Notes/Topic.md"),
        ("Topic", "Other/x.md", "Other/Topic.md"),
        ("Topic", "Notes/Deep/x.md", "Notes/Deep/Topic.md"),
        ("Deep/Topic", "Home.md", "Notes/Deep/Topic.md"),
        ("Notes/Topic", "Other/x.md", "Notes/Topic.md"),
        ("./Topic", "Notes/Deep/x.md", "Notes/Deep/Topic.md"),
        ("../Topic", "Notes/Deep/x.md", "Notes/Topic.md"),
        ("../Topic", "Home.md", None),
        ("/Notes/Topic", "Other/x.md", "Notes/Topic.md"),
        ("/Topic", "Notes/x.md", None),
        ("1.2 Start", "Home.md", "Notes/1.2 Start.md"),
        (unicodedata.normalize("NFD", "über UNS"), "Home.md", "Notes/Über uns.md"),
        ("1.2\u00a0Start", "Home.md", "Notes/1.2 Start.md"),
        ("Home#Heading|shown", "Notes/Topic.md", "Home.md"),
        ("#Heading", "Notes/Topic.md", "Notes/Topic.md"),
        ("Secret", "Home.md", None),
        (".hidden/Secret", "Home.md", None),
        ("Gone", "Home.md", None),
        ("pic", "Home.md", None),
    ],
)
def test_resolve_finds_what_obsidian_finds(files: Path, target: str, source: str, path: str | None) -> None:
    assert Vault(files).resolve(target, source) == path


def test_conflict_copies_are_not_files_of_the_vault(files: Path) -> None:
    assert [path for path in Vault(files).files.paths if "onflict" in path] == []


@pytest.mark.skipif(os.name == "nt", reason="making links needs a privilege there")
def test_linked_folders_are_read_once(files: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "Far.md").write_text("x")
    (files / "Far").symlink_to(outside)
    (files / "Notes" / "loop").symlink_to(files)
    (files / "self").symlink_to("self")
    paths = Vault(files).files.paths
    assert "Far/Far.md" in paths
    assert not [path for path in paths if path.startswith("Notes/loop")]


@pytest.mark.parametrize(
    ("link_format", "path", "link"),
    [
        ("shortest", "Inbox/Only.pdf", "[[Only.pdf]]"),
        ("shortest", "Inbox/Book.pdf", "[[Inbox/Book.pdf]]"),
        ("shortest", "Home.md", "[[Home]]"),
        ("shortest", "Sources/Twice.pdf", "[[Sources/Twice.pdf]]"),
        ("shortest", "Notes/Topic.md", "[[Notes/Topic]]"),
        ("shortest", "Book.pdf.md", "[[Book.pdf.md]]"),
        ("relative", "Inbox/Book.pdf", "[[../Inbox/Book.pdf]]"),
        ("relative", "Notes/Deep/Topic.md", "[[Deep/Topic]]"),
        ("absolute", "Inbox/Old/Twice.pdf", "[[Inbox/Old/Twice.pdf]]"),
        ("absolute", "Notes/Topic.md", "[[Notes/Topic]]"),
    ],
)
def test_links_have_the_form_that_the_vault_is_set_to(files: Path, link_format: str, path: str, link: str) -> None:
    set_app(files, newLinkFormat=link_format)
    vault = Vault(files)
    assert vault.link(path, "Notes/log.md") == link
    assert vault.resolve(link.strip("[]"), "Notes/log.md") == path


@pytest.mark.parametrize("link_format", ["shortest", "relative", "absolute"])
@pytest.mark.parametrize("source", ["log.md", "Notes/log.md", "Notes/Deep/log.md", "Elsewhere/log.md"])
def test_every_link_leads_to_its_file(files: Path, link_format: str, source: str) -> None:
    (files / "Topic.md").write_text("x")
    set_app(files, newLinkFormat=link_format)
    vault = Vault(files)
    for path in vault.files.paths:
        assert vault.resolve(vault.link(path, source).strip("[]"), source) == path
        assert vault.resolve(vault.property_link(path, source).strip("[]"), source) == path


def test_parts_of_a_link(files: Path) -> None:
    vault = Vault(files)
    assert vault.link("Inbox/Only.pdf", "n.md", page=27, alias="p. 25") == "[[Only.pdf#page=27|p. 25]]"
    assert vault.link("Inbox/Only.pdf", "n.md", page=1, alias="p.|[1]\n", in_table=True) == (
        "[[Only.pdf#page=1\\|p./(1)]]"
    )
    assert vault.link("Files/i.png", "n.md", embed=True, width=600, alias="A cat") == "![[i.png|A cat|600]]"
    assert vault.link("Files/i.png", "n.md", embed=True) == "![[i.png]]"


def test_markdown_links(files: Path) -> None:
    set_app(files, useMarkdownLinks=True, newLinkFormat="absolute")
    vault = Vault(files)
    assert vault.link("Inbox/Book.pdf", "n.md", page=3, alias="p. 1") == "[p. 1](Inbox/Book.pdf#page=3)"
    assert vault.link("Notes/1.2 Start.md", "n.md") == "[1.2 Start](Notes/1.2%20Start.md)"
    assert vault.link("Files/a (1).png", "n.md", embed=True, width=200, in_table=True, alias="Cat") == (
        "![Cat\\|200](Files/a%20%281%29.png)"
    )
    assert vault.property_link("Inbox/Book.pdf", "n.md") == "[[Inbox/Book.pdf]]"


def test_a_folder_that_no_link_can_name_is_left_out_of_the_link(files: Path) -> None:
    (files / "Old [2019]").mkdir()
    (files / "Old [2019]" / "Rare.pdf").write_text("x")
    set_app(files, newLinkFormat="absolute")
    assert Vault(files).link("Old [2019]/Rare.pdf", "n.md") == "[[Rare.pdf]]"


def test_planned_files_make_a_name_ambiguous(files: Path) -> None:
    vault = Vault(files)
    assert vault.link("Attachments/x.png", "n.md") == "[[x.png]]"
    assert vault.link("Attachments/x.png", "n.md", planned=["Other/x.png"]) == "[[Attachments/x.png]]"


def test_ambiguous_names(files: Path) -> None:
    vault = Vault(files)
    assert vault.is_ambiguous("TWICE.pdf")
    assert not vault.is_ambiguous("Book.pdf")


def test_find_takes_the_folder_that_is_named(tmp_path: Path) -> None:
    assert Vault.find(tmp_path, {"NOTEGEN_VAULT": "/nowhere"}).name == str(tmp_path)
    assert Vault.find(None, {"NOTEGEN_VAULT": str(tmp_path)}).name == str(tmp_path)
    with pytest.raises(VaultError) as caught:
        Vault.find(tmp_path / "missing", {})
    assert "notegen init" in caught.value.next_step


@pytest.mark.parametrize("mark", ["notegen.toml", ".obsidian"])
def test_find_takes_the_nearest_vault_around(tmp_path: Path, mark: str) -> None:
    inner = tmp_path / "vault"
    (inner / "a" / "b").mkdir(parents=True)
    (tmp_path / ".obsidian").mkdir()
    (inner / mark).mkdir()
    assert Vault.find(None, {}, cwd=inner / "a" / "b").name == str(inner)


def test_find_says_what_to_do_without_a_vault(tmp_path: Path) -> None:
    with pytest.raises(VaultError) as caught:
        Vault.find(None, {"NOTEGEN_VAULT": ""}, cwd=tmp_path)
    assert "--vault" in caught.value.next_step


def test_targets_know_what_is_about_to_be_written(files: Path) -> None:
    (files / "Notes" / "Topic.md").write_text(
        "---\na: 1\n---\n# Part *one*: the [[Home|start]]\n\n## Same\n\n# Two\n## Same\n\n"
        "```\n# code\n```\n- x ^id-1\n\n> ## Quoted\n"
    )
    targets = Vault(files).targets(
        "Logs/today.md",
        page_counts={"Inbox/Book.pdf": 12},
        planned={"Logs/today.md": "# Planned\n\ntext ^b1\n", "Files/new.png": ""},
    )
    assert targets.resolve("new.png") == "Files/new.png"
    assert targets.resolve("today") == targets.resolve("") == "Logs/today.md"
    assert targets.resolve("nowhere") is None
    assert targets.page_count("Inbox/Book.pdf") == 12
    assert targets.page_count("Inbox/Other.pdf") is None
    assert targets.has_heading("Logs/today.md", "#Planned")
    assert targets.has_heading("Logs/today.md", "#^b1")
    note = "Notes/Topic.md"
    assert targets.has_heading(note, "#Part one the start")
    assert not targets.has_heading(note, "#Part two")
    assert targets.has_heading(note, "#Two#Same")
    assert not targets.has_heading(note, "#Same#Two")
    assert not targets.has_heading(note, "#code")
    assert targets.has_heading(note, "#Quoted")
    assert targets.has_heading(note, "#^ID-1")
    assert not targets.has_heading(note, "#^other")

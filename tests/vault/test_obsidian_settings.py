from __future__ import annotations

import json
from pathlib import Path

import pytest

from notegen.vault.folder import FolderFiles
from notegen.vault.settings import ObsidianSettings


def test_without_a_config_folder_everything_has_obsidians_default(tmp_path: Path) -> None:
    assert ObsidianSettings.read(FolderFiles(tmp_path)) == ObsidianSettings()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["{", "[]", "null", "", "\x00", '{"newLinkFormat": 3, "userIgnoreFilters": "x"}'])
def test_damaged_settings_are_defaults(root: Path, text: str) -> None:
    (root / ".obsidian" / "app.json").write_text(text)
    assert ObsidianSettings.read(FolderFiles(root)) == ObsidianSettings()


def test_what_is_set_is_read(root: Path) -> None:
    app = {
        "attachmentFolderPath": "Files/images",
        "newLinkFormat": "relative",
        "useMarkdownLinks": True,
        "strictLineBreaks": True,
        "userIgnoreFilters": ["Archive/"],
    }
    (root / ".obsidian" / "app.json").write_text(json.dumps(app))
    (root / ".obsidian" / "daily-notes.json").write_text(json.dumps({"folder": "/Journal/", "format": "YYYY/DD"}))
    assert ObsidianSettings.read(FolderFiles(root)) == ObsidianSettings(
        attachment_folder="Files/images",
        link_format="relative",
        use_markdown_links=True,
        strict_line_breaks=True,
        ignore_filters=("Archive/",),
        daily_folder="Journal",
        daily_format="YYYY/DD",
    )


@pytest.mark.parametrize(
    ("setting", "folder"),
    [
        ("/", ""),
        ("./", "Logs/2026"),
        ("./files", "Logs/2026/files"),
        ("Attachments", "Attachments"),
        ("A/b/", "A/b"),
        ("../../../etc", "etc"),
    ],
)
def test_attachment_folder_of_a_note(setting: str, folder: str) -> None:
    assert ObsidianSettings(attachment_folder=setting).attachments_of("Logs/2026/note.md") == folder


def test_attachments_beside_a_note_in_the_root() -> None:
    assert ObsidianSettings(attachment_folder="./").attachments_of("note.md") == ""
    assert ObsidianSettings(attachment_folder="./files").attachments_of("note.md") == "files"

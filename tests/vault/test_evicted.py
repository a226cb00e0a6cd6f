"""Files that iCloud keeps elsewhere, with a placeholder here, are there."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from notegen.errors import PassingVaultError
from notegen.vault.folder import FolderFiles


def test_what_icloud_has_taken_away_is_there_and_not_written_over(tmp_path: Path):
    (tmp_path / "Concepts").mkdir()
    (tmp_path / "Concepts" / ".Axon.md.icloud").write_bytes(bytes(100))
    files = FolderFiles(tmp_path)
    assert "Concepts/Axon.md" in files.list()
    assert files.is_there("Concepts/Axon.md")
    assert files.stamp("Concepts/Axon.md") is None
    with pytest.raises(PassingVaultError, match=r"“Concepts/Axon\.md” is in iCloud and not on this machine"):
        files.version_to_replace("Concepts/Axon.md")
    assert not files.is_there("Concepts/Dendrite.md")


def test_other_notes_that_icloud_has_taken_away_hold_nothing_up(vault: Path, notegen):
    (vault / "Notes").mkdir()
    (vault / "Notes" / ".Other.md.icloud").write_bytes(bytes(100))
    document = pymupdf.open()
    document.new_page().insert_htmlbox((72, 72, 523, 700), "<h1>Axon</h1><p>An axon is a fibre of a nerve cell.</p>")
    document.save(vault / "Inbox" / "Axon.pdf")
    assert notegen("day", "--vault", vault, "--offline").status == 0
    assert len(list((vault / "Logs").iterdir())) == 1
    assert notegen("index", "--vault", vault).status == 0

from __future__ import annotations

from pathlib import Path

import pytest

from notegen.errors import VaultError
from notegen.vault import adopt


def test_a_new_vault_is_made_and_adopting_it_again_does_nothing(tmp_path: Path) -> None:
    root = tmp_path / "new" / "vault"
    made = adopt(root, "# ü\n")
    assert len(made) == 3
    assert (root / "notegen.toml").read_bytes() == "# ü\n".encode()
    assert (root / "Inbox").is_dir()
    assert adopt(root, "# other\n") == []
    assert (root / "notegen.toml").read_bytes() == "# ü\n".encode()


def test_what_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "Inbox").mkdir()
    (tmp_path / "Inbox" / "Book.pdf").write_bytes(b"%PDF")
    (tmp_path / "note.md").write_text("mine")
    (sentence,) = adopt(tmp_path, "x")
    assert "notegen.toml" in sentence
    assert (tmp_path / "note.md").read_text() == "mine"
    assert (tmp_path / "Inbox" / "Book.pdf").read_bytes() == b"%PDF"


def test_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "vault").write_text("x")
    with pytest.raises(VaultError) as caught:
        adopt(tmp_path / "vault", "x")
    assert caught.value.next_step

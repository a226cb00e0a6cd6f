from __future__ import annotations

import datetime as dt
import hashlib
import os
import time
from pathlib import Path

import pytest

from notegen.store import Store
from notegen.vault import Vault

SHA = "ab" * 32


def log(**changes: str) -> str:
    properties = {
        "type": "log",
        "date": "2026-01-05",
        "source": '"[[Book.pdf]]"',
        "pages": "25–36",
        "pdf_pages": "40-52",
        "drafter": "extractive",
        "source_sha256": SHA,
        "made_from": "a0123",
    } | changes
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in properties.items()) + "---\nbody\n"


def test_a_log_says_what_was_read(root: Path) -> None:
    (root / "Logs").mkdir()
    (root / "Logs" / "One.md").write_text(log(), "utf-8")
    (record,) = Vault(root).logs()
    assert record.path == "Logs/One.md"
    assert record.date == dt.date(2026, 1, 5)
    assert record.source == "[[Book.pdf]]"
    assert record.source_sha256 == SHA
    assert record.pages == "25–36"
    assert record.pdf_pages == (40, 52)
    assert record.drafter == "extractive"
    assert record.title == "One"
    assert record.made_from == "a0123"


def test_what_an_editor_may_have_made_of_the_properties(root: Path) -> None:
    (root / "a.md").write_text(log(pdf_pages="7", date="2026-01-05T10:00:00", title="Mine").replace("\n", "\r\n"))
    (root / "b.md").write_text("\ufeff" + log(type='"log"', date="soon", source_sha256=f"'{SHA.upper()}'"), "utf-8")
    (root / "c.md").write_text(log(concepts="[" + "x" * 9000 + "]"))
    first, second, third = Vault(root).logs()
    assert (first.pdf_pages, first.date, first.title) == ((7, 7), dt.date(2026, 1, 5), "Mine")
    assert (second.source_sha256, second.date) == (SHA, None)
    assert third.pdf_pages == (40, 52)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no properties",
        "---\ntype: concept\n---\n",
        log(pdf_pages="some"),
        log(source_sha256="short"),
        "text\n" + log(),
    ],
)
def test_other_notes_are_no_logs(root: Path, text: str) -> None:
    (root / "note.md").write_text(text)
    (root / "latin.md").write_bytes(b"---\ntype: log\nx: \xe9\n---\n")
    (root / "folder.md").mkdir()
    assert Vault(root).logs() == ()


def test_many_notes_are_read_fast(root: Path) -> None:
    for number in range(2000):
        (root / f"{number}.md").write_text("---\ntags: [a]\n---\n" + "text\n" * 200)
    (root / "log.md").write_text(log())
    begin = time.process_time()
    assert len(Vault(root).logs()) == 1
    assert time.process_time() - begin < 1.0


def test_a_pdf_is_found_by_its_content_wherever_it_moved(root: Path, tmp_path: Path) -> None:
    content = b"%PDF-1.7 something"
    sha256 = hashlib.sha256(content).hexdigest()
    for place in ("Inbox/Book [1].pdf", "Deep/down/Book.PDF", "Inbox/Other.pdf"):
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).write_bytes(content if "Book" in place else b"other")
        os.utime(root / place, (1_700_000_000, 1_700_000_000))
    vault = Vault(root, Store(tmp_path / "store.sqlite3"))
    assert vault.find_pdf(sha256) == "Deep/down/Book.PDF"  # the other copy has a name that no link reaches
    (root / "Deep/down/Book.PDF").rename(root / "Moved.pdf")
    vault.refresh()
    assert vault.find_pdf(sha256) == "Moved.pdf"
    assert vault.find_pdf("0" * 64) is None

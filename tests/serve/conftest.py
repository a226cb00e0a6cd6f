"""A vault with a small book, and what serves it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from faces import StdioFace

from notegen.kinds.log import LOG
from notegen.vault.apply import apply
from notegen.vault.note import Note
from notegen.vault.plan import plan
from notegen.vault.regions import wrap
from notegen.vault.vault import Vault


@pytest.fixture
def book(vault: Path) -> Path:
    """A book of four pages in the inbox."""
    place = vault / "Inbox" / "Tides.pdf"
    with pymupdf.open() as pdf:
        for number in range(4):
            page = pdf.new_page()
            page.insert_text((72, 80), f"{number + 1} Tides", fontsize=20)
            text = (
                "Tides are long waves that follow the moon around the earth. A spring tide is a tide of great range "
                f"that comes at full moon and new moon. The range depends on the shape of the coast in part {number}. "
                "Because the moon moves on, high water comes about fifty minutes later each day. "
                "A tide table is a list of the times of high water and low water for one harbour. "
            )
            page.insert_textbox((72, 110, 520, 400), text * 2, fontsize=11)
            neap = "A neap tide is a tide of small range that comes at half moon. Pilots wait for it in the harbour."
            page.insert_textbox((72, 420, 520, 500), neap if number == 1 else text, fontsize=11)
        pdf.save(place)
    (vault / "Moon.md").write_text("# Moon\n\nThe Moon causes the tide.\n", encoding="utf-8")
    (vault / "Tide.md").write_text("# Tide\n\nA tide is the rise of the sea; see [[Moon]].\n", encoding="utf-8")
    return place


@pytest.fixture
def proposals(vault: Path, env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    """A note in which the learner and a new version changed the same two sentences; its path."""
    monkeypatch.setenv("NOTEGEN_STATE", env["NOTEGEN_STATE"])
    old = "- Bread is baked.\n- Salt is good.\n- Yeast is a fungus that grows."
    path = "Logs/2026-01-05 Bread.md"
    write(vault, path, old)
    mine = (vault / path).read_text(encoding="utf-8").replace("that grows", "that grows, I think")
    (vault / path).write_text(mine.replace("is baked", "is baked at home"), encoding="utf-8")
    write(vault, path, old.replace("is a fungus that", "is a small fungus that").replace("is baked", "is baked hot"))
    return path


def write(vault: Path, path: str, text: str) -> None:
    """Bring a version of a note into the vault, as a run of notegen does."""
    properties = {"type": "log", "date": "2026-01-05", "source": "[[Bread.pdf]]", "pdf_pages": "1-2"}
    body = f"\n# Bread\n\n{wrap('recap', text)}\n\n## Reflection\n"
    note = Note(path=path, properties=properties | {"source_sha256": "a" * 64}, body=body, attachments=(), kind=LOG)
    place = Vault(vault)
    apply(plan((note,), place), place)


@pytest.fixture
def stdio(book: Path, env: dict[str, str]) -> Iterator[StdioFace]:
    """`notegen serve --stdio` of that vault."""
    face = StdioFace(book.parent.parent, env)
    yield face
    face.close()

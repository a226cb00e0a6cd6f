"""A vault with a small book, and what serves it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from faces import StdioFace


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
        pdf.save(place)
    (vault / "Moon.md").write_text("# Moon\n\nThe Moon causes the tide.\n", encoding="utf-8")
    (vault / "Tide.md").write_text("# Tide\n\nA tide is the rise of the sea; see [[Moon]].\n", encoding="utf-8")
    return place


@pytest.fixture
def stdio(book: Path, env: dict[str, str]) -> Iterator[StdioFace]:
    """`notegen serve --stdio` of that vault."""
    face = StdioFace(book.parent.parent, env)
    yield face
    face.close()

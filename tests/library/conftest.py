"""Books for the tests of the library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pymupdf
import pytest
from river_book import RIVERS

MakeBook = Callable[[Path, Sequence[str]], Path]


@pytest.fixture(scope="session")
def make_book() -> MakeBook:
    """Write a PDF with a page for each of the texts, its paragraphs parted by empty lines."""

    def make(path: Path, pages: Sequence[str]) -> Path:
        document = pymupdf.open()
        for text in pages:
            page, top = document.new_page(), 90.0
            for paragraph in text.split("\n\n"):
                box = pymupdf.Rect(72, top, 520, 800)
                left = page.insert_textbox(box, paragraph, fontsize=11)
                top = 800 - left + 14
        document.save(path)
        return path

    return make


@pytest.fixture
def rivers(vault: Path, make_book: MakeBook) -> Path:
    """A vault with a book on rivers in its inbox."""
    make_book(vault / "Inbox" / "Rivers.pdf", RIVERS)
    return vault

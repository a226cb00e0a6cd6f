"""Books for the tests of the library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pymupdf
import pytest

MakeBook = Callable[[Path, Sequence[str]], Path]
RIVERS = (
    "A delta is a plain of mud and sand that a river builds where it meets the sea. Its arms change their course "
    "with every flood.\n\nThe Danube carries 60 million tons of silt to the Black Sea in a year. Most of it "
    "settles within thirty kilometres of the coast.",
    "A meander is a bend that a river cuts into its own plain. The outer bank is worn away because the water "
    "flows faster there.\n\nAn oxbow lake is left behind when the river breaks through the neck of a meander.",
    "Glaciers grind rock into a fine flour. Lakes below a glacier look turquoise because this flour scatters "
    "the blue and green light.",
)
"""Pages of a book on rivers."""


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

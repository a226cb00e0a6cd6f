"""Pages in scripts that run to the left, as a browser sets them."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from notegen.extract import extract
from notegen.extract.text.leftward import Glyph, logical

STYLE = ("Font", 10.0, 0, 0)


def row(seen: str) -> list[Glyph]:
    """Glyphs of one width, from left to right as one sees them."""
    return [Glyph(char, 5.0 * i, 5.0 * i + 5, 100.0, STYLE) for i, char in enumerate(seen)]


@pytest.mark.parametrize(
    ("seen", "leftward", "read"),
    [
        ("הטלה", False, "הלטה"),
        (".1948 תנשב ןונאש", True, "שאנון בשנת 1948."),
        ("12.5% אוה", True, "הוא 12.5%"),
        ("%12.5 وه", True, "هو 12.5%"),
        ("1950 1948", True, "1948 1950"),
        ("(bit two) טיב", True, "ביט (bit two)"),
        (")bit( טיב", True, "ביט (bit)"),
        ("the word םולש םלוע here", False, "the word עולם שלום here"),
        ("see page 12 (ff.)", False, "see page 12 (ff.)"),
    ],
)
def test_a_row_is_read_in_the_order_of_its_words(seen: str, leftward: bool, read: str):
    assert logical(row(seen), leftward=leftward) == read


def test_points_stay_on_their_letter():
    letters = [Glyph("ם", 0, 5, 100, STYLE), Glyph("ש", 5, 10, 100, STYLE), Glyph("\u05c1", 9, 9, 100, STYLE)]
    assert logical(letters, leftward=True) == "ש\u05c1ם"


@pytest.mark.parametrize(
    "paragraph",
    [
        "אנטרופיה היא מדד לאי הוודאות של מקור מידע. שאנון הגדיר אותה בשנת 1948 במאמר (communication) שלו.",
        "Shannon wrote שלום עולם in 1948 and nothing else was said about it on this page of the book.",
    ],
)
def test_a_paragraph_is_read_as_it_was_written(tmp_path: Path, paragraph: str):
    document = pymupdf.open()
    page = document.new_page()
    way = "rtl" if paragraph[0] > "\u0590" else "ltr"
    page.insert_htmlbox((72, 72, 523, 300), f'<p dir="{way}" style="font-size:14px">{paragraph}</p>')
    document.save(tmp_path / "Page.pdf")
    read = " ".join(block.text for block in extract(tmp_path / "Page.pdf").pages[0].blocks)
    assert read == paragraph


def test_a_sentence_with_a_glyph_that_has_no_name_is_not_certain(tmp_path: Path):
    document = pymupdf.open()
    text = "الإنتروبيا هي مقياس لعدم اليقين في مصدر المعلومات."  # this font names no letter in the middle of a word
    document.new_page().insert_htmlbox((72, 72, 523, 300), f'<p dir="rtl">{text}</p>')
    document.save(tmp_path / "Page.pdf")
    blocks = extract(tmp_path / "Page.pdf").pages[0].blocks
    assert "�" in blocks[0].text
    assert blocks[0].doubtful

"""Text that runs up, down or upside down."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from notegen.extract import extract
from notegen.extract.document import Document

WORDS = "A service interval is the distance after which a car has to be checked by somebody who can."
LEVEL = "A warranty is a promise to repair a car for free. It ends when a service interval was missed."


def read(document: pymupdf.Document, folder: Path) -> Document:
    document.save(folder / "Page.pdf")
    return extract(folder / "Page.pdf")


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_whose_text_is_turned_is_read_upright(tmp_path: Path, degrees: int):
    document = pymupdf.open()
    page = document.new_page()
    page.insert_htmlbox((72, 72, 523, 770), f"<p>{WORDS}</p>" * 3, rotate=degrees)
    found = read(document, tmp_path).pages[0]
    assert " ".join(block.text for block in found.blocks) == " ".join([WORDS] * 3)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_block_on_an_upright_page_is_read_in_its_own_frame(tmp_path: Path, degrees: int):
    document = pymupdf.open()
    page = document.new_page()
    page.insert_htmlbox((72, 72, 523, 370), f"<p>{LEVEL}</p>" * 4)
    page.insert_htmlbox((150, 420, 450, 720), f"<p>{WORDS} {WORDS}</p>", rotate=degrees)
    found = read(document, tmp_path).pages[0]
    assert [block.text for block in found.blocks] == [LEVEL] * 4 + [f"{WORDS} {WORDS}"]
    x0, y0, x1, y1 = found.blocks[-1].bbox
    assert 140 < x0 < x1 < 460
    assert 410 < y0 < y1 < 730


def test_a_turned_table_keeps_its_header(tmp_path: Path):
    document = pymupdf.open()
    page = document.new_page()
    page.insert_htmlbox((72, 72, 523, 370), f"<p>{LEVEL}</p>" * 4)
    rows = (("Part", "Interval in km"), ("Front brakes and rear brakes", "30,000"), ("Filter of the oil", "15,000"))
    for i, cells in enumerate(rows):  # it runs up the page: rows go to the right
        for j, cell in enumerate(cells):
            box = pymupdf.Rect(200 + 30 * i, 740 - 160 * (j + 1), 230 + 30 * i, 740 - 160 * j)
            page.draw_rect(box)
            page.insert_text((box.x0 + 18, box.y1 - 8), cell, rotate=90)
    found = read(document, tmp_path).pages[0]
    assert [table.rows for table in found.tables] == [rows]
    assert [block.text for block in found.blocks] == [LEVEL] * 4


def test_a_label_beside_an_axis_turns_nothing(tmp_path: Path):
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((40, 500), "Distance in kilometres", rotate=90)
    page.insert_text((300, 700), "Time")
    found = read(document, tmp_path).pages[0]
    assert [block.text for block in found.blocks] == ["Time"]

"""A table that neither a caption names nor rules hold together is in the Document whole, as a picture."""

from __future__ import annotations

from pathlib import Path

import pymupdf
from whole_document import whole

PROSE = "What the table below shows was measured in the same week, by the same two persons, with one clock."
ROWS = [("Alpha", "first", "0.31"), ("Beta", "second", "0.62"), ("Gamma", "third", "0.94"), ("Delta", "fourth", "1.25")]


def write(path: Path, rows: list[tuple[str, ...]], places: tuple[int, ...]) -> None:
    document = pymupdf.open()
    page = document.new_page()
    for line in range(6):
        page.insert_text((70, 120 + 14 * line), PROSE, fontsize=10)
        page.insert_text((70, 400 + 14 * line), PROSE, fontsize=10)
    for line, row in enumerate(rows):
        for x, cell in zip(places, row, strict=True):
            page.insert_text((x, 240 + 20 * line), cell, fontsize=10)
    document.save(path)


def test_cells_side_by_side_are_one_picture_and_no_text(tmp_path: Path):
    write(tmp_path / "a.pdf", ROWS, (90, 260, 430))
    (page,) = whole(tmp_path / "a.pdf").pages
    (table,) = page.tables
    assert table.bbox[0] < 90
    assert table.bbox[1] < 240
    assert table.bbox[2] > 440
    assert table.bbox[3] > 300
    assert pymupdf.Pixmap(table.png).height > 60
    assert not any("Gamma" in block.text or "measured" not in block.text for block in page.blocks)


def test_titles_with_page_numbers_are_no_table(tmp_path: Path):
    rows = [(f"{name} and {place}", str(12 * n + 3)) for n, (name, place, _) in enumerate(ROWS)]
    write(tmp_path / "a.pdf", rows, (90, 430))
    assert whole(tmp_path / "a.pdf").pages[0].tables == ()

"""Tables become rows only when every cell is certain; else they are a crop, or left alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pymupdf
import pytest
from drawn_page import BLACK, RED, DrawnPage, apart, covers
from whole_document import whole

from notegen.extract.document import Box, Table
from notegen.extract.pictures.find import find_pictures
from notegen.extract.tables.find import find_tables

CITIES = (
    ("City", "People (millions)", "Language"),
    ("Vienna", "2.0", "German"),
    ("Brussels", "1.2", "Dutch, French"),
    ("Prague", "1.4", "Czech"),
)
LEFT, TOP, COLUMN, ROW = 120.0, 200.0, 120.0, 20.0


def set_cells(page: DrawnPage, rows: Sequence[Sequence[str]], top: float = TOP, left: float = LEFT) -> Box:
    """The words of a table; the box that rules around it have."""
    for n, row in enumerate(rows):
        for k, cell in enumerate(row):
            page.page.insert_text((left + 6 + k * COLUMN, top + 14 + n * ROW), cell, fontsize=10)
    return left, top, left + COLUMN * len(rows[0]), top + ROW * len(rows)


def rule(page: DrawnPage, x0: float, y0: float, x1: float, y1: float) -> None:
    page.page.draw_line((x0, y0), (x1, y1), color=BLACK, width=0.6)


def grid(page: DrawnPage, box: Box, rows: int, columns: int) -> None:
    for n in range(rows + 1):
        rule(page, box[0], box[1] + n * ROW, box[2], box[1] + n * ROW)
    for k in range(columns + 1):
        rule(page, box[0] + k * COLUMN, box[1], box[0] + k * COLUMN, box[3])


def booktabs(page: DrawnPage, box: Box) -> None:
    for y in (box[1], box[1] + ROW, box[3]):
        rule(page, box[0], y, box[2], y)


def tables_of(page: DrawnPage) -> tuple[Table, ...]:
    return find_tables(page.again(), page.blocks)


def only(page: DrawnPage) -> Table:
    tables = tables_of(page)
    assert len(tables) == 1, tables
    return tables[0]


@pytest.mark.parametrize("ruled", ["grid", "booktabs"])
@pytest.mark.parametrize("caption_first", [True, False])
def test_a_captioned_table_becomes_rows(ruled: str, caption_first: bool) -> None:
    page = DrawnPage()
    text = [page.prose(72, 60, 540)]
    box = set_cells(page, CITIES)
    grid(page, box, 4, 3) if ruled == "grid" else booktabs(page, box)
    text.append(page.caption(72, TOP - 20 if caption_first else box[3] + 8, 540, "Table 2.1: Three cities."))
    text.append(page.prose(72, 330, 540))

    table = only(page)

    assert (table.label, table.caption) == ("Table 2.1", "Table 2.1: Three cities.")
    assert table.rows == CITIES
    assert table.png == b""
    assert covers(table.bbox, box)
    assert all(apart(table.bbox, other) for other in text)


def test_rules_drawn_cell_by_cell_hold_the_whole_table() -> None:
    page = DrawnPage()
    box = set_cells(page, CITIES)
    for y in (box[1], box[1] + ROW, box[3]):
        for k in range(3):
            rule(page, box[0] + k * COLUMN, y, box[0] + (k + 1) * COLUMN, y)
    page.caption(LEFT, TOP - 20, 540, "Table 2.1: Three cities.")
    table = only(page)
    assert covers(table.bbox, box)
    assert table.rows == CITIES or table.png


@pytest.mark.parametrize("name", ["Tabelle", "Tableau", "Cuadro", "Tabela", "Tabella", "Supplementary Table"])
def test_tables_are_named_in_other_languages_too(name: str, tmp_path: Path) -> None:
    page = DrawnPage()
    page.prose(72, 60, 540)
    booktabs(page, set_cells(page, CITIES))
    page.page.insert_text((LEFT, TOP - 12), f"{name} 3: Three cities.", fontsize=9)
    page.prose(72, 330, 540)
    page.document.save(tmp_path / "book.pdf")
    (table,) = whole(tmp_path / "book.pdf").pages[0].tables
    assert (table.label, table.rows) == (f"{name} 3", CITIES)


def test_a_table_is_not_a_picture_too() -> None:
    page = DrawnPage()
    box = set_cells(page, CITIES)
    grid(page, box, 4, 3)
    page.caption(72, TOP - 20, 540, "Table 1: Three cities.")
    figure = page.graph(150, 320, 150, 100)
    page.caption(72, 430, 540, "Figure 1: A graph.")

    (picture,) = find_pictures(page.again(), page.blocks, frozenset())

    assert picture.label == "Figure 1"
    assert covers(picture.bbox, figure)
    assert apart(picture.bbox, box)
    assert only(page).rows == CITIES


def test_two_tables_on_one_page_keep_their_own_captions() -> None:
    page = DrawnPage()
    first = set_cells(page, CITIES, top=120)
    booktabs(page, first)
    page.caption(120, 205, 500, "Table 1: Below its table.")
    second = set_cells(page, CITIES[::-1], top=260)
    booktabs(page, second)
    page.caption(120, 345, 500, "Table 2: Below its table as well.")

    one, two = tables_of(page)

    assert (one.label, one.rows) == ("Table 1", CITIES)
    assert (two.label, two.rows) == ("Table 2", CITIES[::-1])


def test_tables_side_by_side() -> None:
    page = DrawnPage()
    small = tuple(row[:2] for row in CITIES)
    for n, left in enumerate((60.0, 330.0)):
        booktabs(page, set_cells(page, small, left=left))
        page.caption(left, TOP - 20, left + 240, f"Table {n + 1}: Cities.")

    assert [(table.label, table.rows) for table in tables_of(page)] == [("Table 1", small), ("Table 2", small)]


def test_a_rule_at_the_foot_of_the_page_does_not_stretch_the_table() -> None:
    page = DrawnPage()
    page.caption(72, TOP - 20, 540, "Table 1: Three cities.")
    box = set_cells(page, CITIES)
    booktabs(page, box)
    below = page.prose(box[0], 310, box[2], 8)
    rule(page, box[0], 700, box[2], 700)

    table = only(page)

    assert table.rows == CITIES
    assert apart(table.bbox, below)


def test_a_table_in_one_column_beside_running_text_in_the_other() -> None:
    page = DrawnPage()
    page.prose(40, 60, 290, 30)
    page.prose(310, 60, 570, 4)
    page.caption(310, TOP - 20, 570, "Table 1: Cities.")
    small = tuple(row[:2] for row in CITIES)
    booktabs(page, set_cells(page, small, left=320))
    page.prose(310, 320, 570, 8)

    assert only(page).rows == small


def test_a_header_of_two_lines_is_one_header() -> None:
    page = DrawnPage()
    page.caption(72, TOP - 20, 540, "Table 1: Split header.")
    box = set_cells(page, [("City", "People"), ("name", "(millions)"), ("Vienna", "2.0"), ("Prague", "1.4")])
    for y in (box[1], box[1] + 2 * ROW, box[3]):
        rule(page, box[0], y, box[2], y)

    assert only(page).rows == (("City name", "People (millions)"), ("Vienna", "2.0"), ("Prague", "1.4"))


def test_exponents_become_raised_digits() -> None:
    page = DrawnPage()
    page.caption(72, TOP - 20, 540, "Table 1: Costs.")
    box = set_cells(page, [("Method", "Operations"), ("attention", ""), ("recurrence", "12")])
    cell = (LEFT + 6 + COLUMN, TOP + ROW + 1, LEFT + 2 * COLUMN, TOP + 2 * ROW)
    page.page.insert_htmlbox(cell, '<span style="font-size: 10px">10<sup>18</sup></span>')
    booktabs(page, box)

    assert only(page).rows == (("Method", "Operations"), ("attention", "10¹⁸"), ("recurrence", "12"))


def doubt_merged_cells(page: DrawnPage) -> None:
    box = set_cells(page, CITIES)
    for n in range(5):
        rule(page, box[0], box[1] + n * ROW, box[2], box[1] + n * ROW)
    for k in range(4):
        start = box[1] + ROW if k == 1 else box[1]  # the first two header cells are one
        rule(page, box[0] + k * COLUMN, start, box[0] + k * COLUMN, box[3])


def doubt_empty_header(page: DrawnPage) -> None:
    box = set_cells(page, [("", "left", "right"), *CITIES[1:]])
    grid(page, box, 4, 3)


def doubt_spanning_header(page: DrawnPage) -> None:
    box = set_cells(page, CITIES)
    booktabs(page, box)
    rule(page, box[0] + COLUMN, box[1] + ROW / 4, box[2], box[1] + ROW / 4)


def doubt_wrapped_cell(page: DrawnPage) -> None:
    box = set_cells(page, [*CITIES, ("", "", "and German")])
    booktabs(page, box)


def doubt_words_over_a_rule(page: DrawnPage) -> None:
    box = set_cells(page, [CITIES[0], ("A name that is far too long for its own cell", "", "x"), *CITIES[2:]])
    grid(page, box, 4, 3)


def doubt_image_in_a_cell(page: DrawnPage) -> None:
    box = set_cells(page, CITIES)
    grid(page, box, 4, 3)
    page.image(LEFT + 60, TOP + ROW + 2, 30, 16)


def doubt_power_set_apart(page: DrawnPage) -> None:
    box = set_cells(page, [("Method", "Operations"), ("attention", "10"), ("recurrence", "12")])
    page.page.insert_text((LEFT + 6 + COLUMN + 11.5, TOP + 10 + ROW), "18", fontsize=6)
    booktabs(page, box)


def doubt_columns_without_white(page: DrawnPage) -> None:
    rows = [("City", "People", "Language"), ("Vienna is the capital", "2.0", "German"), *CITIES[2:]]
    for n, row in enumerate(rows):
        page.page.insert_text((LEFT + 6, TOP + 14 + n * ROW), "  ".join(row), fontsize=10)
    booktabs(page, (LEFT, TOP, LEFT + 360, TOP + 4 * ROW))


@pytest.mark.parametrize(
    "draw",
    [
        doubt_merged_cells,
        doubt_empty_header,
        doubt_spanning_header,
        doubt_wrapped_cell,
        doubt_words_over_a_rule,
        doubt_image_in_a_cell,
        doubt_power_set_apart,
        doubt_columns_without_white,
    ],
)
def test_a_doubtful_table_is_a_crop(draw) -> None:  # type: ignore[no-untyped-def]
    page = DrawnPage()
    page.caption(72, TOP - 20, 540, "Table 4: Something is not certain.")
    draw(page)

    table = only(page)

    assert table.rows == ()
    shown = pymupdf.Pixmap(table.png)
    assert shown.width > 2 * (table.bbox[2] - table.bbox[0]) * 0.99
    assert len(set(shown.samples[:: shown.n])) > 2, "nothing is drawn"


def test_a_grid_without_a_caption_is_a_table_and_a_crop_where_it_says_enough_and_is_not_certain() -> None:
    page = DrawnPage()
    page.prose(72, 60, 540)
    grid(page, set_cells(page, CITIES), 4, 3)
    grid(page, set_cells(page, [("", ""), ("a", "b c d e f")], top=400), 2, 2)
    grid(page, set_cells(page, [("", "left", "right"), *CITIES[1:]], top=500), 4, 3)

    table, crop = tables_of(page)

    assert (table.rows, table.caption, table.label) == (CITIES, "", "")
    assert (crop.rows, bool(crop.png)) == ((), True)
    assert find_pictures(page.again(), page.blocks, frozenset()) == ()


def test_coloured_cells_are_a_grid() -> None:
    page = DrawnPage()
    page.caption(72, TOP - 20, 540, "Table 1: In colours.")
    for n in range(4):
        for k in range(3):
            x, y = LEFT + k * COLUMN, TOP + n * ROW
            page.page.draw_rect((x, y, x + COLUMN, y + ROW), color=None, fill=(0.9, 0.8 + 0.05 * (n % 2), 0.9))
    set_cells(page, CITIES)

    assert only(page).rows == CITIES


def test_framed_text_and_a_caption_without_a_table_give_nothing() -> None:
    page = DrawnPage()
    page.page.draw_rect((60, 60, 552, 200), color=RED)
    page.prose(72, 72, 540)
    page.text("paragraph", (72, 240, 540, 300), "Table 3 says more about this than the text could.")
    rule(page, 72, 320, 540, 320)

    assert tables_of(page) == ()


def test_a_figure_next_to_a_table_caption_stays_a_figure() -> None:
    page = DrawnPage()
    figure = page.graph(150, 100, 200, 120)
    page.caption(120, 230, 480, "Figure 3: A graph.")
    page.prose(72, 260, 540)
    page.caption(120, 400, 480, "Table 5: Named, but set without any rules.")
    page.prose(72, 440, 540)

    assert tables_of(page) == ()
    (picture,) = find_pictures(page.again(), page.blocks, frozenset())
    assert picture.label == "Figure 3"
    assert covers(picture.bbox, figure)

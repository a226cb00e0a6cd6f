"""Reading order and direction: columns, turned pages, scripts without spaces or to the left, titles set wide."""

from __future__ import annotations

import pymupdf
import pytest
from test_text import blocks_of, paragraph, prose, read, write

__all__ = ["read"]  # the fixture


def test_three_columns_are_read_one_after_the_other(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        write(page, 100, 70, "A long title that stands across all three of the columns", size=17)
        for column, x in enumerate((50, 220, 390)):
            y = 100.0
            for i in range(4):
                y = paragraph(page, x, y, 150, prose(4, 100 * column + 10 * i), indent=10)

    texts = [block.text for block in read(draw).pages[0].blocks]
    assert texts[1:] == [prose(4, 100 * column + 10 * i) for column in range(3) for i in range(4)]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_is_stored_turned_is_read_as_it_is_displayed(read, degrees: int):
    upright = pymupdf.open()
    page = upright.new_page(width=842, height=595)
    y = paragraph(page, 70, 100, 650, prose(8))
    paragraph(page, 70, y + 20, 650, prose(8, 30))

    def draw(page: pymupdf.Page, index: int) -> None:
        size = (842, 595) if degrees == 180 else (595, 842)
        page.set_mediabox(pymupdf.Rect(0, 0, *size))
        page.show_pdf_page(page.rect, upright, 0, rotate=degrees)
        page.set_rotation(degrees)

    read_page = read(draw).pages[0]
    assert (read_page.width, read_page.height) == (842, 595)
    assert [block.text for block in read_page.blocks] == [prose(8), prose(8, 30)]
    assert read_page.blocks[0].bbox[:2] == pytest.approx((70, 92.5), abs=1)


HEBREW = (
    "הספר הזה מלמד את הקורא לקרוא ספרים ארוכים בלי להתעייף, והוא נכתב בשנת 2024 על ידי Alan Smith בעיר הגדולה. "
    "כל פרק קצר מאוד ויש בו תמונה אחת לפחות, וכל משפט ברור."
)
CHINESE = (
    "这本书教读者怎样阅读很长的书而不觉得累。每一章都很短，而且至少有一张图片，每一句话都很清楚。"
    "书写于2024年，作者是Alan Smith，他住在一个大城市里。"
)


@pytest.mark.parametrize(("text", "direction"), [(HEBREW, "rtl"), (CHINESE, "ltr")])
def test_other_scripts_are_read_in_the_order_of_their_words(read, text: str, direction: str):
    def draw(page: pymupdf.Page, index: int) -> None:
        page.insert_htmlbox((70, 80, 330, 400), f'<p dir="{direction}" style="font-size:11pt">{text}</p>')

    (block,) = read(draw).pages[0].blocks
    assert block.text == text
    assert 60 < block.bbox[0] < 100
    assert 300 < block.bbox[2] < 335


def test_capitals_set_wide_apart_are_words(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        y = paragraph(page, 70, 100, 450, prose(6)) + 18
        x = 70.0
        for letter in "THE ART OF LEARNING":
            if letter != " ":
                write(page, x, y, letter, size=12, font="tibo")
            x += pymupdf.get_text_length(letter, "tibo", 12) + 4
        paragraph(page, 70, y + 30, 450, prose(6, 20))

    assert [block.text for block in blocks_of(read(draw), "heading")] == ["THE ART OF LEARNING"]


def test_a_footnote_is_found_from_where_its_mark_stood(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        y = paragraph(page, 70, 100, 450, prose(4))
        write(page, 70, y + 20, "The claim was doubted.")
        write(page, 165.5, y + 16, "7", size=6)
        write(page, 172, y + 20, "Later it was proved.")
        write(page, 80, 740, "7", size=5.5)
        write(page, 84, 743, "By everyone who had read it, and by some who had not.", size=8)

    document = read(draw)
    (at, mark) = blocks_of(document, "paragraph")[-1].notes[0]
    assert blocks_of(document, "paragraph")[-1].text[:at] == "The claim was doubted."
    assert mark == blocks_of(document, "footnote")[0].marker


def test_the_number_above_a_title_belongs_to_it_and_what_heads_a_box_is_no_heading(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        write(page, 70, 90, f"Chapter {index + 1}", size=13, font="tibo")
        write(page, 70, 130, "On learning", size=20, font="tibo")
        y = paragraph(page, 70, 170, 450, prose(8, 10 * index))
        write(page, 70, y + 18, "Note", size=12, font="tibo")
        y = paragraph(page, 70, y + 36, 450, prose(4, 100 + 10 * index))
        write(page, 70, y + 18, "® From examples", size=12, font="tibo")
        paragraph(page, 70, y + 36, 450, prose(8, 200 + 10 * index))

    headings = [block.text for block in blocks_of(read(draw, draw), "heading")]
    assert headings == [
        "Chapter 1 On learning", "From examples", "Chapter 2 On learning", "From examples",
    ]  # fmt: skip


def test_a_definition_by_cases_is_one_formula_with_the_words_before_it(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        y = paragraph(page, 70, 100, 450, prose(5)) + 30
        write(page, 70, y, "The step function is s(x) = {")
        for row, rise in (("1   if x > 0", -7), ("0   otherwise", 7)):
            write(page, 195, y + rise, row)
        paragraph(page, 70, y + 40, 450, prose(5, 20))

    (formula,) = blocks_of(read(draw), "formula")
    assert all(part in formula.text for part in ("s(x) = {", "if x > 0", "otherwise"))

"""Headings that are known by more than their size: numbers that count on, run-in titles, capitals; and what is none."""

from __future__ import annotations

from collections.abc import Callable

import pymupdf
import pytest
from test_text import blocks_of, paragraph, prose, read, write
from whole_document import whole

__all__ = ["read"]  # the fixture

Draw = Callable[[pymupdf.Page, int], None]


def headings(document) -> list[str]:
    return [block.text for block in blocks_of(document, "heading")]


def small_capitals(page: pymupdf.Page, middle: float, y: float, text: str) -> None:
    """ "II. RELATED WORK" as LaTeX's IEEE class sets it: capitals of 10 pt, the rest capitals of 8 pt, centred."""
    words = text.split()
    pieces = [(words[0] + " ", 10.0)]
    for word in words[1:]:
        pieces += [(word[0], 10.0), (word[1:].upper(), 8.0), (" ", 10.0)]
    x = middle - sum(pymupdf.get_text_length(part, "tiro", size) for part, size in pieces) / 2
    for part, size in pieces:
        write(page, x, y, part, size=size)
        x += pymupdf.get_text_length(part, "tiro", size)


def paper(page: pymupdf.Page, index: int) -> None:
    """A page of two columns in the style of the IEEE."""
    for side, x in enumerate((50.0, 312.0)):
        number = 2 * index + side
        small_capitals(page, x + 125, 80, f"{('I', 'II', 'III', 'IV')[number]}. Related Work")
        y = paragraph(page, x, 100, 250, prose(6, 100 * number), indent=10) + 10
        for letter in "AB":
            write(page, x, y, f"{letter}. Data Set", font="tiit")
            y = paragraph(page, x, y + 16, 250, prose(5, 100 * number + 20), indent=10) + 10
        write(page, x, y + 2, "TABLE I", size=8)


def test_roman_numbers_in_small_capitals_and_letters_in_italics_are_headings_of_two_levels(read):
    found = [(block.level, block.text) for block in blocks_of(read(paper, paper), "heading")]
    sections = [f"{number}. RELATED WORK" for number in ("I", "II", "III", "IV")]
    assert [text for _, text in found] == [
        each for section in sections for each in (section, "A. Data Set", "B. Data Set")
    ]
    assert [level for level, _ in found[:3]] == [found[0][0], found[0][0] + 1, found[0][0] + 1]


def test_what_looks_like_the_numbered_headings_is_one_without_a_number_too(read):
    def last(page: pymupdf.Page, index: int) -> None:
        small_capitals(page, 175, 80, "III. Results")
        y = paragraph(page, 50, 100, 250, prose(6)) + 12
        write(page, 147, y, "R", size=10)
        write(page, 147 + pymupdf.get_text_length("R", "tiro", 10), y, "EFERENCES", size=8)
        paragraph(page, 50, y + 20, 250, prose(8, 40), size=8)
        paragraph(page, 312, 80, 250, prose(20, 60))

    assert headings(read(paper, last))[-2:] == ["III. RESULTS", "REFERENCES"]


def test_a_title_in_italics_that_the_text_goes_on_behind_is_a_heading_and_the_text_a_paragraph(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        y = 100.0
        for number in (1, 2):
            title = f"{index + 1}.{number}. Study Sample. "
            write(page, 70, y, title, font="tiit")
            shift = pymupdf.get_text_length(title, "tiit", 10)
            y = paragraph(page, 70, y, 450, prose(6, 10 * number), indent=shift) + 14

    document = read(draw, draw)
    assert headings(document) == [
        "1.1. Study Sample.",
        "1.2. Study Sample.",
        "2.1. Study Sample.",
        "2.2. Study Sample.",
    ]
    assert blocks_of(document, "paragraph")[0].text == prose(6, 10)


def test_deep_numbers_in_the_type_of_the_text_are_headings_where_they_count_on(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        y = 130.0
        for number in (1, 2):
            write(page, 70, y, f"2.{index + 1}.{number}. {('Genetic', 'Greedy')[index]} Algorithm")
            y = paragraph(page, 70, y + 24, 450, prose(6, 10 * number)) + 24

    names = {1: "Genetic", 2: "Greedy"}
    assert headings(read(draw, draw)) == [f"2.{a}.{b}. {names[a]} Algorithm" for a in (1, 2) for b in (1, 2)]


@pytest.mark.parametrize(
    "items",
    [
        ["1. Learn the rules", "2. Play the game", "3. Look back at it"],
        ["A. Learn the rules", "B. Play the game", "C. Look back at it"],
        ["2.1. Learn the rules", "2.2. Play the game", "2.3. Look back at it"],
    ],
)
def test_items_of_a_list_are_no_headings_however_they_are_numbered(read, items: list[str]):
    def draw(page: pymupdf.Page, index: int) -> None:
        y = paragraph(page, 70, 100, 450, prose(6)) + 14
        for item in items:
            write(page, 80, y, item, font="tiit")
            y += 15
        paragraph(page, 70, y + 10, 450, prose(6, 20))

    assert headings(read(draw, draw)) == []


def test_bold_words_of_a_paragraph_are_no_heading_when_the_sentence_goes_on_below(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        write(page, 70, 130, ("1 On learning", "2 On forgetting")[index], size=12, font="tibo")
        y = paragraph(page, 70, 150, 450, prose(8)) + 12
        write(page, 70, y, "The template is designed for six", font="tibo")
        paragraph(page, 70, y + 12, 450, "authors and not for more of them. " + prose(5, 20))

    assert headings(read(draw, draw)) == ["1 On learning", "2 On forgetting"]


def test_the_number_of_a_section_that_begins_a_page_is_no_running_header(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        write(page, 70, 60, f"7.{index + 2}.3", font="tibo")
        write(page, 102, 60, ("Diversity", "Conditions", "Memory")[index], font="tibo")
        y = paragraph(page, 70, 80, 450, prose(8, 10 * index)) + 14
        write(page, 70, y, f"7.{index + 2}.4  Limits", font="tibo")
        paragraph(page, 70, y + 20, 450, prose(8, 100 + 10 * index))

    found = headings(read(draw, draw, draw))
    assert found[::2] == ["7.2.3 Diversity", "7.3.3 Conditions", "7.4.3 Memory"]


def test_the_number_of_a_formula_in_the_first_row_of_a_page_is_kept_and_one_in_a_footer_is_not(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        write(page, 200, 60, f"{'abc'[index]} = m x", font="tiit")
        write(page, 480, 60, f"({index + 4})")
        paragraph(page, 70, 90, 450, prose(8, 10 * index))
        write(page, 70, 815, "On learning")
        write(page, 480, 815, f"({index + 71})")

    printed = " ".join(f"{block.text} {block.marker}" for page in read(draw, draw, draw).pages for block in page.blocks)
    assert all(f"({number})" in printed for number in (4, 5, 6))
    assert not any(f"({number})" in printed for number in (71, 72, 73))


def test_the_authors_of_a_paper_are_no_heading_and_its_title_is_one_line_or_two(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        write(page, 60, 80, "Weights of Networks in the Search for Better and Better", size=18, font="tibo")
        write(page, 60, 101, "Predictions", size=18, font="tibo")
        write(page, 60, 140, "Anna Berg, Chang Xiong, and Jean-Paul Klein", font="tibo")
        write(page, 60, 155, "Institute of Learning", size=12, font="tibo")
        for side, x in enumerate((50.0, 312.0)):
            write(page, x, 180, f"{side + 1}. Methods", size=12, font="tibo")
            paragraph(page, x, 200, 250, prose(20, 50 * side))

    title = "Weights of Networks in the Search for Better and Better Predictions"
    assert headings(read(draw)) == [title, "1. Methods", "2. Methods"]


@pytest.mark.parametrize("title", ["References", "Danksagung", "Remerciements", "Bibliografía", "Riferimenti"])
def test_titles_of_what_ends_a_text_are_headings_in_any_type(read, title: str):
    def draw(page: pymupdf.Page, index: int) -> None:
        write(page, 70, 130, f"{index + 1} On learning", size=13, font="tibo")
        y = paragraph(page, 70, 150, 450, prose(9)) + 16
        if index:
            write(page, 70, y, title)
            paragraph(page, 70, y + 20, 450, prose(5, 30))

    assert headings(read(draw, draw)) == ["1 On learning", "2 On learning", title]


def drop_capital(read, initial: str, rest: str, more: str = "") -> str:
    def draw(page: pymupdf.Page, index: int) -> None:
        write(page, 70, 121, initial, size=30)
        x = 72 + pymupdf.get_text_length(initial, "tiro", 30)
        write(page, x, 108, f"{rest} that adds up its weighted inputs and then compares the sum")
        write(page, x, 120, f"with a threshold of its own. {more}")

    return read(draw).pages[0].blocks[0].text


@pytest.mark.parametrize(
    ("initial", "rest", "begins"),
    [("A", "perceptron is a unit", "A perceptron is"), ("A", "fter all it is a unit", "After all"),
     ("A", "lgorithmic units are those", "Algorithmic units"), ("I", "think of a unit", "I think"),
     ('"T', "his is a unit", '"This is'), ("T", "here is a unit", "There is")],
)  # fmt: skip
def test_a_big_first_letter_is_a_word_or_the_beginning_of_one(read, initial: str, rest: str, begins: str):
    assert drop_capital(read, initial, rest).startswith(begins)


def test_what_somebody_filled_in_is_no_heading(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        write(page, 70, 130, "Lab report", size=16, font="tibo")
        paragraph(page, 70, 160, 450, prose(9))
        field = pymupdf.Widget()
        field.field_type, field.field_name = pymupdf.PDF_WIDGET_TYPE_TEXT, "name"
        field.rect, field.field_value, field.text_fontsize = pymupdf.Rect(70, 300, 300, 330), "Ada Example", 16
        page.add_widget(field)

    assert headings(read(draw)) == ["Lab report"]


@pytest.mark.parametrize(
    "title",
    ["PowerPoint Presentation", "x.html", "Layout 1", "(anonymous)", "Microsoft Word - draft7", "arXiv:1234"],
)
def test_a_title_that_says_nothing_gives_way_to_the_heading_of_the_first_page(tmp_path, title: str):
    assert titled(tmp_path, title) == "On entropy and coins"


def test_a_title_that_no_page_prints_is_a_template_s_and_one_that_is_printed_stays(tmp_path):
    assert titled(tmp_path, "Paper title (use style)") == "On entropy and coins"
    assert titled(tmp_path, "Entropy and coins: a first course") == "Entropy and coins: a first course"


def titled(folder, title: str) -> str:
    document = pymupdf.open()
    write(document.new_page(), 70, 100, "On entropy and coins", size=18)
    paragraph(document[0], 70, 140, 450, prose(12))
    document.set_metadata({"title": title})
    document.save(folder / "made.pdf")
    return whole(folder / "made.pdf").title


def test_the_title_that_slides_repeat_is_no_running_header(read):
    def slide(page: pymupdf.Page, index: int) -> None:
        page.set_mediabox(pymupdf.Rect(0, 0, 363, 272))
        write(page, 10, 20, "Binomial posterior", size=13.5)
        for row in range(index + 3):
            write(page, 40, 60 + 20 * row, f"The likelihood is a function of parameter {row}", size=10.5)

    assert headings(read(slide, slide, slide))[1:] == ["Binomial posterior"] * 2

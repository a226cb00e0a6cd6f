"""What of a drawing without a caption is content: its size, the text within it, the labels beside it."""

from __future__ import annotations

import pytest
from drawn_page import BLACK, BLUE, DrawnPage

from notegen.extract.document import Block, Picture
from notegen.extract.inside import is_label
from notegen.extract.pictures.find import find_pictures


def with_circles(width: float) -> DrawnPage:
    """Text, and below it three circles side by side."""
    page = DrawnPage()
    page.prose(72, 72, 540)
    for number in range(3):
        x = 100 + width * (number + 0.5)
        page.page.draw_circle((x, 300), width / 2, color=BLACK, fill=BLUE)
    return page


def found(page: DrawnPage) -> tuple[Picture, ...]:
    return find_pictures(page.again(), page.blocks, frozenset())


@pytest.mark.parametrize(("width", "count"), [(44, 0), (54, 1)])  # 1.2 and 1.8 % of the page
def test_few_shapes_are_a_picture_from_one_and_a_half_percent_of_the_page(width: float, count: int):
    assert len(found(with_circles(width))) == count


@pytest.mark.parametrize(("size", "count"), [(7, 1), (24, 0)])
def test_shapes_that_text_fills_by_half_are_no_picture(size: int, count: int):
    page = with_circles(54)
    for number in range(3):
        x = 100 + 54 * (number + 0.5)
        page.text("paragraph", (x - 26, 300 - size, x + 28, 300 + size), "WW", size=size)
    assert len(found(page)) == count


@pytest.mark.parametrize(("lines", "count"), [(1, 1), (3, 0)])
def test_shapes_with_running_text_across_them_are_no_picture(lines: int, count: int):
    page = with_circles(140)
    page.prose(102, 270, 518, lines)
    assert len(found(page)) == count


@pytest.mark.parametrize(("gap", "label"), [(10.0, True), (20.0, False)])
def test_a_word_is_a_label_of_the_picture_that_it_stands_beside(gap: float, label: bool):
    block = Block(kind="paragraph", page=0, bbox=(200 + gap, 100, 260 + gap, 112), text="epochs")
    assert is_label(block, [(100, 50, 200, 200)]) is label

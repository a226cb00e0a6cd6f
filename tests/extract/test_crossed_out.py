"""What a page crosses out or covers is no text of its, whatever draws the strike or the cover."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest
from whole_document import whole

from notegen.extract.document import Document
from notegen.extract.readable import as_markdown

Draw = Callable[[pymupdf.Page, float, float, float], object]
FIRST, OLD, NEW = "A fee is owed by every late reader. ", "The old fee is five euros a day. ", "It is one euro now."


def page_with(draw: Draw, tmp_path: Path, *, before: bool = False) -> Document:
    """One line of three sentences; `draw` gets the page, the ends of the second one and the baseline."""
    document = pymupdf.open()
    page = document.new_page(width=612, height=792)
    x0 = 72 + pymupdf.get_text_length(FIRST, "tiro", 11)
    x1 = x0 + pymupdf.get_text_length(OLD.strip(), "tiro", 11)
    if before:
        draw(page, x0, x1, 120)
    page.insert_text((72, 120), FIRST + OLD + NEW, fontsize=11, fontname="tiro")
    if not before:
        draw(page, x0, x1, 120)
    page.insert_text((72, 140), "The rest of the page is as it was before that.", fontsize=11, fontname="tiro")
    path = tmp_path / "rules.pdf"
    document.save(path)
    return whole(path)


def line(width: float, above: float = 3) -> Draw:
    return lambda page, x0, x1, y: page.draw_line((x0, y - above), (x1, y - above), width=width)


def box(height: float) -> Draw:
    return lambda page, x0, x1, y: page.draw_rect((x0, y - 3 - height / 2, x1, y - 3 + height / 2), fill=0, width=0)


def rules(page: pymupdf.Page, x0: float, x1: float, y: float) -> None:
    """As LaTeX does it: one short rule after the other."""
    for number in range(int(x1 - x0)):
        page.draw_rect((x0 + number, y - 3.2, x0 + number + 1, y - 2.8), fill=0, width=0)


def annotation(page: pymupdf.Page, x0: float, x1: float, y: float) -> None:
    page.add_strikeout_annot((x0, y - 8, x1, y + 2))


@pytest.mark.parametrize("draw", [line(0.4), line(1), line(2, 2.5), line(5), box(0.8), box(3), rules, annotation])
@pytest.mark.parametrize("before", [False, True])
def test_struck_sentence_is_set_apart_and_the_others_stand(draw: Draw, before: bool, tmp_path: Path) -> None:
    document = page_with(draw, tmp_path, before=before and draw is not annotation)
    (block,) = [block for block in document.pages[0].blocks if "fee" in block.text]
    assert block.text.startswith(FIRST + NEW)
    assert [words for _, words in block.struck] == [OLD.strip()]
    assert block.doubtful == ()
    assert f"~~{OLD.strip()}~~" in as_markdown(document)


def test_rest_of_a_sentence_with_a_struck_word_is_doubtful(tmp_path: Path) -> None:
    def five(page: pymupdf.Page, x0: float, x1: float, y: float) -> None:
        start = x0 + pymupdf.get_text_length("The old fee is ", "tiro", 11)
        page.draw_line((start, y - 3), (start + pymupdf.get_text_length("five", "tiro", 11), y - 3), width=0.6)

    block = page_with(five, tmp_path).pages[0].blocks[0]
    assert [words for _, words in block.struck] == ["five"]
    hole = block.struck[0][0]
    assert any(start <= hole <= end for start, end in block.doubtful)


@pytest.mark.parametrize(
    "draw",
    [
        lambda page, x0, x1, y: page.draw_line((x0, y + 1.5), (x1, y + 1.5), width=0.6),
        lambda page, x0, x1, y: page.draw_line((20, y - 3), (600, y - 3), width=0.6),
        lambda page, x0, x1, y: page.draw_line((x0, y - 3), (x0 + 4, y - 3), width=0.6),
        lambda page, x0, x1, y: page.draw_line((x0, y - 9), (x1, y - 9), width=0.6),
        lambda page, x0, x1, y: page.draw_rect((x0, y - 9, x1, y + 3), color=0),
        lambda page, x0, x1, y: page.draw_rect((x0, y - 9, x1, y + 3), fill=(1, 1, 0), width=0, fill_opacity=0.4),
        lambda page, x0, x1, y: page.add_highlight_annot((x0, y - 9, x1, y + 3)),
    ],
    ids=["underline", "rule of the page", "one letter", "bar", "frame", "marker", "highlight"],
)
def test_other_lines_and_boxes_strike_out_nothing(draw: Draw, tmp_path: Path) -> None:
    block = page_with(draw, tmp_path).pages[0].blocks[0]
    assert block.struck == ()
    assert block.text.startswith(FIRST + OLD + NEW)


def picture(page: pymupdf.Page, x0: float, x1: float, y: float) -> None:
    pixmap = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 40, 40))
    for x in range(40):
        pixmap.set_rect((x, 0, x + 1, 40), (6 * x, 90, 200))
    page.insert_image((x0 - 1, y - 11, x1 + 1, y + 4), pixmap=pixmap, keep_proportion=False)


def cover(grey: float) -> Draw:
    return lambda page, x0, x1, y: page.draw_rect((x0 - 1, y - 11, x1 + 1, y + 4), fill=grey, color=None, width=0)


@pytest.mark.parametrize("draw", [cover(0), cover(1), picture], ids=["black box", "white box", "picture"])
def test_text_below_a_box_or_a_picture_is_not_read(draw: Draw, tmp_path: Path) -> None:
    text = "".join(block.text for block in page_with(draw, tmp_path).pages[0].blocks)
    assert "five euros" not in text
    assert "A fee is owed" in text


def test_text_on_a_box_is_read(tmp_path: Path) -> None:
    text = page_with(cover(0.8), tmp_path, before=True).pages[0].blocks[0].text
    assert text.startswith(FIRST + OLD + NEW)

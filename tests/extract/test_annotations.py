"""What the learner marks and writes on a PDF is theirs: told apart from the source, word for word."""

from __future__ import annotations

from pathlib import Path

import pymupdf
from whole_document import whole

from notegen.extract.document import Document

CUT = 67
"""Where the first of two lines ends."""
TEXT = "A tide is the rise and fall of the sea. It follows the moon, which pulls at the water of the whole ocean."


def document_with(tmp_path: Path) -> tuple[Document, pymupdf.Document]:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 100), TEXT[:CUT], fontsize=11, fontname="tiro")
    page.insert_text((72, 115), TEXT[CUT:], fontsize=11, fontname="tiro")
    return whole_of(document, tmp_path), document


def whole_of(document: pymupdf.Document, tmp_path: Path) -> Document:
    path = tmp_path / "tides.pdf"
    document.save(path)
    return whole(path)


def mark(page: pymupdf.Page, words: str, colour: tuple[float, float, float], comment: str = "") -> None:
    annot = page.add_highlight_annot(page.search_for(words, quads=True))
    annot.set_colors(stroke=colour)
    annot.set_info(content=comment)
    annot.update()


def test_marks_have_words_colour_and_comment_and_are_no_text_of_the_source(tmp_path: Path) -> None:
    plain, document = document_with(tmp_path)
    page = document[0]
    mark(page, "the rise and fall", (1, 1, 0), "ask about *this*")
    mark(page, "pulls at the water", (0.2, 0.8, 0.2))
    page.add_text_annot((300, 300), "Look this up again.")
    page.add_freetext_annot((72, 400, 400, 440), "The teacher will ask this in the exam.", fontsize=11)
    read = whole_of(document, tmp_path)
    assert [(each.text, each.colour, each.comment) for each in read.highlights] == [
        ("the rise and fall", "yellow", "ask about *this*"),
        ("pulls at the water", "green", ""),
        ("", "", "Look this up again."),
        ("", "", "The teacher will ask this in the exam."),
    ]
    assert read.pages == plain.pages
    assert read.book == plain.book


def test_words_that_a_program_copies_into_the_comment_are_no_comment(tmp_path: Path) -> None:
    _, document = document_with(tmp_path)
    mark(document[0], "the rise and fall", (1, 1, 0), "the rise  and fall")
    (one,) = whole_of(document, tmp_path).highlights
    assert (one.text, one.comment) == ("the rise and fall", "")


def test_a_mark_over_two_lines_is_read_on_a_turned_page_too(tmp_path: Path) -> None:
    for rotation in (0, 90):
        _, document = document_with(tmp_path)
        page = document[0]
        page.add_underline_annot([page.search_for(each, quads=True)[0] for each in ("which", "pulls at")])
        page.set_rotation(rotation)
        (one,) = whole_of(document, tmp_path).highlights
        assert one.text == "which pulls at"


def test_equal_marks_are_one_and_a_mark_on_nothing_is_none(tmp_path: Path) -> None:
    _, document = document_with(tmp_path)
    for _ in range(60):
        mark(document[0], "the moon", (0.3, 0.5, 1))
    document[0].add_highlight_annot((300, 500, 400, 520))
    assert [(each.text, each.colour) for each in whole_of(document, tmp_path).highlights] == [("the moon", "blue")]


def test_what_is_filled_in_stays_text(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 100), "Name of the learner, as it stands in the register:", fontsize=11)
    field = pymupdf.Widget()
    field.field_type, field.field_name, field.field_value = pymupdf.PDF_WIDGET_TYPE_TEXT, "name", "Ada Example"
    field.rect = pymupdf.Rect(72, 120, 300, 140)
    page.add_widget(field)
    read = whole_of(document, tmp_path)
    assert "Ada Example" in "".join(block.text for block in read.pages[0].blocks)
    assert read.highlights == ()

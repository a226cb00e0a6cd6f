"""Which book a PDF is: a highlight, a filled form or new metadata make no other one."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from notegen.extract import extract

WORDS = "The boundary of the sampled region is printed on this page and nowhere else in the volume. "


def made(path: Path, *pages: str) -> Path:
    document = pymupdf.open()
    for text in pages:
        page = document.new_page()
        page.insert_textbox((60, 60, 500, 700), text)
    document.save(path)
    return path


def changed(path: Path, change) -> Path:  # type: ignore[no-untyped-def]
    document = pymupdf.open(path)
    change(document)
    after = path.with_name(f"{path.stem} changed.pdf")
    document.save(after)
    return after


def book(path: Path) -> str:
    return extract(path, ()).book


def highlight(document: pymupdf.Document) -> None:
    document[0].add_highlight_annot(document[0].search_for("boundary"))
    document[1].add_freetext_annot((60, 600, 300, 660), "My own remark on this page, quite a long one.")


def retitle(document: pymupdf.Document) -> None:
    document.set_metadata({"title": "Another title"})


def fill(document: pymupdf.Document) -> None:
    widget = pymupdf.Widget()
    widget.field_name, widget.field_type, widget.rect = (
        "name",
        pymupdf.PDF_WIDGET_TYPE_TEXT,
        pymupdf.Rect(60, 600, 300, 640),
    )
    widget.field_value = "What I filled in"
    document[0].add_widget(widget)


@pytest.mark.parametrize("change", [highlight, retitle, fill])
def test_what_a_reader_adds_makes_no_other_book(tmp_path: Path, change) -> None:  # type: ignore[no-untyped-def]
    first = made(tmp_path / "a.pdf", f"One. {WORDS * 3}", f"Two. {WORDS * 3}")
    after = changed(first, change)
    assert first.read_bytes() != after.read_bytes()
    assert book(after) == book(first)
    assert book(first).startswith("b1-")
    assert len(book(first)) == 19


def test_another_word_or_another_order_of_pages_is_another_book(tmp_path: Path) -> None:
    pages = f"One. {WORDS * 3}", f"Two. {WORDS * 3}"
    every = [pages, pages[::-1], (pages[0], pages[1] + "More."), (*pages, "")]
    assert len({book(made(tmp_path / f"{n}.pdf", *each)) for n, each in enumerate(every)}) == 4


@pytest.mark.parametrize("pages", [["", "", ""], ["Seven"], [WORDS * 4, "", "", ""]])
def test_a_file_whose_text_cannot_tell_is_known_by_its_bytes(tmp_path: Path, pages: list[str]) -> None:
    first = made(tmp_path / "a.pdf", *pages)
    assert book(first).startswith("f1-")
    assert book(first) == f"f1-{extract(first, ()).sha256[:16]}"
    assert book(changed(first, retitle)) != book(first)

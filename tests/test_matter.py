"""Day 1 begins where the book begins, and a passage ends where references and index do: on PDFs drawn here."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "extract"))

from test_text import paragraph, prose, write

from notegen.extract import extract
from notegen.extract.roles import title_role
from notegen.reading.matter import body
from notegen.reading.stretch import divide

import pymupdf  # isort: skip


def made(folder: Path, pages: Sequence[tuple[str, str]], toc: list[list[object]] | None = None):
    """A PDF of pages (title, kind): "text", "contents" (with leaders), "numbers" (without), "index", "few" or ""."""
    document = pymupdf.open()
    for number, (title, kind) in enumerate(pages):
        page = document.new_page()
        write(page, 70, 110, title, size=15)
        if kind == "text":
            paragraph(page, 70, 150, 450, prose(25, 40 * number))
        for row in range(20 if kind in ("contents", "numbers", "index") else 0):
            y = 150 + 20 * row
            ends = {"contents": " . . . . . . . . . . {}", "numbers": " {}", "index": ", {0}, 12{0}"}[kind]
            word = f"{chr(97 + row)}ardvark" if kind == "index" else f"Section on learning number {chr(65 + row)}"
            write(page, 70, y, word + ends.format(3 * row + 7))
        if kind == "few":
            write(page, 70, 200, "For my mother")
    if toc:
        document.set_toc(toc)
    path = folder / "book.pdf"
    document.save(path)
    return extract(path, ())


@pytest.mark.parametrize(
    ("contents", "preface", "thanks"),
    [
        ("Table of Contents", "Preface to the second edition", "Acknowledgements"),
        ("Inhaltsverzeichnis", "Vorwort", "Danksagung"),
        ("Table des matières", "Avant-propos", "Remerciements"),
        ("Índice general", "Prólogo", "Agradecimientos"),
        ("Indice", "Prefazione", "Ringraziamenti"),
        ("Sumário", "Prefácio", "Agradecimentos"),
    ],
)
def test_day_one_begins_at_the_first_chapter_without_an_outline(tmp_path, contents, preface, thanks):
    chapters = [("", "text")] * 30
    book = made(
        tmp_path,
        [("A Book", ""), ("", ""), (contents, "contents"), ("", "contents"), (preface, "text"), ("", "text"),
         (thanks, "text"), ("1 Vectors", "text"), *chapters],
    )  # fmt: skip
    assert divide(book, 10)[0].first == 7


def test_contents_are_known_by_their_numbers_where_they_have_no_title_and_no_leaders(tmp_path):
    book = made(tmp_path, [("A Book", ""), ("", "numbers"), ("", "numbers"), *[("", "text")] * 12])
    assert body(book) == (3, 14)


def test_front_matter_inside_an_outline_entry_is_left_out_and_its_part_page_too(tmp_path):
    toc = [[1, "Part I The Manual", 1], [2, "1 Vectors", 8], [2, "2 Heads", 18], [1, "Index", 28]]
    book = made(
        tmp_path,
        [("Part I", ""), ("", ""), ("Contents", "contents"), ("", "contents"), ("Dedication", "few"),
         ("Revision History", "text"), ("About this book", "text"), *[("", "text")] * 20, ("Index", "index"),
         ("", "index")],
        toc,
    )  # fmt: skip
    assert [(each.title, each.first, each.last) for each in divide(book, 12)] == [
        ("1 Vectors", 7, 16), ("2 Heads", 17, 26),
    ]  # fmt: skip


def test_references_and_index_end_the_last_passage_without_an_outline(tmp_path):
    pages = [("1 Vectors", "text"), *[("", "text")] * 9, ("References", "text"), ("", "text"), ("Index", "index")]
    assert body(made(tmp_path, pages)) == (0, 9)


def test_a_table_that_rises_is_no_contents_and_a_chapter_on_a_preface_is_read(tmp_path):
    pages = [("1 Counting", "text"), *[("", "text")] * 3, ("Preface", "text"), *[("", "text")] * 7]
    assert body(made(tmp_path, pages)) == (0, 11)


@pytest.mark.parametrize("pages", [[("Contents", "contents")], [("Index", "index")] * 40, [("Preface", "text")]])
def test_a_file_that_is_nothing_but_front_or_back_matter_is_read_as_it_is(tmp_path, pages):
    assert body(made(tmp_path, pages)) == (0, len(pages) - 1)


def test_pages_without_any_text_are_pages_of_a_scan_where_most_are_like_that(tmp_path):
    assert body(made(tmp_path, [("", "")] * 6 + [("", "text")])) == (0, 6)


@pytest.mark.parametrize(
    ("title", "role"),
    [("A GNU Free Documentation License", "front"), ("Stichwortverzeichnis", "index"), ("Références", "references"),
     ("How to Use This Reader", "front"), ("Licence plates of Europe", ""), ("Index funds for everyone", ""),
     ("The contents of a cell", ""), ("Introduction", "")],
)  # fmt: skip
def test_titles_say_what_a_section_is_for(title: str, role: str):
    assert title_role(title) == role

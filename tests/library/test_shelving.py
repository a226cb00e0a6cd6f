"""Reading that is cut off goes on where it was, and loses no more than the run of pages that it was at."""

from __future__ import annotations

from pathlib import Path

import pytest
from river_book import RIVERS

from notegen.embed.weights import sha256_of
from notegen.extract import extract
from notegen.extract.document import Block
from notegen.library import tasks
from notegen.library.embedded import EmbeddedEngine
from notegen.library.kept_units import unit_row
from notegen.library.shelf import Shelved
from notegen.library.shelving import Options, Shelving
from notegen.library.tasks import READER, slides_of
from notegen.library.workers import Here
from notegen.reading.units import units_of


def test_a_book_that_was_cut_off_is_read_on_and_not_again(tmp_path: Path, make_book, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tasks, "RUN_PAGES", 1)
    book = make_book(tmp_path / "Rivers.pdf", RIVERS)
    read: list[tuple[int, ...]] = []

    def reading(stop_at: int):
        def pages_of(path: Path, pages):
            asked = tuple(pages or ())
            if stop_at in asked:
                raise KeyboardInterrupt
            read.append(asked)
            return extract(path, asked)

        return pages_of

    engine = EmbeddedEngine(tmp_path / "library", READER)
    shelf = [Shelved(path="Rivers.pdf", place=book, sha256=sha256_of(book))]
    with pytest.raises(KeyboardInterrupt):
        Shelving(engine, reading(2), Here(reading(2), None), Options()).refresh(shelf)
    assert engine.books()[0].read == 2
    Shelving(engine, reading(-1), Here(reading(-1), None), Options()).refresh(shelf)
    assert [pages for pages in read if pages] == [(0,), (1,), (2,)]
    [whole] = engine.books()
    assert (whole.is_whole, whole.units) == (True, len(engine.in_range(whole.rows)))


def test_short_lines_of_one_slide_are_one_unit_and_those_of_the_next_another():
    lines = [("heading", "Priors", 0), ("list", "Uniform prior", 0), ("list", "Conjugate prior", 0),
             ("heading", "Data", 1), ("list", "Placenta previa", 1)]  # fmt: skip
    blocks = [Block(kind=kind, page=page, bbox=(0, 0, 9, 9), text=text) for kind, text, page in lines]  # type: ignore[arg-type]
    joined = slides_of(units_of(blocks, book="b", loose=True), ["Priors"] * 3 + ["Data"] * 2)
    assert [unit.text for unit in joined] == ["Uniform prior Conjugate prior", "Placenta previa"]


def test_letters_that_no_engine_takes_are_kept_as_a_question_mark():
    block = Block(kind="paragraph", page=0, bbox=(0, 0, 9, 9), text="The lake of \ud800 is deep and \0cold in May.")
    [unit] = units_of([block], book="b")
    row = unit_row(1, unit, "Lakes \ud800", "en")
    assert ("?" in row.data, row.heading) == (True, "Lakes ?")
    assert f"{row}".encode()

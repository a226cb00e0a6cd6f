"""`notegen library`: only what changed is read, and nothing that was read is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

from river_book import RIVERS


def index(notegen, vault: Path, *more: str):
    return notegen("library", "index", "--vault", vault, "--json", *more).data


def test_every_pdf_of_the_vault_and_of_named_folders_is_read_once(rivers: Path, notegen, make_book, tmp_path: Path):
    outside = tmp_path / "shelf" / "deep"
    outside.mkdir(parents=True)
    make_book(outside / "Moons.pdf", ["The moon pulls the sea. Twice a day the tide comes in and goes out."])
    shutil.copy(rivers / "Inbox" / "Rivers.pdf", rivers / "Copy of Rivers.pdf")
    setting = {"NOTEGEN_LIBRARY__FOLDERS": str(tmp_path / "shelf")}
    said = notegen("library", "index", "--vault", rivers, "--json", **setting).data
    assert (said["books"], said["read"], said["pages"], said["failed"]) == (2, 2, 4, [])
    again = notegen("library", "index", "--vault", rivers, "--json", **setting).data
    assert (again["books"], again["read"], again["pages"]) == (2, 0, 0)
    asked = notegen("ask", "What pulls the sea?", "--vault", rivers, "--json", **setting).data
    assert asked["answer"][0]["pdf"] == (outside / "Moons.pdf").as_posix()


def test_a_file_with_other_pages_takes_the_place_of_the_book(rivers: Path, notegen, make_book):
    index(notegen, rivers)
    make_book(rivers / "Inbox" / "Rivers.pdf", ["A volcano is a vent through which molten rock comes up."])
    said = index(notegen, rivers)
    assert (said["books"], said["pages"]) == (1, 1)
    assert notegen("ask", "What is an oxbow lake?", "--vault", rivers, "--json").data["found"] is False


def test_a_book_whose_file_is_gone_still_answers_and_is_marked(rivers: Path, notegen):
    index(notegen, rivers)
    (rivers / "Inbox" / "Rivers.pdf").unlink()
    [first, *_] = notegen("ask", "What is a delta?", "--vault", rivers, "--json").data["answer"]
    assert (first["pdf"], first["gone"]) == ("Inbox/Rivers.pdf", True)
    [book] = notegen("library", "status", "--vault", rivers, "--json").data["books"]
    assert book["gone"] is True


def test_a_highlight_makes_no_book_be_read_again(rivers: Path, notegen, make_book):
    import pymupdf

    path = make_book(rivers / "Inbox" / "Rivers.pdf", [text * 2 for text in RIVERS])
    index(notegen, rivers)
    document = pymupdf.open(path)
    page = document[0]
    page.add_highlight_annot(page.search_for("delta")[0])
    document.saveIncr()
    said = index(notegen, rivers)
    assert (said["books"], said["pages"]) == (1, 0)


def test_deleting_loses_nothing_but_time(rivers: Path, notegen):
    before = notegen("ask", "What is a meander?", "--vault", rivers, "--json").data
    folder = Path(notegen("library", "index", "--delete", "--vault", rivers, "--json").data["deleted"])
    shutil.rmtree(folder)
    assert notegen("ask", "What is a meander?", "--vault", rivers, "--json").data == before


def test_a_file_that_is_no_pdf_costs_only_itself(rivers: Path, notegen):
    (rivers / "Inbox" / "Broken.pdf").write_bytes(b"this is no PDF")
    ran = notegen("library", "index", "--vault", rivers, "--json")
    assert ran.status == 1
    [failed] = ran.data["failed"]
    assert failed["pdf"] == "Inbox/Broken.pdf"
    assert failed["reason"]
    assert notegen("ask", "What is a meander?", "--vault", rivers, "--json").data["found"] is True

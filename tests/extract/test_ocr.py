"""Scanned pages: read by tesseract where it is installed, shown as pictures where it is not."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pymupdf
import pytest
from drawn_page import DrawnPage, apart, covers

from notegen.extract import extract
from notegen.extract.document import Document
from notegen.extract.ocr import tesseract

HAS_TESSERACT = "eng" in tesseract.installed_languages()
needs_tesseract = pytest.mark.skipif(not HAS_TESSERACT, reason="tesseract with English is not installed")
needs_scripts = pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for tesseract")

LEFT = (
    "Tides are long waves that follow the moon around the earth. The range of the tide depends on the shape of the "
    "coast and on the depth of the sea in front of it. High water comes about fifty minutes later each day. "
)
RIGHT = (
    "Winds are streams of air between places of high and low pressure. A sailor reads the sky before leaving the "
    "harbour and keeps an eye on the barometer. Gusts are stronger over warm land than over cold water. "
)


def drawn(*columns: str, size: float = 11) -> pymupdf.Document:
    """One page of prose in columns, as text."""
    document = pymupdf.open()
    page = document.new_page()
    width = 470 / len(columns)
    for number, text in enumerate(columns):
        left = 60 + number * (width + 14)
        assert page.insert_textbox((left, 80, left + width - 14, 700), text, fontsize=size) >= 0
    return document


def scanned(path: Path, *documents: pymupdf.Document, turned: int = 0) -> Path:
    """The pages as pictures, one PDF; turned clockwise by so many degrees."""
    scan = pymupdf.open()
    for page in (page for document in documents for page in document):
        page.set_rotation(turned)
        pixmap = page.get_pixmap(dpi=200, colorspace=pymupdf.csGRAY)
        sheet = scan.new_page(width=page.rect.width, height=page.rect.height)
        sheet.insert_image(sheet.rect, pixmap=pixmap)
    scan.save(path)
    return path


def text_of(document: Document) -> str:
    return " ".join(block.text for page in document.pages for block in page.blocks)


@pytest.fixture
def without_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "no programs").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "no programs"))


@needs_tesseract
def test_the_columns_of_a_scan_are_read_one_after_the_other(tmp_path: Path):
    document = extract(scanned(tmp_path / "scan.pdf", drawn(LEFT * 3, RIGHT * 3)))
    text = text_of(document)
    assert text.replace("  ", " ") == f"{LEFT * 3}{RIGHT * 3}".strip()
    assert document.words == (len(text.split()),)
    [page] = document.pages
    assert page.ocr
    assert not page.pictures
    assert document.ocr_advice == ""


@needs_tesseract
@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_scan_that_lies_on_its_side_or_head_is_turned(tmp_path: Path, turned: int):
    document = extract(scanned(tmp_path / "scan.pdf", drawn(LEFT * 2), turned=turned))
    [page] = document.pages
    assert text_of(document) == (LEFT * 2).strip()
    assert page.width < page.height
    assert page.blocks[0].bbox[1] < page.height / 4


@needs_tesseract
def test_a_large_line_of_a_scan_is_a_heading(tmp_path: Path):
    page = drawn(LEFT * 4)
    page[0].insert_text((60, 60), "2 Waves of the Sea", fontsize=20)
    blocks = extract(scanned(tmp_path / "scan.pdf", page)).pages[0].blocks
    assert (blocks[0].kind, blocks[0].text) == ("heading", "2 Waves of the Sea")
    assert {block.kind for block in blocks[1:]} == {"paragraph"}


@needs_tesseract
def test_a_language_without_data_is_said_and_the_others_are_used(tmp_path: Path):
    document = extract(scanned(tmp_path / "scan.pdf", drawn(LEFT)), ocr_languages=["eng", "tlh"])
    assert "tesseract-ocr-tlh" in document.ocr_advice
    assert text_of(document) == LEFT.strip()


@needs_tesseract
@pytest.mark.skipif("deu" not in tesseract.installed_languages(), reason="tesseract without German")
def test_the_language_of_the_settings_is_the_one_that_is_read(tmp_path: Path):
    german = "Für größere Flüsse müssen Brücken über das Wasser führen, weil Fähren dafür zu langsam wären."
    document = extract(scanned(tmp_path / "scan.pdf", drawn(german)), ocr_languages=["deu"])
    assert text_of(document) == german


def test_without_tesseract_a_scan_is_pictures_and_a_sentence(tmp_path: Path, without_tesseract: None):
    path = scanned(tmp_path / "scan.pdf", drawn(LEFT), drawn(RIGHT))
    document = extract(path)
    assert "Install tesseract" in document.ocr_advice
    for page in document.pages:
        [picture] = page.pictures
        assert picture.bbox == (0, 0, page.width, page.height)
        assert 1200 < picture.height_px <= 1600
        assert picture.png.startswith(b"\x89PNG")
        assert not page.ocr
    assert document.words == (0, 0)


def test_no_language_means_pictures_without_a_word(tmp_path: Path):
    document = extract(scanned(tmp_path / "scan.pdf", drawn(LEFT)), ocr_languages=[])
    assert len(document.pages[0].pictures) == 1
    assert document.ocr_advice == ""


def test_an_empty_sheet_of_a_scan_is_no_picture(tmp_path: Path, without_tesseract: None):
    blank = pymupdf.open()
    blank.new_page()
    document = extract(scanned(tmp_path / "scan.pdf", drawn(LEFT), blank))
    assert [len(page.pictures) for page in document.pages] == [1, 0]


# --- a script in the place of tesseract -------------------------------------------------------------------------------

HEAD = "level page_num block_num par_num line_num word_num left top width height conf text".replace(" ", "\t")


def row(word: int, left: int, text: str, confidence: float, line: int = 1) -> str:
    return "\t".join(str(value) for value in (5, 1, 1, 1, line, word, left, 300 + 60 * line, 100, 30, confidence, text))


@pytest.fixture
def instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Put a shell script where tesseract is looked up; it knows the language "eng"."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")

    def put(script: str) -> None:
        program = folder / "tesseract"
        program.write_text(f'#!/bin/sh\nif [ "$1" = --list-langs ]; then echo eng; exit 0; fi\n{script}\n')
        program.chmod(0o700)

    return put


@needs_scripts
def test_a_word_that_tesseract_is_not_sure_of_is_doubtful(tmp_path: Path, instead):
    words = ["Tides", "are", "lnng", "waves", "here."]
    rows = [row(i, 250 + 120 * i, word, 31.5 if word == "lnng" else 95.2) for i, word in enumerate(words)]
    (tmp_path / "answer.tsv").write_text("\n".join([HEAD, *rows]) + "\n")
    instead(f"cat > /dev/null; cat '{tmp_path / 'answer.tsv'}'")
    [block] = extract(scanned(tmp_path / "scan.pdf", drawn(LEFT))).pages[0].blocks
    assert block.text == "Tides are lnng waves here."
    [(start, end)] = block.doubtful
    assert "lnng" in block.text[start:end]
    assert "Tides" not in block.text[start:end]
    assert "waves" not in block.text[start:end]


@needs_scripts
@pytest.mark.parametrize("script", ["echo nonsense", "exit 1", "kill -9 $$"])
def test_a_tesseract_that_fails_leaves_the_picture(tmp_path: Path, instead, script: str):
    instead(f"cat > /dev/null; {script}")
    document = extract(scanned(tmp_path / "scan.pdf", drawn(LEFT)))
    [page] = document.pages
    assert len(page.pictures) == 1
    assert not page.blocks
    assert not page.skipped


@needs_scripts
def test_a_page_with_a_text_layer_is_never_read_by_ocr(tmp_path: Path, instead):
    instead(f": > '{tmp_path / 'was called'}'")
    born = drawn(LEFT)
    born[0].insert_image(born[0].rect, pixmap=drawn(RIGHT)[0].get_pixmap(dpi=72), overlay=False)
    hidden = pymupdf.open(scanned(tmp_path / "scan.pdf", drawn(LEFT)))
    hidden[0].insert_textbox((60, 80, 500, 700), LEFT, render_mode=3)  # as OCR programs put it under a scan
    small = pymupdf.open()
    small.new_page().insert_image((100, 100, 300, 300), pixmap=drawn(RIGHT)[0].get_pixmap(dpi=72))
    for number, document in enumerate([born, hidden, small]):
        document.save(tmp_path / f"{number}.pdf")
        read = extract(tmp_path / f"{number}.pdf")
        assert not read.pages[0].ocr
        assert read.ocr_advice == ""
    assert not (tmp_path / "was called").exists()
    extract(scanned(tmp_path / "again.pdf", drawn(LEFT)))
    assert (tmp_path / "was called").exists()


@needs_scripts
def test_a_tesseract_that_never_ends_is_stopped(tmp_path: Path, instead):
    instead(f"echo $$ > '{tmp_path / 'pid'}'; exec sleep 60")
    waits: list[float] = []
    with pytest.raises(tesseract.OcrError, match="longer than 2 seconds"):
        tesseract.read_words(
            b"P5 1 1 255 0", ["eng"], dpi=300, limit_s=2, on_wait=lambda: waits.append(time.monotonic())
        )
    assert waits
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


# --- glyphs that nobody can name --------------------------------------------------------------------------------------


def with_nameless_glyphs(path: Path, shown: str) -> Path:
    """A line of text with some glyphs in a font that says nothing of what they are."""
    document = pymupdf.open()
    page = document.new_page(width=400, height=200)

    def add(source: str, stream: str | None = None) -> int:
        xref = document.get_new_xref()
        document.update_object(xref, source)
        if stream is not None:
            document.update_stream(xref, stream.encode(), new=True)
        return int(xref)

    font = add("<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>")
    glyphs = [add("<<>>", f"600 0 d0 BT /H 1000 Tf ({char}) Tj ET") for char in shown]
    names = [f"/g{number}" for number in range(len(shown))]
    pairs = " ".join(f"{name} {glyph} 0 R" for name, glyph in zip(names, glyphs, strict=True))
    nameless = add(
        "<</Type/Font/Subtype/Type3/FontBBox[0 -200 1000 1000]/FontMatrix[0.001 0 0 0.001 0 0]/FirstChar 1"
        f"/LastChar {len(shown)}/Widths[{'600 ' * len(shown)}]/Encoding<</Differences[1 {' '.join(names)}]>>"
        f"/CharProcs<<{pairs}>>/Resources<</Font<</H {font} 0 R>>>>>>"
    )
    document.xref_set_key(page.xref, "Resources", f"<</Font<</T {nameless} 0 R/H {font} 0 R>>>>")
    codes = "".join(f"\\{number:03o}" for number in range(1, len(shown) + 1))
    text = f"BT /H 12 Tf 20 120 Td (The chapter has number ) Tj /T 12 Tf ({codes}) Tj /H 12 Tf ( and is short.) Tj ET"
    document.xref_set_key(page.xref, "Contents", f"{add('<<>>', text)} 0 R")
    document.save(path)
    return path


@needs_tesseract
@pytest.mark.parametrize("shown", ["42", "3"])
def test_a_nameless_glyph_is_read_from_its_picture_and_stays_doubtful(tmp_path: Path, shown: str):
    [block] = extract(with_nameless_glyphs(tmp_path / "a.pdf", shown)).pages[0].blocks
    assert block.text == f"The chapter has number {shown} and is short."
    [(start, end)] = block.doubtful
    assert shown in block.text[start:end]


def test_a_nameless_glyph_is_left_out_without_tesseract(tmp_path: Path, without_tesseract: None):
    document = extract(with_nameless_glyphs(tmp_path / "a.pdf", "42"))
    [block] = document.pages[0].blocks
    assert block.text == "The chapter has number and is short."
    assert block.doubtful
    assert document.ocr_advice == ""


@needs_tesseract
def test_a_captioned_figure_of_a_scan_is_cut_out_whole(tmp_path: Path):
    page = DrawnPage()
    page.prose(72, 72, 540, lines=4)
    drawn_box = page.graph(200, 190, 160, 110)
    page.label(368, 230, "node")
    caption = page.caption(180, 315, 460, "Figure 3: Four nodes and the edges between them.")
    page.prose(72, 350, 540, lines=5)
    [read] = extract(scanned(tmp_path / "scan.pdf", page.document)).pages
    [picture] = read.pictures
    assert picture.label == "Figure 3"
    assert picture.caption == "Figure 3: Four nodes and the edges between them."
    assert covers(picture.bbox, drawn_box)
    assert apart(picture.bbox, caption)
    paragraphs = [block for block in read.blocks if block.kind == "paragraph"]
    assert all(apart(picture.bbox, block.bbox) for block in paragraphs)
    assert not any(block.text == "node" for block in paragraphs)

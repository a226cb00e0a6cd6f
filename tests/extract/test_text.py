"""What `extract` makes of text: PDFs drawn here, read through the real worker's walk."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest
from whole_document import whole

from notegen.extract.document import Block, Document
from notegen.extract.readable import as_json, as_markdown

SHARED = Path(__file__).parents[3] / "shared" / "pdf"
Draw = Callable[[pymupdf.Page, int], None]

WORDS = str.split(
    "a model learns from examples because each example shows it a small part of the whole and the parts agree "
    "more often than not which is why many examples are better than few while noise is averaged away over time"
)


def prose(count: int, start: int = 0) -> str:
    """Sentences of ten words; "Sentence number N" makes each one unique."""
    sentences = []
    for number in range(start, start + count):
        words = [WORDS[(number * 7 + i) % len(WORDS)] for i in range(9)]
        sentences.append(f"Sentence {number} says that {' '.join(words)}.")
    return " ".join(sentences)


def write(page: pymupdf.Page, x: float, y: float, text: str, *, size: float = 10, font: str = "tiro") -> None:
    page.insert_text((x, y), text, fontsize=size, fontname=font)


def paragraph(
    page: pymupdf.Page, x: float, y: float, width: float, text: str, *, indent: float = 0, size: float = 10
) -> float:
    """Text set in lines of at most `width` points; returns the baseline after it."""
    line, room = "", width - indent
    left = x + indent
    for word in text.split():
        wider = f"{line} {word}".strip()
        if pymupdf.get_text_length(wider, fontname="tiro", fontsize=size) > room:
            write(page, left, y, line, size=size)
            line, y, left, room = word, y + 1.2 * size, x, width
        else:
            line = wider
    write(page, left, y, line, size=size)
    return y + 1.2 * size


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Document]:
    def made(*draws: Draw, pages: tuple[int, ...] | None = None, toc: list[list[object]] | None = None) -> Document:
        document = pymupdf.open()
        for index, draw in enumerate(draws):
            draw(document.new_page(), index)
        if toc:
            document.set_toc(toc)
        path = tmp_path / "made.pdf"
        document.save(path)
        return whole(path, pages)

    return made


def blocks_of(document: Document, kind: str) -> list[Block]:
    return [block for page in document.pages for block in page.blocks if block.kind == kind]


def test_two_columns_are_read_one_after_the_other_and_a_paragraph_broken_between_them_is_one(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        write(page, 150, 90, "A title that stands across both of the columns", size=17)
        y = paragraph(page, 70, 130, 215, prose(4), indent=12)
        while y < 700:
            y = paragraph(page, 70, y, 215, prose(6, round(y)), indent=12)
        write(page, 70, y, "This sentence was begun in the left hand column and")
        y = paragraph(page, 310, 130, 215, "ends in the right one. " + prose(3, 2000))
        paragraph(page, 310, y, 215, prose(5, 3000), indent=12)

    document = read(draw)
    texts = [block.text for block in document.pages[0].blocks]
    assert texts[0] == "A title that stands across both of the columns"
    assert document.pages[0].blocks[0].kind == "heading"
    joined = next(text for text in texts if "This sentence was begun" in text)
    assert "begun in the left hand column and ends in the right one. Sentence 2000" in joined
    assert [text for text in texts if "Sentence 3000" in text] == [prose(5, 3000)]
    assert texts[1] == prose(4)


def test_headers_footers_and_page_numbers_go_and_give_the_labels(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        write(page, 70, 50, f"Chapter {index // 2 + 1}: On examples", size=9)
        write(page, 500, 50, str(index + 41), size=9)
        paragraph(page, 70, 120, 450, prose(12, 100 * index))
        write(page, 250, 790, "A publisher of books", size=8)

    document = read(*[draw] * 5, pages=(2,))
    assert document.labels == ("41", "42", "43", "44", "45")
    assert [page.label for page in document.pages] == ["43"]
    assert [block.text for block in document.pages[0].blocks] == [prose(12, 200)]


def test_paragraphs_are_told_by_indent_gap_and_early_end(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        y = paragraph(page, 70, 100, 450, prose(3, 0))
        y = paragraph(page, 70, y, 450, prose(3, 10), indent=15)
        y = paragraph(page, 70, y + 8, 450, prose(3, 20))
        y = paragraph(page, 70, y, 450, "A short one.")
        paragraph(page, 70, y, 450, prose(3, 30))

    texts = [block.text for block in blocks_of(read(draw), "paragraph")]
    assert texts == [prose(3, 0), prose(3, 10), prose(3, 20), "A short one.", prose(3, 30)]


def test_hyphens_at_line_ends_follow_the_vocabulary_of_the_document(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        y = paragraph(page, 70, 100, 450, "An algorithm is well-known when many people speak of it. " + prose(4))
        for line in (
            "Whoever has met an algo-",
            "rithm before knows that it may be well-",
            "known and yet hard, as are the trans-",
            "formations of it.",
        ):
            write(page, 70, y + 10, line)
            y += 12

    text = blocks_of(read(draw), "paragraph")[-1].text
    assert "met an algorithm before" in text
    assert "may be well-known and yet" in text
    assert "the transformations of it." in text


def test_a_page_break_within_a_sentence_is_marked_and_one_between_sentences_is_not(read):
    def first(page: pymupdf.Page, index: int) -> None:
        y = paragraph(page, 70, 100, 450, prose(6))
        write(
            page,
            70,
            y,
            "This sentence is so long that it does not end on the page on which it was begun and where we now are and",
        )

    def second(page: pymupdf.Page, index: int) -> None:
        paragraph(page, 70, 100, 450, "goes on here. " + prose(5, 50))

    def third(page: pymupdf.Page, index: int) -> None:
        paragraph(page, 70, 100, 450, prose(5, 80))

    pages = read(first, second, third).pages
    assert pages[0].blocks[-1].runs_on
    assert not pages[1].blocks[-1].runs_on


def test_list_items_lose_their_marker_keep_their_level_and_join_their_lines(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        y = paragraph(page, 70, 100, 450, prose(4))
        for x, lines in (
            (80, ("·  The first item is long enough to need another", "line for its end.")),
            (80, ("·  The second one is short.",)),
            (100, ("·  Below it stands a third.",)),
            (80, ("·  The fourth comes back.",)),
        ):
            for i, line in enumerate(lines):
                write(page, x + (9.5 if i else 0), y + 6, line)
                y += 12
        for number in (1, 2):
            y += 16
            write(page, 80, y, f"{number}. Step {number} of the recipe is done with care.")

    items = blocks_of(read(draw), "list")
    assert [(item.marker, item.level) for item in items[:4]] == [("·", 1), ("·", 1), ("·", 2), ("·", 1)]
    assert items[0].text == "The first item is long enough to need another line for its end."
    assert [(item.marker, item.text) for item in items[4:]] == [
        ("1.", "Step 1 of the recipe is done with care."),
        ("2.", "Step 2 of the recipe is done with care."),
    ]


def test_a_long_dash_before_a_line_is_a_bullet(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        lines = "".join(f"<p>— Le fleuve {name} porte du sable.</p>" for name in ("lent", "rapide"))
        page.insert_htmlbox((70, 90, 500, 300), f"<p>{prose(6)}</p>{lines}")

    assert [item.marker for item in blocks_of(read(draw), "list")] == ["—", "—"]


def test_code_keeps_indentation_and_blank_lines_and_inline_code_stays_in_its_paragraph(read):
    listing = ["def mean(values):", "    total = sum(values)", "", "    return total / len(values)"]

    def draw(page: pymupdf.Page, index: int) -> None:
        y = paragraph(page, 70, 100, 450, prose(6))
        for line in listing:
            y += 12
            indent = len(line) - len(line.lstrip())
            if line:
                write(page, 90 + indent * 5.4, y, line.strip(), font="cour", size=9)
        y += 24
        write(page, 70, y, "The function ")
        write(page, 125, y, "mean(values)", font="cour", size=9)
        write(page, 194, y, "adds the numbers and divides them by their count.")

    document = read(draw)
    code = blocks_of(document, "code")
    assert [block.text for block in code] == ["\n".join(listing)]
    assert code[0].language == "python"
    last = document.pages[0].blocks[-1]
    assert last.text == "The function mean(values) adds the numbers and divides them by their count."
    assert "```python\ndef mean(values):" in as_markdown(document)


@pytest.mark.parametrize("gap", [6, 30])
def test_the_numbers_of_lines_of_code_are_no_part_of_it(read, gap: int):
    listing = ["int main(void)", "{", "    return mean(values);", "}"]

    def draw(page: pymupdf.Page, index: int) -> None:
        y = paragraph(page, 70, 100, 450, prose(6)) + 10
        for number, line in enumerate(listing, 7):
            y += 12
            indent = len(line) - len(line.lstrip())
            write(page, 70, y, str(number), size=6)
            write(page, 74 + gap + indent * 5.4, y, line.strip(), font="cour", size=9)
        paragraph(page, 70, y + 40, 450, prose(6, start=20))

    assert [block.text for block in blocks_of(read(draw), "code")] == ["\n".join(listing)]


def test_three_columns_with_loose_words_are_read_one_after_the_other(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        for column in range(3):
            x, y = 60 + 165 * column, 100
            for line in range(30):
                y += 12
                words = [f"c{column}l{line}w{i}" for i in range(4)]
                if line % 6 == 3:  # set wide to fill the line
                    for i, word in enumerate(words[:3]):
                        write(page, x + (150 - 40) / 2 * i, y, word.ljust(8, "m"))
                else:
                    text = " ".join(words)
                    page.insert_text(
                        (x, y), text, fontname="tiro", fontsize=10 * 150 / pymupdf.get_text_length(text, "tiro", 10)
                    )

    text = " ".join(block.text for block in read(draw).pages[0].blocks)
    found = re.findall(r"c(\d)l(\d+)w(\d)", text)
    assert found == sorted(found, key=lambda place: tuple(map(int, place)))
    assert len(found) == 3 * (25 * 4 + 5 * 3)


def test_headings_by_look_get_levels_by_size_and_number(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        write(page, 70, 100, f"{index + 1} On learning", size=16, font="tibo")
        y = paragraph(page, 70, 130, 450, prose(8, 10 * index))
        write(page, 70, y + 14, f"{index + 1}.1 From examples", size=12, font="tibo")
        y = paragraph(page, 70, y + 34, 450, prose(8, 100 + 10 * index))
        write(page, 70, y, "Bold words in a row are no heading when they end a line of text and", font="tibo")
        paragraph(page, 70, y + 12, 450, "go on in plain type. " + prose(4))

    found = [(block.level, block.text) for block in blocks_of(read(draw, draw), "heading")]
    assert found == [(1, "1 On learning"), (2, "1.1 From examples"), (1, "2 On learning"), (2, "2.1 From examples")]


def test_the_outline_says_what_is_a_heading_and_how_deep(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        write(page, 70, 100, f"{index + 1}   A chapter of", size=14)
        write(page, 70, 117, "two lines", size=14)
        y = paragraph(page, 70, 150, 450, prose(8, 10 * index))
        write(page, 70, y + 10, "A plain section", size=10, font="tiit")
        paragraph(page, 70, y + 30, 450, prose(8, 100 + 10 * index))

    toc = [
        [1, "A chapter of two lines", 1], [2, "A plain section", 1],
        [1, "A chapter of two lines", 2], [2, "A plain section", 2],
    ]  # fmt: skip
    document = read(draw, draw, toc=toc)
    found = [(block.level, block.text) for block in blocks_of(document, "heading")]
    assert found == [
        (1, "1 A chapter of two lines"), (2, "A plain section"),
        (1, "2 A chapter of two lines"), (2, "A plain section"),
    ]  # fmt: skip
    assert [(entry.level, entry.page) for entry in document.outline] == [(1, 0), (2, 0), (1, 1), (2, 1)]


def test_a_caption_is_told_from_a_sentence_that_begins_with_a_figure(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        y = paragraph(page, 70, 100, 450, prose(4))
        y = paragraph(page, 70, y + 10, 450, "Figure 3 shows that the error falls. " + prose(3))
        write(page, 120, y + 20, "Figure 3. The error over time.", size=9)

    document = read(draw)
    assert [block.text for block in blocks_of(document, "caption")] == ["Figure 3. The error over time."]
    assert any(block.text.startswith("Figure 3 shows") for block in blocks_of(document, "paragraph"))


def test_footnotes_stand_apart_and_their_marks_leave_the_text(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        y = paragraph(page, 70, 100, 450, prose(4))
        write(page, 70, y + 20, "The claim was doubted.")
        write(page, 165.5, y + 16, "7", size=6)
        write(page, 172, y + 20, "Later it was proved.")
        write(page, 80, 740, "7", size=5.5)
        write(page, 84, 743, "By everyone who had read it, and by some who had not.", size=8)

    document = read(draw)
    assert blocks_of(document, "paragraph")[-1].text == "The claim was doubted. Later it was proved."
    note = blocks_of(document, "footnote")
    assert [(block.marker, block.text) for block in note] == [
        ("7", "By everyone who had read it, and by some who had not.")
    ]


def test_a_raised_number_in_a_formula_is_doubtful(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        y = paragraph(page, 70, 100, 450, prose(4))
        write(page, 70, y + 20, "The loss of x")
        write(page, 124, y + 16, "2", size=6)
        write(page, 130, y + 20, "is never below zero.")

    block = blocks_of(read(draw), "paragraph")[-1]
    assert block.text.startswith("The loss of x")
    (start, end), *rest = block.doubtful
    assert not rest
    assert "2" in block.text[start:end]


def test_a_display_formula_is_cropped_with_its_number_and_nothing_else(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        y = paragraph(page, 70, 100, 450, prose(5))
        write(page, 230, y + 15, "y = a x + b")
        write(page, 505, y + 15, "(12)")
        paragraph(page, 70, y + 40, 450, prose(5, 40))

    formula = blocks_of(read(draw), "formula")
    assert [block.marker for block in formula] == ["(12)"]
    assert "y = a x + b" in formula[0].text
    crop = pymupdf.Pixmap(formula[0].crop)
    x0, y0, x1, y1 = formula[0].bbox
    assert crop.width == pytest.approx((x1 - x0) / 72 * 170, abs=3)
    assert crop.height == pytest.approx((y1 - y0) / 72 * 170, abs=3)
    assert y1 - y0 < 40
    edge_rows = crop.samples[: crop.stride * 3] + crop.samples[-crop.stride * 3 :]
    assert min(edge_rows) == 255  # no half letter of a neighbouring line


def test_invisible_text_is_left_out_unless_there_is_no_other(read):
    def mixed(page: pymupdf.Page, index: int) -> None:
        paragraph(page, 70, 100, 450, prose(3))
        page.insert_text((70, 300), "Hidden order to the reader.", fontname="tiro", fontsize=10, render_mode=3)
        page.insert_text((70, 320), "White order to the reader.", fontname="tiro", fontsize=10, color=(1, 1, 1))
        page.insert_text((70, 340), "Tiny order to the reader.", fontname="tiro", fontsize=1)
        page.draw_rect((60, 390, 400, 420), fill=(0, 0, 0.5))
        page.insert_text(
            (70, 410), "White on blue is seen by every reader.", fontname="tiro", fontsize=10, color=(1, 1, 1)
        )

    def scanned(page: pymupdf.Page, index: int) -> None:
        page.insert_text((70, 100), "What OCR read under the scan.", fontname="tiro", fontsize=10, render_mode=3)

    first, second = read(mixed, scanned).pages
    text = " ".join(block.text for block in first.blocks)
    assert "order" not in text
    assert "White on blue is seen by every reader." in text
    assert [block.text for block in second.blocks] == ["What OCR read under the scan."]


def test_lines_of_a_table_of_contents_are_no_text(read):
    def contents(page: pymupdf.Page, index: int) -> None:
        write(page, 70, 100, "Contents", size=16, font="tibo")
        for i in range(12):
            write(
                page,
                70,
                140 + 14 * i,
                f"{i + 1} A chapter on something . . . . . . . . . . . . . . . . . . {i * 9 + 3}",
            )

    def body(page: pymupdf.Page, index: int) -> None:
        paragraph(page, 70, 100, 450, prose(12))

    document = read(contents, body, body)
    assert [block.text for block in document.pages[0].blocks] == ["Contents"]


def test_chapters_in_a_table_of_contents_without_leaders_are_no_headings(read):
    def contents(page: pymupdf.Page, index: int) -> None:
        write(page, 70, 100, f"{2 * index + 4} Trees and Heaps", font="tibo", size=12)
        write(page, 500, 100, "72", font="tibo", size=12)
        for i in range(12):
            write(page, 85, 120 + 14 * i, f"4.{i + 1}")
            write(page, 120, 120 + 14 * i, "About one kind of tree" + " in it" * (i % 2))
            write(page, 260, 120 + 14 * i, ". " * 40)
            write(page, 500, 120 + 14 * i, f"{70 + i}")
        write(page, 70, 300, f"{2 * index + 5} Graphs and Paths", font="tibo", size=12)
        write(page, 500, 300, "94", font="tibo", size=12)
        write(page, 85, 320, "5.1")
        write(page, 130, 320, "Breadth-first search " + ". " * 30)

    def body(page: pymupdf.Page, index: int) -> None:
        paragraph(page, 70, 100, 450, prose(3 * index, start=40 * index))
        write(page, 70, 260 + 40 * index, f"{index + 2} A chapter begins here", font="tibo", size=12)
        paragraph(page, 70, 290 + 40 * index, 450, prose(20, start=40 * index + 20))

    document = read(contents, contents, body, body)
    assert [block.page for block in blocks_of(document, "heading")] == [2, 3]


def test_a_row_of_single_letters_in_the_type_of_headings_is_none(read):
    def body(page: pymupdf.Page, index: int) -> None:
        write(page, 70, 70, "The scale of C", font="tibo", size=15)
        write(page, 70, 90, "C D E F G A H C", font="tibo", size=15)
        paragraph(page, 70, 130, 450, prose(12))

    assert {block.text for block in blocks_of(read(body, body), "heading")} == {"The scale of C"}


def test_raised_digits_alone_on_their_lines_are_no_line_numbers(read):
    def body(page: pymupdf.Page, index: int) -> None:
        paragraph(page, 100, 100, 450, prose(12))
        for i in range(9):
            write(page, 80, 100 + 12 * i, "²", font="helv", size=6)

    assert "learn" in " ".join(block.text for block in read(body, body).pages[0].blocks).lower()


def test_the_survey_gives_the_facts_of_the_file_and_no_pages(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        write(page, 70, 90, "Learning from examples", size=20)
        paragraph(page, 70, 130, 450, prose(5))

    document = read(draw, draw, pages=())
    assert document.pages == ()
    assert document.page_count == 2
    assert document.title == "Learning from examples"
    assert document.language == "en"
    assert all(60 < count < 80 for count in document.words)


def test_as_json_leaves_out_bytes_and_keeps_the_rest(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        paragraph(page, 70, 100, 450, prose(5))
        write(page, 230, 250, "y = a x + b")

    data = as_json(read(draw))
    page = data["pages"][0]
    assert [block["kind"] for block in page["blocks"]] == ["paragraph", "formula"]
    assert page["blocks"][0]["text"] == prose(5)
    assert len(page["blocks"][0]["bbox"]) == 4
    assert "crop" not in page["blocks"][1]


def test_a_letter_spaced_line_and_words_apart_are_not_glued(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        paragraph(page, 70, 100, 450, prose(5))
        x = 70.0
        for word in ("These", "words", "are", "placed", "one", "by", "one."):
            write(page, x, 250, word)
            x += pymupdf.get_text_length(word, "tiro", 10) + 2.6

    assert blocks_of(read(draw), "paragraph")[-1].text == "These words are placed one by one."


def test_a_big_first_letter_belongs_to_its_paragraph(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        y = paragraph(page, 70, 100, 450, prose(6))
        write(page, 70, y + 33, "O", size=30)
        lines = ("nce upon a time there was a paragraph that began", "with a letter as tall as two of its lines, and")
        for i, line in enumerate(lines):
            write(page, 93, y + 20 + 12 * i, line)
        write(page, 70, y + 44, "this is where it ends.")

    text = blocks_of(read(draw), "paragraph")[-1].text
    assert text == (
        "Once upon a time there was a paragraph that began with a letter as tall as two of its lines, and "
        "this is where it ends."
    )


@pytest.mark.parametrize(
    "name", ["r-intro-book", "shortest-paths-chapter", "deep-learning-cheatsheet", "two-column", "perceptron-slides"]
)
def test_sentences_that_may_be_quoted_stand_on_their_page(name: str):
    path = SHARED / f"{name}.pdf"
    if not path.exists():
        pytest.skip("the extra PDFs are not beside the checkout")
    pages = tuple(range(20, 45)) if name == "r-intro-book" else None
    document = whole(path, pages)
    original = pymupdf.open(path)
    found = missing = 0
    for page in document.pages:
        text = bare(original[page.index].get_text())
        for block in page.blocks:
            if block.kind in ("paragraph", "list"):
                for sentence in sure_sentences(block):
                    found += 1
                    missing += bare(sentence) not in text
    assert found > 10
    assert missing <= 0.005 * found + 1


def sure_sentences(block: Block) -> list[str]:
    return [
        match[0]
        for match in re.finditer(r".+?(?:[.!?](?=\s|$)|$)", block.text)
        if len(match[0].split()) > 4 and not any(a < match.end() and b > match.start() for a, b in block.doubtful)
    ]


def bare(text: str) -> str:
    return re.sub(r"[\s\-\u2010\u2011\u00ad]+", "", unicodedata.normalize("NFKC", text))


def test_text_that_comes_back_at_its_place_within_the_page_is_no_header_and_a_stamp_across_it_is(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        paragraph(page, 70, 150, 450, prose(6, 20 * index))
        write(page, 70, 400, "Answer in one sentence.")
        paragraph(page, 70, 500, 450, prose(6, 20 * index + 10))
        write(page, 150, 526, "Licensed to nobody")

    for page in read(*[draw] * 5).pages:
        texts = [block.text for block in page.blocks]
        assert "Answer in one sentence." in texts
        assert not any("Licensed" in text for text in texts)


def test_rows_of_a_typewriter_font_set_to_the_right_are_no_code(read):
    rows = ["Video 1. One neuron", "Video 2. Theory with one neuron", "Video 3. Several"]

    def draw(page: pymupdf.Page, index: int) -> None:
        for number, row in enumerate(rows):
            width = pymupdf.get_text_length(row, fontname="cour", fontsize=10)
            write(page, 520 - width, 100 + 14 * number, row, font="cour")
            write(page, 70, 600 + 14 * number, f"x = {number * 1000**number}", font="cour")
        paragraph(page, 70, 200, 450, prose(12))

    (page,) = read(draw).pages
    assert ["Video" in block.text for block in page.blocks if block.kind == "code"] == [False]

"""Dividing a book into passages, and going on where the last note ended."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.errors import PdfError, UsageError
from notegen.extract.document import Block, Document, OutlineEntry, Page
from notegen.reading.pages import page_indexes, printed_range
from notegen.reading.passage import cut
from notegen.reading.stretch import Stretch, divide, plain_title
from notegen.reading.today import Read, next_stretch, stretch_of_pages, stretch_of_section


def book(pages: int, *entries: tuple[int, str, int, float | None], labels: list[str] | None = None) -> Document:
    return Document(
        sha256="0" * 64,
        title="A Book",
        page_count=pages,
        labels=tuple(labels or [str(number + 1) for number in range(pages)]),
        words=(300,) * pages,
        outline=tuple(
            OutlineEntry(level=level, title=title, page=page, top=top) for level, title, page, top in entries
        ),
    )


CHAPTERS = [
    (1, "Contents", 1, 60.0),
    (1, "1 Vectors", 4, 60.0),
    (2, "1.1 Lengths", 6, 300.0),
    (1, "2 Heads", 12, 60.0),
    (1, "Index", 22, 60.0),
]


def spans(stretches: tuple[Stretch, ...]) -> list[tuple[int, int]]:
    return [(each.first, each.last) for each in stretches]


def test_a_short_pdf_is_one_passage():
    assert spans(divide(book(15), 15)) == [(0, 14)]


def test_without_an_outline_pages_are_shared_out_evenly():
    assert spans(divide(book(32), 15)) == [(0, 10), (11, 21), (22, 31)]


def test_chapters_are_passages_and_front_matter_and_index_are_not_read():
    stretches = divide(book(24, *CHAPTERS), 10)
    assert [each.title for each in stretches] == ["1 Vectors", "2 Heads"]
    assert spans(stretches) == [(4, 11), (12, 21)]


def test_a_chapter_that_is_too_long_is_read_section_by_section():
    stretches = divide(book(24, *CHAPTERS), 7)
    assert [each.title for each in stretches][:2] == ["1 Vectors", "1.1 Lengths"]
    assert stretches[1].first == 6
    assert stretches[0].last == 6  # the page that both share
    assert stretches[1].first_top == 300.0
    assert [each.chapter for each in stretches][1] == "1 Vectors"


def test_a_section_without_sub_sections_is_split_by_pages():
    stretches = divide(book(40, (1, "One", 0, 50.0), (1, "Two", 30, 50.0)), 12)
    assert stretches[0].title == "One (part 1 of 3)"


def test_small_neighbours_share_a_day():
    stretches = divide(book(20, (1, "Opening", 0, 50.0), (1, "1 A", 1, 50.0), (1, "2 B", 10, 50.0)), 12)
    assert [each.title for each in stretches] == ["Opening & 1 A", "2 B"]


@given(
    pages=st.integers(1, 120),
    max_pages=st.integers(1, 20),
    entries=st.lists(
        st.tuples(st.integers(1, 3), st.integers(0, 119), st.one_of(st.none(), st.floats(0, 800))), max_size=25
    ),
)
def test_every_division_moves_forward_and_fits_a_day(pages, max_pages, entries):
    document = book(
        pages, *[(level, f"{number} Title", page, top) for number, (level, page, top) in enumerate(entries)]
    )
    stretches = divide(document, max_pages)
    assert stretches
    assert all(0 <= each.first <= each.last < pages for each in stretches)
    assert all(each.page_count <= max_pages for each in stretches)
    assert spans(stretches) == sorted(set(spans(stretches)))  # forward, and no two with one identity


@given(
    pages=st.integers(1, 90),
    max_pages=st.integers(1, 15),
    entries=st.lists(st.tuples(st.integers(1, 3), st.integers(0, 89), st.floats(0, 800)), max_size=15),
)
def test_day_after_day_a_book_ends(pages, max_pages, entries):
    document = book(
        pages, *[(level, f"{number} Title", page, top) for number, (level, page, top) in enumerate(entries)]
    )
    reads: list[Read] = []
    for day in range(200):
        stretch = next_stretch(document, reads, max_pages)
        if stretch is None:
            break
        reads.append(Read(date=f"{2026 + day // 360}-01-{day % 360:03}", first=stretch.first, last=stretch.last))
    assert [(read.first, read.last) for read in reads] == spans(divide(document, max_pages))


def test_it_goes_on_after_pages_that_were_chosen_by_hand():
    document = book(40)
    rest = next_stretch(document, [Read(date="2026-01-01", first=0, last=4)], 14)
    assert rest is not None
    assert (rest.first, rest.last) == (5, 13)


def test_the_pages_of_a_passage_are_that_passage():
    document = book(24, *CHAPTERS)
    assert stretch_of_pages(document, 12, 21, 10).title == "2 Heads"
    assert stretch_of_pages(document, 5, 7, 10).title == "1 Vectors, pp. 6–8"


def test_sections_by_title():
    document = book(24, *CHAPTERS)
    assert stretch_of_section(document, "heads").first == 12
    assert stretch_of_section(document, "1.1 Lengths").first_top == 300.0
    with pytest.raises(PdfError, match="no section"):
        stretch_of_section(document, "Cooking")


LABELS = ["i", "ii", "iii", *[str(number) for number in range(1, 11)]]


@pytest.mark.parametrize(
    ("text", "indexes"),
    [("1-3", (3, 5)), ("ii", (1, 1)), ("ii-2", (1, 4)), ("pdf:1-3", (0, 2)), ("PDF:13", (12, 12)), (" 4 – 5 ", (6, 7))],
)
def test_page_ranges(text, indexes):
    document = book(13, labels=LABELS)
    assert page_indexes(text, document) == indexes


@pytest.mark.parametrize(
    ("text", "indexes"),
    [("A-6-A-7", (1, 2)), ("A-6–A-7", (1, 2)), ("A-6", (1, 1)), ("3-1-3-2", (3, 4)), ("3-1", (3, 3))],
)
def test_page_numbers_with_a_hyphen_are_ends_of_a_range_too(text, indexes):
    assert page_indexes(text, book(5, labels=["A-5", "A-6", "A-7", "3-1", "3-2"])) == indexes


@pytest.mark.parametrize(
    "text", ["", "a b", "3-", "-3", "pdf:", "pdf:x-3", "1-2-3", "1,2", "3-1", "pdf:0-2", "pdf:5-2", "25:36", "pages"]
)
def test_what_is_no_range_is_wrong_usage(text):
    with pytest.raises(UsageError):
        page_indexes(text, book(13, labels=LABELS))


@pytest.mark.parametrize("text", ["11", "9-11", "pdf:12-14", "xx"])
def test_pages_that_the_book_has_not_are_an_error_of_the_pdf(text):
    with pytest.raises(PdfError):
        page_indexes(text, book(13, labels=LABELS))


def test_printed_range():
    assert printed_range(book(13, labels=LABELS), 2, 4) == "iii–2"


def test_plain_title_drops_numbering_only():
    assert plain_title("3.1 A specific example") == plain_title("A specific example") == "a specific example"
    assert plain_title("Chapter 4: Heads!") == "heads"


def block(text: str, page: int, top: float, kind="paragraph", left=72.0) -> Block:
    return Block(kind=kind, page=page, bbox=(left, top, left + 200, top + 12), text=text)


def test_a_passage_begins_and_ends_inside_a_page():
    pages = (
        Page(
            index=3,
            label="4",
            width=500,
            height=800,
            blocks=(block("Before", 3, 90), block("Heads", 3, 300, "heading"), block("First", 3, 320)),
        ),
        Page(
            index=4,
            label="5",
            width=500,
            height=800,
            blocks=(block("Second", 4, 90), block("Next", 4, 400, "heading"), block("After", 4, 430)),
        ),
    )
    document = Document(sha256="0" * 64, title="T", page_count=6, labels=tuple("123456"), words=(9,) * 6, pages=pages)
    passage = cut(document, Stretch(title="Heads", first=3, last=4, first_top=310.0, last_bottom=395.0))
    assert [each.text for each in passage.blocks] == ["Heads", "First", "Second"]


def test_in_two_columns_the_cut_follows_the_reading_order():
    right = block("Right column", 0, 90, left=320.0)
    page = Page(
        index=0,
        label="1",
        width=600,
        height=800,
        blocks=(block("Left", 0, 90), block("Heads", 0, 500, "heading"), block("Under", 0, 520), right),
    )
    document = Document(sha256="0" * 64, title="T", page_count=1, labels=("1",), words=(9,), pages=(page,))
    passage = cut(document, Stretch(title="Heads", first=0, last=0, first_top=500.0))
    assert [each.text for each in passage.blocks] == ["Heads", "Under", "Right column"]

"""Laws of the small parts that repair and join text."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from whole_document import whole

from notegen.extract.text import code, glyphs
from notegen.extract.text.columns import in_columns
from notegen.extract.text.line import Line
from notegen.extract.text.margins import printed_offset
from notegen.extract.text.prose import flow, keeps_hyphen
from notegen.extract.text.spans import Span

SPAN = Span(text="word", font="Times", size=10, x0=0, x1=20, baseline=100)


@given(st.text())
@example("¨¯B")  # two accents before a letter that takes neither
def test_repair_is_done_once(text: str):
    once = glyphs.repaired(text)
    assert glyphs.repaired(once) == once


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("e\ufb03cient \ufb02ow", "efficient flow"),
        ("Schr¨odinger", "Schrödinger"),
        ("caf\u0065\u0301", "café"),
        ("co\u00adoperate", "cooperate"),
        ("\uf0b7 item", "• item"),
        ("a\u00a0b\u2009c\u200bd", "a b cd"),
        ("\uf731\uf739\uf736\uf730", "1960"),
        ("\uf776\uf769\uf762\uf765s", "VIBEs"),
    ],
)
def test_repair(broken: str, whole: str):
    assert glyphs.repaired(broken) == whole


def test_a_title_of_the_file_is_one_line_that_shows_what_it_holds():
    assert glyphs.plain(" A\u202e title\n of\ud800 two\x00 lines\U000e0041 ") == "A title of two lines"


@pytest.mark.parametrize(
    ("text", "font", "misread"),
    [
        ("!", "stmary10", True),
        ("1", "MathDesign-CH-Regular-Sy", True),
        ("−", "CMSY10", False),
        ("F", "CMSY10", False),
        ("1", "CMR10", False),
        ("✓", "Dingbats", False),
    ],
)
def test_a_symbol_font_that_gives_plain_characters_is_not_believed(text: str, font: str, misread: bool):
    assert glyphs.is_misread(text, font) is misread


@given(
    st.lists(
        st.lists(st.tuples(st.text(max_size=12), st.booleans(), st.booleans()), min_size=1, max_size=5), max_size=6
    )
)
def test_doubtful_ranges_are_ordered_and_inside_the_text(rows: list[list[tuple[str, bool, bool]]]):
    made = flow([line_of(parts, number) for number, parts in enumerate(rows)], Counter())
    edges = [edge for pair in made.doubtful for edge in pair]
    assert edges == sorted(edges)
    assert all(start < end <= len(made.text) for start, end in made.doubtful)
    assert made.text == made.text.strip()


def line_of(parts: list[tuple[str, bool, bool]], number: int) -> Line:
    spans = []
    for i, (text, doubtful, raised) in enumerate(parts):
        baseline = 100 + 12 * number - (4 if raised else 0)
        size = 6 if raised else 10
        spans.append(
            replace(SPAN, text=text, x0=30 * i, x1=30 * i + 25, baseline=baseline, size=size, doubtful=doubtful)
        )
    return Line(tuple(spans))


@pytest.mark.parametrize(
    ("left", "right", "words", "kept"),
    [
        ("algo", "rithm", ["algorithm"], False),
        ("well", "known", ["well-known", "well", "known"], True),
        ("non", "Euclidean", [], True),
        ("trans", "formation", [], False),
        ("word", "space", ["word", "word", "space", "space"], True),
        ("over", "come", ["over", "over", "come", "come", "overcome"], False),
    ],
)
def test_a_hyphen_stays_where_the_document_has_the_compound(left: str, right: str, words: list[str], kept: bool):
    assert keeps_hyphen(left, right, Counter(words)) is kept


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("def f(x):\n    return x + 1", "python"),
        (">>> 1 + 1\n2", "python"),
        ("> x <- c(1, 2)\n> mean(x)", "r"),
        ("$ cd work\n$ ls", "bash"),
        ('#include <stdio.h>\nint main(void) {\n  printf("hi");\n}', "c"),
        ("SELECT name FROM people WHERE age > 3", "sql"),
        ("const f = (x) => { return x; }\nconsole.log(f(1));", "javascript"),
        ("public class A {\n  public static void main(String[] a) { System.out.println(1); }\n}", "java"),
        ("1 2 3\n4 5 6", ""),
        ("mean(values)", ""),
    ],
)
def test_the_language_is_named_only_where_it_is_clear(text: str, language: str):
    assert code.language(text) == language


def test_the_printed_numbers_need_half_of_the_pages():
    assert printed_offset([["12"], ["13"], ["On learning 14"], ["15"]]) == 12
    assert printed_offset([["12"], ["7"], [], [], []]) is None
    assert printed_offset([]) is None


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(0, 700), st.floats(5, 300)), max_size=40))
def test_every_line_is_in_exactly_one_column(places: list[tuple[float, float, float]]):
    lines = [
        Line((replace(SPAN, text=f"line{i} of the text", x0=x, x1=x + width, baseline=y),))
        for i, (x, y, width) in enumerate(places)
    ]
    read = [span.text for column in in_columns(lines) for row in column.rows for span in row.spans]
    assert sorted(read) == sorted(line.text for line in lines)


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (["ein Erstpreis-", "noch ein Zweitpreis"], "ein Erstpreis- noch ein Zweitpreis"),
        (["Kan-", "ada und Cannab-", "is"], "Kanada und Cannabis"),
    ],
)
def test_a_hyphen_that_stands_for_the_rest_of_the_next_compound_hangs(rows: list[str], text: str):
    assert flow([line_of([(row, False, False)], at) for at, row in enumerate(rows)], Counter()).text == text


def test_a_line_that_is_filled_and_outlined_in_two_passes_is_read_once(tmp_path: Path):
    document = pymupdf.open()
    page = document.new_page()
    for mode in (1, 0):
        for row in range(3):
            page.insert_text((72, 100 + 14 * row), f"Row {row} of the text that is printed here", render_mode=mode)
    document.save(tmp_path / "a.pdf")
    text = " ".join(block.text for block in whole(tmp_path / "a.pdf").pages[0].blocks)
    assert text.count("Row") == 3

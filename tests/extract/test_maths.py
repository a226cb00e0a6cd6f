"""Formulas in a line of text: rebuilt where the page leaves no doubt, left doubtful where it does."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_text import paragraph, prose, read, write

from notegen.extract import extract
from notegen.extract.document import Block, Maths
from notegen.extract.text.line import Line
from notegen.extract.text.maths import GREEK
from notegen.extract.text.prose import Flow, flow
from notegen.extract.text.spans import Span
from notegen.markdown.write import highlight
from notegen.reading.sentences import sentences_of

__all__ = ["read"]  # the fixture

WORD = Span(text="", font="CMR10", size=10, x0=0, x1=0, baseline=100)
ITALIC = replace(WORD, font="CMMI10", maths=True)
SIGN = replace(WORD, font="CMSY10", maths=True)
SUB = replace(WORD, font="CMMI7", size=7, baseline=101.5, maths=True)
SUP = replace(WORD, font="CMR7", size=7, baseline=96.4)


def set_side_by_side(*pieces: tuple[Span, str], order: tuple[int, ...] | None = None) -> Line:
    """The pieces one after the other on a row, each as wide as its text. order: their places in the text layer."""
    spans, x = [], 0.0
    for number, (style, text) in enumerate(pieces):
        place = order[number] if order else number
        width = 0.5 * style.size * len(text)
        spans.append(replace(style, text=text, x0=x, x1=x + width, place=(place, place + 1)))
        x += width
    return Line(tuple(spans))


def flowing(*pieces: tuple[Span, str], order: tuple[int, ...] | None = None) -> Flow:
    return flow([set_side_by_side(*pieces, order=order)], Counter())


def found(made: Flow) -> list[tuple[str, str]]:
    return [(made.text[each.start : each.end], each.tex) for each in made.maths]


@pytest.mark.parametrize(
    ("pieces", "flat", "tex"),
    [
        ([(ITALIC, "d"), (SUB, "k")], "dk", "d_k"),
        ([(ITALIC, "x"), (SUP, "2")], "x2", "x^2"),
        ([(ITALIC, "x"), (SUP, "10"), (SUB, "i")], "x10i", "x^{10}_i"),
        ([(ITALIC, "O"), (WORD, "("), (ITALIC, "n"), (SUP, "2"), (WORD, ")")], "O(n2)", "O(n^2)"),
        ([(WORD, "10"), (SUP, "−3")], "10−3", "10^{−3}"),
        ([(WORD, "log"), (SUP, "2"), (WORD, " "), (ITALIC, "n")], "log2 n", "\\log^2 n"),
        ([(ITALIC, "α"), (SUB, "i"), (WORD, " = 0.5")], "αi = 0.5", "\\alpha_i = 0.5"),
        ([(replace(SIGN, baseline=91.5), "√"), (ITALIC, "d"), (SUB, "k")], "√dk", "\\sqrt{d_k}"),
        ([(replace(WORD, font="Times-Italic", italic=True), "h"), (SUB, "t")], "ht", "h_t"),
    ],
)
def test_what_is_certain_is_rebuilt(pieces: list[tuple[Span, str]], flat: str, tex: str):
    made = flowing((WORD, "It costs "), *pieces, (WORD, " and no more."))
    assert made.text == f"It costs {flat} and no more."
    assert found(made) == [(flat, tex)]
    assert made.doubtful == ()


@pytest.mark.parametrize(
    "pieces",
    [
        [(replace(WORD, bold=True), "h"), (SUB, "t")],  # a vector's bold type would be lost
        [(replace(ITALIC, font="MSBM10"), "R"), (SUP, "2")],
        [(ITALIC, "x"), (replace(SUP, size=5), "2")],
        [(ITALIC, "x"), (replace(SUP, baseline=92), "2")],  # a numerator
        [(ITALIC, "x"), (replace(SUB, baseline=103.5), "2")],  # a denominator
        [(ITALIC, "x"), (SUP, "2"), (replace(SUP, size=5, baseline=93), "n")],
        [(ITALIC, "x"), (replace(SUB, doubtful=True), "2")],
        [(replace(SIGN, baseline=91.5), "√"), (ITALIC, "a"), (ITALIC, "b")],  # how far does the root reach?
        [(replace(WORD, mono=True, font="CMTT10"), "x"), (SUP, "2")],
        [(WORD, "1995"), (SUP, "3")],  # a footnote?
    ],
)
def test_what_is_not_certain_stays_doubtful(pieces: list[tuple[Span, str]]):
    made = flowing((WORD, "It costs "), *pieces, (WORD, " and no more."))
    assert made.maths == ()
    assert made.doubtful


def test_pieces_that_the_text_layer_has_elsewhere_are_not_rebuilt():
    pieces = ((WORD, "The size "), (ITALIC, "d"), (SUB, "k"), (WORD, " is small."))
    assert found(flowing(*pieces)) == [("dk", "d_k")]
    assert flowing(*pieces, order=(0, 1, 7, 2)).maths == ()


def test_a_list_of_formulas_is_several_and_a_lone_bracket_is_none():
    made = flowing(
        (WORD, "of ("), (ITALIC, "x"), (SUB, "i"), (WORD, ", "), (ITALIC, "y"), (SUB, "j"), (WORD, " and so on)")
    )
    assert found(made) == [("xi", "x_i"), ("yj", "y_j")]


def test_a_footnote_after_a_word_is_no_power():
    made = flowing((WORD, "as was shown"), (SUP, "2"), (WORD, " by others. So it is."))
    assert made.maths == ()
    assert made.text == "as was shown by others. So it is."
    assert made.notes == ((12, "2"),)


PIECES = st.tuples(
    st.sampled_from([WORD, ITALIC, SIGN, SUB, SUP]), st.text("ab xαβπ√2+−=(),.[]|<{}$\\^_", min_size=1, max_size=4)
)


@given(st.lists(PIECES, min_size=1, max_size=8))
def test_tex_without_its_markup_is_the_flattened_text(pieces: list[tuple[Span, str]]):
    made = flowing(*pieces)
    letters = {name: letter for letter, name in GREEK.items()} | {"sqrt": "√"}
    for each in made.maths:
        bare = re.sub(r"\\([A-Za-z]+)", lambda command: letters.get(command[1], command[1]), each.tex)
        assert re.sub(r"[\s{}_^]", "", bare) == made.text[each.start : each.end].replace(" ", "")
        assert not any(start < each.end and each.start < end for start, end in made.doubtful)
    shown = highlight(made.text, ["ab"], [(each.start, each.end, each.tex) for each in made.maths])
    assert shown.count("$") - shown.count("\\$") == 2 * len(made.maths)


@pytest.mark.parametrize("tex", ["\\href{javascript:x}", "x%y", "a$b", "<b", "x\ny", "", "\\\\", "`x`", " x"])
def test_no_other_tex_is_ever_written(tex: str):
    with pytest.raises(ValueError, match="plain TeX"):
        highlight("dk is small", [], [(0, 2, tex)])


def test_a_highlight_never_cuts_a_formula():
    formula = [(9, 11, "d_k")]
    assert highlight("The size dk of a key", ["dk", "key"], formula) == "The size $d_k$ of a ==key=="


def test_sentences_carry_their_formulas_and_count_from_their_own_start():
    text = "The first sentence is plain and long enough. The second one has dk in the middle of its words."
    start = text.index("dk")
    block = Block(
        kind="paragraph", page=0, bbox=(0, 0, 1, 1), text=text, maths=(Maths(start=start, end=start + 2, tex="d_k"),)
    )
    first, second = sentences_of([block])
    assert (first.maths, first.quotable, second.quotable) == ((), True, True)
    (maths,) = second.maths
    assert second.text[maths.start : maths.end] == "dk"
    hidden = replace(block, text=text.replace("middle", "mid\u061cdle"))  # would not be found at its place in a note
    assert [each.quotable for each in sentences_of([hidden])] == [True, False]


def test_a_drawn_page_gives_what_its_text_layer_has(read):
    def draw(page: pymupdf.Page, index: int) -> None:
        y = paragraph(page, 70, 100, 450, prose(5)) + 14
        x = 70.0
        for text, size, rise, font in (
            ("Every token is compared with every other, so the cost of it is", 10, 0, "tiro"),
            (" n", 10, 0, "tiit"), ("2", 6.5, 3.6, "tiro"), (" for a text of", 10, 0, "tiro"), (" n", 10, 0, "tiit"),
            (" tokens.", 10, 0, "tiro"),
        ):  # fmt: skip
            write(page, x, y - rise, text, size=size, font=font)
            x += pymupdf.get_text_length(text, font, size)
        printed.append(page.get_text())

    printed: list[str] = []
    block = read(draw).pages[0].blocks[-1]
    assert [(block.text[m.start : m.end], m.tex) for m in block.maths] == [("n2", "n^2")]
    assert block.doubtful == ()
    assert bare(block.text) in bare(printed[0])


def bare(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


LOW = replace(SUP, baseline=102)


@pytest.mark.parametrize(
    ("pieces", "flat", "tex"),
    [
        ([(WORD, "25 µm"), (SUP, "2")], "2", "^2"),
        ([(WORD, "9.81 m s"), (SUP, "−2")], "−2", "^{−2}"),
        ([(WORD, "CO"), (LOW, "2")], "2", "_2"),
        ([(WORD, "ions of SO"), (LOW, "4"), (SUP, "2−")], "42−", "_4^{2−}"),
        ([(WORD, "PM"), (LOW, "2.5")], "2.5", "_{2.5}"),
    ],
)
def test_numbers_of_units_and_compounds_stand_where_the_page_has_them(
    pieces: list[tuple[Span, str]], flat: str, tex: str
):
    made = flowing((WORD, "It is "), *pieces, (WORD, " and no more."))
    assert found(made) == [(flat, tex)]
    assert made.doubtful == ()


@pytest.mark.parametrize(
    ("before", "mark", "footnotes"),
    [
        ("in 2019", "3", ()),
        ("in the 1960s", "8", ()),
        ("at 3.14", "2", ()),
        ("for 12,000", "4", ()),
        ("of 86", "12", ("12",)),
        ("of 25 µm", "2", ("2",)),
    ],
)
def test_a_number_above_a_number_that_has_no_powers_is_a_footnotes(before: str, mark: str, footnotes: tuple[str, ...]):
    row = set_side_by_side((WORD, f"There were many {before}"), (SUP, mark), (WORD, " of them."))
    made = flow([row], Counter(), footnotes={*footnotes})
    assert made.text == f"There were many {before} of them."
    assert [each for _, each in made.notes] == [mark]
    assert made.doubtful  # a quotation would lack it


@pytest.mark.parametrize(("before", "footnotes"), [("of 86", ()), ("of 10", ("12",)), ("a cover s", ())])
def test_a_raised_number_that_may_be_a_power_or_a_mark_is_doubtful(before: str, footnotes: tuple[str, ...]):
    row = set_side_by_side((WORD, f"There were many {before}"), (SUP, "12"), (WORD, " of them."))
    made = flow([row], Counter(), footnotes={*footnotes})
    assert made.maths == ()
    assert made.doubtful


def test_a_number_beside_an_operator_has_a_power():
    made = flowing((WORD, "It is 3"), (SUP, "2"), (WORD, " + 4"), (SUP, "2"), (WORD, " in all."))
    assert found(made) == [("32 + 42", "3^2 + 4^2")]


@pytest.mark.parametrize(("mark_at_foot", "notes"), [("12", ["12"]), ("", [])])
def test_the_footnotes_of_the_page_say_what_is_a_mark(tmp_path: Path, mark_at_foot: str, notes: list[str]):
    document = pymupdf.open()
    page = document.new_page()
    words = "The survey of the widgets of this town reached nearly all of its readers in the end. "
    for i in range(6):
        page.insert_text((72, 100 + 14 * i), words, fontsize=11)
    page.insert_text((72, 184), "The count of 86", fontsize=11)
    x = 72 + pymupdf.get_text_length("The count of 86", fontsize=11)
    page.insert_text((x, 180), "12", fontsize=7)
    page.insert_text((x + 9, 184), "billion is now accepted by most of the authors.", fontsize=11)
    page.insert_text((72, 757), mark_at_foot, fontsize=6)
    page.insert_text((80, 760), "Counted by hand in two brains.", fontsize=8)
    document.save(tmp_path / "Page.pdf")
    blocks = extract(tmp_path / "Page.pdf").pages[0].blocks
    counted = next(block for block in blocks if "The count of" in block.text)
    assert [mark for _, mark in counted.notes] == notes
    assert counted.doubtful
    assert counted.maths == ()

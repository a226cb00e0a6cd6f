"""The example book is what its script prints, its numbers are true, its code runs, and its truth is where it says."""

from __future__ import annotations

import contextlib
import io
import itertools
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "tools" / "make_example_book.py"
sys.path.insert(0, str(ROOT / "tools"))

import make_example_book as tool  # noqa: E402
from example_book import computed, source  # noqa: E402
from example_book.leaf import pymupdf, width  # noqa: E402
from example_book.press import CODE, LEFT, PAGE, WIDE  # noqa: E402
from example_book.truth import Truth  # noqa: E402

from notegen.extract import extract  # noqa: E402

COMMITTED = tool.INBOX / tool.NAME


@pytest.fixture(scope="module")
def truth() -> Truth:
    return tool.truth()


@pytest.fixture(scope="module")
def book() -> Any:
    return pymupdf.open(COMMITTED)


def words(text: str) -> str:
    """Text without what a page does to it: ligatures, line ends, hyphens."""
    return re.sub(r"[-\s\u00a0]+", "", text.replace("ﬁ", "fi").replace("ﬂ", "fl"))


def test_every_run_prints_the_same_bytes(tmp_path: Path) -> None:
    outs = [tmp_path / "a.pdf", tmp_path / "b.pdf"]
    for out in outs:
        subprocess.run([sys.executable, str(SCRIPT), str(out)], check=True, capture_output=True, cwd=tmp_path)
    first, second = (out.read_bytes() for out in outs)
    assert first == second
    assert len(first) < 400_000


def test_the_committed_book_is_what_the_script_prints() -> None:
    printed = tool.build()
    committed = COMMITTED.read_bytes()
    made_with = pymupdf.open(stream=committed, filetype="pdf").metadata["producer"]
    if made_with == pymupdf.open(stream=printed, filetype="pdf").metadata["producer"]:
        assert printed == committed
    else:  # another release of pymupdf may write the same pages in other bytes
        before, after = (pymupdf.open(stream=pdf, filetype="pdf") for pdf in (committed, printed))
        assert [page.get_text() for page in before] == [page.get_text() for page in after]


def test_the_shape_of_the_book(book: Any, truth: Truth) -> None:
    assert 18 <= book.page_count <= 22
    assert [book[k].get_label() for k in range(book.page_count)] == truth.labels
    assert truth.labels[:4] == ["i", "ii", "iii", "1"]
    assert book.metadata["title"] == tool.TITLE
    assert book.metadata["author"] == "The notegen authors"
    chapters = [heading.page for heading in truth.headings if heading.level == 1 and heading.number]
    assert len(chapters) == 4
    assert all(4 <= after - before <= 6 for before, after in itertools.pairwise([*chapters, book.page_count]))
    kinds = [thing.kind for thing in truth.captioned]
    assert (kinds.count("figure"), kinds.count("table"), kinds.count("code")) == (7, 4, 4)
    fonts = {font[3].split("+")[-1] for page in book for font in page.get_fonts()}
    assert {"Times-Roman", "Times-Italic", "Times-Bold", "Courier"} <= fonts


def test_the_outline_points_at_its_headings(book: Any, truth: Truth) -> None:
    outline = [(level, title, page - 1) for level, title, page in book.get_toc()]
    assert outline == [(h.level, f"{h.number} {h.title}".strip(), h.page) for h in truth.headings]
    for heading in truth.headings:
        below = book[heading.page].get_text("text", clip=(0, heading.top - 2, PAGE[0], heading.top + 60))
        assert words(heading.title) in words(below)


def test_captions_and_boxes_are_where_the_truth_says(book: Any, truth: Truth) -> None:
    for thing in truth.captioned:
        page = book[thing.page]
        assert words(thing.caption) in words(page.get_text()), thing.label
        x0, y0, x1, y1 = thing.bbox
        assert LEFT - 1 <= x0 < x1 <= LEFT + WIDE + 1, thing.label
        assert 70 < y0 < y1 < 660
        mentions = [k for k in range(3, book.page_count) if words(thing.label) in words(book[k].get_text())]
        text = words("".join(book[k].get_text() for k in mentions))
        assert text.count(words(thing.label)) >= 2, f"{thing.label} is not mentioned in the text"


def test_every_figure_comes_out_whole_and_without_its_caption(book: Any, truth: Truth) -> None:
    pages = extract(COMMITTED).pages
    figures = [thing for thing in truth.captioned if thing.kind == "figure"]
    assert len(figures) == 7
    for figure in figures:
        (crop,) = [picture.bbox for picture in pages[figure.page].pictures if picture.label == figure.label]
        x0, y0, x1, y1 = figure.bbox
        assert pymupdf.Rect(crop).contains((x0 + 1, y0 + 1, x1 - 1, y1 - 1)), (figure.label, figure.bbox, crop)
        assert pymupdf.Rect(x0 - 8, y0 - 8, x1 + 8, y1 + 8).contains(crop), (figure.label, figure.bbox, crop)
        captions = book[figure.page].search_for(f"{figure.label}:")
        assert captions
        assert not any(caption.intersects(crop) for caption in captions), (figure.label, crop)


def test_nothing_is_printed_outside_the_margins_or_over_other_text(book: Any, truth: Truth) -> None:
    for page in book:
        formulas = [pymupdf.Rect(formula.bbox) for formula in truth.formulas if formula.page == page.number]
        middles: list[Any] = []  # a word's box is as high as its line; words may only not meet in the middle
        for x0, y0, x1, y1, *_ in page.get_text("words"):
            assert LEFT - 1 <= x0 < x1 <= LEFT + WIDE + 1, (page.number, x0, x1)
            assert 40 < y0 < y1 < PAGE[1] - 20
            middle = pymupdf.Rect(x0 + 1, y0 + 3, x1 - 1, y1 - 3)
            if not middle.is_empty and not any(middle.intersects(formula) for formula in formulas):
                assert not any(middle.intersects(other) for other in middles), (page.number, middle)
                middles.append(middle)


def test_listings_run_and_print_what_the_book_says(truth: Truth) -> None:
    for listing in (thing for thing in truth.captioned if thing.kind == "code"):
        assert all(width(line, "mono", CODE) <= WIDE - 16 for line in listing.code.splitlines()), listing.label
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(listing.code, listing.label, "exec"), {})
        promised = re.findall(r"^(?:print\(.*\)  )?# (.+)$", listing.code, flags=re.M)
        assert printed.getvalue().splitlines() == promised, listing.label


def test_tables_are_true(book: Any, truth: Truth) -> None:
    tables = {thing.label: thing for thing in truth.captioned if thing.kind == "table"}
    for row in (*tables["Table 3.1"].rows[1:], *tables["Table 4.1"].rows[1:]):
        weights = [float(cell) for cell in row[-3:]]
        assert round(sum(weights), 6) == 1, row
    ranking = [float(row[-1]) for row in tables["Table 2.1"].rows[1:]]
    assert ranking == sorted(ranking, reverse=True)
    for table in tables.values():
        clip = book[table.page].get_text("text", clip=table.bbox)
        assert words("".join(cell for row in table.rows for cell in row)) == words(clip)


def test_what_the_text_says_of_the_toy_words() -> None:
    nearest = max(computed.WORDS, key=lambda word: computed.cosine(computed.WORDS[word], computed.analogy()))
    assert nearest == "rome"
    for weights in computed.self_attention(masked=True):
        assert round(sum(round(weight, 2) for weight in weights), 6) == 1
    with pytest.raises(KeyError):
        computed.evaluate("cos paris london")


def test_real_typography(book: Any) -> None:
    text = "".join(page.get_text(flags=pymupdf.TEXT_PRESERVE_LIGATURES) for page in book)
    assert text.count("ﬁ") > 20
    assert len(re.findall(r"[a-z]-\n[a-z]", text)) >= 8
    assert 6_000 <= sum(word != "." for word in text.split()) <= 8_000  # the dots are the leaders of the contents
    assert not re.search(r"[«»$@]|\*\*", text)


def test_every_formula_is_numbered_once(book: Any, truth: Truth) -> None:
    blocks = itertools.chain.from_iterable(source.read_chapters())
    assert len(truth.formulas) == sum(block.kind == "formula" for block in blocks)
    for formula in truth.formulas:
        _, y0, x1, y1 = formula.bbox
        beside = book[formula.page].get_text("text", clip=(x1, y0 - 4, PAGE[0], y1 + 4))
        assert formula.label in beside


def test_links_of_the_example_vault_resolve() -> None:
    vault = COMMITTED.parents[1]
    targets = {path.name for path in vault.rglob("*")} | {path.stem for path in vault.rglob("*.md")}
    notes = [vault / "Home.md", *(vault / "Concepts").glob("*.md")]
    links = [link for note in notes for link in re.findall(r"\[\[([^\]|#]+)", note.read_text(encoding="utf-8"))]
    assert len(notes) >= 4
    assert len(links) >= 8
    assert set(links) <= targets

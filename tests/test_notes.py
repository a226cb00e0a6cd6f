"""The promises of a finished note, held against the PDFs themselves: what it quotes is printed on the page that it
links, the captioned figures are in it, and it says enough."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from real_pdfs import EXAMPLE_PDF, MORE_PDFS

READABLE = [
    "r-intro-book.pdf",
    "shortest-paths-chapter.pdf",
    "deep-learning-cheatsheet.pdf",
    "perceptron-slides.pdf",
    "two-column.pdf",
]
PDFS = [EXAMPLE_PDF, *(MORE_PDFS / name for name in READABLE)]
DAYS = 3
NOTE_LINK = re.compile(r"\[\[(?:[^\]|#]+\|)?([^\]|#]+)\]\]")
"""A link to a note shows its alias, else its target."""
PAGE_LINK = re.compile(r"\[\[[^\]|#]+#page=(\d+)\|[^\]]+\]\]")


@pytest.fixture(scope="module", params=PDFS, ids=lambda path: path.stem)
def made(request, tmp_path_factory):
    """(PDF, vault, notes): the first passages of one PDF, a day each."""
    pdf: Path = request.param
    if not pdf.is_file():
        pytest.skip(f"{pdf.name} is not beside the checkout")
    root = tmp_path_factory.mktemp("vault")
    env = {**os.environ, "NOTEGEN_STATE": str(root / ".state")}
    if pdf == EXAMPLE_PDF:
        env["NOTEGEN_DAY__MAX_PAGES"] = "6"
    command = [sys.executable, "-m", "notegen"]
    subprocess.run([*command, "init", str(root)], check=True, capture_output=True, env=env)
    (root / "Inbox" / pdf.name).write_bytes(pdf.read_bytes())
    for day in range(1, DAYS + 1):
        date = f"2026-03-{day:02}"
        subprocess.run(
            [*command, "day", "--vault", str(root), "--date", date], check=True, capture_output=True, env=env
        )
    return pdf, root, sorted((root / "Logs").glob("*.md"))


def page_texts(pdf: Path) -> list[str]:
    """The plain text of each page, read by a process of its own with MuPDF's own defaults."""
    code = (
        "import sys; sys.modules['pymupdf.layout'] = None\n"
        "import json, pymupdf; print(json.dumps([page.get_text() for page in pymupdf.open(sys.argv[1])]))"
    )
    result = subprocess.run([sys.executable, "-c", code, str(pdf)], capture_output=True, encoding="utf-8", check=True)
    import json

    return json.loads(result.stdout)


def plain(text: str) -> str:
    """Letters and signs alone: white space, hyphens, ligatures and accents made of two glyphs aside."""
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\u00ad\-‐‑–]", "", text).casefold()


def flattened(tex: str) -> str:
    """The characters of a formula one after the other, as a text layer has them: "\\alpha_{i+1}" is "αi+1"."""
    return re.sub(r"[\s{}_^]", "", re.sub(r"\\([A-Za-z]+)", lambda command: shown(command[1]), tex))


def shown(command: str) -> str:
    """What a command shows: a root's sign, a Greek letter, else (log, sin) its own name."""
    case = "CAPITAL" if command[0].isupper() else "SMALL"
    name = command.removeprefix("var").replace("lambda", "lamda").replace("Lambda", "Lamda")
    try:
        return "√" if command == "sqrt" else unicodedata.lookup(f"GREEK {case} LETTER {name.upper()}")
    except KeyError:
        return command


def statements(note: Path) -> list[tuple[str, int]]:
    """(text, page counted from 1) of every line of a note that has a page link: all that the line says beside it."""
    found = []
    for line in body(note).splitlines():
        pages = PAGE_LINK.findall(line)
        text = re.sub(r"^[\s>]*(?:(?:[-*]|\d+\.)\s+)?(?:\[ \]\s+)?", "", PAGE_LINK.sub("", line))
        text = NOTE_LINK.sub(r"\1", text)
        text = re.sub(r"(?<!\\)\$([^$]+)\$", lambda formula: flattened(formula[1]), text)
        text = re.sub(r"\\([^\w\s])", r"\1", text.replace("==", "")).strip(" ,")
        if pages and text:
            assert len(set(pages)) == 1, line
            found.append((text, int(pages[0])))
    return found


def body(note: Path) -> str:
    return note.read_text(encoding="utf-8").split("\n---\n", 1)[1]


def pages_of(note: Path) -> tuple[int, int]:
    match = re.search(r'^pdf_pages: "?(\d+)-(\d+)"?$', note.read_text(encoding="utf-8"), re.MULTILINE)
    assert match
    return int(match[1]), int(match[2])


def test_every_quoted_sentence_is_on_the_page_that_it_links(made):
    pdf, _, notes = made
    pages = [plain(text) for text in page_texts(pdf)]
    assert notes
    for note in notes:
        quoted = statements(note)
        assert quoted
        missing = [(text, page) for text, page in quoted if plain(text) not in pages[page - 1]]
        assert not missing


def test_a_note_says_enough(made):
    """A quotation for each 200 words of its pages, up to 8. Of a text of 1,000 words or more, which is no deck of
    formulas, between a seventh and a half of the words."""
    pdf, _, notes = made
    pages = page_texts(pdf)
    for note in notes:
        first, last = pages_of(note)
        words = sum(len(text.split()) for text in pages[first - 1 : last])
        quoted = {text for text, _ in statements(note)}
        assert len(quoted) >= min(8, words // 200)
        told = sum(len(text.split()) for text in quoted)
        assert told <= words / 2
        assert words < 1000 or told >= words / 7


def test_every_captioned_figure_of_the_passage_is_in_its_note(made):
    pdf, root, notes = made
    captions = [re.findall(r"^(?:Figure|Fig\.) ?\d+(?:\.\d+)?[.:]", text, re.MULTILINE) for text in page_texts(pdf)]
    for note in notes:
        first, last = pages_of(note)
        text = body(note)
        for label in (each for page in captions[first - 1 : last] for each in page):
            assert re.search(rf"^!\[\[[^\]]*\|{re.escape(label)}", text, re.MULTILINE), label
        for image in re.findall(r"!\[\[([^\]|]+\.png)", text):
            assert list(root.rglob(image)), image


def test_the_days_walk_forward(made):
    _, _, notes = made
    spans = [pages_of(note) for note in notes]
    assert spans == sorted(spans)
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(spans))


def test_no_heading_list_or_callout_is_empty(made):
    _, _, notes = made
    for note in notes:
        lines = [line for line in body(note).splitlines() if not line.startswith("%%")]
        text = "\n".join(lines)
        assert not re.search(r"^#+\s*$|^[\s>]*[-*]\s*$|^[\s>]*\[![a-z]+\][+-]?\s*$", text, re.MULTILINE)
        assert "What I still find unclear:" in text
        assert "left out here" not in text or "lorem ipsum" in text.lower()  # filler, and so is its source


def test_the_gate_and_the_checker_agree(made, notegen):
    _, root, _ = made
    result = notegen("check", "--vault", root, "--json")
    assert [each for found in result.data["notes"].values() for each in found if each["severity"] == "error"] == []
    assert result.status == 0

"""Print the example book, "Embeddings and Attention: A First Course", as a PDF.

    python tools/make_example_book.py [OUT.pdf]

Without an argument it writes the PDF into the inbox of the example vault. Its text lies in tools/example_book/text, its
numbers are computed in computed.py, its figures are drawn in figures.py. Every run makes the same bytes with the same
release of pymupdf, whose built-in fonts it uses. `truth` tells what the book holds and where, for tests and benchmarks.
"""

from __future__ import annotations

import sys
from pathlib import Path

from example_book.leaf import GREY, Leaf, pymupdf
from example_book.lines import break_lines
from example_book.press import LEADING, LEFT, PAGE, SIZE, TOP, WIDE, Press
from example_book.source import read_chapters, read_preface
from example_book.truth import Heading, Truth

NAME = "Embeddings and Attention.pdf"
INBOX = Path(__file__).resolve().parents[1] / "vault_example" / "Inbox"
TITLE = "Embeddings and Attention: A First Course"
DATE = "D:20260101000000Z"
FRONT_LEAVES = 3
CENTRE = PAGE[0] / 2


def truth() -> Truth:
    """What the book holds and where: headings, captioned things with boxes, formulas, printed page labels."""
    return _set().truth


def build() -> bytes:
    """The whole book as the bytes of a PDF."""
    press = _set()
    pdf = pymupdf.open()
    for leaf in press.leaves:
        leaf.print_on(pdf.new_page(width=PAGE[0], height=PAGE[1]))
    pdf.subset_fonts()
    pdf.set_toc([
        [heading.level, f"{heading.number} {heading.title}".strip(), heading.page + 1,
         {"kind": pymupdf.LINK_GOTO, "to": pymupdf.Point(LEFT, heading.top), "zoom": 0}]
        for heading in press.truth.headings
    ])  # fmt: skip
    pdf.set_page_labels([
        {"startpage": 0, "style": "r", "prefix": "", "firstpagenum": 1},
        {"startpage": FRONT_LEAVES, "style": "D", "prefix": "", "firstpagenum": 1},
    ])  # fmt: skip
    pdf.set_metadata({
        "title": TITLE, "author": "The notegen authors",
        "subject": "Word vectors, similarity and attention, for beginners",
        "keywords": "embeddings, attention, CC BY 4.0",
        "creator": "make_example_book.py", "producer": f"PyMuPDF {pymupdf.VersionBind}",
        "creationDate": DATE, "modDate": DATE,
    })  # fmt: skip
    pdf.set_language("en")
    packed = pdf.tobytes(
        garbage=4, deflate=True, deflate_fonts=True, deflate_images=True, no_new_id=True, use_objstms=1
    )
    return bytes(packed)


def _set() -> Press:
    """The chapters on their leaves, then the front matter, which needs their page numbers."""
    press = Press(FRONT_LEAVES)
    for chapter in read_chapters():
        press.set_chapter(chapter)
    _title(press.leaves[0])
    _contents(press.leaves[1], press.truth.headings)
    _preface(press.leaves[2])
    press.truth.headings[:0] = [
        Heading(level=1, number="", title=title, page=page, top=TOP)
        for page, title in enumerate(("Contents", "Preface"), 1)
    ]
    press.truth.labels = ["i", "ii", "iii", *(str(k + 1) for k in range(len(press.leaves) - FRONT_LEAVES))]
    return press


def _title(leaf: Leaf) -> None:
    leaf.text((CENTRE, 230), "Embeddings and Attention", "bold", 28, align=0.5)
    leaf.text((CENTRE, 262), "A First Course", "italic", 17, align=0.5)
    leaf.line((CENTRE - 60, 288), (CENTRE + 60, 288), thick=0.8)
    leaf.text((CENTRE, 316), "The notegen authors", "serif", 12, align=0.5)
    leaf.text((CENTRE, 600), "© 2026 The notegen authors", "serif", 9, GREY, align=0.5)
    leaf.text((CENTRE, 614), "Licensed under CC BY 4.0: share and adapt it, with credit.", "serif", 9, GREY, align=0.5)


def _contents(leaf: Leaf, headings: list[Heading]) -> None:
    """Titles, dotted leaders, printed page numbers."""
    leaf.text((LEFT, 118), "Contents", "bold", 23)
    y = 160.0
    for heading in headings:
        chapter = heading.level == 1
        y += 24 if chapter else 16
        font = "bold" if chapter else "serif"
        x = LEFT if chapter else LEFT + 18
        title = f"{heading.number}   {heading.title}"
        end = leaf.text((x, y), title, font, SIZE) + 6
        page = str(heading.page - FRONT_LEAVES + 1)
        if not chapter:
            dots = int((LEFT + WIDE - 16 - end) / 6)
            for k in range(dots):
                leaf.text((LEFT + WIDE - 16 - 6 * (dots - k), y), ".", "serif", SIZE, GREY)
        leaf.text((LEFT + WIDE, y), page, font, SIZE, align=1)
    leaf.text((CENTRE, 676), "ii", "serif", 9, align=0.5)


def _preface(leaf: Leaf) -> None:
    leaf.text((LEFT, 118), "Preface", "bold", 23)
    y = 160.0
    for place, paragraph in enumerate(read_preface()):
        for line in break_lines(paragraph, SIZE, WIDE, indent=14 if place else 0):
            line.draw(leaf, LEFT, y)
            y += LEADING
    leaf.text((CENTRE, 676), "iii", "serif", 9, align=0.5)


def main(arguments: list[str]) -> None:
    out = Path(arguments[0]) if arguments else INBOX / NAME
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(build())
    print(f"{out}: {out.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])

"""What the type of a page and the index of a book say about its terms."""

from __future__ import annotations

from pathlib import Path

import pymupdf

from notegen.extract import extract
from notegen.extract.book_index import index_of


def words_set_apart(folder: Path, markup: str) -> list[str]:
    document = pymupdf.open()
    document.new_page().insert_htmlbox((72, 72, 520, 400), markup)
    document.save(folder / "page.pdf")
    blocks = extract(folder / "page.pdf").pages[0].blocks
    return [block.text[start:end] for block in blocks for start, end in block.emphasis]


def test_bold_italic_and_coloured_terms_are_set_apart_and_code_is_not(tmp_path: Path):
    markup = (
        "<p>The <b>quorum sensing</b> of bacteria was a surprise to everybody who had believed that a cell lives "
        "alone. It rests on an <i>autoinducer</i> that each cell gives off, on a "
        '<span style="color:#c00000">receptor</span> that binds it, and the function '
        '<span style="font-family:monospace">solve()</span> counts them all in one go.</p>'
    )
    assert words_set_apart(tmp_path, markup) == ["quorum sensing", "autoinducer", "receptor"]


def test_a_paragraph_in_one_type_sets_nothing_apart(tmp_path: Path):
    sentence = "Nothing in this paragraph is set in another type than the rest of it, whatever that type may be."
    assert words_set_apart(tmp_path, f"<p><b>{sentence}</b></p><p><i>{sentence}</i></p>") == []


BODY = "A page of the book with some text on it.\nIt says something about 12 things in 3 lines.\n"
TERMS = ("allele", "base pair", "codon", "exon", "gene", "intron", "locus", "mutation", "operon", "plasmid")


def test_an_index_of_forty_pages_is_read_with_its_ranges():
    page = "Index\n" + "".join(f"{term}, {at}, {at + 10}–{at + 12}\n" for at, term in enumerate(TERMS, 20))
    found = index_of([BODY] * 60 + [page] * 40)
    assert len(found) == 400
    assert (found[0].term, found[0].pages) == ("allele", ("20", "30", "31", "32"))
    assert index_of([BODY] * 60 + [page.replace("–", "–1")] * 1)[0].pages[:2] == ("20", "30")


def test_contents_tables_and_references_are_no_index():
    contents = "".join(f"{number}. The {term} and its history {number * 7}\n" for number, term in enumerate(TERMS, 1))
    dotted = "".join(f"The {term} and its history . . . . . {number}\n" for number, term in enumerate(TERMS, 1))
    sources = "".join(
        f"Smith, J. On the {term}. Nature {number}, 1999, pp. 3–9, London.\n" for number, term in enumerate(TERMS)
    )
    assert index_of([BODY, BODY, contents, dotted, sources, BODY]) == ()

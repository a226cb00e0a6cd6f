"""Which letters of a page are not in what notegen makes of it. Prints a Markdown table, the worst pages first.

    python benchmarks/letters.py [--pages 20] PDF …

The letters and digits that MuPDF finds outside of the pictures, the tables and the zones of headers and footers are
held against those of the blocks. What stands in a picture or in a table is shown there.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from readers import without_layout_model

from notegen.errors import NotegenError
from notegen.extract import extract
from notegen.extract.document import Page
from notegen.extract.text.glyphs import repaired
from notegen.extract.text.margins import in_zone

_SHOWN = 40
_EXAMPLE_CHARS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What is missing of one page."""

    page: int
    printed: int
    missing: int
    example: str
    """The first printed line most of whose letters are missing."""


def losses(path: Path, pages: int) -> Iterator[Loss]:
    """Page by page. Raises NotegenError when the file cannot be read."""
    document = extract(path, range(pages), ocr_languages=())
    with without_layout_model().open(path) as source:
        for page in document.pages:
            lines = [repaired(text) for text in printed_lines(source[page.index], page)]
            text = "".join(f"{block.marker}{block.text}" for block in page.blocks)
            text += "".join(words for block in page.blocks for _, words in (*block.struck, *block.notes))
            kept = letters(text)
            missing = letters("".join(lines)) - kept
            example = next((each for each in lines if (letters(each) & missing).total() > 0.8 * len(each) > 4), "")
            printed = letters("".join(lines)).total()
            yield Loss(page=page.index, printed=printed, missing=missing.total(), example=example.strip())


def letters(text: str) -> Counter[str]:
    return Counter(char for char in text.casefold() if char.isalnum())


def printed_lines(source: Any, page: Page) -> Iterator[str]:
    """The text of the page's lines as far as it stands in no picture, no table and no margin."""
    boxes = [thing.bbox for thing in (*page.pictures, *page.tables)]
    for block in source.get_text("dict", flags=0)["blocks"]:
        for line in block.get("lines", ()):
            x0, y0, x1, y1 = without_layout_model().Rect(line["bbox"]) * source.rotation_matrix
            inside = any(b[0] <= (x0 + x1) / 2 <= b[2] and b[1] <= (y0 + y1) / 2 <= b[3] for b in boxes)
            if not inside and not in_zone(y0, y1, source.rect.height):
                yield "".join(span["text"] for span in line["spans"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="PDF")
    parser.add_argument("--pages", type=int, default=20, help="of each file, from its beginning")
    given = parser.parse_args()
    found: list[tuple[float, str, Loss]] = []
    printed = missing = 0
    for path in given.files:
        try:
            for loss in losses(path, given.pages):
                printed, missing = printed + loss.printed, missing + loss.missing
                found.append((loss.missing / max(loss.printed, 1), path.name, loss))
        except NotegenError as error:
            print(f"{path.name}: {error}", file=sys.stderr)
    print(f"{len(found)} pages, {printed} letters, {missing} missing ({missing / max(printed, 1):.2%})\n")
    print("| file | page | letters | missing | such as |\n| --- | --- | --- | --- | --- |")
    for _, name, loss in sorted(found, key=lambda each: -each[0] * each[2].missing)[:_SHOWN]:
        if loss.missing:
            print(f"| {name} | {loss.page + 1} | {loss.printed} | {loss.missing} | {loss.example[:_EXAMPLE_CHARS]} |")


if __name__ == "__main__":
    main()

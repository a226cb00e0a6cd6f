"""Which section of the note shows which picture, table, formula and listing of the source."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from notegen.draft.draft import CodeListing
from notegen.draft.quoting.outline import SourceSection
from notegen.extract.document import Block, Picture, Table
from notegen.reading.belonging import RELATION
from notegen.reading.code import is_code

_NAMES = (
    r"fig(?:ure|ura)?s?|abb(?:ildung(?:en)?)?|grafik(?:en)?|gráfico?s?",
    r"tab(?:le|elle|leau|ella|la|ela)?[snx]?",
)
"""How texts call what a caption calls "Figure" or "Table", in six languages; names of one row mean the same."""
MAX_GALLERY = 6
"""Pictures shown apart from all sections; of the others the pages are named."""
MIN_FORMULA_SIGNS = 4
"""Letters and digits of a formula that is shown without words."""
MAX_JOINED_LINES = 6
MAX_LISTINGS = 6
"""Listings shown in one section; of the others the pages are named."""


def place(
    parts: Sequence[Picture] | Sequence[Table],
    sections: Sequence[SourceSection],
    *,
    gallery: bool = False,
    slides: bool = False,
) -> list[int | None]:
    """For each part the index of the section that mentions it first, else of the one that it stands in.

    gallery: what stands beyond the text of that section has no home (None) and is shown apart. slides: a section has
    the whole of the page it begins on.
    """
    homes: list[int | None] = []
    for part in parts:
        home = _mentioning(part.label, sections)
        if home is None:
            home = _holding(part.page, math.inf if slides else part.bbox[1], sections)
            if gallery and home is not None and not _reaches(sections[home], part.page):
                home = None
        homes.append(home)
    return homes


def _reaches(section: SourceSection, page: int) -> bool:
    """Whether the section's text stands on the page, or goes on after it."""
    return section.page == page or any(block.page >= page for block in section.blocks)


def distinct(pictures: Sequence[Picture]) -> tuple[Picture, ...]:
    """Without pictures that are the same image again, as on slides that build up."""
    first: dict[bytes, Picture] = {}
    for picture in pictures:
        first.setdefault(picture.png, picture)
    return tuple(picture for picture in pictures if first[picture.png] is picture or picture.label)


def formulas_of(section: SourceSection) -> tuple[tuple[Block, Block | None], ...]:
    """(display formula that could be cropped, the paragraph right before it), each image once."""
    crops = {block.crop: block for block in reversed(section.blocks) if block.kind == "formula" and block.crop}
    found = []
    for position, block in enumerate(section.blocks):
        if crops.get(block.crop) is block:
            before = section.blocks[position - 1] if position else None
            leads = before is not None and before.page == block.page and before.kind in ("paragraph", "list")
            found.append((block, before if leads else None))
    return tuple(found)


def says_something(formula: Block) -> bool:
    """It relates two things, and is more than the range of a sum: "n ∈ N", "c < b"."""
    signs = sum(char.isalnum() for char in formula.text)
    return bool(formula.marker) or (signs >= MIN_FORMULA_SIGNS and bool(RELATION.search(formula.text)))


def listings_of(
    section: SourceSection, without: Sequence[Block] = ()
) -> tuple[tuple[CodeListing, ...], tuple[int, ...]]:
    """(listings to show, pages of the others): the longest ones, in the order of the source.

    without: blocks that the section shows elsewhere.
    """
    listings: list[CodeListing] = []
    for block in section.blocks:
        if block.kind != "code" or not is_code(block.text) or any(block is other for other in without):
            continue
        listing = CodeListing(page=block.page, text=block.text, language=block.language)
        last = listings[-1] if listings else None
        if (
            last
            and (last.page, last.language) == (listing.page, listing.language)
            and _is_line(last)
            and _is_line(listing)
        ):
            listings[-1] = replace(last, text=f"{last.text}\n{listing.text}")
        else:
            listings.append(listing)
    longest = sorted(range(len(listings)), key=lambda i: (-listings[i].text.count("\n"), i))[:MAX_LISTINGS]
    others = {each.page for i, each in enumerate(listings) if i not in longest}
    return tuple(listings[i] for i in sorted(longest)), tuple(sorted(others))


def _is_line(listing: CodeListing) -> bool:
    """Single commands between sentences: those of one page are shown together, a line each."""
    return (
        all(not line.startswith((" ", "\t")) for line in listing.text.splitlines())
        and listing.text.count("\n") < MAX_JOINED_LINES
    )


def _mentioning(label: str, sections: Sequence[SourceSection]) -> int | None:
    if not label:
        return None
    word, _, number = label.rpartition(" ")
    name = word.rstrip(".").lower()
    names = next((each for each in _NAMES if re.fullmatch(each, name, re.IGNORECASE)), re.escape(word))
    before = r"(?:[A-Z]?\d[\d.]*[a-z]?\s*(?:,|and|or|to|und|oder|bis|et|ou|à|y|o|a|e|&|-|–)\s*)*"
    pattern = re.compile(rf"\b(?:{names})\.?\s*\(?{before}{re.escape(number)}(?![\d])(?!\.\d)", re.IGNORECASE)
    for index, section in enumerate(sections):
        if any(block.kind not in ("caption", "heading") and pattern.search(block.text) for block in section.blocks):
            return index
    return None


def _holding(page: int, top: float, sections: Sequence[SourceSection]) -> int | None:
    """The section of the nearest block above on the page, else the one that is open when the page begins."""
    above: int | None = None
    for index, section in enumerate(sections):
        begins = section.page < page or (section.page == page and (above is None or section.top <= top))
        if begins or any(block.page == page and block.bbox[1] <= top for block in section.blocks):
            above = index
    return above

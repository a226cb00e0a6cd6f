"""Every hostile file ends within small limits: with a plain reason, or with what can be read of it."""

from __future__ import annotations

from pathlib import Path

import hostile_pdfs
import psutil
import pytest

from notegen.errors import PdfError
from notegen.extract import Limits, extract
from notegen.extract.document import Document

LIMITS = Limits(wall_s=60, page_s=2.5, cpu_s=20, memory_bytes=1 << 30)


def read(path: Path) -> Document | PdfError:
    try:
        return extract(path, range(20), limits=LIMITS)
    except PdfError as error:
        return error


@pytest.mark.parametrize("trick", hostile_pdfs.FILES)
def test_it_ends_within_its_limits_and_the_sound_page_is_read(trick: str, tmp_path: Path):
    path = tmp_path / "hostile.pdf"
    path.write_bytes(hostile_pdfs.FILES[trick]())
    before = set(psutil.Process().children(recursive=True))
    outcome = read(path)
    if isinstance(outcome, PdfError):
        assert trick in REFUSED
        assert outcome.reason.startswith("hostile.pdf ")
        assert outcome.reason.endswith(".")
        assert outcome.next_step
    else:
        assert trick not in REFUSED
        assert all(page.skipped.startswith("It was left out: ") for page in outcome.pages if page.skipped)
        assert bool(outcome.suspect) == (trick in DAMAGED)
        assert trick not in DAMAGED or any(block.text for page in outcome.pages for block in page.blocks)
    if trick not in REFUSED | DAMAGED and outcome.page_count == 2:
        first, second = outcome.pages
        assert hostile_pdfs.SECOND in " ".join(block.text for block in second.blocks)
        assert first.skipped or trick not in TOO_MUCH
    assert not [child for child in psutil.Process().children(recursive=True) if child not in before]


def test_a_page_that_takes_all_memory_is_left_out_by_name_and_the_others_are_read(tmp_path: Path):
    path = tmp_path / "hostile.pdf"
    path.write_bytes(hostile_pdfs.FILES["millions of glyphs"]())
    first, second = extract(path, range(2), limits=Limits(page_s=60, memory_bytes=512 << 20)).pages
    assert first.skipped == "It was left out: it needed more than 512 MB of memory."
    assert hostile_pdfs.SECOND in " ".join(block.text for block in second.blocks)


REFUSED = {
    "a page tree that bites its tail",
    "two thousand million pages claimed",
    "a web page",
    "a web page with a PDF's marks",
}
DAMAGED = {"cut off after a tenth", "cut off in the middle", "cut off near the end", "zeros from the middle on"}
TOO_MUCH = {
    "ten to the tenth forms",
    "forms 5000 deep",
    "eight gigabytes deflated",
    "four gigabytes deflated twice",
    "millions of glyphs",
    "millions of path operators",
    "thousands of slow shadings",
    "arrays half a million deep on the page",
    "three million saved states",
}
"""The first page is left out on any machine."""

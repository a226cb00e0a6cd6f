"""A sentence in which a bitmap font paints a sign that has no meaning for a program is never quoted."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile_pdfs import FONT, PAGE, pdf, stream
from whole_document import whole


def page_with_sign(path: Path, at: bytes) -> None:
    """Two sentences, and a filled square as the only glyph of a font whose size is a tenth of a point."""
    shown = (
        b"BT /H 10 Tf 50 250 Td (The first line of this page says what everybody knows.) Tj ET "
        b"BT /H 10 Tf 50 200 Td (A line search is a procedure that chooses) Tj ET "
        b"BT /T 0.1 Tf 1 0 0 1 " + at + b" Tm (y) Tj ET "
        b"BT /H 10 Tf 262 200 Td (to minimize f.) Tj ET"
    )
    sign = stream(b"1000 0 0 0 80 60 d1 0 0 80 60 re f")
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/FirstChar 121/LastChar 121/Widths[0]"
        b"/CharProcs<</a121 6 0 R>>/Encoding<</Type/Encoding/Differences[121/a121]>>/Resources<<>>>>"
    )
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        3: b"<<%s/Contents 4 0 R/Resources<</Font<</H 5 0 R/T 7 0 R>>>>>>" % PAGE.replace(b"300 300", b"400 300"),
        4: stream(shown),
        5: FONT,
        6: sign,
        7: font,
    }
    path.write_bytes(pdf(objects))


@pytest.mark.parametrize(("at", "missing"), [(b"247 200", True), (b"247 120", False), (b"380 200", False)])
def test_a_sign_in_a_line_makes_its_words_doubtful_and_one_that_stands_apart_does_not(
    at: bytes, missing: bool, tmp_path: Path
):
    page_with_sign(tmp_path / "a.pdf", at)
    blocks = whole(tmp_path / "a.pdf").pages[0].blocks
    doubtful = [block.text[start:end] for block in blocks for start, end in block.doubtful]
    assert any("procedure that chooses" in text for text in doubtful) is missing
    assert not any("everybody" in text for text in doubtful)

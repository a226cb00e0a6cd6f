"""Letters of TeX's bitmap fonts, whose PDF does not say what they are."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from whole_document import whole


def bitmap_text(path: Path, codes: bytes) -> Path:
    """A page with one line in a Type 3 font whose glyphs have TeX's names, "/a27" for the code 27."""
    document = pymupdf.open()
    page = document.new_page(width=400, height=200)

    def add(source: str, stream: bytes | None = None) -> int:
        xref = int(document.get_new_xref())
        document.update_object(xref, source)
        if stream is not None:
            document.update_stream(xref, stream, new=True)
        return xref

    used = sorted(set(codes))
    glyph = add("<<>>", b"500 0 0 0 500 500 d1 0 0 400 400 re f")
    differences = " ".join(f"{code} /a{code}" for code in used)
    font = add(
        "<</Type/Font/Subtype/Type3/Name/F26/FontBBox[0 0 500 500]/FontMatrix[0.001 0 0 0.001 0 0]/FirstChar 0"
        f"/LastChar 255/Widths[{'500 ' * 256}]/Encoding<</Type/Encoding/Differences[{differences}]>>"
        f"/CharProcs<<{' '.join(f'/a{code} {glyph} 0 R' for code in used)}>>/Resources<<>>>>"
    )
    document.xref_set_key(page.xref, "Resources", f"<</Font<</F26 {font} 0 R>>>>")
    text = b"BT /F26 12 Tf 20 120 Td <" + codes.hex().encode() + b"> Tj ET"
    document.xref_set_key(page.xref, "Contents", f"{add('<<>>', text)} 0 R")
    document.save(path)
    return path


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        (b"Das Chi\x1brat ist \xf6\x1bentlich und hei\xfft so.", "Das Chiffrat ist öffentlich und heißt so."),
        (b"The \x1crst di\x1berence is of no e\x1bect.", "The first difference is of no effect."),
    ],
)
def test_letters_of_a_bitmap_font_are_those_of_its_encoding_and_certain(tmp_path: Path, codes: bytes, text: str):
    [block] = whole(bitmap_text(tmp_path / "a.pdf", codes)).pages[0].blocks
    assert (block.text, block.doubtful) == (text, ())


@pytest.mark.parametrize("codes", [b"Le c\x1bur bat.", b"Le c\x1bur bat \xe0 la \x0cn."])
def test_a_bitmap_font_that_may_have_the_other_encoding_stays_doubtful(tmp_path: Path, codes: bytes):
    [block] = whole(bitmap_text(tmp_path / "a.pdf", codes)).pages[0].blocks
    assert "ff" not in block.text
    assert block.doubtful

"""Bitmap fonts of TeX: what their codes mean where the PDF does not say.

Older TeX files hold their letters as bitmaps (Type 3 fonts) without names, so that readers take a letter's code for its
character: "ÿ" for "ß", a control character for "ff". In the T1 ("Cork") encoding (LaTeX's encguide, TeX Users Group)
most letters stand where Unicode has them; these are the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

_ROWS = {
    0x10: "“”„«»–—", 0x1B: "ﬀﬁﬂﬃﬄ", 0x7F: "-",
    0x80: "ĂĄĆČĎĚĘĞĹĽŁŃŇŊŐŔŘŚŠŞŤŢŰŮŸŹŽŻĲİđ§ăąćčďěęğĺľłńňŋőŕřśšşťţűůÿźžżĳ¡¿£",
    0xD7: "Œ", 0xDF: "ẞ", 0xF7: "œ", 0xFF: "ß",
}  # fmt: skip
_CORK = {start + place: letters for start, row in _ROWS.items() for place, letters in enumerate(row)}
_LIGATURES = frozenset(map(chr, range(0x1B, 0x20)))
_OLD_LIGATURES = frozenset(map(chr, range(0x0B, 0x10)))
"""Those of OT1, TeX's first encoding, which has "œ" and "ø" where Cork has ligatures."""
_ACCENTED = frozenset(map(chr, range(0xC0, 0x100)))
"""OT1 has no letters with accents."""


def read_as_cork(blocks: Iterable[dict[str, Any]], bitmap_fonts: frozenset[str]) -> None:
    """Change, in blocks of `get_text("rawdict")`, the characters of bitmap fonts that are Cork's.

    A page's bitmap fonts are Cork's when they have one of its ligatures, none of OT1's, and accented letters or a
    second ligature.
    """
    chars = [
        char
        for block in blocks
        for line in block.get("lines", ())
        for span in line["spans"]
        if span["font"].rpartition("+")[2] in bitmap_fonts
        for char in span["chars"]
    ]
    used = {char["c"] for char in chars}
    if used & _OLD_LIGATURES or len(used & _LIGATURES) + len(used & _ACCENTED) < 2 or not used & _LIGATURES:
        return
    for char in chars:
        char["c"] = _CORK.get(ord(char["c"]), char["c"])

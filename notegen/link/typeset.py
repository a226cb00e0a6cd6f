"""A text as it would be typed: without soft hyphens, accents joined with their letters, one hyphen inside words."""

from __future__ import annotations

import re
import unicodedata

_DASH = re.compile("(?<=[^\\W_])[\u2010-\u2013](?=[^\\W_])")
_SOFT = "\u00ad"


def typed(text: str) -> str:
    """See above; a blank that does not break is a blank."""
    plain = unicodedata.normalize("NFC", text.replace(_SOFT, "")).replace("\u00a0", " ").replace("\u202f", " ")
    return _DASH.sub("-", plain)


def with_offsets(text: str) -> tuple[str, list[int]]:
    """The text as typed, and for each of its characters, and its end, the offset in the text as it is."""
    if text.isascii():
        return text, list(range(len(text) + 1))
    pieces: list[str] = []
    offsets: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        piece = unicodedata.normalize("NFC", text[at:end].replace(_SOFT, ""))
        pieces.append(piece.replace("\u00a0", " ").replace("\u202f", " "))
        offsets += [at] * len(piece)
        at = end
    return _DASH.sub("-", "".join(pieces)), [*offsets, len(text)]

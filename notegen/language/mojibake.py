"""Mojibake: UTF-8 that some program read in a code page. A text is repaired as a whole and without loss, or not at all.

What happened is undone exactly: the text is written in the code page it was read in, and its bytes are read as UTF-8.
That a text of natural writing survives this by accident is all but impossible where it has signs of three bytes or
several of two, for UTF-8 says which byte may follow which (RFC 3629, section 3); for a single sign of two bytes the
letters around it must speak for it as well. Lines that were typed later, in good order, make a text unrepairable as a
whole: it then stays as it is.

Bytes that a code page leaves undefined are read as the control of the same number, as browsers do (WHATWG Encoding
Standard, section 9, single-byte decoders). Where a program dropped them instead, nothing can bring them back.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

CODE_PAGES = (
    "cp1252", "cp1254", "mac_roman", "latin_1", "cp1250", "cp1251", "cp1253", "cp1257", "cp437", "cp850", "cp866",
)  # fmt: skip
"""Those that Windows, macOS and consoles took for their own in Europe and the Americas, the most usual ones first."""
MAX_LAYERS = 3
"""A text may have been damaged again after it was damaged; more often is nobody's file."""
_BOM = "\ufeff"
_EVERYDAY = (
    (0xA0, 0x17F), (0x370, 0x3FF), (0x400, 0x45F), (0x2000, 0x206F), (0x20AC, 0x20AC), (0x2190, 0x22FF),
    (0x2500, 0x27BF), (0xFE0F, 0xFE0F), (0x1F300, 0x1FAFF),
)  # fmt: skip
"""Letters of European languages, punctuation, the euro, arrows and mathematical signs, drawn signs, emoji."""
_UNWRITTEN = frozenset({"Cc", "Cn", "Co", "Cs"})
"""Categories that no repaired sign has: controls, signs that do not exist, private ones, halves of surrogates."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text as it was before it was damaged."""

    text: str
    layers: tuple[str, ...]
    """The code pages it was read in, the last damage first; () where it was sound, and then it is unchanged."""


def repair(text: str) -> Repaired:
    """The text without mojibake. For what it gives, `damage(text, layers)` is the text that was given."""
    bom, rest = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
    whole = Repaired(text, ())
    layers: list[str] = []
    while len(layers) < MAX_LAYERS and (found := _undone(rest)):
        page, rest = found
        layers.append(page)
        if _is_writing(rest):  # else it is only the damage before the last, with the controls of undefined bytes
            whole = Repaired(bom + rest, tuple(layers))
    return whole


def damage(text: str, layers: tuple[str, ...]) -> str:
    """The text as it looks when programs take its UTF-8 for these code pages: what `repair` undoes."""
    bom, rest = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
    for page in reversed(layers):
        rest = "".join(_signs(page)[byte] for byte in rest.encode("utf-8"))
    return bom + rest


def _undone(text: str) -> tuple[str, str] | None:
    """(the code page, the text one layer earlier); None where the text is sound, or cannot be repaired as a whole, or
    could be in two ways."""
    if text.isascii():
        return None
    found: dict[str, str] = {}
    for page in CODE_PAGES:
        try:
            earlier = bytes(_bytes(page)[sign] for sign in text).decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            continue
        if _is_sure(text, earlier):
            found.setdefault(earlier, page)
    ranked = sorted(((_everyday(earlier), earlier) for earlier in found), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    earlier = ranked[0][1]
    return found[earlier], earlier


def _everyday(text: str) -> float:
    """The share of signs that notes are full of, of all that are not ASCII: the same bytes are "é" in one code page and
    "Ǹ" in another."""
    signs = [ord(sign) for sign in text if not sign.isascii()]
    return sum(any(low <= sign <= high for low, high in _EVERYDAY) for sign in signs) / len(signs)


def _is_writing(text: str) -> bool:
    return not any(unicodedata.category(sign) in _UNWRITTEN and sign not in "\t\n\r\f" for sign in text)


def _is_sure(text: str, earlier: str) -> bool:
    """Whether chance is out of the question."""
    signs = [at for at, sign in enumerate(earlier) if not sign.isascii()]
    sizes = [len(earlier[at].encode("utf-8")) for at in signs]
    if max(sizes) >= 3 or len(signs) >= 3:
        return True
    return all(_is_between_letters(earlier, at) for at in signs) and not text.isalpha()


def _is_between_letters(text: str, at: int) -> bool:
    """A letter with a letter beside it: "café" is one, "±2" is none."""
    beside = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
    return text[at].isalpha() and any(each.isalpha() for each in beside)


@cache
def _signs(page: str) -> tuple[str, ...]:
    """For each byte the sign that a reader of the code page sees."""
    return tuple(bytes([byte]).decode(page, "ignore") or chr(byte) for byte in range(256))


@cache
def _bytes(page: str) -> dict[str, int]:
    return {sign: byte for byte, sign in reversed(list(enumerate(_signs(page))))}

"""What single characters and fonts mean: repair of text, glyphs without a meaning, kinds of fonts."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_MATHS_FONT = re.compile(
    r"CMMI|CMSY|CMEX|CMBSY|CMMIB|MSAM|MSBM|EUFM|EUSM|EURM|RSFS|Symbol(?!a)|Math|STIXSize|STIXNonUni|"
    r"NewPXMI|NewTXMI|TXMI|PXMI|TXSY|PXSY|TXEX|PXEX|MTMI|MTSY|MTEX|MT2MI|MT2SY|BBOLD|WASY|STMARY|ESINT|MNSYMBOL|DINGBATS",
    re.IGNORECASE,
)
_EXTENSION_FONT = re.compile(r"CMEX|MathExt|-Ex\b|STIXSize|TXEX|PXEX|MTEX", re.IGNORECASE)
_SYMBOL_FONT = re.compile(
    r"CMSY|CMBSY|CMEX|MSAM|MSBM|TXSY|PXSY|TXEX|PXEX|MTSY|MTEX|MT2SY|MathSymbols|MathExtension|MathDesign.*-(Sy|Ma|Ex|It|Math)|"
    r"STMARY|WASY|ESINT|MNSYMBOL|DINGBATS",
    re.IGNORECASE,
)
_LINE_FONT = re.compile(r"^(?:[A-Z]{6}\+)?(?:LCIRCLE|LINEW?\d|LASY|XY)", re.IGNORECASE)
"""LaTeX's fonts of arcs and lines."""
_SYMBOLS = frozenset(
    "−·×±∓∗⋆◦•÷≤≥≪≫≦≧⩽⩾∈∉∋⊂⊆⊃⊇∪∩∧∨¬∀∃∅∇∂∞∼∽≈≡≠≃≅→←↔⇒⇐⇔↦↑↓⟶⟵⟹⟺⟨⟩〈〉{}|∥‖∣⌈⌉⌊⌋√∝⊕⊗⊙⊥⊤∖\\/ℓℜℑℵ∆△▽∗"
    "′…⋯⋮⋱♣♦♥♠✓✗□■▪▫▶►◆◇○●ABCDEFGHIJKLMNOPQRSTUVWXYZ αβγδϵεζηθικλμνξπρστυφϕχψωΓΔΘΛΞΠΣΦΨΩ<>+=∑∏∫"
)
"""What the symbol fonts of mathematics are seen to mean. "1", "!" or "É" from such a font is another glyph
(∞, →, □) whose name the PDF has lost."""
_MONO_FONT = re.compile(
    r"CMTT|CMSLTT|CMITT|SFTT|LMMono|Courier|Consolas|Menlo|Monaco|Mono|Typewriter|Inconsolata|FiraCode|SourceCode|"
    r"Fixed|Terminal|Andale|NimbusMon|TXTT|PXTT|ECTT|LetterGothic|BeraSansMono|Hack-|Cascadia",
    re.IGNORECASE,
)
_BOLD_FONT = re.compile(r"Bold|Black|Heavy|Demi|CMBX|CMSSBX|CMB\d|SFBX|-Bd|Medi\b|Semibold", re.IGNORECASE)

_ALPHABET_FONT = re.compile(r"EUFM|EUFB|EUSM|RSFS|MSBM|BBOLD|CMSY|CMBSY|CMMIB|Script|Fraktur|Blackboard", re.IGNORECASE)
_ITALIC_FONT = re.compile(r"Italic|Oblique|CMTI|SFTI|LMRoman\d+-It|-It\b", re.IGNORECASE)

_PLAIN: dict[int, str] = str.maketrans({
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
    "\u00a0": " ", "\u2000": " ", "\u2001": " ", "\u2002": " ", "\u2003": " ", "\u2004": " ", "\u2005": " ",
    "\u2006": " ", "\u2007": " ", "\u2008": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ", "\u205f": " ",
    "\u3000": " ", "\t": " ", "\n": " ", "\r": " ", "\u2010": "-", "\u2011": "-",
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf06e": "■",  # bullets of Word's symbol fonts
    "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",
})  # fmt: skip

_PLAIN |= dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xFFF9, 0xFFFC)], "")
_PLAIN |= dict.fromkeys(range(0xE0000, 0xE0080), "")
"""What turns the direction of text, and tags: unseen on the page, they could make it read as something else."""
_PLAIN |= {
    code: unicodedata.normalize("NFKC", chr(code)).strip() for code in (*range(0xFB50, 0xFDFC), *range(0xFE70, 0xFEFD))
    if unicodedata.category(chr(code)) == "Lo"
}  # fmt: skip
"""Arabic letters in the shape that they have at their place in a word."""
_PLAIN |= {0xF730 + digit: str(digit) for digit in range(10)}
_PLAIN |= {0xF761 + place: chr(ord("A") + place) for place in range(26)}
"""Old-style figures and small capitals in Adobe's private use area (its Glyph List: "zerooldstyle", "Asmall")."""

_ACCENTS = {
    "´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "¸": "\u0327", "˚": "\u030a",
    "ˇ": "\u030c", "˘": "\u0306", "˙": "\u0307", "¯": "\u0304", "˝": "\u030b", "˛": "\u0328",
}  # fmt: skip
_LOOSE_ACCENT = re.compile(f"([{''.join(_ACCENTS)}])\\s?([A-Za-zıȷ])")
_ACCENT_AFTER = re.compile(f"([A-Za-z])([{''.join(_ACCENTS)}])(?=[a-z]|\\b)")


@cache
def is_maths_font(name: str) -> bool:
    """Whether glyphs of this font are mathematics (or symbols), judged by the usual TeX, Word and web names."""
    return bool(_MATHS_FONT.search(name))


@cache
def is_extension_font(name: str) -> bool:
    """Whether the font holds the tall parts of formulas: roots, sums, big brackets, whose text says nothing."""
    return bool(_EXTENSION_FONT.search(name))


@cache
def is_mono_font(name: str, flags: int) -> bool:
    """Whether the font is monospaced: by name or by the flag that MuPDF reads from the font descriptor."""
    return bool(_MONO_FONT.search(name)) or bool(flags & 8)


@cache
def is_bold_font(name: str, flags: int) -> bool:
    return bool(_BOLD_FONT.search(name)) or bool(flags & 16)


@cache
def is_alphabet_font(name: str) -> bool:
    """Whether letters of this font mean something else than those in italics: script, Fraktur, double struck."""
    return bool(_ALPHABET_FONT.search(name))


@cache
def sets_words(font: str) -> bool:
    """False for fonts of signs and of lines for drawings: who looks for letters in them finds "7" for "≤"."""
    return not _MATHS_FONT.search(font) and not _LINE_FONT.search(font) and not _is_symbol_font(font)


@cache
def is_italic_font(name: str) -> bool:
    return bool(_ITALIC_FONT.search(name))


@cache
def has_meaning(char: str) -> bool:
    """False for U+FFFD, non-characters, private use, surrogates and controls (white space has a meaning)."""
    if ord(char) in _PLAIN:
        return True
    return char != "\ufffd" and unicodedata.category(char) not in ("Cc", "Co", "Cn", "Cs")


@cache
def _is_symbol_font(name: str) -> bool:
    return bool(_SYMBOL_FONT.search(name))


def is_misread(text: str, font: str) -> bool:
    """Whether a symbol font gives characters that it does not hold, so that they must be something else on the page."""
    if not _is_symbol_font(font):
        return False
    return not all(char in _SYMBOLS or "✀" <= char <= "➿" for char in text)


def repaired(text: str) -> str:
    """Ligatures spelt out, exotic spaces plain, zero-width characters gone, accents on their letters, NFC."""
    if text.isascii() and text.isprintable():
        return text
    text = text.translate(_PLAIN)
    if "\u00ad" in text:  # a soft hyphen is seen at the end of a line only
        text = text[:-1].replace("\u00ad", "") + text[-1:].replace("\u00ad", "-")
    if not text.isascii():
        text = _LOOSE_ACCENT.sub(lambda m: _accented(m[2], m[1]) or m[0], text)
        text = _ACCENT_AFTER.sub(lambda m: _accented(m[1], m[2]) or m[0], text)
        text = unicodedata.normalize("NFC", text)
    return text


def plain(text: str) -> str:
    """A title or label from the PDF's own data: repaired, on one line, without characters that mean nothing."""
    return " ".join("".join(char for char in repaired(text) if has_meaning(char)).split())


def _accented(letter: str, accent: str) -> str:
    """The letter with its accent as one character; "" when there is no such letter."""
    letter = {"ı": "i", "ȷ": "j"}.get(letter, letter)
    whole = unicodedata.normalize("NFC", letter + _ACCENTS[accent])
    return whole if len(whole) == 1 else ""

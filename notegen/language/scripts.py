"""Scripts that are read letter by letter, and those that put no space between words. The one definition of both.

Blocks and their names: Unicode 16, chapter 18 (East Asia).
"""

from __future__ import annotations

import re

KANA, HAN, HANGUL = "\u3040-\u30ff", "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff", "\uac00-\ud7af"
CJK = KANA + HAN + HANGUL
"""Letters of Chinese, Japanese and Korean, as the inside of a character class: each says about as much as a word's
half, so such texts are measured and compared by letters."""
CJK_LETTER = re.compile(f"[{CJK}]")
_UNSPACED = re.compile(f"[\u3000-\u303f{KANA}{HAN}\uff00-\uffef]")


def has_cjk(text: str) -> bool:
    """Whether a letter of the text is Chinese, Japanese or Korean."""
    return bool(CJK_LETTER.search(text))


def is_cjk(word: str) -> bool:
    """Whether a word is one such letter."""
    return len(word) == 1 and bool(CJK_LETTER.match(word))


def is_unspaced(char: str) -> bool:
    """Whether the character, a letter or a mark, is of Chinese or Japanese, which put no spaces between words (Korean
    does)."""
    return bool(_UNSPACED.match(char))

"""Sentences of the source, each with its page, and whether it may be quoted.

A quoted sentence must be complete, readable on its own and printed whole on one page. When in doubt it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from notegen.extract.document import Block, Maths
from notegen.language.detect import language_of
from notegen.language.lists import words_in
from notegen.language.scripts import has_cjk
from notegen.language.sentences import opens, spans
from notegen.markdown.write import clean

MIN_WORDS, MAX_WORDS = 5, 48
"""A shorter sentence says little, a longer one is usually several glued together."""
MIN_ITEM_WORDS = 3
MIN_ITEM_LONG_WORDS = 2
"""An item needs so many words of three letters or more: "x w b" says nothing."""
MIN_LETTER_SHARE = 0.62
"""Share of letters and spaces; below it the sentence is mostly formula, code or table."""
MIN_CJK_LETTERS = 10
MAX_HEAD_WORDS = 8
"""A heading within a paragraph has no more."""
_NO_HEAD_END = ",;-–—.:?!)0123456789"
"""What goes on behind the last word, or ends it as prose does; numbers are those of exercises and examples."""

_ENDS = re.compile(r"[.!?…。！？][\"'”’»)\]」』]*$")
_STARTS = re.compile(r"^[\"'“‘«(\[¿¡]*[^\W\da-zß-öø-ÿ_]")
_NEVER = re.compile(
    r"https?://|www\.|\w\.\w+/\w|@\w+\.|\bISBN\b|\bdoi\b|arXiv:|©|\bcopyright\b|all rights reserved|"
    r"general public license|"
    r"free software foundation|permission is granted|without even the implied|redistribute it|verbatim copies|"
    r"^\W*(?:exercise|problem|hint|proof|"
    r"figure|fig\.|table|listing|algorithm)\W*\d*\W*$|\.{4,}|[\ufffd\uffff]|\[\s*\]|(?<!\w)\(\s*\)|−→|\?\?",
    re.IGNORECASE,
)
_LOST_SYMBOL = re.compile(r"(?<!\b\w)(?<![\d)\]}|.…])\s,|=\s*(?:[.,;]|(?<!\(=)\))|(?<![\w(])[<>≤≥+−∈]\s*[.,;)]")
"""A gap before a comma or after a sign, where a letter of a formula could not be read; single letters and numbers have
such a gap from their own type."""
_GAP_BEFORE_SEMICOLON = re.compile(r"(?<!\b\w)(?<![\d)\]}|.…])\s;")
"""The same; French sets a space there."""
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence or list item, as printed."""

    text: str
    page: int
    """Index from 0."""
    order: int
    """Position in the passage, from 0."""
    first: bool
    """It opens its paragraph."""
    quotable: bool
    """It may be quoted by itself."""
    certain: bool = True
    """Printed whole on its page, in characters that say what the page shows: as part of a unit it may be quoted."""
    joined: bool = False
    """Nothing but space stands between it and the sentence before it: no footnote's mark, no page break."""
    item: bool = False
    """It is an item of a list and need not be a full sentence."""
    marker: str = ""
    """The item's own number or bullet."""
    maths: tuple[Maths, ...] = ()
    """Formulas in `text`."""


def sentences_of(blocks: Sequence[Block], *, loose: bool = False, language: str = "") -> tuple[Sentence, ...]:
    """The sentences of paragraphs and list items in reading order.

    loose: short paragraphs without a full stop count as list items (slides).
    language: by whose rules sentences end; "" = the one that the blocks are written in.
    """
    language = language or language_of("\n".join(block.text for block in blocks))
    found: list[Sentence] = []
    continued = False
    for block in blocks:
        if block.kind in ("paragraph", "list"):
            found += (
                replace(each, order=len(found) + number)
                for number, each in enumerate(sentences_in(block, loose=loose, continued=continued, language=language))
            )
            continued = block.runs_on
    return tuple(found)


def sentences_in(block: Block, *, loose: bool = False, continued: bool = False, language: str = "") -> list[Sentence]:
    """The sentences of one paragraph or list item.

    continued: its first sentence began in the block before.
    language: by whose rules sentences end, as `language_of` names it; "" = that in which the block is written.
    """
    language = language or language_of(block.text)
    found: list[Sentence] = []
    before = run_in = run_in_head(block, language)
    listed = block.kind == "list" or (loose and not _ENDS.search(block.text.strip()))
    for begin, stop, last in spans(block.text[run_in:], language):
        start, end = run_in + begin, run_in + stop
        text = " ".join(block.text[start:end].split())
        whole = not (last and block.runs_on) and not (begin == 0 and continued)
        item = listed and not _is_sentence(text)
        maths = _maths_in(block, start, end)
        sure = maths is not None and not any(low < end and start < high for low, high in block.doubtful)
        found.append(
            Sentence(
                text=text,
                page=block.page,
                order=len(found),
                first=begin == 0,
                quotable=whole
                and sure
                and _is_readable(text, language)
                and (_is_item(text) if item else _is_sentence(text)),
                certain=whole and sure and _is_readable(text, language),
                joined=bool(found) and not any(before <= at <= start for at, _ in block.notes),
                item=item,
                marker=block.marker if begin == 0 else "",
                maths=maths or (),
            )
        )
        before = end
    return found


def run_in_head(block: Block, language: str) -> int:
    """Where the text behind a heading begins that is printed on the first line of its paragraph in a type of its own,
    without a stop: "*Reading a map* The rivers are blue." 0 where there is none. What only says which kind of text it
    is ("*Proof* Let …") stays with its text."""
    end = block.emphasis[0][1] if block.emphasis and block.emphasis[0][0] == 0 else 0
    head, rest = block.text[:end].split(), block.text[end:].lstrip()
    if not head or len(head) > MAX_HEAD_WORDS or not head[0][:1].isupper() or head[-1][-1:] in _NO_HEAD_END:
        return 0
    if head[0].casefold().strip(".") in words_in("any_subject", language):
        return 0
    if not rest[:1].isupper() or len(rest.split()) < MIN_WORDS or any(each.start < end for each in block.maths):
        return 0
    opened = opens(rest, language) or (language != "de" and len(head) > 1)
    return len(block.text) - len(rest) if opened else 0


def lead_in(block: Block) -> Sentence | None:
    """The last sentence of a block as the words before a formula: it may end in a colon. None when it is not sound."""
    all_spans = list(spans(block.text, language_of(block.text)))
    start, end, _ = all_spans[-1] if all_spans else (0, 0, True)
    text = " ".join(block.text[start:end].split())
    maths = _maths_in(block, start, end)
    sure = maths is not None and not any(low < end and start < high for low, high in block.doubtful)
    readable = _is_readable(text, language_of(block.text))
    if (
        not sure
        or not readable
        or not _STARTS.search(text)
        or not MIN_WORDS <= len(text.split()) <= MAX_WORDS
        or not _is_sound(text)
    ):
        return None
    return Sentence(text=text, page=block.page, order=0, first=False, quotable=True, maths=maths or ())


def _maths_in(block: Block, start: int, end: int) -> tuple[Maths, ...] | None:
    """The formulas of a sentence, counted from its first character. None where they cannot be told: the sentence cuts
    one, or has characters that a note leaves out."""
    inside = [each for each in block.maths if each.start < end and start < each.end]
    text = block.text[start:end]
    shift = start + len(text) - len(text.lstrip())
    if any(each.start < start or each.end > end for each in inside) or (inside and clean(text) != text.strip()):
        return None
    return tuple(replace(each, start=each.start - shift, end=each.end - shift) for each in inside)


def _is_sentence(text: str) -> bool:
    aside = text.startswith("(") and text.endswith(")")
    if aside or not _ENDS.search(text) or not _STARTS.search(text):
        return False
    if has_cjk(text):
        return len(text) >= MIN_CJK_LETTERS and _is_sound(text)
    return MIN_WORDS <= len(text.split()) <= MAX_WORDS and _is_sound(text)


def _is_item(text: str) -> bool:
    if text.endswith((":", ",", "-", "–")) or not re.match(r"[^\W_]|[\"“‘«(]", text):
        return False
    long_enough = len(text) >= MIN_CJK_LETTERS if has_cjk(text) else MIN_ITEM_WORDS <= len(text.split()) <= MAX_WORDS
    says_something = has_cjk(text) or len(re.findall(r"[^\W\d_]{3,}", text)) >= MIN_ITEM_LONG_WORDS
    return long_enough and says_something and "=" not in text and _is_sound(text)


def _is_sound(text: str) -> bool:
    letters = sum(letter.isalpha() or letter.isspace() for letter in text)
    balanced = all(text.count(left) == text.count(right) for left, right in _PAIRS) and text.count('"') % 2 == 0
    return balanced and letters / len(text) >= MIN_LETTER_SHARE


def _is_readable(text: str, language: str) -> bool:
    """No address, no licence, no gap where something could not be read, and no remark of an editor in brackets."""
    if text.startswith("[") and text.endswith("]"):
        return False
    if _NEVER.search(text) or _LOST_SYMBOL.search(text):
        return False
    return language == "fr" or not _GAP_BEFORE_SEMICOLON.search(text)

"""Rows of prose as one text: hyphens joined, footnote marks taken out, garbled places marked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from . import glyphs
from .lines import Line, Span, needs_space

_FOOTNOTE_MARK = re.compile(r"^(?:\d{1,3}(?:\s*,\s*\d{1,3})*|[*∗†‡§¶]+)\s*$")
_ORDINAL = re.compile(r"^(?:th|st|nd|rd|er|e|o|a|TM|®|©)\s*$")
_BROKEN_WORD = re.compile(r"([^\W\d_]+)-$")
_WORD_AT_START = re.compile(r"^([^\W\d_]+)")
_SPACES = re.compile(r" {2,}")
_HOLE = re.compile(r"(?<=\S) {3,}(?=\S)")
"""Room left in a text for something that is not text: a formula pasted in as an image."""
SENTENCE_END = re.compile(r"[.!?:]['\"”’)\]]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Text made from rows."""

    text: str
    doubtful: tuple[tuple[int, int], ...]
    """Ranges [start, end) of `text`."""


def flow(rows: Sequence[Line], vocabulary: Counter[str], *, first_span: int = 0) -> Flow:
    """The rows as one line of text.

    vocabulary: lower-case words of the document, which decides whether a hyphen at a line's end belongs to the word.
    first_span: spans of the first row to leave out (a list item's marker).
    """
    text = ""
    doubtful: list[tuple[int, int]] = []
    for number, row in enumerate(rows):
        spans = row.spans[first_span:] if number == 0 else row.spans
        for i, span in enumerate(spans):
            if i == 0:
                text = _next_row(text, span.text, vocabulary)
            elif text and needs_space(spans[i - 1], span) and not text.endswith(" "):
                text += " "
            if i + first_span and _is_footnote_mark(span, row, text):
                if not SENTENCE_END.search(text.rstrip()):  # in a sentence it would be missing from a quotation
                    doubtful.append((max(len(text) - 1, 0), len(text)))
                text += " " if span.text.endswith(" ") else ""
                continue
            piece = _SPACES.sub(" ", span.text) if text else _SPACES.sub(" ", span.text).lstrip()
            if text.endswith(" "):
                piece = piece.lstrip()
            if is_doubtful(span, row):
                doubtful.append((max(len(text) - 1, 0), len(text) + len(piece)))
            text += piece
    stripped = text.rstrip()
    ranges = ((start, min(end, len(stripped))) for start, end in doubtful)
    return Flow(text=stripped, doubtful=_merged([r for r in ranges if r[0] < r[1]]))


def is_doubtful(span: Span, row: Line) -> bool:
    """Whether the span, put on one line with its neighbours, may read as something else than the page shows."""
    if span.doubtful or _HOLE.search(span.text) or glyphs.is_extension_font(span.font):
        return True
    return is_script(span, row) and not _ORDINAL.match(span.text)


def is_script(span: Span, row: Line) -> bool:
    """Whether the span is raised or lowered against its row: sub- or superscript, part of a fraction."""
    shift = abs(span.baseline - row.baseline)
    return shift > 0.3 * row.size or (span.size < 0.87 * row.size and shift > 0.1 * row.size)


def _is_footnote_mark(span: Span, row: Line, before: str) -> bool:
    raised = span.baseline < row.baseline - 0.1 * row.size and span.size < 0.87 * row.size
    if not raised or span.maths or not _FOOTNOTE_MARK.match(span.text):
        return False
    last = before.rstrip()[-1:] or " "
    return last in ".,;:!?”’\"'" if not last.isalpha() else len(_last_word(before)) > 1


def _last_word(text: str) -> str:
    return text.rstrip().rpartition(" ")[2]


def _next_row(text: str, following: str, vocabulary: Counter[str]) -> str:
    """The text so far, ready to be followed by the next row."""
    text = text.rstrip()
    broken = _BROKEN_WORD.search(text)
    start = _WORD_AT_START.match(following)
    if not text:
        return ""
    if text.endswith(("/", "—")):
        return text
    if broken is None or start is None:
        return text if text.endswith("-") and not text.endswith(" -") else text + " "
    return text if keeps_hyphen(broken[1], start[1], vocabulary) else text[:-1]


def keeps_hyphen(left: str, right: str, vocabulary: Counter[str]) -> bool:
    """Whether "left-right" is a compound. The document's own words decide: the whole word or the compound elsewhere,
    else both halves being words of their own."""
    if right[0].isupper():
        return True
    left, right = left.lower(), right.lower()
    whole, compound = vocabulary[left + right], vocabulary[f"{left}-{right}"]
    if whole or compound:
        return compound > whole
    return len(left) > 3 and len(right) > 3 and min(vocabulary[left], vocabulary[right]) >= 2


def _merged(ranges: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)

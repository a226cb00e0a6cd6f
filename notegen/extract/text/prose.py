"""Rows of prose as one text: hyphens joined, footnote marks taken out, garbled places marked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from notegen.extract.document import Maths
from notegen.extract.text import glyphs, maths, scripts
from notegen.extract.text.emphasis import Styled, emphasised
from notegen.extract.text.line import Line
from notegen.extract.text.marks import TEXT, UNCLEAR, Mark, mark_of
from notegen.extract.text.spans import Span, needs_space
from notegen.language.scripts import is_unspaced

_FOOTNOTE_MARK = re.compile(r"^(?:\d{1,3}(?:\s*,\s*\d{1,3})*|[*∗†‡§¶]+)\s*$")
_ORDINAL = re.compile(r"^(?:th|st|nd|rd|er|e|o|a|TM|®|©)\s*$")
_LOGO = re.compile(r"(?:LA)?TEX")
"""Its raised and lowered capitals are no scripts."""
_BROKEN_WORD = re.compile(r"([^\W\d_]+)-$")
_COORDINATING = frozenset({"und", "oder", "sowie", "bis", "noch", "bzw", "and", "or", "nor", "et", "ou"})
"""After these a hyphen hangs: it stands for the rest of the next compound ("Erst- und Zweitpreis")."""
_WORD_AT_START = re.compile(r"^([^\W\d_]+)")
_WORD_AT_END = re.compile(r"[^\W\d_]{2,}$")
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
    maths: tuple[Maths, ...] = ()
    notes: tuple[tuple[int, str], ...] = ()
    """Where in the text a footnote's mark stood, and the mark."""
    struck: tuple[tuple[int, str], ...] = ()
    """Where in the text words stood that the page crosses out, and the words."""
    emphasis: tuple[tuple[int, int], ...] = ()
    """Ranges [start, end) of `text` that stand out by their type: see `emphasis.emphasised`."""


def flow(
    rows: Sequence[Line], vocabulary: Counter[str], *, first_span: int = 0, footnotes: Set[str] = frozenset()
) -> Flow:
    """The rows as one line of text.

    vocabulary: lower-case words of the document, which decides whether a hyphen at a line's end belongs to the word.
    first_span: spans of the first row to leave out (a list item's marker). footnotes: marks of those of the page.
    """
    text = _GrowingText(footnotes=footnotes)
    for number, row in enumerate(rows):
        skipped = first_span if number == 0 else 0
        for i, span in enumerate(row.spans[skipped:], skipped):
            if i == skipped:
                text.grow_to(_next_row(text.text, span.text, vocabulary))
            elif needs_space(row.spans[i - 1], span):
                text.space()
            if span.struck:
                text.strike(span)
            elif i and text.takes_mark(span, row):
                text.leave_out(span)
            else:
                text.add(span, row)
    return text.flow()


@dataclass(slots=True)
class _GrowingText:
    """Text that spans are added to; what is not certain is noted as it comes."""

    footnotes: Set[str]
    """Marks of those of the page."""
    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    garbled: list[tuple[int, int]] = field(default_factory=list)
    """Ranges that are doubtful whatever comes."""
    flattened: list[tuple[int, int]] = field(default_factory=list)
    """Ranges that are doubtful unless they are rebuilt as maths."""
    notes: list[tuple[int, str]] = field(default_factory=list)
    """Where a footnote's mark stood, and the mark."""
    struck: list[tuple[int, str]] = field(default_factory=list)
    """Where words stood that the page crosses out, and the words."""
    styles: list[Styled] = field(default_factory=list)
    last: Span | None = None
    cut: bool = False
    """A part of a sentence was crossed out right before."""

    def grow_to(self, text: str) -> None:
        """text: with another end than before."""
        self.text = text
        del self.marks[len(text) :]
        self.marks += [TEXT] * (len(text) - len(self.marks))

    def space(self) -> None:
        if self.text and not self.text.endswith(" "):
            self.grow_to(self.text + " ")

    def takes_mark(self, span: Span, row: Line) -> bool:
        """Whether the span, if it came now, would be a footnote's mark."""
        in_formula = bool(self.marks) and self.marks[-1].formula
        return not in_formula and _is_footnote_mark(span, row, self.text, self.footnotes)

    def _may_be_mark(self, span: Span) -> bool:
        """Whether a power, as it seems, may be the mark of a footnote that stands on the page."""
        return self.text[-1:].isdigit() and span.text.strip() in self.footnotes

    def leave_out(self, span: Span) -> None:
        if not SENTENCE_END.search(self.text.rstrip()):  # in a sentence it would be missing from a quotation
            self.garbled.append((len(self.text), len(self.text)))
        self.notes.append((len(self.text.rstrip()), span.text.strip()))
        if span.text.endswith(" "):
            self.space()
        self.last = span

    def strike(self, span: Span) -> None:
        """Leave out what the page crosses out. The rest of its sentence is doubtful, unless whole ones are struck."""
        at = len(self.text.rstrip())
        before = self.struck.pop()[1] + " " if self.struck and self.struck[-1][0] == at else ""
        words = f"{before}{span.text.strip()}"
        self.struck.append((at, words))
        if self.text and not SENTENCE_END.search(self.text.rstrip()):
            self.garbled.append((at, at))
        self.cut = not SENTENCE_END.search(words)
        if span.text.endswith(" ") or span.text.startswith(" "):
            self.space()
        self.last = span

    def add(self, span: Span, row: Line) -> None:
        piece = _SPACES.sub(" ", span.text)
        if not self.text or self.text.endswith(" "):
            piece = piece.lstrip()
        start, end = len(self.text), len(self.text) + len(piece.rstrip())
        if self.cut:
            self.garbled.append((start, start + 1))
            self.cut = False
        mark = mark_of(span, row)
        if _HOLE.search(span.text) or (mark.level and (_ORDINAL.match(span.text) or self._may_be_mark(span))):
            mark = UNCLEAR
        if is_doubtful(span, row):
            clear = mark.level is not None
            (self.flattened if clear else self.garbled).append((start, max(end, start + 1)))
        self.grow_to(self.text + piece)
        if not (span.maths or span.mono):
            self.styles.append(Styled(start, end, span.bold, span.italic, span.colour))
        lead = len(piece) - len(piece.lstrip())
        self.marks[start + lead : end] = [mark] * (end - start - lead)  # the spaces around a script are not raised
        if self.last is not None and self.last.place[1] != span.place[0]:  # in the text layer something stands between
            self.garbled.append((start, start + 1))
            if piece:
                self.marks[start] = self.marks[start]._replace(joint=False)
        self.last = span

    def flow(self) -> Flow:
        text = self.text.rstrip()
        logos = [logo.span() for logo in _LOGO.finditer(text)]
        found = [*maths.find(text, self.marks)]
        found = sorted([*found, *scripts.find(text, self.marks, found)], key=lambda each: each.start)
        found = [m for m in found if not any(a < m.end and m.start < b for a, b in logos)]
        roots = [root.span() for root in re.finditer("√", text)]  # how far one reaches is seen on the page only
        clear_ranges = [*logos, *((m.start, m.end) for m in found)]
        flat = [r for r in (*self.flattened, *roots) if not any(a <= r[0] and r[1] <= b for a, b in clear_ranges)]
        before = [(max(start - 1, 0), min(end, len(text))) for start, end in (*self.garbled, *flat)]
        doubtful = _merged([(start, end) for start, end in before if start < end])  # with what a script belongs to
        clear = tuple(m for m in found if not any(start < m.end and m.start < end for start, end in doubtful))
        return Flow(
            text=text,
            doubtful=doubtful,
            maths=clear,
            notes=tuple(self.notes),
            struck=tuple(self.struck),
            emphasis=emphasised(text, self.styles),
        )


def is_doubtful(span: Span, row: Line) -> bool:
    """Whether the span, put on one line with its neighbours, may read as something else than the page shows."""
    if span.doubtful or _HOLE.search(span.text) or glyphs.is_extension_font(span.font):
        return True
    return is_script(span, row) and not _ORDINAL.match(span.text)


def is_script(span: Span, row: Line) -> bool:
    """Whether the span is raised or lowered against its row: sub- or superscript, part of a fraction."""
    shift = abs(span.baseline - row.baseline)
    return shift > 0.3 * row.size or (span.size < 0.87 * row.size and shift > 0.1 * row.size)


def _is_footnote_mark(span: Span, row: Line, before: str, footnotes: Set[str]) -> bool:
    raised = span.baseline < row.baseline - 0.1 * row.size and span.size < 0.87 * row.size
    if not raised or span.maths or not _FOOTNOTE_MARK.match(span.text):
        return False
    before = before.rstrip()
    marks = {mark.strip() for mark in span.text.split(",")}
    if scripts.is_measured(before):
        return marks <= footnotes
    if before[-1:].isalpha() and (word := _WORD_AT_END.search(before)):
        return not maths.is_function(word[0])
    return before.endswith(tuple(".,;:!?”’\"'")) or scripts.is_mark_after_number(before, marks, footnotes)


def _next_row(text: str, following: str, vocabulary: Counter[str]) -> str:
    """The text so far, ready to be followed by the next row."""
    text = text.rstrip()
    broken = _BROKEN_WORD.search(text) if text.endswith("-") else None
    start = _WORD_AT_START.match(following)
    if not text:
        return ""
    if text.endswith(("/", "—")):
        return text
    if broken is None or start is None:
        if is_unspaced(text[-1:]) or is_unspaced(following[:1]):
            return text
        return text if text.endswith("-") and not text.endswith(" -") else text + " "
    if start[1] in _COORDINATING and not vocabulary[broken[1].lower() + start[1]]:
        return text + " "
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

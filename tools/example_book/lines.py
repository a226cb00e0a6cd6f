"""From inline text to lines: fonts, hyphenation, and breaking a paragraph as a whole.

The breaks minimise the sum of squared stretches over the paragraph, the idea of Knuth and Plass, "Breaking Paragraphs
into Lines" (1981), in its simplest form: dynamic programming over all break points, with a fixed price for a hyphen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from .leaf import BLACK, Colour, Leaf, width

_INLINE = re.compile(r"(\*\*.+?\*\*|\*.+?\*|`.+?`|\$.+?\$|\[\^\d\])")
_SCRIPT = re.compile(r"([_^])(?:\{(.+?)\}|(.))")
_HYPHENS = {
    word.replace("-", ""): word.split("-")
    for word in Path(__file__).with_name("hyphens.txt").read_text(encoding="utf-8").split()
}
HYPHEN_PRICE = 0.12
"""In units of a line's squared stretch: 0.12 is a line whose spaces are a third wider than they should be."""
SHORT_PRICE = 0.5
"""Of a last line that is hardly more than a word."""
TIGHTEST = 0.75
"""The narrowest space, in units of the natural one."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one font. `rise` lifts it above the baseline, in points."""

    text: str
    font: str
    size: float
    rise: float = 0

    @property
    def wide(self) -> float:
        return width(self.text, self.font, self.size)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A word, or a part of one: a line may end after it. `hyphen` is printed only then; `spaced`: a space follows."""

    runs: tuple[Run, ...]
    spaced: bool
    hyphen: str = ""

    @property
    def wide(self) -> float:
        return sum(run.wide for run in self.runs)


@dataclass(frozen=True, slots=True)
class Line:
    """Fragments with the width they are spread over."""

    fragments: tuple[Fragment, ...]
    indent: float
    wide: float
    last: bool
    size: float

    @property
    def natural(self) -> float:
        """How wide the line is when nothing is spread."""
        return _natural(self.fragments, self.size)

    def draw(self, leaf: Leaf, x: float, y: float, colour: Colour = BLACK) -> None:
        """Print the line, justified unless it is the last one; spaces are printed too."""
        x += self.indent
        slack = self.wide - self.indent - self.natural
        gaps = sum(fragment.spaced for fragment in self.fragments[:-1])
        extra = 0.0 if (self.last and slack > 0) or not gaps else slack / gaps
        for place, fragment in enumerate(self.fragments):
            ends = place == len(self.fragments) - 1
            for run in fragment.runs:
                glue = " " if fragment.spaced and not ends and run is fragment.runs[-1] else ""
                glue = glue or (fragment.hyphen if ends else "")
                leaf.text((x, y - run.rise), run.text + glue, run.font, run.size, colour)
                x += run.wide
            if fragment.spaced:
                x += _space(self.size) + extra


def _space(size: float) -> float:
    return width(" ", "serif", size)


def _natural(fragments: tuple[Fragment, ...], size: float) -> float:
    end = fragments[-1]
    spaces = sum(fragment.spaced for fragment in fragments[:-1]) * _space(size)
    return sum(fragment.wide for fragment in fragments) + spaces + width(end.hyphen, "serif", size)


def break_lines(text: str, size: float, wide: float, *, indent: float = 0) -> list[Line]:
    """The paragraph as lines of at most `wide` points, the first one indented."""
    fragments = list(_fragments(text, size))
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(fragments) + 1):
        choices = []
        for start in range(end - 1, -1, -1):
            part = tuple(fragments[start:end])
            room = wide - (indent if start == 0 else 0)
            price = _price(part, room, size, last=end == len(fragments))
            if price is None and len(part) > 1:
                break
            choices.append((best[start][0] + (1e6 if price is None else price), start))
        best.append(min(choices))
    cuts = [len(fragments)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    cuts.reverse()
    return [
        Line(tuple(fragments[a:b]), indent if a == 0 else 0, wide, b == len(fragments), size) for a, b in pairwise(cuts)
    ]


def _price(part: tuple[Fragment, ...], room: float, size: float, *, last: bool) -> float | None:
    """How ugly a line is; None when it does not fit."""
    slack = room - _natural(part, size)
    space = _space(size)
    gaps = sum(fragment.spaced for fragment in part[:-1])
    if slack < -gaps * space * (1 - TIGHTEST) - 1e-6:
        return None
    stretch = slack / (max(gaps, 0.5) * space)
    if last and slack > 0:
        return SHORT_PRICE if len(part) < 3 else 0.0
    return (stretch * (3 if slack < 0 else 1)) ** 2 + (HYPHEN_PRICE if part[-1].hyphen else 0)


def _fragments(text: str, size: float) -> Iterator[Fragment]:
    word: list[Run] = []
    for run in _runs(text, size):
        for place, part in enumerate(run.text.split(" ")):
            if place and word:
                yield from _syllables(word)
                word = []
            if part:
                word.append(Run(part, run.font, run.size, run.rise))
    if word:
        yield from _syllables(word)


def _syllables(word: list[Run]) -> Iterator[Fragment]:
    """The word cut where a line may end in it. A word of mixed fonts stays whole."""
    run = word[0]
    core = run.text.strip("“”‘’().,;:?!")
    parts = _HYPHENS.get(core.lower()) or _HYPHENS.get(core.lower().removesuffix("s"))
    if len(word) == 1 and parts and run.font != "mono":
        start = run.text.index(core)
        for part in parts[:-1]:
            stop = start + len(part)
            head = run.text[:stop] if part is parts[0] else run.text[start:stop]
            yield Fragment((Run(head, run.font, run.size, run.rise),), False, "-")
            start = stop
        word = [Run(run.text[start:], run.font, run.size, run.rise)]
    yield Fragment(tuple(word), True)


def _runs(text: str, size: float) -> Iterator[Run]:
    for piece in _INLINE.split(text):
        if piece.startswith("**"):
            yield Run(piece[2:-2], "bold", size)
        elif piece.startswith("*"):
            yield Run(piece[1:-1], "italic", size)
        elif piece.startswith("`"):
            yield Run(piece[1:-1], "mono", 0.88 * size)
        elif piece.startswith("$"):
            yield from _math(piece[1:-1], size)
        elif piece.startswith("[^"):
            yield Run(piece[2:-1], "serif", 0.68 * size, 0.36 * size)
        elif piece:
            yield Run(piece, "serif", size)


def _math(text: str, size: float) -> Iterator[Run]:
    """Inline maths: letters italic, the rest upright, _ and ^ as scripts."""
    place = 0
    for match in [*_SCRIPT.finditer(text), None]:
        for letters in re.findall(r"[A-Za-zα-ω]+|[^A-Za-zα-ω]+", text[place : match.start() if match else len(text)]):
            yield Run(letters, "italic" if letters[0].isalpha() else "serif", size)
        if match:
            script = match[2] or match[3]
            rise = -0.18 * size if match[1] == "_" else 0.36 * size
            yield Run(script, "italic" if script[0].isalpha() else "serif", 0.7 * size, rise)
            place = match.end()

"""What stands around the text of a page: running headers and footers, page numbers, watermarks, line numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from notegen.extract.text.line import Line
from notegen.extract.text.typography import typography

Edge = tuple[str, float, float]
"""Text, top and bottom in points, of something near the top or bottom of a page."""

_ZONE = 0.13
"""Headers and footers stand in the outer 13 % of a page, or are its first or last row: the margins of a book are wide,
yet no line of the text is risked without a second sign (repetition or a page number)."""
_APART = 1.5
"""In font sizes, from baseline to baseline."""
_LARGE = 1.25
"""In usual font sizes: what is larger does not run, for slides repeat their titles."""
_ACROSS = 0.5
"""In font sizes: how much of the height of another line a stamp covers."""
_NUMBER = re.compile(r"^\W*(?:page|p\.|seite|s\.)?\s*(\d{1,4})\W*(?:(?:of|von|/)\s*\d{1,4}\W*)?$", re.IGNORECASE)
_ROMAN = re.compile(r"^\W*[ivxlc]{1,7}\W*$")
_SECTION_NUMBER = re.compile(r"(?:\d{1,2}|[A-Z])(?:\.\d{1,2})*\.?")
_FORMULA_NUMBER = re.compile(r"\(\d{1,3}(?:\.\d{1,3})*[a-z]?\)")
_SAME_ROW = 0.7
"""In font sizes, between the baselines of a formula's number and of its nearest row: a fraction has two sides."""
_TITLE_GAP = 4.0
"""In font sizes: a title stands no farther from its number."""
_NUMBER_AT_END = re.compile(r"^(\d{1,4})\b|\b(\d{1,4})$")


def in_zone(top: float, bottom: float, height: float) -> bool:
    """Whether something between these heights (points) stands where headers and footers do."""
    return bottom < height * _ZONE or top > height * (1 - _ZONE)


def _edges(lines: Sequence[Line], height: float) -> list[Line]:
    """The lines that may be a header or a footer."""
    if not lines:
        return []
    first, last = min(line.baseline for line in lines), max(line.baseline for line in lines)
    return [
        line
        for line in lines
        if in_zone(line.top, line.bottom, height) or line.baseline < first + 3 or line.baseline > last - 3
    ]


def printed_offset(edges: Sequence[Iterable[str]]) -> int | None:
    """What to add to a page's index to get the number printed on it.

    edges: for every page the texts near its top and bottom. None unless half of the pages (and two) agree.
    """
    votes: Counter[int] = Counter()
    for index, texts in enumerate(edges):
        numbers = {int(found[1] or found[2]) for text in texts for found in _NUMBER_AT_END.finditer(text.strip())}
        numbers |= {int(found[1]) for text in texts if (found := _NUMBER.match(text))}
        votes.update({number - index for number in numbers})
    if not votes:
        return None
    offset, count = votes.most_common(1)[0]
    return offset if count >= max(2, len(edges) / 2) else None


def without_margins(pages: Mapping[int, Sequence[Line]], heights: Mapping[int, float]) -> dict[int, list[Line]]:
    """The lines of each page (index → lines) without what repeats around the text.

    The more neighbouring pages are given, the more is known: a header is a line that comes back, apart from its
    numbers, at the same height in the outer zone of a page; a watermark comes back at the same place, there or across
    other lines. What only comes back at its place ("Exercise", "Answer:") is text.
    """
    usual = typography(pages.values()).body_size
    edges = {
        index: [line for line in _edges(lines, heights[index]) if line.size < _LARGE * usual]
        for index, lines in pages.items()
    }
    repeated: dict[str, set[int]] = defaultdict(set)
    everywhere: Counter[tuple[str, int, int]] = Counter()
    places = {index: [_place(line) for line in lines] for index, lines in pages.items()}
    for index, lines in pages.items():
        for line in edges[index]:
            if _is_apart(line, lines, edges[index]) and not _heads_title(line, lines):
                repeated[_key(line)].add(index)
        everywhere.update(set(places[index]))
    stamps = {place for place, count in everywhere.items() if count >= max(4, 0.6 * len(pages))}
    running = {key for key, found in repeated.items() if len(found) >= 2}
    edges = {
        index: [line for line in found if not _numbers_formula(line, pages[index], running)]
        for index, found in edges.items()
    }
    heads = _running_heights(edges, running)
    kept = {}
    for index, lines in pages.items():
        dropped = _line_numbers(lines) | {id(x) for x in edges[index] if _is_running(x, running, heads, lines)}
        placed = zip(lines, places[index], strict=True)
        dropped |= {id(x) for x, place in placed if place in stamps and _is_stamp(x, lines, heights[index])}
        kept[index] = [line for line in lines if id(line) not in dropped]
    return kept


def _is_apart(line: Line, lines: Sequence[Line], edge: Sequence[Line]) -> bool:
    """Whether white divides the line from the text: a header is never as near as the text's own lines."""
    return all(
        abs(other.baseline - line.baseline) > _APART * line.size
        or other.x1 < line.x0
        or other.x0 > line.x1
        or other in edge
        for other in lines
    )


def _is_stamp(line: Line, lines: Sequence[Line], height: float) -> bool:
    """Whether a line that comes back stands where headers do, or across another line."""
    across = (
        min(line.bottom, other.bottom) - max(line.top, other.top) > _ACROSS * line.size
        and line.x0 < other.x1
        and other.x0 < line.x1
        for other in lines
        if other is not line
    )
    return in_zone(line.top, line.bottom, height) or any(across)


def _key(line: Line) -> str:
    return f"{round(line.size)}|{re.sub(r'[0-9]+', '#', line.text.lower())}"


def _place(line: Line) -> tuple[str, int, int]:
    return (line.text, round(line.x0 / 3), round(line.baseline / 3))


def _running_heights(edges: Mapping[int, Sequence[Line]], running: set[str]) -> set[tuple[int, int]]:
    """Baseline and size (rounded) where at least half of the pages carry something that runs."""
    found: Counter[tuple[int, int]] = Counter()
    for lines in edges.values():
        found.update({_height(line) for line in lines if _key(line) in running or _NUMBER.match(line.text)})
    return {height for height, count in found.items() if count >= max(2, 0.5 * len(edges))}


def _height(line: Line) -> tuple[int, int]:
    return (round(line.baseline), round(line.size))


def _is_running(line: Line, running: set[str], heads: set[tuple[int, int]], lines: Sequence[Line]) -> bool:
    if _height(line) in heads:
        return True
    if _key(line) in running and len(line.text) > 3:
        return True
    if _NUMBER.match(line.text) or _ROMAN.match(line.text):
        return line.top >= max(other.top for other in lines) - 1 or line.bottom <= min(o.bottom for o in lines) + 1
    return False


def _numbers_formula(line: Line, lines: Sequence[Line], running: set[str]) -> bool:
    """Whether it is a number in brackets with something on its left that does not run: "E = mc²  (4)"."""
    return bool(_FORMULA_NUMBER.fullmatch(line.text.strip())) and any(
        abs(other.baseline - line.baseline) < _SAME_ROW * line.size
        and other.x1 < line.x0
        and _key(other) not in running
        for other in lines
    )


def _heads_title(line: Line, lines: Sequence[Line]) -> bool:
    """Whether it is a section's number with the title right beside it: a running one is known by its title."""
    return bool(_SECTION_NUMBER.fullmatch(line.text)) and any(
        abs(other.baseline - line.baseline) < 1 and 0 < other.x0 - line.x1 < _TITLE_GAP * line.size for other in lines
    )


def _line_numbers(lines: Sequence[Line]) -> set[int]:
    """Ids of lines that are the numbers of the lines beside them: rising numbers above each other, outside the text."""
    columns: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if line.text.isdecimal():  # "²" is a digit that is no number
            columns[round(line.x1 / 4)].append(line)
    found: set[int] = set()
    for column in columns.values():
        numbers = [int(line.text) for line in sorted(column, key=lambda line: line.top)]
        rising = len(numbers) >= 8 and all(0 < b - a <= 5 for a, b in pairwise(numbers))
        text_x0 = sorted(line.x0 for line in lines)[len(lines) // 2]
        if rising and (column[0].x1 < text_x0 or column[0].x0 > max(line.x1 for line in lines) - 30):
            found.update(id(line) for line in column)
    return found

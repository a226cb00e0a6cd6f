"""Which rows are headings, and how deep: by the PDF's own outline first, by their look where it says nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from notegen.extract.document import OutlineEntry
from notegen.extract.text.lines import Line
from notegen.extract.text.typography import Typography

_NUMBERED = re.compile(
    r"^(?:(?:chapter|kapitel|appendix|anhang|part|teil)\s+)?(?:\d{1,2}|[A-Z])(?:\.\d{1,2})*[.:)]?\s+\S", re.IGNORECASE
)
_NUMBER_ALONE = re.compile(r"(?:chapter|appendix|part|section|kapitel|anhang)?[\da-z]{0,4}")
_BARE_NUMBER = re.compile(
    r"^\W*(?:(?i:chapter|kapitel|chapitre|capítulo|capitolo|appendix|anhang|annexe|part|teil)\s+)?"
    r"((?:\d{1,2}|[A-Z]|[IVX]{1,5})(?:\.\d{1,2})*)\.?$"
    r"|^(?:ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN|ELEVEN|TWELVE)$"
)
_ADMONITION = re.compile(
    r"(?:note|tip|hint|caution|warning|attention|important|danger|notice|remark|"
    r"hinweis|tipp|achtung|warnung|wichtig|anmerkung|vorsicht|remarque|astuce|avertissement|"
    r"nota|consejo|atención|advertencia|importante|suggerimento|attenzione|avvertimento)s?\W*",
    re.IGNORECASE,
)
"""What stands over a box in the text, time and again."""
_LONGEST = 140
_FUZZY = 0.86
_MOST_ROWS = 4

Style = tuple[float, bool]
"""Font size to the half point, bold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    rows: tuple[Line, ...]
    level: int


def style(row: Line) -> Style:
    mixed = row.spans[0].bold and not row.mono and row.share(lambda span: span.bold or span.mono) > 0.9
    return (round(row.size * 2) / 2, row.bold or mixed)  # code has no bold type


def by_outline(rows: Sequence[Line], entries: Sequence[OutlineEntry]) -> list[Heading]:
    """The rows of one page that its outline entries name, found by their words, nearest to where the entry points."""
    found: list[Heading] = []
    taken: set[int] = set()
    runs = _runs(rows) if entries else []
    for entry in entries:
        wanted = _bare(entry.title)
        best, likest = range(0), _FUZZY
        for run, text in runs:
            if len(text) > 1.5 * len(wanted) + 12 or not taken.isdisjoint(run):
                continue
            likeness = _likeness(text, wanted) - _distance(rows[run.start], entry)
            if likeness > likest:
                best, likest = run, likeness
        if best:
            taken.update(best)
            found.append(Heading(rows=tuple(rows[best.start : best.stop]), level=entry.level))
    return found


def _runs(rows: Sequence[Line]) -> list[tuple[range, str]]:
    """Where a heading of one to four rows may stand, and the letters and digits there.

    A number in a style of its own may stand above the title; the title's rows look alike.
    """
    bare = [_bare(row.text) for row in rows]
    sizes = [None if _BARE_NUMBER.match(row.text) else row.size for row in rows]
    runs = []
    for start in range(len(rows)):
        for stop in range(start + 1, min(start + _MOST_ROWS, len(rows)) + 1):
            titles = [size for size in sizes[start:stop] if size is not None]
            if any(abs(size - titles[0]) >= 1 for size in titles):
                break
            runs.append((range(start, stop), "".join(bare[start:stop])))
    return runs


@lru_cache(maxsize=20_000)
def _likeness(text: str, wanted: str) -> float:
    if text == wanted:
        return 1.1
    short, long = sorted((text, wanted), key=len)
    if len(short) >= 4 and long.endswith(short) and _NUMBER_ALONE.fullmatch(long[: -len(short)]):
        return 1.05  # one of the two has the number
    if 2 * len(short) <= _FUZZY * (len(short) + len(long)):
        return 0.0  # too different in length, whatever they say
    matcher = SequenceMatcher(None, text, wanted, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() > _FUZZY else 0.0


def _distance(row: Line, entry: OutlineEntry) -> float:
    return 0.0 if entry.top is None else min(abs(row.top - entry.top) / 4000, 0.15)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def heading_styles(pages: Mapping[int, Sequence[Line]], type_: Typography) -> dict[Style, int]:
    """The styles of headings on these pages and their levels, the largest first.

    A style is one of headings when it stands out (larger, or bold at the body's size) and its lines are few and short.
    """
    chars: Counter[Style] = Counter()
    lines: Counter[Style] = Counter()
    for page in pages.values():
        for row in page:
            if not row.mono:
                chars[style(row)] += len(row.text)
                lines[style(row)] += 1
    every = sum(chars.values())
    chosen = [
        look
        for look in chars
        if _stands_out(look, type_) and chars[look] < 0.25 * every and chars[look] / lines[look] < 60
    ]
    larger = sorted((look for look in chosen), reverse=True)
    levels: dict[Style, int] = {}
    for look in larger:
        near = next((other for other in levels if abs(other[0] - look[0]) < 0.8 and other[1] == look[1]), None)
        levels[look] = levels[near] if near else len(set(levels.values())) + 1
    return levels


def used_styles(
    pages: Mapping[int, Sequence[Line]], styles: Mapping[Style, int], type_: Typography
) -> dict[Style, int]:
    """Those of the styles that headings on these pages do have, with levels that leave none out."""
    used = {style(row) for lines in pages.values() for heading in by_look(lines, styles, type_) for row in heading.rows}
    levels = sorted({styles[look] for look in used & styles.keys()})
    return {look: levels.index(styles[look]) + 1 for look in used & styles.keys()}


def named_styles(
    pages: Mapping[int, Sequence[Line]], outline: Sequence[OutlineEntry], styles: Mapping[Style, int]
) -> dict[Style, int]:
    """Those of the styles that headings named by the outline have, with the level it gives most of them."""
    levels: dict[Style, Counter[int]] = {}
    for index, lines in pages.items():
        for heading in by_outline(lines, [entry for entry in outline if entry.page == index]):
            levels.setdefault(style(heading.rows[-1]), Counter())[heading.level] += 1
    named = {look: count.most_common(1)[0][0] for look, count in levels.items() if look in styles}
    for look in styles.keys() - named.keys():
        above = [level for other, level in named.items() if other[0] > look[0]]
        if look[1] and above:  # sections too deep for the outline
            named[look] = max(above) + 1
    return named


def title_page_styles(rows: Sequence[Line], styles: Mapping[Style, int], type_: Typography) -> dict[Style, int]:
    """The styles of headings on the first page: the title's and bold ones; authors, dates and places are large too."""
    title = max((row.size for row in rows if sum(char.isalpha() for char in row.text) > 3), default=0.0)
    is_text = sum(len(row.text.split()) for row in rows if row.size < 0.8 * title) > 60
    kept = {look: level for look, level in styles.items() if look[1] and is_text}
    if title > 1.15 * type_.body_size:
        kept |= {style(row): styles.get(style(row), 1) for row in rows if row.size > title - 0.6}
    return kept


def _stands_out(look: Style, type_: Typography) -> bool:
    size, bold = look
    return size >= 1.15 * type_.body_size or (bold and size >= 0.95 * type_.body_size)


def by_look(rows: Sequence[Line], styles: Mapping[Style, int], type_: Typography) -> list[Heading]:
    """The rows of one column that look like headings."""
    found: list[Heading] = []
    i = 0
    while i < len(rows):
        row = rows[i]
        level = styles.get(style(row))
        if level is None or _is_cell(row, rows) or not _may_begin(rows, i, type_):
            i += 1
            continue
        run = [row]
        if _BARE_NUMBER.match(row.text) and i + 1 < len(rows) and _is_chapter(row, rows[i + 1], styles):
            run.append(rows[i + 1])  # a chapter's number stands above its title
        while i + len(run) < len(rows) and len(run) < _MOST_ROWS and _goes_on(run[-1], rows[i + len(run)]):
            run.append(rows[i + len(run)])
        text = " ".join(line.text for line in run)
        if _is_title(text):
            found.append(Heading(rows=tuple(run), level=_numbered_level(text) or level))
        i += len(run)
    return found


def _is_chapter(number: Line, title: Line, styles: Mapping[Style, int]) -> bool:
    far = 4.5 * max(number.size, title.size)
    return style(title) in styles and title.baseline - number.baseline < far


def _goes_on(row: Line, following: Line) -> bool:
    if abs(following.baseline - row.baseline) < 0.3 * row.size:
        return bool(_BARE_NUMBER.match(row.text))
    near = following.baseline - row.baseline < 1.6 * max(row.size, following.size)
    same = abs(following.size - row.size) < 0.6 and following.bold == row.bold
    return near and same and not _NUMBERED.match(following.text)


def _is_cell(row: Line, rows: Sequence[Line]) -> bool:
    """Whether something but a section's number stands beside the row, as in the head of a table or in contents."""
    return not _BARE_NUMBER.match(row.text) and any(
        other is not row
        and abs(other.baseline - row.baseline) < 1
        and (other.x0 > row.x1 or not _BARE_NUMBER.match(other.text))
        for other in rows
    )


def _may_begin(rows: Sequence[Line], i: int, type_: Typography) -> bool:
    """A heading of the body's size needs white above: bold rows inside a paragraph have none."""
    if i == 0 or rows[i].size >= 1.15 * type_.body_size:
        return True
    return rows[i].baseline - rows[i - 1].baseline > 1.25 * type_.leading * type_.body_size


def _is_title(text: str) -> bool:
    letters = sum(char.isalpha() for char in text)
    if len(text) > _LONGEST or "://" in text or letters < 3 or letters < 0.5 * len(text.replace(" ", "")):
        return False
    pieces = text.split()
    if len(pieces) > 3 and sum(len(piece) == 1 for piece in pieces) > 0.5 * len(pieces):
        return False  # notes of music, a formula, a row of labels
    if _ADMONITION.fullmatch(text) or (text.endswith((".", ",", ";")) and not _NUMBERED.match(text)):
        return False
    first = next(char for char in text if char.isalnum())
    return not first.islower() and text[0] not in "•◦▪‣–—-*·"


def _numbered_level(text: str) -> int:
    """ "2" is a chapter's or section's own level, "2.1" one deeper; 0 where there is no number."""
    number = re.match(r"^(\d{1,2}(?:\.\d{1,2})+)\.?\s", text)
    return number[1].count(".") + 1 if number else 0

"""Which rows are headings, and how deep: by the PDF's own outline first, by their look where it says nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from notegen.extract.text.line import Line
from notegen.extract.text.typography import Typography

_NUMBERED = re.compile(
    r"^(?:(?:chapter|kapitel|appendix|anhang|part|teil)\s+)?(?:\d{1,2}|[A-Z])(?:\.\d{1,2})*[.:)]?\s+\S", re.IGNORECASE
)
BARE_NUMBER = re.compile(
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
_END_MATTER = re.compile(
    r"(?:references(?: and notes)?|bibliography|works cited|acknowledge?ments?|literatur(?:verzeichnis)?|danksagung|"
    r"références(?: bibliographiques)?|bibliographie|remerciements|referencias(?: bibliográficas)?|bibliografía|"
    r"agradecimientos|riferimenti(?: bibliografici)?|bibliografia|ringraziamenti|referências(?: bibliográficas)?|"
    r"agradecimentos)",
    re.IGNORECASE,
)
"""Titles that are known by their words alone, where they stand free: journals set them in the type of the text."""
_NAME = re.compile(r"[A-ZÀ-Þ][\w.'’-]*|and|und|et|y|e|&|\W+|\d+", re.UNICODE)
_FIRST_OF_PAPER = re.compile(
    r"(?:abstract|summary|zusammenfassung|kurzfassung|résumé|resumen|riassunto|sommario|resumo)\W*$|(?:1|I)\b[.:]?\s",
    re.IGNORECASE,
)
_PLAIN_NUMBER = re.compile(r"\d{1,2}\.?(?:\s|$)")
_LONGEST = 140
MOST_ROWS = 4

Style = tuple[float, bool]
"""Font size to the half point, bold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    rows: tuple[Line, ...]
    level: int


def style(row: Line) -> Style:
    mixed = row.spans[0].bold and not row.mono and row.share(lambda span: span.bold or span.mono) > 0.9
    return (round(row.size * 2) / 2, row.bold or mixed)  # code has no bold type


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


def by_look(rows: Sequence[Line], styles: Mapping[Style, int], type_: Typography, first: int = 1) -> list[Heading]:
    """The rows of one column that look like headings. first: the level of a title with the number "1"."""
    found: list[Heading] = []
    i = 0
    while i < len(rows):
        row = rows[i]
        level = styles.get(style(row)) or (first if _END_MATTER.fullmatch(row.text) else None)
        if level is None or not is_alone(row, rows) or not _may_begin(rows, i, type_):
            i += 1
            continue
        run = [row]
        if BARE_NUMBER.match(row.text) and i + 1 < len(rows) and _is_chapter(row, rows[i + 1], styles):
            run.append(rows[i + 1])  # a chapter's number stands above its title
        while i + len(run) < len(rows) and len(run) < MOST_ROWS and _goes_on(run[-1], rows[i + len(run)]):
            run.append(rows[i + len(run)])
        text = " ".join(line.text for line in run)
        if is_title(text) and not _runs_into(run[-1], rows[i + len(run) : i + len(run) + 1]):
            found.append(Heading(rows=tuple(run), level=_numbered_level(text, first) or level))
        i += len(run)
    return found


def _is_chapter(number: Line, title: Line, styles: Mapping[Style, int]) -> bool:
    far = 4.5 * max(number.size, title.size)
    return style(title) in styles and title.baseline - number.baseline < far


def _goes_on(row: Line, following: Line) -> bool:
    if abs(following.baseline - row.baseline) < 0.3 * row.size:
        return bool(BARE_NUMBER.match(row.text))
    near = following.baseline - row.baseline < 1.6 * max(row.size, following.size)
    same = abs(following.size - row.size) < 0.6 and following.bold == row.bold
    return near and same and not _NUMBERED.match(following.text)


def _runs_into(row: Line, below: Sequence[Line]) -> bool:
    """Whether the row's sentence goes on in the next one, in another style: its first words are only stressed."""
    return any(
        0 < following.baseline - row.baseline < 1.5 * row.size
        and following.text[:1].islower()
        and not row.text.endswith((".", ":", "?", "!"))
        and following.x0 < row.x0 + 1
        for following in below
    )


def is_alone(row: Line, rows: Sequence[Line]) -> bool:
    """Whether nothing but a section's number stands beside it: cells of a table and lines of contents have company."""
    return bool(BARE_NUMBER.match(row.text)) or not any(
        other is not row
        and abs(other.baseline - row.baseline) < 1
        and (other.x0 > row.x1 or not BARE_NUMBER.match(other.text))
        for other in rows
    )


def _may_begin(rows: Sequence[Line], i: int, type_: Typography) -> bool:
    """A heading of the body's size needs white above: bold rows inside a paragraph have none."""
    if i == 0 or rows[i].size >= 1.15 * type_.body_size:
        return True
    return rows[i].baseline - rows[i - 1].baseline > 1.25 * type_.leading * type_.body_size


def is_title(text: str, longest: int = _LONGEST) -> bool:
    """Whether the words can be those of a heading, however they look. longest: in characters."""
    letters = sum(char.isalpha() for char in text)
    if len(text) > longest or "://" in text or letters < 3 or letters < 0.5 * len(text.replace(" ", "")):
        return False
    pieces = text.split()
    if len(pieces) > 3 and sum(len(piece) == 1 for piece in pieces) > 0.5 * len(pieces):
        return False  # notes of music, a formula, a row of labels
    if _ADMONITION.fullmatch(text) or (text.endswith((".", ",", ";")) and not _NUMBERED.match(text)):
        return False
    first = next(char for char in text if char.isalnum())
    return not first.islower() and text[0] not in "•◦▪‣–—-*·"


def is_names(heading: Heading) -> bool:
    """Whether it is a list of two names or more, as of a paper's authors: capitals only, and commas between them."""
    text = " ".join(row.text for row in heading.rows)
    words = re.sub(r"[\d∗*†‡§]", " ", text).replace(",", " , ").split()
    return text.count(",") >= 2 and all(_NAME.fullmatch(word) for word in words)


def without_authors(headings: Sequence[Heading], rows: Sequence[Line]) -> list[Heading]:
    """The headings of a paper's first page without its authors: lists of names, and what stands unnumbered between the
    title and the abstract or the first section. rows: in reading order."""
    place = {id(row): i for i, row in enumerate(rows)}
    ordered = sorted(headings, key=lambda heading: place[id(heading.rows[0])])
    begins = next((i for i, each in enumerate(ordered) if _FIRST_OF_PAPER.match(each.rows[0].text)), 0)
    return [each for i, each in enumerate(ordered) if not (0 < i < begins or is_names(each))]


def first_level(pages: Mapping[int, Sequence[Line]], styles: Mapping[Style, int], type_: Typography) -> int:
    """The level that most titles with a plain number ("2") have by their look; below a large title it is not the first.

    Without any it is the one under the largest title.
    """
    headings = [heading for rows in pages.values() for heading in by_look(rows, styles, type_)]
    levels = Counter(h.level for h in headings if _PLAIN_NUMBER.match(h.rows[0].text))
    return levels.most_common(1)[0][0] if levels else 1 + bool(styles)


def _numbered_level(text: str, first: int) -> int:
    """ "2" is a chapter's or section's own level, "2.1" one deeper; 0 where there is no number."""
    number = re.match(r"^(\d{1,2}(?:\.\d{1,2})+)\.?\s", text)
    return first + number[1].count(".") if number else 0

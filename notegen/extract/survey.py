"""The facts of the whole file: printed page numbers, words, outline, title, language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pymupdf

from notegen.extract.book import book_by_text
from notegen.extract.book_index import index_of
from notegen.extract.document import IndexEntry, OutlineEntry
from notegen.extract.exhausted import raise_if_exhausted
from notegen.extract.facts import Facts
from notegen.extract.roles import Role, page_role
from notegen.extract.text.glyphs import plain, repaired
from notegen.extract.text.lines import FLAGS, read_lines
from notegen.extract.text.margins import in_zone, printed_offset
from notegen.extract.text.own_text import own_text
from notegen.extract.text.typography import typography
from notegen.language.detect import language_of_words

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN_WORD = re.compile(r"[^\W\d_]+-\n[^\W\d_]+")
_LABEL = re.compile(r"[^\W_]{1,8}(?:[-.][^\W_]{1,6})?")
"""What books print as page numbers: "12", "xiv", "A-3", "3.12"."""
_MAX_WORDS_ABOVE = 4
_TARGET_SLACK_PT = 2.0
_NO_TITLE = re.compile(
    r"^\s*$|untitled|^microsoft (?:word|powerpoint|excel)\b|^(?:power ?point )?(?:presentation|präsentation|"
    r"présentation|presentación|presentazione|apresentação)\d*$|^(?:document|dokument|layout|slide|folie|page|seite|book|titel|title)"
    r"\W*\d*$|^slide \d|^\W*(?:anonymous|unknown|no title|none|null)\W*$|^arxiv\b|"
    r"\.(?:tex|dvi|docx?|odt|rtf|indd|qxd|pptx?|odp|pdf|ps|key|x?html?|xml|md|txt)$|^\W*\d+\W*$",
    re.IGNORECASE,
)
"""What programs write where the author gave no title."""
_ON_PAGES = 3
"""First pages on one of which a title stands that is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What a quick look over all pages gives."""

    labels: tuple[str, ...]
    words: tuple[int, ...]
    vocabulary: Counter[str]
    """Lower-case words of the whole file, hyphenated compounds whole, and how often each occurs."""
    outline: tuple[OutlineEntry, ...]
    roles: tuple[Role, ...]
    """What every page is for."""
    index: tuple[IndexEntry, ...]
    title: str
    """From the metadata; "" when it names none."""
    language: str
    book: str
    """As `Facts.book`."""


def survey(document: pymupdf.Document, path: Path, skip: set[int], at_page: Callable[[int], None]) -> Survey:
    """Look over the whole file. A page that cannot be read (or is to be skipped) counts as one without words."""
    words: list[int] = []
    own: list[str] = []
    edges: list[list[str]] = []
    bodies: list[list[tuple[float, int]]] = []
    roles: list[Role] = []
    vocabulary: Counter[str] = Counter()
    texts: list[str] = []
    for index in range(document.page_count):
        at_page(index)
        blocks, height = ([], 1.0) if index in skip else _text_blocks(document, index)
        text = "\n".join(repaired(line) for block in blocks for line in block[4].splitlines())
        words.append(len(text.split()))
        own.append(_own_text(document, index, "\n".join(block[4] for block in blocks)) if blocks else "")
        texts.append(text)
        vocabulary.update(_WORD.findall(_BROKEN_WORD.sub(" ", text.lower())))
        spots = [(block[1], repaired(block[4])) for block in blocks]
        roles.append("" if index in skip else page_role(spots, is_first=index == 0))
        edges.append([block[4] for block in blocks if in_zone(block[1], block[3], height)])
        inside = [block for block in blocks if not in_zone(block[1], block[3], height)]
        bodies.append([(block[3], len(block[4].split())) for block in inside])
    return Survey(
        index=index_of(texts),
        labels=_labels(document, edges, at_page),
        words=tuple(words),
        vocabulary=vocabulary,
        outline=tuple(_at_page_top(entry, bodies[entry.page]) for entry in _outline(document)),
        roles=tuple(roles),
        title=_metadata_title(document, path),
        language=_language(document, vocabulary),
        book="" if skip else book_by_text(own),
    )


def facts_of(
    document: pymupdf.Document, path: Path, *, suspect: str, skip: set[int], at_page: Callable[[int], None]
) -> Facts:
    """What every page is read with: the survey of the file, with a title from its first page where it names none."""
    seen = survey(document, path, skip, at_page)
    first = "" if 0 in skip else _first_title(document)
    return Facts(
        title=seen.title if seen.title and (not first or _is_printed(seen.title, document)) else first,
        page_count=document.page_count,
        labels=seen.labels,
        words=seen.words,
        vocabulary=dict(seen.vocabulary),
        outline=seen.outline,
        roles=seen.roles,
        index=seen.index,
        language=seen.language,
        suspect=suspect,
        book=seen.book,
    )


def _is_printed(title: str, document: pymupdf.Document) -> bool:
    """Whether most of the title's words stand on one of the first pages; a template's own title does not."""
    wanted = set(_WORD.findall(title.lower()))
    for index in range(min(_ON_PAGES, document.page_count)):
        blocks, _ = _text_blocks(document, index)
        words = set(_WORD.findall(" ".join(repaired(block[4]) for block in blocks).lower()))
        if 2 * len(wanted & words) >= len(wanted):
            return True
    return False


def _first_title(document: pymupdf.Document) -> str:
    """The largest text of the first page, when it reads like a title."""
    try:
        lines = read_lines(document[0])
    except Exception:  # a broken first page has no title
        return ""
    top = max((line.size for line in lines if sum(c.isalpha() for c in line.text) > 3), default=0.0)
    title = " ".join(line.text for line in lines if line.size > 0.95 * top)
    usual = typography([lines]).body_size
    return title if lines and 3 < len(title) <= 200 and (top > 1.1 * usual or len(lines) < 15) else ""


def _text_blocks(
    document: pymupdf.Document, index: int
) -> tuple[list[tuple[float, float, float, float, str, int, int]], float]:
    try:
        page = document[index]
        blocks = page.get_text("blocks", flags=FLAGS)
        if page.rotation:  # MuPDF gives places as the page is stored
            blocks = [(*(pymupdf.Rect(block[:4]) * page.rotation_matrix), *block[4:]) for block in blocks]
        return blocks, page.rect.height
    except Exception as error:  # whatever one broken page raises, the others count
        raise_if_exhausted(error)
        return [], 1.0


def _own_text(document: pymupdf.Document, index: int, seen: str) -> str:
    try:
        return own_text(document[index], seen)
    except Exception as error:  # as above
        raise_if_exhausted(error)
        return seen


def _labels(document: pymupdf.Document, edges: list[list[str]], at_page: Callable[[int], None]) -> tuple[str, ...]:
    """Printed numbers where half of the pages agree, else the PDF's own labels, else index + 1.

    Where the PDF's labels agree with the printed numbers they win, as they know "iv" and "A-1" too.
    """
    own = []
    for index in range(document.page_count):
        at_page(index)
        own.append(_own_label(document, index))
    offset = printed_offset([[line for text in page for line in text.splitlines()] for page in edges])
    if offset is None or sum(label == str(index + offset) for index, label in enumerate(own)) * 2 >= len(own):
        return tuple(label or str(index + 1) for index, label in enumerate(own))
    return tuple(
        str(index + offset) if index + offset > 0 else label or str(index + 1) for index, label in enumerate(own)
    )


def _own_label(document: pymupdf.Document, index: int) -> str:
    """The page's label in the PDF, "" when it has none or one that no book would print."""
    try:
        label = plain(document[index].get_label())
    except Exception:
        return ""
    return label if _LABEL.fullmatch(label) else ""


def _outline(document: pymupdf.Document) -> tuple[OutlineEntry, ...]:
    entries = []
    try:
        toc = document.get_toc(simple=False)
    except Exception:  # a damaged outline is as good as none
        return ()
    for level, title, number, target in toc:
        title = plain(title)
        if title and 1 <= number <= document.page_count:
            top = _top(document, number - 1, target)
            entries.append(OutlineEntry(level=level, title=title, page=number - 1, top=top))
    return tuple(entries)


def _at_page_top(entry: OutlineEntry, body: list[tuple[float, int]]) -> OutlineEntry:
    """Without its `top` where the page begins with it: at most a line such as "Chapter 2" stands above it."""
    above = sum(words for bottom, words in body if entry.top is not None and bottom <= entry.top + _TARGET_SLACK_PT)
    return replace(entry, top=None) if above <= _MAX_WORDS_ABOVE else entry


def _top(document: pymupdf.Document, index: int, target: dict[str, object]) -> float | None:
    point = target.get("to")
    if not isinstance(point, pymupdf.Point):
        return None
    try:
        page = document[index]
        if target.get("kind") != pymupdf.LINK_GOTO:  # named targets come in PDF's own coordinates, direct ones do not
            point = point * page.transformation_matrix * page.rotation_matrix
        top = float(point.y)
    except Exception:
        return None
    return round(top, 1) if 0 <= top <= page.rect.height else None


def _metadata_title(document: pymupdf.Document, path: Path) -> str:
    title = plain((document.metadata or {}).get("title") or "")
    file_name = " " not in title and re.search(r"[-_\d]", title)
    if file_name or _NO_TITLE.search(title) or len(title) > 200 or _bare(title) == _bare(path.stem):
        return ""
    return title


def _bare(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", text.lower())


def _language(document: pymupdf.Document, vocabulary: Counter[str]) -> str:
    try:
        declared = document.language or ""
    except Exception:
        declared = ""
    return language_of_words(vocabulary, declared)

"""The passage's own sections: runs of blocks under a heading, joined until each is worth a heading in the note."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from notegen.extract.document import Block
from notegen.reading.passage import Passage
from notegen.reading.stretch import plain_title

SMALL_WORDS = 60
"""A section with fewer words joins its neighbour, unless it carries code, a formula or a caption."""
SMALL_SLIDE_WORDS = 8
"""The same for slides, which say little on a page."""
MAX_SECTIONS = 20
"""More of them are a list of contents; where there are, the smallest join their neighbours and lose their titles."""
MAX_JOINT_TITLE = 45
FRONT_WORDS = 250
"""Less text than this above the first heading of a section is a motto, a list of authors or a title page."""
MAX_WIDE_WORDS = 150
"""So many words a page, on average, have slides at most: those of seven decks have 30 to 75; a page of a book that is
printed across has 300 and more."""
TITLE_SLIDE_WORDS = 40
"""A first slide with fewer words names the lecture and the lecturer."""
LOOSE_SHARE = 0.45
"""A smaller share of the words in paragraphs that end in a stop: slides, where short lines are items."""

PROSE_WORDS = 25
"""A paragraph with more words is prose, though it may end in a formula."""

_ORNAMENT = re.compile(r"^[^\w\"“‘'(\[«$#.@]+\s*")
"""A star or heart before a title."""
_ASIDE = re.compile(
    r"^(?:references|bibliography|further reading|acknowledge?ments?|exercises?|problems|literatur(?:verzeichnis)?|"
    r"index|contents|table of contents|notes|about the authors?|appendix notes|übungen|aufgaben)\b",
    re.IGNORECASE,
)
_FOR_CATALOGUES = re.compile(
    r"^(?:categories and subject descriptors|ccs concepts|general terms|(?:author |additional )?key ?words|index terms"
    r"|schlüsselwörter|schlagwörter|mots[- ]clés|palabras clave|parole chiave|palavras[- ]chave)\b",
    re.IGNORECASE,
)
"""What stands below an abstract for those who file it, and is no part of it."""
_PRACTICE = re.compile(
    r"^(?:exercises?|problems|practice|questions|übung(?:en)?|aufgaben?|try it|exercices?|problèmes|ejercicios?|"
    r"problemas|esercizi|problemi|exercícios?)\b",
    re.IGNORECASE,
)


def is_practice(heading: str) -> bool:
    """Whether a book's exercises stand under a heading."""
    return bool(_PRACTICE.match(plain_title(heading)))


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSection:
    """A heading of the source and all that stands under it."""

    title: str
    level: int
    page: int
    blocks: tuple[Block, ...] = field(default=())
    chapter: str = ""
    top: float = 0.0
    """Where on the page its heading begins, in points."""

    @property
    def word_count(self) -> int:
        return sum(len(block.text.split()) for block in self.blocks if block.kind in ("paragraph", "list"))

    @property
    def aside(self) -> bool:
        """References, acknowledgements, exercises: no part of the argument."""
        return bool(_ASIDE.match(plain_title(self.title)))

    @property
    def practice(self) -> bool:
        """Exercises of the book itself."""
        return is_practice(self.title)


def source_sections(passage: Passage) -> tuple[SourceSection, ...]:
    """At most MAX_SECTIONS sections of the passage in reading order, none of them tiny."""
    small_words = SMALL_SLIDE_WORDS if is_loose(passage) else SMALL_WORDS
    found = [each for each in _by_heading(passage) if not _FOR_CATALOGUES.match(plain_title(each.title))]
    joined = _joined(_with_chapters(found), small_words)
    own = {plain_title(passage.title), plain_title(passage.document.title)}
    return tuple(replace(each, title="") if plain_title(each.title) in own else each for each in joined)


def is_loose(passage: Passage) -> bool:
    """Slides and hand-outs: pages that are wider than high and hold few words, or most words are in short lines without
    a full stop."""
    pages = [each for each in passage.document.pages if passage.first <= each.index <= passage.last]
    if 2 * sum(each.width > each.height for each in pages) > len(pages):
        return passage.word_count <= MAX_WIDE_WORDS * len(pages)
    paragraphs = [block.text.strip() for block in passage.blocks if block.kind == "paragraph"]
    words = [len(text.split()) for text in paragraphs]
    stops = (".", "!", "?", ":", "。", ".”", ".)")
    stopped = sum(
        count for text, count in zip(paragraphs, words, strict=True) if text.endswith(stops) or count > PROSE_WORDS
    )
    return bool(paragraphs) and stopped < LOOSE_SHARE * sum(words)


def _by_heading(passage: Passage) -> list[SourceSection]:
    sections: list[SourceSection] = []
    blocks: list[Block] = []
    current = SourceSection(title="", level=0, page=passage.first)
    for block in _shown_blocks(passage):
        if block.kind != "heading" or not plain_title(block.text):
            blocks.append(block)
            continue
        sections.append(replace(current, blocks=tuple(blocks)))
        blocks = []
        current = SourceSection(
            title=_ORNAMENT.sub("", " ".join(block.text.split())), level=block.level, page=block.page, top=block.bbox[1]
        )
    sections.append(replace(current, blocks=tuple(blocks)))
    if len(sections) > 1 and _begins_at_heading(passage) and sections[0].word_count < FRONT_WORDS:
        sections = sections[1:]
    return [each for each in sections if each.blocks or each.level]


def overlays(passage: Passage) -> frozenset[int]:
    """Pages whose text stands on the next one again, with more: all steps but the last of a slide that builds up."""
    texts: dict[int, list[str]] = {}
    for block in passage.blocks:
        texts.setdefault(block.page, []).append(_letters(block.text))
    return frozenset(
        page
        for page, pieces in texts.items()
        if page + 1 in texts and all(piece in "".join(texts[page + 1]) for piece in pieces)
    )


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _shown_blocks(passage: Passage) -> Sequence[Block]:
    covered = overlays(passage)
    return [block for block in _without_title_slide(passage) if block.page not in covered]


def _without_title_slide(passage: Passage) -> Sequence[Block]:
    words = sum(len(block.text.split()) for block in passage.blocks if block.page == 0)
    if passage.first == 0 and passage.last > 0 and words < TITLE_SLIDE_WORDS and is_loose(passage):
        return [block for block in passage.blocks if block.page > 0]
    return passage.blocks


def _begins_at_heading(passage: Passage) -> bool:
    """The passage begins where a section or the file does, not in the middle of a text."""
    entries = [entry.page for entry in passage.document.outline]
    return passage.first == 0 or passage.first in entries


def _with_chapters(sections: Sequence[SourceSection]) -> list[SourceSection]:
    """Headings without text of their own become the chapter of what follows; slides that repeat a title are one."""
    result: list[SourceSection] = []
    above: list[SourceSection] = []
    for section in sections:
        above = [each for each in above if each.level < section.level]
        chapter = above[-1].title if above and above[-1].level > 0 else ""
        above.append(section)
        if not section.blocks:
            continue
        if result and section.title and plain_title(result[-1].title) == plain_title(section.title):
            result[-1] = replace(result[-1], blocks=result[-1].blocks + section.blocks)
        else:
            result.append(replace(section, chapter=chapter))
    return result


def _joined(sections: list[SourceSection], small_words: int) -> list[SourceSection]:
    sections = list(sections)
    while len(sections) > 1:
        sizes = [each.word_count for each in sections]
        candidates = [
            i for i, each in enumerate(sections) if len(sections) > MAX_SECTIONS or _is_small(each, small_words)
        ]
        candidates = [i for i in candidates if _partner(sections, i) is not None]
        if not candidates:
            break
        index = min(candidates, key=lambda i: sizes[i])
        partner = _partner(sections, index)
        assert partner is not None  # candidates have one
        first, second = sorted((index, partner))
        sections[first : second + 1] = [_join(sections[first], sections[second], small_words)]
    return sections


def _is_small(section: SourceSection, small_words: int) -> bool:
    carries = any(block.kind in ("code", "formula", "caption") for block in section.blocks)
    return section.word_count < small_words and not carries


def _partner(sections: Sequence[SourceSection], index: int) -> int | None:
    """The neighbour that a section joins: its first part where it has parts, else the one before when that is its
    parent or equal, else the smaller one."""
    section = sections[index]
    near = [i for i in (index - 1, index + 1) if 0 <= i < len(sections) and sections[i].aside == section.aside]
    if not near:
        return None
    if index + 1 in near and 0 < section.level < sections[index + 1].level:
        return index + 1
    if index - 1 in near and sections[index - 1].level <= section.level:
        return index - 1
    return min(near, key=lambda i: sections[i].word_count)


def _join(first: SourceSection, second: SourceSection, small_words: int) -> SourceSection:
    """One section of two. The title is that of the part with the text; deeper headings stay as lines of their own."""
    leads = first.word_count < small_words <= second.word_count
    main = second if leads and first.level >= second.level else first
    title = _joint_title(first, second)
    if not title and leads and first.title and first.level < second.level:
        return replace(second, page=first.page, top=first.top, chapter=first.title, blocks=first.blocks + second.blocks)
    return replace(
        first,
        title=title or main.title,
        level=min(first.level, second.level) or main.level,
        blocks=first.blocks + second.blocks,
    )


def _joint_title(first: SourceSection, second: SourceSection) -> str:
    """Both titles where they are short and the second is no higher than the first; "" else."""
    titles = tuple(each.title.rstrip(" :") for each in (first, second))
    short = all(0 < len(title) <= MAX_JOINT_TITLE and " · " not in title for title in titles)
    return " · ".join(titles) if short and first.level <= second.level else ""

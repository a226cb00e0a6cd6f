"""From blocks to units: which sentences, items, formulas and listings say nothing without each other.

The rules are structural (colons, items, formulas, listings, open quotations, words that lean back), so they read the
same in every field. On nine annotated passages they keep .83 of the runs whole that a reader would not tear, on nine
others .67; single sentences .19 and .17.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from notegen.extract.document import Block
from notegen.language.leaning import OPENING, Leaning, leaning
from notegen.reading.code import is_code
from notegen.reading.sentences import sentences_in
from notegen.reading.unit import Part, Unit, UnitKind, numbered

WHOLE_PARAGRAPH_WORDS = 100
"""A paragraph with no more words is one unit: a thought is seldom shorter than its paragraph."""
MAX_WORDS = 150
"""Nothing but a list, a formula or an open quotation makes a unit longer."""
LOST_GAP_PT = 30.0
"""After words that lead on, so much white is where something stands that is not in the text: two lines are 24."""
MIN_OPEN_END_WORDS = 4
"""A line that ends in no stop leads into a formula or listing only if it says something: figures leave scraps."""

_STOPS = re.compile(r"[.!?…。！？:;][\"'”’»)\]」』]*$")
_RELATION = re.compile(r"[=∝≤≥<>≈≡∼~→↦∈⊂∑∫:]|\\(?:sum|int|le|ge|to)\b")
"""A formula says something of something; without a sign for that it is a scrap of a figure."""
_ITEM = re.compile(
    r"^(?:\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})\)|\d{1,2}\.(?=\s)|\d{1,2}(?:st|nd|rd|th|dly|ly|[°ºª])\b|[•▪■◦‣–—-]\s)\s*",
)


@dataclass(slots=True)
class _Atom:
    """One part and where it stands."""

    part: Part
    block: int
    """Index of its block."""
    first: bool
    last: bool
    """It is the first, the last part of its block."""
    level: int
    run: int
    """How many headings stand before it."""


def units_of(blocks: Sequence[Block], *, book: str, language: str = "en", loose: bool = False) -> tuple[Unit, ...]:
    """The units of a run of blocks in reading order; a heading ends whatever stands before it.

    book: identity of the source, the first part of each unit's id. language: ISO 639-1 of the text.
    loose: slides, where short lines without a stop are items.
    """
    words = leaning(language)
    atoms = list(_atoms(blocks, loose=loose, language=language))
    groups: list[list[_Atom]] = []
    for atom in atoms:
        joins = _belongs_on_a_slide if loose else _belongs
        if _is_figure_scrap(groups[-1] if groups else [], atom):
            continue
        if groups and _leads_into_the_void(groups[-1][-1], atom, blocks):
            groups[-1][-1].part = replace(groups[-1][-1].part, certain=False)
        if groups and joins(groups[-1], atom, words):
            groups[-1].append(atom)
        else:
            groups.append([atom])
    runs = _with_paragraphs(groups, blocks, words)
    opened: set[int] = set()
    units = []
    for run in runs:
        parts = tuple(atom.part for atom in run)
        units.append(
            Unit(
                book=book,
                parts=parts,
                kind=_kind(parts, words),
                start=run[0].block,
                opens_section=run[0].run not in opened,
            )
        )
        opened.add(run[0].run)
    return numbered(units)


def _atoms(blocks: Sequence[Block], *, loose: bool, language: str) -> Iterator[_Atom]:
    run, continued = 0, False
    for index, block in enumerate(blocks):
        if block.kind == "heading":
            run += 1
        elif block.kind in ("formula", "code"):
            shown = is_code(block.text) if block.kind == "code" else bool(block.crop) or not block.doubtful
            part = Part(kind=block.kind, page=block.page, text=block.text, certain=shown, block=block)
            yield _Atom(part, index, True, True, block.level, run)
        elif block.kind in ("paragraph", "list"):
            found = sentences_in(block, loose=loose, continued=continued, language=language)
            for number, sentence in enumerate(found):
                marked = block.kind == "list" or (loose and sentence.item) or bool(_ITEM.match(sentence.text))
                part = Part(
                    kind="item" if marked and number == 0 else "sentence",
                    page=block.page,
                    text=sentence.text,
                    certain=sentence.certain,
                    marker=sentence.marker,
                    maths=sentence.maths,
                    opens=number == 0,
                    joined=sentence.joined,
                )
                yield _Atom(part, index, number == 0, number == len(found) - 1, block.level, run)
            continued = block.runs_on


def _belongs(group: Sequence[_Atom], atom: _Atom, words: Leaning) -> bool:
    """The next part says nothing without those before it, or they nothing without it."""
    before, after = group[-1], atom
    if before.run != after.run:
        return False
    text, following = before.part.text, after.part.text
    if before.part.kind in ("formula", "code"):
        return after.part.kind == before.part.kind or leans_back(following, words)
    if after.part.kind in ("formula", "code"):
        return _leads_into(before, after)
    if before.block == after.block and before.part.kind == "item":
        return True  # the sentences of one item
    if _in_item(before, group) and before.last:
        return after.part.kind == "item" or text.endswith((":", ";", ","))
    if text.rstrip("\"'”’»").endswith((":", ";")) or _is_open(group):
        return True
    if after.part.kind == "item":
        return before.last and len(text.split()) >= MIN_OPEN_END_WORDS and not _is_scrap(text)
    room = _words(group) + len(following.split()) <= MAX_WORDS
    return room and leans_back(following, words) and not words.about_the_book.search(following.casefold())


def _belongs_on_a_slide(group: Sequence[_Atom], atom: _Atom, words: Leaning) -> bool:
    """The same for slides: a point with what is indented below it, and a formula with the point above it."""
    before = group[-1]
    if before.run != atom.run or before.part.page != atom.part.page:
        return False
    if before.block == atom.block or before.part.text.endswith((":", ",")):
        return True
    if atom.part.kind in ("formula", "code"):
        return True
    return atom.level > group[0].level > 0 or leans_back(atom.part.text, words)


def _is_figure_scrap(group: Sequence[_Atom], atom: _Atom) -> bool:
    """A formula that relates nothing, and that no words lead into, is lettering of a figure."""
    if atom.part.kind != "formula" or _RELATION.search(atom.part.text):
        return False
    return not group or not (group[-1].part.kind == "formula" or group[-1].part.text.endswith((":", ",")))


def _leads_into_the_void(before: _Atom, after: _Atom, blocks: Sequence[Block]) -> bool:
    """Words lead into something that is not among the blocks: a display that could not be read, or a figure."""
    one, two = blocks[before.block], blocks[after.block]
    if before.block == after.block or after.part.kind != "sentence" or one.kind not in ("paragraph", "list"):
        return False
    text = before.part.text
    open_end = text.endswith((":", ",")) or (not _STOPS.search(text) and len(text.split()) >= MIN_OPEN_END_WORDS)
    return open_end and one.page == two.page and two.bbox[1] - one.bbox[3] > LOST_GAP_PT


def _in_item(atom: _Atom, group: Sequence[_Atom]) -> bool:
    """It is, or goes on in the block of, a list item."""
    return atom.part.kind == "item" or any(other.block == atom.block and other.part.kind == "item" for other in group)


def _leads_into(before: _Atom, after: _Atom) -> bool:
    """A line that ends in a colon, a comma or nothing leads into the formula or listing below it; so does an item."""
    text = before.part.text
    if text.endswith((":", ",")):
        return True
    is_open = not _STOPS.search(text)
    enough = len(text.split()) >= MIN_OPEN_END_WORDS or before.part.kind == "item"
    return is_open and enough and before.part.page == after.part.page


def _goes_on(text: str) -> bool:
    """A text that begins in the middle of a sentence: "where x is …", "which shows …"."""
    return text[:1].islower()


def _is_scrap(text: str) -> bool:
    """Mostly figures and signs: no lead-in of a list."""
    return sum(char.isalpha() or char.isspace() for char in text) < 0.6 * len(text)


def _is_open(group: Sequence[_Atom]) -> bool:
    """A quotation or a bracket that was opened and not closed yet: until the longest unit is full."""
    text = " ".join(atom.part.text for atom in group)
    opened, closed = ("„", "“") if "„" in text else ("“", "”")  # German “ closes what English “ opens
    pairs = ((opened, closed), ("«", "»"), ("(", ")"), ("[", "]"))
    return len(text.split()) <= MAX_WORDS and any(text.count(left) > text.count(right) for left, right in pairs)


def leans_back(text: str, words: Leaning) -> bool:
    """The sentence opens with a word that points to the one before it."""
    low = text.casefold()
    if _goes_on(text):
        return True
    if words.expletive.match(low):
        return bool(words.contrast.match(low) or words.early.match(low))
    return any(form.match(low) for form in (words.pronoun, words.connective, words.contrast, words.early))


def _words(group: Sequence[_Atom]) -> int:
    return sum(len(atom.part.text.split()) for atom in group)


def _with_paragraphs(groups: Sequence[list[_Atom]], blocks: Sequence[Block], words: Leaning) -> list[list[_Atom]]:
    """The groups of a short paragraph joined, but for those that cannot be shown or talk about the book: they are kept
    apart, so that the rest can be shown."""
    joined: list[list[_Atom]] = []
    for group in groups:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last[-1].block == group[0].block
            and len(blocks[group[0].block].text.split()) <= WHOLE_PARAGRAPH_WORDS
            and _words(last) + _words(group) <= MAX_WORDS
            and _is_fit(last, words) == _is_fit(group, words)
        ):
            last.extend(group)
        else:
            joined.append(list(group))
    return joined


def _is_fit(group: Sequence[_Atom], words: Leaning) -> bool:
    talk = words.about_the_book.search(group[0].part.text.casefold())
    return not talk and all(atom.part.certain for atom in group)


def _kind(parts: Sequence[Part], words: Leaning) -> UnitKind:
    head = parts[0].text.casefold()
    kinds = {part.kind for part in parts}
    if "code" in kinds:
        return "code"
    if words.defines.search(head) and not words.pronoun.match(head):
        return "definition"
    if "formula" in kinds:
        return "formula"
    if "item" in kinds:
        return "list"
    if parts[0].text[:1] in "“„«" or (len(parts) > 1 and parts[0].text.endswith(":") and parts[1].text[:1] in '“„«"'):
        return "quotation"
    return "example" if re.match(OPENING, head) and words.example.match(head) else "sentence"

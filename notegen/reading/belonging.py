"""Which part of a source says nothing without the parts before it, or they nothing without it.

The rules are structural (colons, items, formulas, listings, open quotations, words that lean back), so they read the
same in every field.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from notegen.extract.document import Block
from notegen.language.leaning import Leaning
from notegen.reading.unit import Part

MAX_WORDS = 150
"""Nothing but a list, a formula or an open quotation makes a unit longer."""
MAX_SLIDE_WORDS = 60
"""The points of a slide say together what its title promises: up to so many words they are one unit."""
LOST_GAP_PT = 30.0
"""After words that lead on, so much white is where something stands that is not in the text: two lines are 24."""
MIN_OPEN_END_WORDS = 4
"""A line that ends in no stop leads into a formula or listing only if it says something: figures leave scraps."""

_STOPS = re.compile(r"[.!?…。！？:;][\"'”’»)\]」』]*$")
RELATION = re.compile(r"[=∝≤≥<>≈≡∼~→↦∈⊂∑∫:]|\\(?:sum|int|le|ge|to)\b")
"""A formula says something of something; without a sign for that it is a scrap of a figure."""
ITEM = re.compile(
    r"^(?:\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})\)|\d{1,2}\.(?=\s)|\d{1,2}(?:st|nd|rd|th|dly|ly|[°ºª])\b|[•▪■◦‣–—-]\s)\s*",
)
"""The mark of a list item in the text itself."""
_ORDINAL = re.compile(r"^\(?(\d{1,2}|[a-z](?![a-z]))(?:[.)]|st\b|nd\b|rd\b|th\b|dly\b|ly\b|[°ºª])")


_ANSWER = re.compile(r"(?:A|Ans(?:wer)?|Antwort|R(?:éponse|espuesta|isposta|esposta)?)\d?: ", re.IGNORECASE)
"""How an answer begins that stands below its question: "A: No."."""


@dataclass(slots=True)
class Atom:
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
    goes_on: bool = False
    """The list that it is of has more items than are shown with it."""


def belongs(group: Sequence[Atom], atom: Atom, words: Leaning) -> bool:
    """The next part says nothing without those before it, or they nothing without it."""
    before, after = group[-1], atom
    if before.run != after.run:
        return False
    text, following = before.part.text, after.part.text
    if before.part.kind in ("formula", "code"):
        same = after.part.kind == before.part.kind and after.part.page == before.part.page
        return same or leans_back(following, words)
    if after.part.kind in ("formula", "code"):
        return _leads_into(before, after)
    if before.block == after.block and _in_item(before, group):
        own = word_count([atom for atom in group if atom.block == after.block])
        return before.part.kind == "item" or own + len(following.split()) <= MAX_WORDS  # the sentences of one item
    if _in_item(before, group) and before.last:
        return after.part.kind == "item" or text.endswith((":", ";", ","))
    if text.rstrip("\"'”’»").endswith((":", ";")) or _is_open(group):
        return True
    if after.part.kind == "item":
        if text.endswith(".") and before.part.page != after.part.page:
            return False  # a list that words lead into begins below them, or they end in a colon
        return before.last and len(text.split()) >= MIN_OPEN_END_WORDS and not _is_scrap(text)
    if answers(before, after):
        return True
    room = word_count(group) + len(following.split()) <= MAX_WORDS
    return room and leans_back(following, words) and not is_aside(after.part, words) and not is_task(before.part, words)


def belongs_on_a_slide(group: Sequence[Atom], atom: Atom, words: Leaning, *, tasks: bool = False) -> bool:
    """The same for slides: the points of a slide that says little, a point with what is indented below it, and a
    formula with the point above it. tasks: they are exercises, each apart."""
    before = group[-1]
    if before.run != atom.run or before.part.page != atom.part.page:
        return False
    if before.block == atom.block or before.part.text.endswith((":", ",")) or answers(before, atom):
        return True
    if atom.part.kind in ("formula", "code"):
        return True
    room = word_count(group) + len(atom.part.text.split()) <= MAX_SLIDE_WORDS
    if room and not tasks and _is_point(before) and _is_point(atom):
        return True
    return atom.level > group[0].level > 0 or leans_back(atom.part.text, words)


def _is_point(atom: Atom) -> bool:
    """A line of a slide that says something: the lettering of a diagram is shorter."""
    return len(atom.part.text.split()) >= MIN_OPEN_END_WORDS


def answers(before: Atom, after: Atom) -> bool:
    """The next part is marked as an answer, or goes on in the paragraph of a question."""
    asked = before.part.text.rstrip("\"'”’»“)").endswith("?")
    return bool(_ANSWER.match(after.part.text)) or (asked and before.block == after.block)


def is_figure_scrap(group: Sequence[Atom], atom: Atom) -> bool:
    """A formula that relates nothing, and that no words lead into, is lettering of a figure."""
    if atom.part.kind != "formula" or RELATION.search(atom.part.text):
        return False
    return not group or not (group[-1].part.kind == "formula" or group[-1].part.text.endswith((":", ",")))


def leads_into_the_void(before: Atom, after: Atom, blocks: Sequence[Block]) -> bool:
    """Words lead into something that is not among the blocks: a display that could not be read, or a figure."""
    one, two = blocks[before.block], blocks[after.block]
    if before.block == after.block or after.part.kind != "sentence" or one.kind not in ("paragraph", "list"):
        return False
    text = before.part.text
    open_end = text.endswith((":", ",")) or (not _STOPS.search(text) and len(text.split()) >= MIN_OPEN_END_WORDS)
    return open_end and one.page == two.page and two.bbox[1] - one.bbox[3] > LOST_GAP_PT


def leads_on(group: Sequence[Atom]) -> bool:
    """Its last part is not whole without the next one: it ends in a colon, a comma or nothing, or something that was
    opened is not closed yet."""
    last = group[-1].part
    ends = last.kind in ("formula", "code", "item") or bool(_STOPS.search(last.text))
    return not ends or last.text.rstrip("\"'”’»").endswith((":", ";", ",")) or _is_open(group)


def _in_item(atom: Atom, group: Sequence[Atom]) -> bool:
    """It is, or goes on in the block of, a list item."""
    return atom.part.kind == "item" or any(other.block == atom.block and other.part.kind == "item" for other in group)


def _leads_into(before: Atom, after: Atom) -> bool:
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


def _is_open(group: Sequence[Atom]) -> bool:
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


def is_aside(part: Part, words: Leaning) -> bool:
    """It talks about the book, points at a figure beside it or sets a task: what stands before it is better shown
    without it."""
    return talks_about_the_book(part.text, words) or is_task(part, words) or points_beside(part.text, words)


def talks_about_the_book(text: str, words: Leaning) -> bool:
    """It says what the book does, or announces it, instead of what is so."""
    low = text.casefold()
    return bool(words.about_the_book.search(low) or words.announces.match(low))


def points_beside(text: str, words: Leaning) -> bool:
    """It opens with "Here is", "Voici", and what it shows does not follow in words."""
    return bool(words.shows.match(text.casefold())) and not text.endswith(":")


def is_task(part: Part, words: Leaning) -> bool:
    """It tells the reader to do something; the items of a list are steps that are told like that."""
    low = part.text.casefold()
    return part.kind == "sentence" and bool(words.tasks.match(low)) and not words.defines.search(low)


def word_count(group: Sequence[Atom]) -> int:
    return sum(len(atom.part.text.split()) for atom in group)


def ordinal(atom: Atom) -> int | None:
    """The number of a list item, letters counted from "a"; None of a bullet, and of what is no item."""
    match = _ORDINAL.match(atom.part.marker or atom.part.text) if atom.part.kind == "item" else None
    if match is None:
        return None
    return int(match[1]) if match[1].isdigit() else ord(match[1]) - ord("a") + 1

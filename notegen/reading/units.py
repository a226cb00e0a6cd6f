"""From blocks to units: which sentences, items, formulas and listings a reader would not tear.

On nine annotated passages the units keep .83 of the runs whole that their readers would not tear, on nine others .67;
single sentences .19 and .17. The rules of what belongs together are in `belonging.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from notegen.extract.document import Block
from notegen.language.leaning import OPENING, Leaning, leaning
from notegen.reading.belonging import (
    ITEM,
    MAX_WORDS,
    Atom,
    belongs,
    belongs_on_a_slide,
    is_aside,
    is_figure_scrap,
    leads_into_the_void,
    leads_on,
    ordinal,
    word_count,
)
from notegen.reading.code import is_code
from notegen.reading.sentences import sentences_in
from notegen.reading.unit import Part, Unit, UnitKind, numbered

WHOLE_PARAGRAPH_WORDS = 100
"""A paragraph with no more words is one unit: a thought is seldom shorter than its paragraph."""
LONG_LIST_WORDS = 200
"""A list with more is too long to be shown whole: what of it stands alone is then a unit of its own."""
OWN_ITEM_WORDS = 30
"""An item of so many words says something by itself; in a list of shorter ones the lead-in is half of what is said."""
DEFINED_WITHIN_WORDS = 8
"""A definition says "is a" or "is called" so early."""

_OWN_NAME = re.compile(r"[^.:;,()]{3,50}(?:[.:]| [–—-]) ")
"""How an item begins that is headed in its own line: "Delta: …", "Delta – …"."""


def units_of(
    blocks: Sequence[Block], *, book: str, language: str = "en", loose: bool = False, tasks: bool = False
) -> tuple[Unit, ...]:
    """The units of a run of blocks in reading order; a heading ends whatever stands before it.

    book: identity of the source, the first part of each unit's id. language: ISO 639-1 of the text.
    loose: slides, where short lines without a stop are items. tasks: exercises, of which each is a unit.
    """
    words = leaning(language)
    atoms = list(_atoms(blocks, loose=loose, language=language))
    groups: list[list[Atom]] = []
    for atom in atoms:
        if is_figure_scrap(groups[-1] if groups else [], atom):
            continue
        if groups and leads_into_the_void(groups[-1][-1], atom, blocks):
            groups[-1][-1].part = replace(groups[-1][-1].part, certain=False)
        if groups and (
            belongs_on_a_slide(groups[-1], atom, words, tasks=tasks) if loose else belongs(groups[-1], atom, words)
        ):
            groups[-1].append(atom)
        else:
            groups.append([atom])
    lists = [piece for group in _with_open_lists(groups) for piece in _of_long_list(group, blocks)]
    runs = [piece for run in _with_paragraphs(lists, blocks, words) for piece in _around_uncertain(run)]
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
                goes_on=run[-1].goes_on,
            )
        )
        opened.add(run[0].run)
    return numbered(units)


def _atoms(blocks: Sequence[Block], *, loose: bool, language: str) -> Iterator[Atom]:
    run, continued = 0, False
    for index, block in enumerate(blocks):
        if block.kind == "heading":
            run += 1
        elif block.kind in ("formula", "code"):
            shown = is_code(block.text) if block.kind == "code" else bool(block.crop) or not block.doubtful
            part = Part(kind=block.kind, page=block.page, text=block.text, certain=shown, block=block)
            yield Atom(part, index, True, True, block.level, run)
        elif block.kind in ("paragraph", "list"):
            found = sentences_in(block, loose=loose, continued=continued, language=language)
            for number, sentence in enumerate(found):
                marked = block.kind == "list" or (loose and sentence.item) or bool(ITEM.match(sentence.text))
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
                yield Atom(part, index, number == 0, number == len(found) - 1, block.level, run)
            continued = block.runs_on


def _with_open_lists(groups: Sequence[list[Atom]]) -> list[list[Atom]]:
    """The groups with a numbered list joined that sentences or formulas interrupt: item 2 goes to where item 1 is,
    unless that makes more than can be shown."""
    joined: list[list[Atom]] = []
    for group in groups:
        number, home = next((ordinal(atom) for atom in group if atom.part.kind == "item"), None), None
        if number is not None and number > 1:
            home = _home_of(number - 1, group[0].run, joined)
        whole = [atom for part in joined[home:] for atom in part] + list(group) if home is not None else []
        if whole and word_count(whole) <= LONG_LIST_WORDS:
            joined[home:] = [whole]
        else:
            if home is not None:
                joined[home][-1].goes_on = True
            joined.append(list(group))
    return joined


def _of_long_list(group: Sequence[Atom], blocks: Sequence[Block]) -> list[list[Atom]]:
    """The group; of a long list each item that stands alone by itself, the first one with the lead-in."""
    starts = [index for index, atom in enumerate(group) if atom.part.kind == "item"]
    if word_count(group) <= LONG_LIST_WORDS or len(starts) < 2:
        return [list(group)]
    own = [start for start in starts[1:] if _stands_alone(group[start], blocks)]
    for start in own:
        group[start - 1].goes_on = True
    return [list(group[start:end]) for start, end in pairwise([0, *own, len(group)])]


def _stands_alone(item: Atom, blocks: Sequence[Block]) -> bool:
    """It opens with a whole sentence, or with a name of its own, and goes on for some lines."""
    text = item.part.text
    bare = ITEM.sub("", text)
    opens = bare[:1].isupper() and (text.endswith((".", "!", "?")) or bool(_OWN_NAME.match(bare)))
    return opens and len(blocks[item.block].text.split()) >= OWN_ITEM_WORDS


def _home_of(number: int, run: int, groups: Sequence[Sequence[Atom]]) -> int | None:
    """Index of the last group with the list item of a number, if it is near."""
    between = 0
    for index in range(len(groups) - 1, -1, -1):
        if groups[index][0].run != run or between > MAX_WORDS:
            return None
        if any(ordinal(atom) == number for atom in groups[index]):
            return index
        between += word_count(groups[index])
    return None


def _with_paragraphs(groups: Sequence[list[Atom]], blocks: Sequence[Block], words: Leaning) -> list[list[Atom]]:
    """The groups of a short paragraph joined, but for those that cannot be shown or talk about the book: they are kept
    apart, so that the rest can be shown."""
    joined: list[list[Atom]] = []
    for group in groups:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last[-1].block == group[0].block
            and len(blocks[group[0].block].text.split()) <= WHOLE_PARAGRAPH_WORDS
            and word_count(last) + word_count(group) <= MAX_WORDS
            and _is_fit(last, words) == _is_fit(group, words)
        ):
            last.extend(group)
        else:
            joined.append(list(group))
    return joined


def _around_uncertain(group: Sequence[Atom]) -> list[list[Atom]]:
    """The group; what stands before a part that cannot be shown is a unit of its own where it is whole without it. What
    comes after leans on that part or on nothing, and the form of its first sentence tells which."""
    cut = next((number for number, atom in enumerate(group) if not atom.part.certain), 0)
    if cut == 0 or leads_on(group[:cut]):
        return [list(group)]
    group[cut - 1].goes_on = group[cut].part.kind == "item"
    after = next((number for number in range(cut, len(group)) if group[number].part.certain), len(group))
    pieces = [list(group[:cut]), list(group[cut:after])]
    return pieces + (_around_uncertain(group[after:]) if after < len(group) else [])


def _is_fit(group: Sequence[Atom], words: Leaning) -> bool:
    return not is_aside(group[0].part, words) and all(atom.part.certain for atom in group)


def _kind(parts: Sequence[Part], words: Leaning) -> UnitKind:
    head = parts[0].text.casefold()
    kinds = {part.kind for part in parts}
    if "code" in kinds:
        return "code"
    defining = words.defines.search(head)
    leans = any(form.match(head) for form in (words.pronoun, words.connective, words.expletive))
    if defining and not leans and len(head[: defining.start()].split()) <= DEFINED_WITHIN_WORDS:
        return "definition"
    if "formula" in kinds:
        return "formula"
    if "item" in kinds:
        return "list"
    if parts[0].text[:1] in "“„«" or (len(parts) > 1 and parts[0].text.endswith(":") and parts[1].text[:1] in '“„«"'):
        return "quotation"
    return "example" if re.match(OPENING, head) and words.example.match(head) else "sentence"

"""From blocks to units: which sentences, items, formulas and listings a reader would not tear.

On nine annotated passages the units keep .83 of the runs whole that their readers would not tear, on nine others .67;
single sentences .19 and .17. The rules of what belongs together are in `belonging.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

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
    ordinal,
    word_count,
)
from notegen.reading.code import is_code
from notegen.reading.sentences import sentences_in
from notegen.reading.unit import Part, Unit, UnitKind, numbered

WHOLE_PARAGRAPH_WORDS = 100
"""A paragraph with no more words is one unit: a thought is seldom shorter than its paragraph."""
DEFINED_WITHIN_WORDS = 8
"""A definition says "is a" or "is called" so early."""


def units_of(blocks: Sequence[Block], *, book: str, language: str = "en", loose: bool = False) -> tuple[Unit, ...]:
    """The units of a run of blocks in reading order; a heading ends whatever stands before it.

    book: identity of the source, the first part of each unit's id. language: ISO 639-1 of the text.
    loose: slides, where short lines without a stop are items.
    """
    words = leaning(language)
    atoms = list(_atoms(blocks, loose=loose, language=language))
    groups: list[list[Atom]] = []
    for atom in atoms:
        joins = belongs_on_a_slide if loose else belongs
        if is_figure_scrap(groups[-1] if groups else [], atom):
            continue
        if groups and leads_into_the_void(groups[-1][-1], atom, blocks):
            groups[-1][-1].part = replace(groups[-1][-1].part, certain=False)
        if groups and joins(groups[-1], atom, words):
            groups[-1].append(atom)
        else:
            groups.append([atom])
    runs = _with_paragraphs(_with_open_lists(groups), blocks, words)
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
    """The groups with a numbered list joined that sentences or formulas interrupt: item 2 goes to where item 1 is."""
    joined: list[list[Atom]] = []
    for group in groups:
        number, home = next((ordinal(atom) for atom in group if atom.part.kind == "item"), None), None
        if number is not None and number > 1:
            home = _home_of(number - 1, group[0].run, joined)
        if home is None:
            joined.append(list(group))
        else:
            joined[home:] = [[atom for part in joined[home:] for atom in part] + list(group)]
    return joined


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

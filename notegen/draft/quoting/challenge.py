"""The hands-on challenge: the book's own exercises, code to run, a formula to compute, a table to recall.

It is there only where the source has one of these in a form that can be worked with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from notegen.draft.draft import Challenge, CodeListing, Section, Statement, Task
from notegen.draft.quoting.quotation import joined, said
from notegen.extract.document import Block, Table
from notegen.reading.unit import Unit

MAX_EXERCISES = 3
MIN_EXERCISE_WORDS, MAX_EXERCISE_WORDS = 5, 80
MIN_STARTER_LINES, MAX_STARTER_LINES = 3, 25
MIN_RECALL_ROWS, MAX_RECALL_ROWS, MAX_RECALL_COLUMNS = 3, 8, 4
"""A table that can be learnt by heart."""
MIN_WORD_CELLS = 0.7
"""Share of cells with words: measured numbers are nothing to recall."""
BY_HAND = "Work formula {name} through by hand with small numbers of your own."
FROM_MEMORY = "Cover one column of {name} and fill it in again from memory."
RUNNABLE = frozenset(
    "python r julia javascript typescript bash sh sql java c cpp go rust ruby perl haskell matlab octave".split()
)
"""Languages of which a listing can be run as it stands, more or less."""
_ASKS = re.compile(r"[?]|[.!]$")
_NOT_BY_HAND = re.compile(r"[∂∫∮∑∏∇∞∀∃∈⊂→↦≡≈∼|{}]|\\(?:partial|int|sum|prod|nabla|lim)|lim\b|\.\.\.|…")
_NAMES_EXERCISES = re.compile(
    r"\b(?:the|these|following|next|folgenden?|diese) (?:exercises|problems|questions|aufgaben|übungen)\b"
    r"|\b(?:exercices|problèmes|ejercicios|problemas|esercizi|problemi|exercícios)"
    r" (?:suivants|siguientes|seguenti|seguintes)\b",
    re.IGNORECASE,
)
"""It speaks of the exercises and is none."""
_WORD = re.compile(r"[^\W\d_]{3,}")


def challenge(sections: Sequence[Section], exercises: Sequence[Statement]) -> Challenge | None:
    """None where the passage offers nothing to work with."""
    listing = _starter(sections)
    formula = next((each for section in sections for each in _formulas(section) if _can_be_computed(each)), None)
    table = next((each for section in sections for each in section.tables if _can_be_learnt(each)), None)
    tasks = _code_tasks(listing)
    if formula:
        tasks.append(_task(BY_HAND, formula.page, formula.marker))
    if table:
        tasks.append(_task(FROM_MEMORY, table.page, table.label))
    if not tasks and not exercises:
        return None
    return Challenge(
        goal=_goal(listing, formula, exercises),
        tasks=tuple(tasks),
        exercises=tuple(exercises[:MAX_EXERCISES]),
        starter=listing,
    )


def as_exercise(unit: Unit) -> Statement | None:
    """An exercise whole and as printed; None where it cannot be shown so: it has a formula, goes over a page, or is a
    scrap."""
    fit = unit.is_certain and all(part.kind in ("sentence", "item") for part in unit.parts)
    whole = len({part.page for part in unit.parts}) == 1 and _ASKS.search(unit.parts[-1].text) is not None
    if (
        _NAMES_EXERCISES.search(unit.text)
        or not fit
        or not whole
        or not MIN_EXERCISE_WORDS <= unit.word_count <= MAX_EXERCISE_WORDS
    ):
        return None
    exercise = said(unit.parts[0])
    for part in unit.parts[1:]:
        exercise = joined(exercise, part, mark=part.marker)
    return exercise


def _code_tasks(listing: CodeListing | None) -> list[Task]:
    if listing is None:
        return []
    return [
        _task("Read the code below and write down what it will print or return. Then run it.", listing.page),
        _task("Change one value or one line, predict the new result, and run it again.", listing.page),
    ]


def _task(phrase: str, page: int, name: str = "") -> Task:
    return Task(text=phrase.replace("{name}", name), page=page, phrase=phrase, name=name)


def _formulas(section: Section) -> list[Block]:
    """Those among its quotations, and those shown after them."""
    quoted = [line.block for each in section.quotations for line in each.lines]
    shown = [block for block in quoted if block is not None and block.kind == "formula"]
    return shown + [each.block for each in section.formulas]


def _goal(listing: CodeListing | None, formula: Block | None, exercises: Sequence[Statement]) -> str:
    if listing:
        return "Run the source's own code and make it yours by changing it."
    if formula:
        return "Put numbers into the source's own formula."
    if exercises:
        return "Try the source's own exercises before you look anything up."
    return "Fill in from memory what the source puts side by side."


def _starter(sections: Sequence[Section]) -> CodeListing | None:
    """The longest listing that can be run and is still short enough to type."""
    listings = [
        each
        for section in sections
        for each in section.code
        if each.language in RUNNABLE and MIN_STARTER_LINES <= len(each.text.splitlines()) <= MAX_STARTER_LINES
    ]
    return max(listings, key=lambda each: (each.text.count("\n"), -each.page), default=None)


def _can_be_computed(formula: Block) -> bool:
    """The book numbers it, and it says with plain arithmetic what one quantity is."""
    text = formula.text
    return bool(formula.marker) and text.count("=") == 1 and not _NOT_BY_HAND.search(text)


def _can_be_learnt(table: Table) -> bool:
    """A small labelled table of words."""
    rows = table.rows or ()
    cells = [cell for row in rows for cell in row if cell]
    small = MIN_RECALL_ROWS < len(rows) <= MAX_RECALL_ROWS + 1 and 2 <= len(rows[0]) <= MAX_RECALL_COLUMNS
    return (
        bool(table.label) and small and sum(bool(_WORD.search(cell)) for cell in cells) >= MIN_WORD_CELLS * len(cells)
    )

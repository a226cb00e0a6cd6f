"""The hands-on challenge: about ten minutes with the source's own code, formula, figure or exercise."""

from __future__ import annotations

from collections.abc import Sequence

from notegen.draft.draft import Challenge, CodeListing, Section, Statement, Task

MAX_EXERCISES = 3
MAX_STARTER_LINES = 25
RUNNABLE = frozenset(
    "python r julia javascript typescript bash sh sql java c cpp go rust ruby perl haskell matlab octave".split()
)
"""Languages of which a listing can be run as it stands, more or less."""


def challenge(sections: Sequence[Section], concepts: Sequence[str], exercises: Sequence[Statement]) -> Challenge | None:
    """None when the passage offers nothing to work with."""
    listing = _starter(sections)
    formula = next((each for section in sections for each in section.formulas), None)
    picture = next((each for section in sections for each in section.pictures if each.label), None)
    table = next((each for section in sections for each in section.tables if each.rows), None)
    tasks: list[Task] = []
    tasks += _code_tasks(listing)
    if formula and len(tasks) < 3:
        name = f"formula {formula.block.marker}" if formula.block.marker else "the formula"
        text = f"Work {name} through by hand with small numbers of your own."
        tasks.append(Task(text=text, page=formula.block.page))
    if picture and len(tasks) < 3:
        tasks.append(Task(text=f"Close the book, redraw {picture.label} from memory, then compare.", page=picture.page))
    if table and len(tasks) < 3:
        tasks.append(
            Task(text=f"Cover one column of {table.label or 'the table'} and fill it in again.", page=table.page)
        )
    if len(concepts) >= 2:
        tasks.append(
            Task(
                text=f"Explain how {concepts[0]} and {concepts[1]} are connected, in three sentences, without looking."
            )
        )
    elif concepts:
        tasks.append(Task(text=f"Explain {concepts[0]} to a friend in three sentences, without looking."))
    if not tasks and not exercises:
        return None
    expected = [f"explain “{name}” with an example of your own." for name in concepts[:2]]
    return Challenge(
        goal=_goal(listing, formula is not None, concepts),
        tasks=tuple(tasks),
        expected=tuple(expected),
        exercises=tuple(exercises[:MAX_EXERCISES]),
        starter=listing,
    )


def _code_tasks(listing: CodeListing | None) -> list[Task]:
    if listing is None:
        return []
    if listing.language not in RUNNABLE:
        return [Task(text="Work the listing below through by hand for a small case of your own.", page=listing.page)]
    return [
        Task(text="Read the code below and write down what it will print or return. Then run it.", page=listing.page),
        Task(text="Change one value or one line, predict the new result, and run it again.", page=listing.page),
    ]


def _goal(listing: CodeListing | None, has_formula: bool, concepts: Sequence[str]) -> str:
    about = f" on {concepts[0]}" if concepts else ""
    if listing and listing.language in RUNNABLE:
        return "Run the source's own code and make it yours by changing it."
    if has_formula:
        return f"Put numbers into the source's own formula{about}."
    return f"Get hands on with what the source says{about}."


def _starter(sections: Sequence[Section]) -> CodeListing | None:
    """The longest listing that is still short enough to type."""
    listings = [each for section in sections for each in section.code if each.text.count("\n") < MAX_STARTER_LINES]
    known = [each for each in listings if each.language in RUNNABLE] or listings
    return max(known, key=lambda each: (each.text.count("\n"), -each.page), default=None)

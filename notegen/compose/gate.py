"""The gate: no note reaches the vault with anything broken or unsafe in it.

The finished text is parsed and checked as Obsidian would read it. What fails is left out with a visible word in its
place; properties and what cannot be repaired stop the note.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from notegen.errors import NotegenError
from notegen.markdown.check import check
from notegen.markdown.check_live import live
from notegen.markdown.fences import fences
from notegen.markdown.parse import parse
from notegen.markdown.problem import Problem
from notegen.vault.frontmatter import span
from notegen.vault.note import Note
from notegen.vault.properties import check_properties, render
from notegen.vault.regions import reseal
from notegen.vault.vault import Vault

NOT_OURS = frozenset({"placeholder"})
"""Rules about wording: a source may well speak of placeholders, and a note quotes it."""
MAX_REPAIRS = 40
"""A note with more faults than this is not repaired: something is wrong with its template."""
_QUOTE = re.compile(r"^\s*(?:>\s?)*")


def inspect(
    text: str, path: str, vault: Vault, *, page_counts: Mapping[str, int], planned: Mapping[str, str] | None = None
) -> tuple[Problem, ...]:
    """Every problem of a note's text, by line. path: of the note, relative to the vault. page_counts and planned: as in
    `Vault.targets`."""
    problems = list(check(parse(text), vault.targets(path, page_counts=page_counts, planned=planned)))
    where = span(text)
    if where is not None:
        problems += [
            Problem(rule="properties", severity=each.severity, line=each.line, message=each.message)
            for each in check_properties(text[where[0] : where[1]])
        ]
    return tuple(sorted(problems, key=lambda each: each.line))


def pass_gate(
    note: Note,
    vault: Vault,
    page_counts: Mapping[str, int],
    planned_notes: Mapping[str, str] | None = None,
    own: str = "",
) -> Note:
    """The note with all that fails left out. planned_notes: text of notes that are about to exist, by path. own: the
    learner's own templates, which may have fields and tags.

    Raises NotegenError when it still fails then.
    """
    front = render(note.properties)
    planned = {**dict.fromkeys((*page_counts, *(each.path for each in note.attachments)), ""), **(planned_notes or {})}
    body = note.body
    for _ in range(MAX_REPAIRS):
        text = front + body
        found = (
            *inspect(text, note.path, vault, page_counts=page_counts, planned={**planned, note.path: text}),
            *live(parse(text), own),
        )
        errors = [each for each in found if each.severity == "error" and each.rule not in NOT_OURS]
        if not errors:
            return replace(note, body=body)
        line = errors[0].line - front.count("\n")
        if line < 1:
            break
        body = reseal(_without(body.split("\n"), line, errors[0].rule))
    first = errors[0]
    raise NotegenError(
        f"The note {note.path} would be broken at line {first.line}: {first.message}.",
        "Check your own templates; with the shipped ones this is a fault of notegen to report.",
    )


def _without(lines: list[str], line: int, rule: str) -> str:
    """The block that holds `line` (from 1) replaced by a visible word."""
    start, end = _block(lines, line - 1)
    prefix = _QUOTE.match(lines[start])
    word = f"*(left out here by the check “{rule}”)*"
    return "\n".join([*lines[:start], f"{prefix[0] if prefix else ''}{word}", *lines[end:]])


def _block(lines: list[str], at: int) -> tuple[int, int]:
    """(start, end) of the fence around an index, else of the line alone."""
    around = (fence for fence in fences(lines) if fence.first <= at <= fence.last)
    return next(((fence.first, fence.last + 1) for fence in around), (at, at + 1))

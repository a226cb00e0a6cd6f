"""A unit of the source as the note prints it: lines, each with its page and nothing but the source's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from notegen.draft.draft import Evidence, Quotation, QuotedLine, Statement
from notegen.draft.quoting.concepts import Concept
from notegen.draft.quoting.terms import shown_terms
from notegen.reading.unit import Part, Unit

MAX_SHOWN_WORDS = 200
"""A unit with more is shown up to here, at a whole item or paragraph, and "…" says that more follows."""


def quoted(unit: Unit, concepts: Sequence[Concept]) -> Quotation:
    """The unit's lines. Sentences of one paragraph on one page are one line, each item is one."""
    lines: list[QuotedLine] = []
    words = 0
    for part in unit.parts:
        words += len(part.text.split()) if part.kind in ("sentence", "item") else 0
        if words > MAX_SHOWN_WORDS and not part.joined and lines and _may_stop(lines):
            return _finished(unit, lines, concepts, cut=True)
        last = lines[-1] if lines else None
        if part.kind in ("formula", "code"):
            lines.append(QuotedLine(page=part.page, block=part.block))
        elif last is not None and last.statement is not None and last.page == part.page and _goes_on(last, part):
            lines[-1] = replace(last, statement=joined(last.statement, part))
        else:
            lines.append(
                QuotedLine(
                    page=part.page,
                    statement=said(part),
                    marker=part.marker,
                    is_item=part.kind == "item" and bool(lines or len(unit.parts) == 1),
                )
            )
    return _finished(unit, lines, concepts, cut=unit.goes_on)


def said(part: Part) -> Statement:
    """One part as a statement without marked terms."""
    return Statement(text=part.text, evidence=Evidence(page=part.page, text=part.text), maths=part.maths)


def joined(before: Statement, part: Part, *, mark: str = "") -> Statement:
    """The statement with one more part. mark: what is set before it, as an item's number."""
    start = f"{before.text} {mark} " if mark else f"{before.text} "
    text, shift = start + part.text, len(start)
    moved = tuple(replace(each, start=each.start + shift, end=each.end + shift) for each in part.maths)
    return replace(before, text=text, evidence=replace(before.evidence, text=text), maths=before.maths + moved)


def _goes_on(last: QuotedLine, part: Part) -> bool:
    """The part stands right behind the line, or ends the sentence that a break after it had torn."""
    torn = last.statement is not None and last.statement.text[-1:].isalpha() and part.text[:1].islower()
    return part.joined or (torn and part.kind == "sentence")


def _may_stop(lines: Sequence[QuotedLine]) -> bool:
    last = lines[-1]
    return last.statement is None or not last.statement.text.endswith((":", ",", ";"))


def _finished(unit: Unit, lines: Sequence[QuotedLine], concepts: Sequence[Concept], *, cut: bool) -> Quotation:
    shown = tuple(
        replace(line, statement=replace(line.statement, terms=shown_terms(line.statement.text, concepts)))
        if line.statement
        else line
        for line in lines
    )
    return Quotation(unit=unit.id, kind=unit.kind, lines=shown, is_cut=cut)

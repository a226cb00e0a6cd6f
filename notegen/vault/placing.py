"""Where a proposal stands in a region's text that has changed since it was made."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from notegen.store.proposals import Proposal
from notegen.vault.merge_align import align
from notegen.vault.merge_sentences import Hunk
from notegen.vault.merge_units import units


def place_of(proposal: Proposal, text: str) -> Hunk | None:
    """The proposal as a hunk of the region's text as it is now (without its final LF); None where its place is gone.

    What would go must stand there word for word; else the whole paragraph around it is proposed anew, if there is one
    that is alike. What only comes in has its place by the lines around it.
    """
    text = f"{text}\n"
    if text == proposal.text:
        return Hunk(proposal.start, proposal.end, proposal.new)
    before = proposal.before
    starts = _found(before, text) if before.strip() else _by_neighbours(proposal, text)
    best = [start for start in starts if _neighbours(proposal, text, start, start + len(before)) == 2]
    if len(starts) != 1 and len(best) != 1:
        return _in_paragraph(proposal, text) if before.strip() and not starts else None
    start = (best if len(best) == 1 else starts)[0]
    return Hunk(start, start + len(before), proposal.new)


def _found(words: str, text: str) -> list[int]:
    starts, start = [], text.find(words)
    while start >= 0:
        starts.append(start)
        start = text.find(words, start + 1)
    return starts


def _by_neighbours(proposal: Proposal, text: str) -> list[int]:
    """Below the line that stood above it, or else above the one that stood below it."""
    above, below = _line_above(proposal.text, proposal.start), _line_below(proposal.text, proposal.end)
    between = len(proposal.text[: proposal.start]) - len(proposal.text[: proposal.start].rstrip("\n"))
    after = [start + len(above) for start in _found(f"{above}\n", f"{text}\n")] if above else []
    gaps = [start + min(between, len(text[start:]) - len(text[start:].lstrip("\n"))) for start in after]
    return gaps or ([start for start in _found(below, text) if text[:start].endswith("\n")] if below else [])


def _neighbours(proposal: Proposal, text: str, start: int, end: int) -> int:
    """How many of the two lines around it are those of the proposal."""
    same_above = _line_above(text, start) == _line_above(proposal.text, proposal.start)
    return same_above + (_line_below(text, end) == _line_below(proposal.text, proposal.end))


def _line_above(text: str, start: int) -> str:
    return text[:start].rstrip("\n").rpartition("\n")[2]


def _line_below(text: str, end: int) -> str:
    return text[end:].lstrip("\n").partition("\n")[0]


def _in_paragraph(proposal: Proposal, text: str) -> Hunk | None:
    """The paragraph that the learner changed meanwhile, and what the proposal would make of its earlier version."""
    earlier, later = units(proposal.text), units(text)
    starts = [*accumulate((len(unit.raw + unit.gap) for unit in earlier), initial=0)]
    place = bisect_right(starts, proposal.start) - 1
    if place == len(earlier) or proposal.end > starts[place] + len(earlier[place].raw):
        return None
    unit, start = earlier[place], starts[place]
    aligned = align(earlier, later)
    there = aligned.at[place]
    if there is None or not aligned.alike[place]:
        return None
    new = unit.raw[: proposal.start - start] + proposal.new + unit.raw[proposal.end - start :]
    begin = sum(len(each.raw + each.gap) for each in later[:there])
    return Hunk(begin, begin + len(later[there].raw), new)

"""Which region of a note on disk is which one of its new version."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from notegen.vault.region_keys import Mark


def match(new: Sequence[Mark], old: Sequence[Mark]) -> dict[int, int]:
    """Index in `new` → index in `old`, for those that are the same region. Both in the order of their notes.

    Only regions of one kind are compared: first by key, then by heading, then by what they quote, and last by place:
    what alone is left between two neighbours that were found, on the same pages.
    """
    pairs = _by_key(new, old)
    _pair(new, old, pairs, lambda one, other: one.headings & other.headings)
    _pair(new, old, pairs, lambda one, other: one.evidence & other.evidence)
    _pair_by_place(new, old, pairs)
    return pairs


def _by_key(new: Sequence[Mark], old: Sequence[Mark]) -> dict[int, int]:
    places = {mark.id: place for place, mark in enumerate(old)}
    return {place: places[mark.id] for place, mark in enumerate(new) if mark.id in places}


def _pair(
    new: Sequence[Mark], old: Sequence[Mark], pairs: dict[int, int], shared: Callable[[Mark, Mark], frozenset[str]]
) -> None:
    """Pair what shares something; those first that share the most evidence, then those whose places are nearest."""
    taken = set(pairs.values())
    found = [
        (-len(one.evidence & other.evidence), abs(here - there), here, there)
        for here, one in enumerate(new)
        if here not in pairs
        for there, other in enumerate(old)
        if there not in taken and one.kind == other.kind and shared(one, other)
    ]
    for _, _, here, there in sorted(found):
        if here not in pairs and there not in taken:
            pairs[here] = there
            taken.add(there)


def _pair_by_place(new: Sequence[Mark], old: Sequence[Mark], pairs: dict[int, int]) -> None:
    known = dict(pairs)
    taken = set(known.values())
    for here, one in enumerate(new):
        if here in known:
            continue
        before = max((place for place in known if place < here), default=-1)
        after = min((place for place in known if place > here), default=len(new))
        low, high = known.get(before, -1), known.get(after, len(old))
        rivals = [place for place in range(before + 1, after) if new[place].kind == one.kind]
        left = [place for place in range(low + 1, high) if place not in taken and old[place].kind == one.kind]
        if len(rivals) == len(left) == 1 and _share_pages(one, old[left[0]]):
            pairs[here] = left[0]


def _share_pages(one: Mark, other: Mark) -> bool:
    return not one.pages or not other.pages or bool(one.pages & other.pages)

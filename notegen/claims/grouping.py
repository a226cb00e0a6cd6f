"""Thoughts of a raw note without headings, put together by what they are about.

The word that most of the thoughts share names the first group, and so on (greedy set cover over stems); what shares no
word with another thought stays by itself. Nothing is reordered inside a group.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from notegen.language.stems import stem
from notegen.language.words import is_content, tokens

LEAST_SHARED = 2
"""Thoughts that make a group."""
TOO_COMMON = 0.6
"""Share of all thoughts from which on a word says nothing about any of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Thoughts that are about one thing."""

    name: str
    """The word that they share, as it is written first; "" for those that share none."""
    members: tuple[int, ...]
    """Their indices, rising."""


def grouped(texts: Sequence[str], language: str) -> tuple[Group, ...]:
    """Groups over all texts, the largest first, those without a common word last."""
    stems = [
        {stem(word, language): word for word in reversed(tokens(each)) if is_content(word, language)} for each in texts
    ]
    counts = Counter(key for each in stems for key in each)
    useful = {
        key for key, count in counts.items() if LEAST_SHARED <= count <= max(LEAST_SHARED, TOO_COMMON * len(texts))
    }
    left = set(range(len(texts)))
    groups: list[Group] = []
    while left:
        shared = Counter(key for at in left for key in stems[at] if key in useful)
        best = max(shared, key=lambda key: (shared[key], -min(at for at in left if key in stems[at]), key), default="")
        if not best or shared[best] < LEAST_SHARED:
            groups.append(Group(name="", members=tuple(sorted(left))))
            break
        members = tuple(sorted(at for at in left if best in stems[at]))
        groups.append(Group(name=stems[members[0]][best], members=members))
        left -= set(members)
    return tuple(groups)

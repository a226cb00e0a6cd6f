"""Acronyms that a text explains (after Schwartz and Hearst 2003)."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SHORT = re.compile(r"((?:[^\W\d_][\w-]*[ -]){1,6}[^\W\d_][\w-]*) \(([A-Z][A-Za-z]{1,7}?)s?\)")
"""An expansion with its acronym behind it, as in "recurrent neural network (RNN)"."""
_LONG = re.compile(r"\b([A-Z][A-Za-z]{1,7}?)s? \(((?:[^\W\d_][\w-]*[ -]){1,6}[^\W\d_][\w-]*)\)")
"""The other way round."""


def acronyms_of(texts: Sequence[str]) -> dict[str, str]:
    """Acronym → what it stands for, where a text says so and the letters agree."""
    found: dict[str, str] = {}
    for text in texts:
        pairs = [(match[2], match[1]) for match in _SHORT.finditer(text)]
        pairs += [(match[1], match[2]) for match in _LONG.finditer(text)]
        for acronym, words in pairs:
            tail = re.search(rf"(?:[^\W_]+[ -]){{{len(acronym) - 1}}}[^\W_]+$", words)
            letters = "".join(part[0] for part in re.split(r"[ -]", tail[0])) if tail else ""
            if tail and letters.casefold() == acronym.casefold() and not acronym[1:].islower():
                found.setdefault(acronym, tail[0])
    return found

"""What a sentence tells of a thing (what it is used for, how it is made, why it matters, which kinds there are)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

FacetName = Literal["making", "uses", "why", "types"]
FACETS: tuple[FacetName, ...] = ("making", "uses", "why", "types")
_FILE = Path(__file__).parent / "facets.toml"


@dataclass(frozen=True, slots=True)
class Facet:
    """One side of a thing."""

    ask: str
    """Words that a search for it is asked with, beside the thing's name."""
    says: tuple[re.Pattern[str], ...]

    def is_told(self, sentence: str) -> bool:
        """Whether a sentence that names the thing tells this of it."""
        return any(pattern.search(sentence) for pattern in self.says)


@cache
def facet(name: FacetName) -> Facet:
    """The facet of that name."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))[name]
    return Facet(data["ask"], tuple(re.compile(each, re.IGNORECASE) for each in data["says"]))

"""The unit: the smallest run of a source that stands alone. What is quoted, asked, searched and marked is a unit."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from notegen.extract.document import Block, Maths

UnitKind = Literal["sentence", "list", "definition", "formula", "quotation", "example", "code"]
PartKind = Literal["sentence", "item", "formula", "code"]
HASH_DIGITS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One sentence, list item, display formula or listing of a unit."""

    kind: PartKind
    page: int
    """Index from 0."""
    text: str
    """As printed; white space is single spaces, in code as it is."""
    certain: bool = True
    """Printed whole on its page, in characters that say what the page shows."""
    marker: str = ""
    """An item's own number or bullet."""
    maths: tuple[Maths, ...] = ()
    """Formulas in `text`."""
    opens: bool = False
    """It is the first of its paragraph."""
    joined: bool = False
    """Nothing but space stands between it and the part before it."""
    block: Block | None = None
    """Of a formula or listing: the block, with its picture or language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A sentence, or a lead-in with its list, a definition with its formula, a paragraph: what must not be torn."""

    book: str
    """Identity of the source."""
    parts: tuple[Part, ...]
    """In reading order, at least one."""
    kind: UnitKind = "sentence"
    nth: int = 0
    """Which of the units with the same letters on the same page it is, from 0."""
    start: int = 0
    """Index of the block in which it begins, in the blocks that it was built from."""
    opens_section: bool = False
    """It is the first one below its heading."""
    goes_on: bool = False
    """Its list is too long to be one unit, and goes on with the next item elsewhere."""

    @property
    def page(self) -> int:
        """Index of the page on which it begins."""
        return self.parts[0].page

    @property
    def text(self) -> str:
        """All of it on one line; code keeps its lines."""
        return " ".join(part.text for part in self.parts)

    @property
    def head(self) -> Part:
        """The part that it opens with: if this one leans on something, nobody knows on what."""
        return self.parts[0]

    @property
    def word_count(self) -> int:
        """Words of its sentences and items."""
        return sum(len(part.text.split()) for part in self.parts if part.kind in ("sentence", "item"))

    @property
    def is_certain(self) -> bool:
        """Every part of it can be shown as printed."""
        return all(part.certain for part in self.parts)

    @property
    def letters(self) -> str:
        """Hash of its letters and digits alone, so that hyphens, spaces and line ends make no difference."""
        bare = "".join(char for char in self.text.casefold() if char.isalnum())
        return hashlib.sha256(bare.encode("utf-8", "replace")).hexdigest()[:HASH_DIGITS]

    @property
    def id(self) -> str:
        """Its name for ever: book, page, letters, and which of its equals. The same pages give the same names."""
        return f"{self.book}:{self.page}:{self.letters}:{self.nth}"


def numbered(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """The units of one book in reading order, each knowing which of its equals on the page it is."""
    seen: Counter[tuple[str, int, str]] = Counter()
    result = []
    for unit in units:
        key = (unit.book, unit.page, unit.letters)
        result.append(replace(unit, nth=seen[key]))
        seen[key] += 1
    return tuple(result)

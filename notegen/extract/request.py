"""What the worker is asked to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from notegen.extract.facts import Facts, Piece

Report = Callable[[int], None]
"""Told the index of the page it is at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    path: Path
    pieces: Sequence[Piece] | None
    """Pages to read; None for the first piece of the whole file."""
    cut_off: bool
    """The file has no end-of-file mark."""
    facts: Facts | None = None
    """What a run before this one found out of the whole file."""
    done: Set[int] = frozenset()
    """Pages that need not be read again."""
    skip: Mapping[int, str] = field(default_factory=dict)
    """Pages that a run before this one died of, and why."""
    password: str = ""
    ocr_languages: Sequence[str] = ()
    """In tesseract's names; none: scanned pages are pictures."""

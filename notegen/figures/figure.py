"""What a drawn figure is: the image, and in words and numbers exactly what it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

ImageFormat = Literal["png", "svg"]

Rows = tuple[tuple[str, ...], ...]
"""A table; the first row is its header. Cells are plain text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberTable:
    """Numbers that a figure shows, as a table."""

    title: str
    rows: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A guess to make before looking, and the measured answer."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure."""

    image: bytes
    format: ImageFormat
    alt: str
    """What it shows and finds, one sentence, for those who cannot see it."""
    caption: str
    """Which model, layer, head, method, and what cannot be read from it. Plain text."""
    sentence: str = ""
    """The one sentence that a log shows below it. Plain text."""
    row: Rows = ()
    """The few numbers that a log shows beside it: words or names, and a row of numbers."""
    matrix: Rows = ()
    """All numbers that it was drawn from, for a file beside the log."""
    tables: tuple[NumberTable, ...] = ()
    question: Question | None = None
    numbers: Mapping[str, Any] = field(default_factory=dict)
    """The same for programs: what `--json` prints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFigures:
    """The figures of one log. A figure that is not there has a sentence that says why."""

    attention: Figure | None = None
    no_attention: str = ""
    map: Figure | None = None
    no_map: str = ""
    coverage: Figure | None = None

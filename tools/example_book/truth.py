"""What the printed book holds and where: the answers that tests and benchmarks of an extraction compare with."""

from __future__ import annotations

from dataclasses import dataclass, field

from .leaf import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A chapter (level 1) or section (level 2). `top` is its upper edge in points."""

    level: int
    number: str
    title: str
    page: int
    top: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Captioned:
    """A figure, table or listing. `bbox` is the thing without its caption; rows of a table, code of a listing."""

    kind: str
    label: str
    caption: str
    page: int
    bbox: Box
    rows: tuple[tuple[str, ...], ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A numbered display formula, in the TeX it was set from."""

    label: str
    tex: str
    page: int
    bbox: Box


@dataclass(slots=True, kw_only=True)
class Truth:
    """What the book holds and where. Page indexes count from 0, boxes are in points from the top left corner."""

    headings: list[Heading] = field(default_factory=list)
    captioned: list[Captioned] = field(default_factory=list)
    formulas: list[Formula] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)

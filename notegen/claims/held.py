"""What became of a claim that was held against the books."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["supported", "contradicted", "not found"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Words of a book, as printed, and where they stand."""

    text: str
    pdf: str
    """Its path in the vault."""
    pdf_page: int
    """Of the file, from 1."""
    page: str
    """As printed."""
    says: Literal["supports", "contradicts", ""] = ""
    """What it is to the claim; "" for what is only near to it."""
    heading: str = ""
    """The heading that they stand under."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One claim with its verdict."""

    text: str
    """In the author's words."""
    line: int
    verdict: Verdict
    evidence: tuple[Source, ...] = ()
    nearest: Source | None = None
    """Where nothing was found: what is nearest."""

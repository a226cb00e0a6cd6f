"""What the template of the note of answers is given."""

from __future__ import annotations

from dataclasses import dataclass

SIGNS = {"supported": "✅", "contradicted": "❌", "unverified": "▫️"}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedContext:
    """Words of a book, on one line, with their place."""

    text: str
    pdf: str
    """Path in the vault."""
    pdf_page: int
    """From 1."""
    page: str
    """As printed."""
    book: str
    is_linked: bool
    """Its file is in the vault; else the book's title and the page are shown."""

    @property
    def place(self) -> str:
        """The book and the printed page, for one that no link reaches."""
        return f"({self.book}, {self.page})"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidContext:
    """One statement of a language model, held against the books."""

    text: str
    sign: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerContext:
    """One question with what the books say to it."""

    question: str
    date: str
    """ISO 8601."""
    quoted: tuple[QuotedContext, ...]
    """The answer; empty where the books do not have it."""
    nearest: tuple[QuotedContext, ...] = ()
    """Then: what is nearest."""
    claims: tuple[SaidContext, ...] = ()
    model: str = ""
    """Who made the claims."""

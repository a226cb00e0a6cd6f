"""What the template of a concept note in full is given."""

from __future__ import annotations

from dataclasses import dataclass

from notegen.claims.held import Source
from notegen.figures.figure import Figure
from notegen.figures.word_sums import MeasuredSum
from notegen.figures.word_vectors import WordVectors


@dataclass(frozen=True, slots=True, kw_only=True)
class FullConceptContext:
    """`concept` in the template. What no book tells is empty, and left to the learner."""

    name: str
    has_title: bool
    """The note that is there has a title of its own."""
    definitions: tuple[Source, ...]
    making: tuple[Source, ...]
    uses: tuple[Source, ...]
    why: tuple[Source, ...]
    types: tuple[Source, ...]
    vectors: WordVectors | None
    """Words of its sources, or its neighbours in the vault, as the encoder sees them."""
    word_sums: tuple[MeasuredSum, ...]
    figure: Figure | None
    related: tuple[str, ...]
    """Markdown: links to concept notes that are nearest to it."""
    no_numbers: str
    """Why nothing was measured; "" where something was."""

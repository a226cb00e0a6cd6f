"""Notes that are about no passage: overviews of the vault, made of links and the learner's own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from notegen.compose.filters import FigureFilters, region, tidy
from notegen.compose.gate import pass_gate
from notegen.compose.templates import Templates
from notegen.markdown import write
from notegen.vault.note import Note, Property


@dataclass(slots=True)
class PlainFilters(FigureFilters):
    """The filters of such a note: those of a figure, `heading`, `region`, and `link`, which takes a note's path."""

    def all(self) -> dict[str, Callable[..., Any]]:
        """Filter name → function."""
        return {
            **FigureFilters.all(self),
            "heading": write.heading_text,
            "region": region,
            "link": lambda path: self.vault.link(path, self.note_path, alias=""),
        }


def plain_note(
    template: str,
    context: Mapping[str, Any],
    properties: Mapping[str, Property],
    filters: PlainFilters,
    templates: Templates,
) -> Note:
    """The finished note at `filters.note_path`. Raises UsageError for a broken template, NotegenError where the gate
    cannot repair the note."""
    body = tidy(templates.render(template, filters.all(), **context)) + "\n"
    note = Note(path=filters.note_path, properties=dict(properties), body=body)
    return pass_gate(note, filters.vault, {}, own=templates.own_text)

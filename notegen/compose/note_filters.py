"""The filters of notes that are about no passage of a book: questions, a mental model, a concept in full."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote as percent_encoded

from notegen.compose.filters import FigureFilters, region, tidy
from notegen.compose.place import Place
from notegen.compose.templates import Templates
from notegen.markdown import write
from notegen.markdown.foreign_writing import inline, written


class Sourced(Protocol):
    """Where a passage of a book stands: its PDF in the vault, the page of the file from 1, the printed page."""

    @property
    def pdf(self) -> str: ...
    @property
    def pdf_page(self) -> int: ...
    @property
    def page(self) -> str: ...


@dataclass(slots=True, kw_only=True)
class NoteFilters(FigureFilters):
    """The filters of a note that is about no passage of a book: questions, a mental model, a concept."""

    def all(self) -> dict[str, Callable[..., Any]]:
        """Filter name → function."""
        return {
            **FigureFilters.all(self),
            "heading": write.heading_text,
            "capital": lambda name: name[:1].upper() + name[1:],
            "foreign": written,
            "spans": inline,
            "verbatim": verbatim,
            "beside": self.beside,
            "fence": write.code_fence,
            "sourced": self.sourced,
            "jump": self.jump,
            "region": region,
            "tidy": tidy,
        }

    def beside(self, data: bytes, suffix: str) -> str:
        """A link to a file beside the note that holds the bytes."""
        return self.attached(data, suffix, suffix)

    def sourced(self, passage: Sourced) -> str:
        """A link to the page of a book that a passage of the library stands on."""
        page = self.catalogue.said("p. {page}", page=passage.page)
        return self.vault.link(passage.pdf, self.note_path, page=passage.pdf_page, alias=page)

    def jump(self, heading: str, shown: str) -> str:
        """A link to a heading of the note itself."""
        target, label = write.heading_text(heading), write.label(shown)
        if self.vault.settings.use_markdown_links:
            return f"[{write.escape(label)}](#{percent_encoded(target)})"
        return f"[[#{target}|{label}]]"


def note_filters(place: Place, templates: Templates, language: str) -> NoteFilters:
    """The filters of a note, in the learner's language, or else in that of its text."""
    return NoteFilters(
        vault=place.vault,
        note_path=place.note_path,
        attachment_folder=place.attachment_folder,
        catalogue=templates.catalogue(place.language or language),
    )


def verbatim(text: str) -> str:
    """A code fence with every letter of a text, each line under the `>` of a callout."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    lines = [f"{fence}text", *text.split("\n"), fence]
    return "\n".join(f"> {line}" if line else ">" for line in lines)

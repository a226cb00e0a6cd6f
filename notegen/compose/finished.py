"""From a template and what it is given to a finished note: rendered, linked, with its attachments, past the gate."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from notegen.compose.filters import FigureFilters, LogFilters, tidy
from notegen.compose.gate import pass_gate
from notegen.compose.place import Place
from notegen.compose.templates import Templates
from notegen.link.related import Related
from notegen.reading.passage import Passage
from notegen.vault.note import Note, Property

NO_LINKS = Related()


def filters_at(place: Place, passage: Passage, templates: Templates) -> LogFilters:
    """The filters of a note about a passage, in the learner's language, or else the passage's."""
    return LogFilters(
        vault=place.vault,
        note_path=place.note_path,
        attachment_folder=place.attachment_folder,
        pdf_path=place.pdf_path,
        document=passage.document,
        catalogue=templates.catalogue(place.language or passage.language),
    )


def finished_note(
    template: str,
    context: Mapping[str, Any],
    properties: Mapping[str, Property],
    filters: FigureFilters,
    templates: Templates,
    *,
    related: Related = NO_LINKS,
    not_in: Collection[str] = (),
    planned: Collection[str] = (),
) -> Note:
    """The note that `template` makes of `context`, with the filters of `compose.context`.

    related: names that become links at their first mention, except in the regions `not_in`. planned: paths of other
    notes that are about to exist. Raises UsageError for a broken template, NotegenError where the gate cannot repair
    the note.
    """
    vault, path = filters.vault, filters.note_path
    body = tidy(templates.render(template, filters.all(), **context)) + "\n"
    if related.names is not None:
        from notegen.compose.linking import with_links  # numpy is for those who want links

        body = with_links(body, related, vault, path, planned=planned, not_in=not_in)
    attachments = tuple(filters.attachments.values())
    note = Note(path=path, properties=dict(properties), body=body, attachments=attachments)
    return pass_gate(note, vault, filters.page_counts, dict.fromkeys(planned, ""), templates.own_text)

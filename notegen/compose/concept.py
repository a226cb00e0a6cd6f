"""The note of a new concept."""

from __future__ import annotations

from dataclasses import replace

from notegen.compose.context import ConceptContext
from notegen.compose.finished import filters_at, finished_note
from notegen.compose.place import Place
from notegen.compose.templates import Templates
from notegen.link.related import NewConcept, Related
from notegen.reading.passage import Passage
from notegen.vault.note import Note, Property

CONCEPT_TEMPLATE = "concept.md.j2"


def concept_note(concept: NewConcept, passage: Passage, related: Related, log: Place, templates: Templates) -> Note:
    """The finished note of a concept of the passage. log: the place of the passage's log.

    Raises UsageError for a broken template, NotegenError where the gate cannot repair the note.
    """
    planned = [*(each.path for each in related.concepts), log.note_path]
    vault, page = log.vault, concept.what.evidence.page
    filters = filters_at(replace(log, note_path=concept.path), passage, templates)
    label = f"{passage.document.title}, {filters.page_number(page)}"
    context = ConceptContext(
        name=concept.name,
        what=concept.what,
        why=concept.why,
        related=tuple(
            vault.link(path, concept.path, planned=planned) for path in concept.related if path != concept.path
        ),
        log_link=vault.link(log.note_path, concept.path, planned=planned),
        book_link=vault.link(log.pdf_path, concept.path, page=page + 1, alias=label, planned=planned),
    )
    properties: dict[str, Property] = {
        "type": "concept",
        **({"aliases": list(concept.aliases)} if concept.aliases else {}),
        "tags": list(log.concept_tags),
        "source": vault.property_link(log.pdf_path, concept.path, planned),
        "created": log.date,
        "passage": concept.passage,
    }
    return finished_note(
        CONCEPT_TEMPLATE,
        {"concept": context},
        properties,
        filters,
        templates,
        related=related,
        not_in=["related"],
        planned=planned,
    )

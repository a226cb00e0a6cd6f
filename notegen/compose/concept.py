"""The note of a new concept."""

from __future__ import annotations

from collections.abc import Collection

from notegen.compose.context import ConceptContext
from notegen.compose.filters import LogFilters, tidy
from notegen.compose.place import Place
from notegen.compose.templates import Templates
from notegen.link.related import NewConcept, Related
from notegen.reading.passage import Passage
from notegen.vault.note import Note

CONCEPT_TEMPLATE = "concept.md.j2"


def concept_note(
    concept: NewConcept,
    passage: Passage,
    related: Related,
    place: Place,
    templates: Templates,
    planned: Collection[str],
) -> Note:
    """The finished note of a concept of the passage. planned: all notes that are about to exist.

    Raises UsageError for a broken template.
    """
    document = passage.document
    filters = LogFilters(
        vault=place.vault,
        note_path=concept.path,
        attachment_folder=place.attachment_folder,
        pdf_path=place.pdf_path,
        document=document,
        catalogue=templates.catalogue(place.language or passage.language),
    )
    page = concept.what.evidence.page
    label = f"{document.title}, {filters.page_number(page)}"
    context = ConceptContext(
        name=concept.name,
        what=concept.what,
        why=concept.why,
        related=tuple(
            place.vault.link(path, concept.path, planned=planned) for path in concept.related if path != concept.path
        ),
        log_link=place.vault.link(place.note_path, concept.path, planned=planned),
        book_link=place.vault.link(place.pdf_path, concept.path, page=page + 1, alias=label, planned=planned),
    )
    body = tidy(templates.render(CONCEPT_TEMPLATE, filters.all(), concept=context)) + "\n"
    if related.names is not None:
        from notegen.compose.linking import with_links  # numpy is for those who want links

        body = with_links(body, related, place.vault, concept.path, planned=planned, not_in=["related"])
    return Note(
        path=concept.path,
        properties={
            "type": "concept",
            **({"aliases": list(concept.aliases)} if concept.aliases else {}),
            "tags": list(place.concept_tags),
            "source": place.vault.property_link(place.pdf_path, concept.path, planned),
            "created": place.date,
            "passage": concept.passage,
        },
        body=body,
    )

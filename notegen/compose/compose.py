"""From a Draft to a finished log: template, properties, attachments, and the gate."""

from __future__ import annotations

from notegen.compose.context import LogContext, RawPage, RelatedNote, StudyContext
from notegen.compose.finished import filters_at, finished_note
from notegen.compose.place import Place
from notegen.compose.templates import Templates
from notegen.draft.draft import Draft
from notegen.figures.figure import LogFigures
from notegen.language.catalogue import Catalogue
from notegen.link.related import Related
from notegen.reading.passage import Passage
from notegen.vault.note import Note, Property

TEMPLATE = "daily.md.j2"
NO_LINKS = frozenset({"head", "related", "highlights", "check-warmup", "mastered", "unclear", "first", "rabbits"})
"""Regions in which no word becomes a link: one is about the book, the others list links or are the learner's."""
NOTHING_TO_STUDY = StudyContext()
NO_FIGURES = LogFigures()


def compose(
    draft: Draft,
    passage: Passage,
    related: Related,
    place: Place,
    templates: Templates,
    figures: LogFigures = NO_FIGURES,
    study: StudyContext = NOTHING_TO_STUDY,
) -> Note:
    """The finished log. The notes of new concepts are still to be made (`compose.concept`).

    Raises UsageError for a broken template, NotegenError where the gate cannot repair it.
    """
    filters = filters_at(place, passage, templates)
    log = _context(draft, passage, related, place, filters.catalogue, study)
    return finished_note(
        TEMPLATE,
        {"log": log, "draft": draft, "figures": figures},
        _properties(draft, passage, place),
        filters,
        templates,
        related=related,
        not_in=NO_LINKS,
        planned=[concept.path for concept in related.concepts],
    )


def _context(
    draft: Draft, passage: Passage, related: Related, place: Place, catalogue: Catalogue, study: StudyContext
) -> LogContext:
    document = passage.document
    label = f"{document.title}, {catalogue.said('pp. {pages}', pages=passage.pages)}"
    return LogContext(
        title=draft.title,
        chapter=passage.chapter if passage.chapter not in ("", draft.title) else "",
        book=document.title,
        book_link=place.vault.link(place.pdf_path, place.note_path, page=passage.first + 1, alias=label),
        date=place.date,
        pages=passage.pages,
        pdf_pages=passage.pdf_pages,
        drafter=draft.drafter,
        suspect=document.suspect,
        skipped=passage.skipped,
        ocr=_ocr_pages(passage, catalogue),
        ocr_advice=document.ocr_advice,
        highlights=passage.highlights,
        raw=_raw(passage) if place.raw_extract else (),
        related=tuple(
            RelatedNote(link=place.vault.link(each.path, place.note_path, alias=""), reason=each.reason)
            for each in related.notes
        ),
        model=draft.record.model,
        endpoint=draft.record.endpoint,
        fallback=_fallback(draft, passage),
        study=study,
    )


def _fallback(draft: Draft, passage: Passage) -> str:
    """The reasons of the whole note: those of single sections stand there."""
    record = draft.record
    parts = (*record.sections, record.whole)
    failed = [each.reason for each in parts if each.by == "extracted" and each.reason]
    if record.is_complete or not failed:
        return ""
    everywhere = len(set(failed)) == 1 or not record.model
    again = f"To ask again, run notegen day today, or later with the PDF and --pages pdf:{passage.pdf_pages}."
    reason = failed[0] if everywhere else record.whole.reason
    return " ".join(each for each in (reason, record.advice, again) if each) if reason else ""


def _raw(passage: Passage) -> tuple[RawPage, ...]:
    """The blocks of each page; code a line each."""
    pages: dict[int, list[str]] = {}
    for block in passage.blocks:
        texts = block.text.splitlines() if block.kind == "code" else [block.text]
        pages.setdefault(block.page, []).extend(text for text in texts if text.strip())
    return tuple(RawPage(number=passage.label(page), paragraphs=tuple(texts)) for page, texts in pages.items())


def _ocr_pages(passage: Passage, catalogue: Catalogue) -> str:
    if len(passage.ocr_pages) == passage.last - passage.first + 1:
        return catalogue.said("all pages")
    labels = ", ".join(passage.label(page) for page in passage.ocr_pages)
    if len(passage.ocr_pages) > 1:
        return catalogue.said("pp. {pages}", pages=labels)
    return catalogue.said("p. {page}", page=labels) if labels else ""


def _properties(draft: Draft, passage: Passage, place: Place) -> dict[str, Property]:
    return {
        "type": "log",
        "date": place.date,
        "source": place.vault.property_link(place.pdf_path, place.note_path),
        "pages": passage.pages.replace("–", "-"),
        "pdf_pages": passage.pdf_pages,
        "concepts": list(draft.concepts),
        "tags": list(place.tags),
        "drafter": draft.drafter,
        **_model(draft),
        "book": passage.document.book,
        "source_sha256": passage.document.sha256,
        "suspect": bool(passage.document.suspect),
        "reviewed": False,
        "made_from": place.made_from if draft.record.is_complete else f"{place.made_from}-incomplete",
    }


def _model(draft: Draft) -> dict[str, Property]:
    """Which model drafted, where, with which prompts; nothing where none did."""
    record = draft.record
    if not record.model:
        return {}
    return {"model": record.model, "model_endpoint": record.endpoint, "prompts": record.prompts}

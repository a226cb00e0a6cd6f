"""From a Draft to a finished Note: template, properties, attachments, and the gate."""

from __future__ import annotations

from dataclasses import dataclass

from notegen.compose.context import LogContext
from notegen.compose.filters import LogFilters, tidy
from notegen.compose.gate import pass_gate
from notegen.compose.templates import Templates
from notegen.draft.draft import Draft
from notegen.figures.figure import LogFigures
from notegen.reading.passage import Passage
from notegen.vault.note import Note, Property
from notegen.vault.vault import Vault

TEMPLATE = "daily.md.j2"
NO_FIGURES = LogFigures()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a log stands: in which vault, under which path, and where its PDF is."""

    vault: Vault
    note_path: str
    """Relative to the vault; the note's own place when it exists already."""
    pdf_path: str
    """Relative to the vault; where the page links go."""
    attachment_folder: str
    """Relative to the vault, "" for its root."""
    date: str
    """YYYY-MM-DD."""
    tags: tuple[str, ...]
    made_from: str
    """Fingerprint of what the note is made from; the same one again means that nothing is to be done."""


def compose(
    draft: Draft, passage: Passage, place: Place, templates: Templates, figures: LogFigures = NO_FIGURES
) -> Note:
    """The finished note. Raises UsageError for a broken template, NotegenError where the gate cannot repair a note."""
    filters = LogFilters(
        vault=place.vault,
        note_path=place.note_path,
        attachment_folder=place.attachment_folder,
        pdf_path=place.pdf_path,
        document=passage.document,
    )
    rendered = templates.render(
        TEMPLATE, filters.all(), log=_context(draft, passage, place), draft=draft, figures=figures
    )
    note = Note(
        path=place.note_path,
        properties=_properties(draft, passage, place),
        body=tidy(rendered) + "\n",
        attachments=tuple(filters.attachments.values()),
    )
    return pass_gate(note, place.vault, {place.pdf_path: passage.document.page_count})


def _context(draft: Draft, passage: Passage, place: Place) -> LogContext:
    document = passage.document
    label = f"{document.title}, pp. {passage.pages}"
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
        ocr=_ocr_pages(passage),
        ocr_advice=document.ocr_advice,
        model=draft.record.model,
        endpoint=draft.record.endpoint,
        fallback=_fallback(draft, passage),
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


def _ocr_pages(passage: Passage) -> str:
    if len(passage.ocr_pages) == passage.last - passage.first + 1:
        return "all pages"
    labels = ", ".join(passage.label(page) for page in passage.ocr_pages)
    return f"{'pp.' if len(passage.ocr_pages) > 1 else 'p.'} {labels}" if labels else ""


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

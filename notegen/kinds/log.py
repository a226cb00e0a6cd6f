"""The walk of the data from a passage to the list of writes. Nothing is written here."""

from __future__ import annotations

from notegen.compose.compose import compose
from notegen.compose.place import Place
from notegen.desk import Desk
from notegen.draft.draft import Draft, DraftRecord
from notegen.draft.drafter import Brief
from notegen.figures import draw
from notegen.figures.draw import Wishes
from notegen.link.related import Related
from notegen.reading.passage import Passage
from notegen.vault.note import Plan
from notegen.vault.plan import plan


def make_note(passage: Passage, place: Place, wishes: Wishes, desk: Desk, brief: Brief) -> tuple[Plan, DraftRecord]:
    """What would put the passage's log, and before it the notes of its new concepts, into the vault; and how it was
    drafted."""
    draft = desk.drafter.draft(passage, brief)
    related = _related(draft, passage, place, desk)
    figures = draw(draft, passage, wishes, desk.encoder.get())
    notes = compose(draft, passage, related, place, desk.templates, figures)
    return _with_mended(plan(notes, desk.vault), related, place, desk), draft.record


def _related(draft: Draft, passage: Passage, place: Place, desk: Desk) -> Related:
    """The log's connections. What compares texts (numpy) is loaded for those who want any."""
    links, concepts = desk.settings.link, desk.settings.concepts
    if not (links.related or links.inline or concepts.new_per_log):
        return Related()
    from notegen.link.relate import relate

    return relate(draft, passage, desk.vault, place.note_path, links, concepts, desk.encoder.get)


def _with_mended(made: Plan, related: Related, place: Place, desk: Desk) -> Plan:
    """The plan, and before it the log's own concept notes whose PDF was moved."""
    if not related.earlier:
        return made
    from notegen.link.mending import with_mended

    return with_mended(made, related.earlier, place.pdf_path, desk.vault)

"""The walk of the data from a passage to the list of writes. Nothing is written here."""

from __future__ import annotations

from notegen.compose.compose import compose
from notegen.compose.place import Place
from notegen.desk import Desk
from notegen.link.mending import with_mended
from notegen.link.relate import relate
from notegen.reading.passage import Passage
from notegen.vault.note import Plan
from notegen.vault.plan import plan


def make_note(passage: Passage, place: Place, desk: Desk) -> Plan:
    """What would put the passage's log, and the notes of its new concepts before it, into the vault."""
    draft = desk.drafter.draft(passage)
    related = relate(
        draft,
        passage,
        desk.vault,
        place.note_path,
        desk.settings.link,
        desk.settings.concepts,
        desk.encoder.get,
    )
    notes = compose(draft, passage, related, place, desk.templates)
    return with_mended(plan(notes, desk.vault), related.earlier, place.pdf_path, desk.vault)

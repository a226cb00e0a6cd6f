"""The walk of the data from a passage to the list of writes. Nothing is written here."""

from __future__ import annotations

from notegen.compose.compose import Place, compose
from notegen.desk import Desk
from notegen.draft.draft import DraftRecord
from notegen.draft.drafter import Brief
from notegen.figures import draw
from notegen.figures.draw import Wishes
from notegen.reading.passage import Passage
from notegen.vault.note import Plan
from notegen.vault.plan import plan


def make_note(passage: Passage, place: Place, wishes: Wishes, desk: Desk, brief: Brief) -> tuple[Plan, DraftRecord]:
    """What would put the passage's note into the vault, and how it was drafted."""
    draft = desk.drafter.draft(passage, brief)
    figures = draw(draft, passage, wishes, desk.encoder.get())
    note = compose(draft, passage, place, desk.templates, figures)
    return plan([note], desk.vault), draft.record

"""The ledger as the vault has it: every concept with its entry."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from notegen.config import LedgerSettings
from notegen.learner.ledger.concepts import Concept, concepts_in
from notegen.learner.ledger.entry import Entry, entry_in, merged
from notegen.vault.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A concept, and what the ledger holds of it."""

    concept: Concept
    entry: Entry


def read_ledger(vault: Vault, folder: str, names: LedgerSettings, today: dt.date) -> list[Known]:
    """Every concept of the vault, by path. folder: that of concept notes. names: of the properties."""
    return [
        Known(concept=each, entry=merged([entry_in(note.properties, names, today) for note in each.notes]))
        for each in concepts_in(vault, folder)
    ]

"""Apply a plan: intent, attachments, notes, done. A crash at any moment is made good by the next run."""

from __future__ import annotations

from contextlib import suppress

from notegen import stopping
from notegen.errors import StateError, VaultError
from notegen.store import intents
from notegen.store.intents import IntendedWrite, Intent
from notegen.vault.carry_out import carry_out
from notegen.vault.logs import record_in
from notegen.vault.note import Plan
from notegen.vault.vault import Vault
from notegen.vault.writing import writing


def apply(plan: Plan, vault: Vault) -> None:
    """Write what the plan says, in its order, each file at once.

    Nothing is written when a file is not what it was when the plan was made. Raises VaultError or BusyError; then the
    plan has left nothing new. Where the process ends in between, the next one that writes in the vault finishes it.
    """
    writes = tuple(
        IntendedWrite(path=write.path, data=write.data, before_sha256=write.before_sha256)
        for write in plan.writes
        if write.status in ("written", "updated")
    )
    if not writes:
        return
    intent = Intent(writes=writes, notes=_notes(plan))
    with writing(vault), stopping.finishing():
        number = _begin(intent, vault)
        try:
            carry_out(writes, vault)
        except VaultError:
            with suppress(StateError):
                intents.abandon(vault.ledger, number)
            raise
        with suppress(StateError):  # the next run finds the files as they should be, and crosses the intent out
            intents.finish(vault.ledger, number, intent.notes)


def _begin(intent: Intent, vault: Vault) -> int:
    """Where the intent cannot be put down, a crash costs a picture without a note, and the note is made anew."""
    with suppress(StateError):
        return intents.begin(vault.ledger, intent)
    return 0


def _notes(plan: Plan) -> dict[str, str]:
    """SHA-256 of each PDF that the plan has a log of → the log's path."""
    records = (record_in(write.path, write.data) for write in plan.writes if write.path.endswith(".md"))
    return {record.source_sha256: record.path for record in records if record}

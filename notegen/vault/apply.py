"""Apply a plan: intent, attachments, notes, done. A crash at any moment is made good by the next run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

from notegen import stopping
from notegen.errors import PassingVaultError, StateError, VaultError
from notegen.store import intents
from notegen.store.intents import IntendedRemoval, IntendedWrite, Intent
from notegen.store.runs import FileChange
from notegen.vault.carry_out import carry_out
from notegen.vault.files import ChangedMeanwhileError, version_of
from notegen.vault.logs import record_in
from notegen.vault.note import Plan
from notegen.vault.proposing import remember
from notegen.vault.vault import Vault
from notegen.vault.writing import writing

_TRIES = 3
"""How often a plan is made for a note that somebody is writing."""
_MERGEABLE = (".md", ".canvas", ".base")
"""Files whose new bytes are recorded too, so that a later edit can be told from what notegen wrote."""


def apply(plan: Plan, vault: Vault) -> dict[str, str]:
    """Write what the plan says, in its order, each file at once; then move to the trash what it says. All or nothing.

    Nothing is written when a file is not what it was when the plan was made. What is done is put on the record of the
    run (`store.runs`). Return where the removed files are now. Raises VaultError or BusyError; then the plan has left
    nothing new. Where the process ends in between, the next one that writes in the vault finishes it.
    """
    remember(plan, vault)
    writes = tuple(
        IntendedWrite(path=write.path, data=write.data, before_sha256=write.before_sha256)
        for write in plan.writes
        if write.status in ("written", "updated")
    )
    removals = tuple(IntendedRemoval(path=each.path, before_sha256=each.before_sha256) for each in plan.removals)
    if not (writes or removals):
        return {}
    intent = Intent(writes=writes, removals=removals, notes=_notes(plan))
    with writing(vault), stopping.finishing():
        before = _bytes_before(intent, vault)
        number = _begin(intent, before, vault)
        try:
            trashed = carry_out(writes, vault, removals, before)
        except VaultError:
            with suppress(StateError):
                intents.abandon(vault.ledger, number)
            raise
        with suppress(StateError):  # the next run finds the files as they should be, and crosses the intent out
            intents.finish(vault.ledger, number, intent.notes)
    return trashed


def apply_as_it_is(planned: Callable[[], Plan], vault: Vault) -> Plan:
    """Apply a plan, and where a file changed since it was made, one that is made anew; return the one that was applied.

    Raises as `apply`, where files change faster than that.
    """
    for _ in range(_TRIES - 1):
        plan = planned()
        try:
            apply(plan, vault)
            return plan
        except PassingVaultError as error:
            if not isinstance(error.__cause__, ChangedMeanwhileError):
                raise
    plan = planned()
    apply(plan, vault)
    return plan


def _bytes_before(intent: Intent, vault: Vault) -> dict[str, bytes]:
    """The bytes of each file that is to be replaced or removed. One that changed meanwhile will be found out later."""
    replaced = [write.path for write in intent.writes if write.before_sha256]
    before = {}
    for path in (*replaced, *(gone.path for gone in intent.removals)):
        with suppress(OSError):
            before[path] = vault.storage.read(path)[0]
    return before


def _begin(intent: Intent, before: Mapping[str, bytes], vault: Vault) -> int:
    """Where the intent cannot be put down, a crash costs a picture without a note, and the note is made anew."""
    with suppress(StateError):
        return intents.begin(vault.ledger, intent, vault.run, tuple(_changes(intent, before)))
    return 0


def _changes(intent: Intent, before: Mapping[str, bytes]) -> Iterator[FileChange]:
    """What the intent will have changed, for the record."""
    for write in intent.writes:
        is_merged = write.before_sha256 and write.path.lower().endswith(_MERGEABLE)
        yield FileChange(
            path=write.path,
            before_sha256=write.before_sha256,
            after_sha256=version_of(write.data),
            before=before.get(write.path),
            after=write.data if is_merged else None,
        )
    for gone in intent.removals:
        yield FileChange(
            path=gone.path, before_sha256=gone.before_sha256, after_sha256="", before=before.get(gone.path)
        )


def _notes(plan: Plan) -> dict[str, str]:
    """SHA-256 of each PDF that the plan has a log of → the log's path."""
    records = (record_in(write.path, write.data) for write in plan.writes if write.path.endswith(".md"))
    return {record.source_sha256: record.path for record in records if record}

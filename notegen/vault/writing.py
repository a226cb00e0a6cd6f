"""One writer: who changes a vault holds it for that time, and first finishes what a crash cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress

from notegen.errors import NotegenError, StateError
from notegen.store import intents, runs
from notegen.store.intents import IntendedWrite
from notegen.store.runs import OpenRun
from notegen.vault.carry_out import carry_out, take_back
from notegen.vault.logs import LogRecord, record_in, same_passage
from notegen.vault.vault import Vault

PATIENCE_S = 600.0


@contextmanager
def writing(
    vault: Vault,
    who: str = "notegen",
    on_wait: Callable[[str], None] = lambda who: None,
    patience_s: float = PATIENCE_S,
) -> Iterator[None]:
    """Be the vault's one writer, among threads and processes. May be nested.

    Who waits comes next, even when the one at work wants more. What is written until it ends is one run on record.

    who: this process in words, for those that wait and for the record. on_wait: told once who is at work, when it has
    to be waited for.
    Raises BusyError when the other is not done after `patience_s`.
    """
    if vault.lock.is_held:
        yield
        return
    with ExitStack() as stack:
        with vault.gate.held(who, patience_s, on_wait):
            stack.enter_context(vault.lock.held(who, patience_s, on_wait))
        vault.run = OpenRun(who)
        recover(vault)
        yield


@contextmanager
def letting_others_write(vault: Vault, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Within `writing`: be no writer for a while that may be long, as when a model drafts; then be it again, with the
    vault as it is by then. Where nobody writes, nothing happens. Raises BusyError."""
    if not vault.lock.is_held:
        yield
        return
    run = vault.run
    with vault.lock.lent(run.command, patience_s, lambda holder: None):
        yield
    vault.run = run
    recover(vault)
    vault.refresh()


def recover(vault: Vault) -> None:
    """Finish what runs before this one began and could not finish. What cannot be finished is taken back as far as
    nobody changed it since, and will be made anew."""
    with suppress(StateError):
        pending = list(intents.cut_off(vault.ledger))
        logs = vault.logs() if pending else ()
        for number, intent in pending:
            changes = runs.changes_of_intent(vault.ledger, number)
            before = {each.path: each.before for each in changes if each.before is not None}
            writes = [write for write in intent.writes if not _is_elsewhere(write, logs)]
            try:
                carry_out(writes, vault, intent.removals, before)
            except NotegenError:
                take_back(writes, intent.removals, vault, before)
                intents.abandon(vault.ledger, number)
            else:
                intents.finish(vault.ledger, number, intent.notes if intent.writes else {})


def _is_elsewhere(write: IntendedWrite, logs: tuple[LogRecord, ...]) -> bool:
    """The note was written, and the learner has moved it since."""
    mine = record_in(write.path, write.data) if write.path.endswith(".md") else None
    return mine is not None and any(log.path != write.path for log in same_passage(mine, logs))

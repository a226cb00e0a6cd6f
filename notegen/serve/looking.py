"""Methods that only read the vault."""

from __future__ import annotations

from pathlib import Path

from notegen.serve import requests
from notegen.serve.call import Call
from notegen.serve.results import Answer


def status(asked: requests.Status, call: Call) -> Answer:
    """As `notegen status --dry-run`: who only looks ticks nothing."""
    import datetime as dt

    from notegen.desk import open_desk
    from notegen.run.status import as_data, status

    desk = open_desk(call.vault_of(asked.vault), call.env, may_fetch=False, files=call.files)
    return as_data(status(desk, dt.date.today()), desk)


def check(asked: requests.Check, call: Call) -> Answer:
    """As `notegen check`."""
    from notegen.run.checking import as_data, check_notes

    vault = call.root_of(call.vault_of(asked.vault))
    call.places(asked.notes, vault)
    notes = [Path(note) for note in asked.notes]
    found = check_notes(notes, vault, call.env, lambda done, total: call.count(done, total, "checking notes"))
    return as_data(found)


def related(asked: requests.Related, call: Call) -> Answer:
    """As `notegen related`."""
    from notegen.errors import UsageError
    from notegen.link.vault_index import VaultIndex
    from notegen.run.relating import as_data, related_to, related_to_all
    from notegen.vault.vault import Vault

    if bool(asked.note) == asked.all:
        raise UsageError("Related to which note?", "Give note, or all for every one.")
    vault = Vault.find(call.vault_of(asked.vault), call.env, files=call.files)

    def reading(done: int, total: int) -> None:
        call.count(done, total, "reading the vault")

    if asked.note:
        return as_data(related_to(asked.note, vault, asked.top, call.env, reading))
    index = VaultIndex.open(vault, reading)
    compared = related_to_all(vault, index, asked.top, lambda done, all_: call.count(done, all_, "comparing notes"))
    return as_data(compared)

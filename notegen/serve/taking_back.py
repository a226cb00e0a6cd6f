"""Methods about what notegen did: the runs on record, and taking one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notegen.serve import requests
from notegen.serve.call import Call
from notegen.serve.results import Answer

if TYPE_CHECKING:
    from notegen.vault.vault import Vault


def undo(asked: requests.Undo, call: Call) -> Answer:
    """As `notegen undo`."""
    from notegen.run.history import take_back, undo_as_data

    return undo_as_data(take_back(asked.run, _vault(asked, call), dry_run=asked.dry_run))


def history(asked: requests.History, call: Call) -> Answer:
    """As `notegen history`."""
    from notegen.run.history import history_as_data, runs_of

    return history_as_data(runs_of(_vault(asked, call), asked.note))


def _vault(asked: requests.Request, call: Call) -> Vault:
    from notegen.store import Store
    from notegen.vault.vault import Vault

    return Vault.find(call.vault_of(asked.vault), call.env, store=Store.open(), files=call.files)

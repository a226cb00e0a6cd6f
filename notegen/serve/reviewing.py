"""Methods about proposals: new text that waits beside the learner's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notegen.serve import requests
from notegen.serve.call import Call
from notegen.serve.results import Answer

if TYPE_CHECKING:
    from notegen.vault.vault import Vault


def review_list(asked: requests.ReviewList, call: Call) -> Answer:
    """As `notegen review --json`."""
    from notegen.run.review import list_as_data, of_note
    from notegen.vault.waiting import waiting

    vault = _vault(asked, call)
    return list_as_data(of_note(waiting(vault), asked.note, vault))


def review_accept(asked: requests.ReviewAccept, call: Call) -> Answer:
    """As `notegen review --accept ID`."""
    return _decide(asked, call, accepted=dict.fromkeys(asked.ids, asked.text), rejected=(), because="")


def review_reject(asked: requests.ReviewReject, call: Call) -> Answer:
    """As `notegen review --reject ID --because TEXT`."""
    return _decide(asked, call, accepted={}, rejected=asked.ids, because=asked.because)


def _decide(
    asked: requests.Decision, call: Call, *, accepted: dict[str, str | None], rejected: tuple[str, ...], because: str
) -> Answer:
    from notegen.run.review import decide, decisions_as_data, of_note
    from notegen.vault import writing
    from notegen.vault.waiting import settle, waiting

    vault = _vault(asked, call)
    with writing(vault, "notegen review", call.waits_for):
        found = of_note(waiting(vault) if asked.dry_run else settle(vault), asked.note, vault)
        done = decide(found, vault, accepted=accepted, rejected=rejected, because=because, dry_run=asked.dry_run)
        left = waiting(vault)
    return decisions_as_data(done, left, dry_run=asked.dry_run)


def _vault(asked: requests.Request, call: Call) -> Vault:
    from notegen.vault.vault import Vault

    return Vault.find(call.vault_of(asked.vault), call.env, files=call.files)

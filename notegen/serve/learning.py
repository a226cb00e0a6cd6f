"""Methods about what the learner has learned, and is to recall."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

from notegen.serve import requests
from notegen.serve.call import Call
from notegen.serve.results import Answer


def cards(asked: requests.Cards, call: Call) -> Answer:
    """As `notegen cards`."""
    from notegen.desk import open_desk
    from notegen.run.cards import as_data, make_cards
    from notegen.run.passwords import Passwords
    from notegen.vault import writing

    desk = open_desk(call.vault_of(asked.vault), call.env, may_fetch=False)
    with nullcontext() if asked.dry_run else writing(desk.vault, "notegen serve", call.waits_for):
        report = make_cards(
            desk,
            book=asked.book,
            dry_run=asked.dry_run,
            on_progress=lambda pdf, what: call.say(f"{Path(pdf).name}: {what}"),
            ask_password=Passwords(None),
        )
    return {"dry_run": asked.dry_run, **as_data(report)}

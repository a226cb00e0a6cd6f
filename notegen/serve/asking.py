"""Methods that ask the vault's books, and keep what is known of them."""

from __future__ import annotations

import time
from functools import partial

from notegen.serve import requests
from notegen.serve.call import Call
from notegen.serve.results import Answer


def ask(asked: requests.Ask, call: Call) -> Answer:
    """As `notegen ask`."""
    from notegen.desk import open_desk
    from notegen.errors import BusyError
    from notegen.library.opening import OpenLibrary
    from notegen.run.asking import as_data, ask
    from notegen.run.passwords import Passwords
    from notegen.run.shelving import refresh

    call.say("looking at the books")
    desk = open_desk(call.vault_of(asked.vault), call.env, may_fetch=not asked.offline, offline=asked.offline)
    library = OpenLibrary(desk.vault, desk.settings)
    shelf = library.shelf()
    if library.is_due(shelf):
        try:
            refresh(library, "notegen serve", Passwords(None), partial(_count, call))
        except BusyError as busy:
            call.say(f"{busy.reason} What it has not read yet is not searched.")
    return as_data(ask(library.library(shelf), asked.question, asked.book))


def library_index(asked: requests.LibraryIndex, call: Call) -> Answer:
    """As `notegen library index`."""
    from notegen.desk import open_desk
    from notegen.library.opening import OpenLibrary
    from notegen.run.passwords import Passwords
    from notegen.run.shelving import index_as_data, refresh

    desk = open_desk(call.vault_of(asked.vault), call.env, may_fetch=not asked.offline)
    library = OpenLibrary(desk.vault, desk.settings, may_fetch=not asked.offline)
    if asked.rebuild or asked.delete:
        library.delete()
    if asked.delete:
        return {"deleted": str(library.folder)}
    started = time.monotonic()
    library.encoder.on_progress = lambda source, done, total: call.say(f"fetching the model from {source}")
    done = refresh(
        library,
        "notegen serve",
        Passwords(asked.password),
        partial(_count, call),
    )
    return index_as_data(library, done, time.monotonic() - started)


def library_status(asked: requests.Request, call: Call) -> Answer:
    """As `notegen library status`."""
    from notegen.desk import open_desk
    from notegen.library.opening import OpenLibrary
    from notegen.run.shelving import status_as_data

    desk = open_desk(call.vault_of(asked.vault), call.env, may_fetch=False)
    return status_as_data(OpenLibrary(desk.vault, desk.settings))


def _count(call: Call, path: str, done: int, total: int) -> None:
    call.count(done, total, f"reading {path}")

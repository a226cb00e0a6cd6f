"""Methods that ask the vault's books, and keep what is known of them."""

from __future__ import annotations

import time
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING

from notegen.serve import requests
from notegen.serve.call import Call
from notegen.serve.results import Answer

if TYPE_CHECKING:
    from notegen.desk import Desk
    from notegen.library.library import Library


def ask(asked: requests.Ask, call: Call) -> Answer:
    """As `notegen ask`."""
    from notegen.draft.drafter import Brief
    from notegen.run.answers import save
    from notegen.run.asking import as_data, ask, with_model
    from notegen.vault.writing import writing

    desk = opened_desk(asked, call, offline=asked.offline)
    answer = with_model(
        ask(opened_library(desk, call), asked.question, asked.book), desk.drafter, Brief(notice=call.say)
    )
    if not asked.save:
        return as_data(answer)
    with nullcontext() if asked.dry_run else writing(desk.vault, "notegen ask", call.waits_for):
        saved = save(answer, desk, dry_run=asked.dry_run)
    return {**as_data(answer), "saved": saved.path, "status": saved.status}


def refine(asked: requests.Refine, call: Call) -> Answer:
    """As `notegen refine`."""
    from notegen.run.refining import as_data, refine

    desk = opened_desk(asked, call, offline=asked.offline)
    refined = refine(
        asked.note,
        desk,
        opened_library(desk, call),
        dry_run=asked.dry_run,
        on_claim=lambda done, total: call.count(done, total, "holding claims against the books"),
    )
    return as_data(refined, dry_run=asked.dry_run)


def library_index(asked: requests.LibraryIndex, call: Call) -> Answer:
    """As `notegen library index`."""
    from notegen.desk import open_desk
    from notegen.library.opening import OpenLibrary
    from notegen.run.passwords import Passwords
    from notegen.run.shelving import index_as_data, opened_workers, refresh

    desk = open_desk(call.vault_of(asked.vault), call.env, may_fetch=not asked.offline, files=call.files)
    library = OpenLibrary(desk.vault, desk.settings, may_fetch=not asked.offline)
    if asked.rebuild or asked.delete:
        library.delete()
    if asked.delete:
        return {"deleted": str(library.folder)}
    started = time.monotonic()
    library.encoder.on_progress = lambda source, done, total: call.say(f"fetching the model from {source}")
    with opened_workers(asked.workers, None) as others:
        done = refresh(library, "notegen serve", Passwords(asked.password), partial(_count, call), others)
    return index_as_data(library, done, time.monotonic() - started)


def library_status(asked: requests.Request, call: Call) -> Answer:
    """As `notegen library status`."""
    from notegen.desk import open_desk
    from notegen.library.opening import OpenLibrary
    from notegen.run.shelving import status_as_data

    desk = open_desk(call.vault_of(asked.vault), call.env, may_fetch=False, files=call.files)
    return status_as_data(OpenLibrary(desk.vault, desk.settings))


def opened_desk(asked: requests.Request, call: Call, *, offline: bool) -> Desk:
    from notegen.desk import open_desk

    call.say("opening the vault")
    return open_desk(call.vault_of(asked.vault), call.env, may_fetch=not offline, offline=offline, files=call.files)


def opened_library(desk: Desk, call: Call) -> Library:
    """The library, brought up to date; as it is where another process is at that."""
    from notegen.errors import BusyError, StateError
    from notegen.library.opening import OpenLibrary
    from notegen.run.passwords import Passwords
    from notegen.run.shelving import refresh

    library = OpenLibrary(desk.vault, desk.settings)
    shelf = library.shelf()
    if library.is_due(shelf):
        try:
            refresh(library, "notegen serve", Passwords(None), partial(_count, call))
        except (BusyError, StateError) as error:
            call.say(f"{error.reason} What it has not read yet is not searched.")
    return library.library(shelf)


def _count(call: Call, path: str, done: int, total: int) -> None:
    call.count(done, total, f"reading {path}")

"""Methods that make notes of PDFs."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

from notegen.serve import requests
from notegen.serve.call import Call
from notegen.serve.results import Answer


def day(asked: requests.Day, call: Call) -> Answer:
    """As `notegen day`."""
    return _day(asked, asked.pdfs, call)


def draft(asked: requests.Draft, call: Call) -> Answer:
    """As `notegen day PDF`."""
    return _day(asked, (asked.pdf, *asked.pdfs), call)


def _day(asked: requests.Day, pdfs: tuple[str, ...], call: Call) -> Answer:
    from notegen.desk import open_desk
    from notegen.run.day import run_day
    from notegen.run.passwords import Passwords
    from notegen.run.report import as_data
    from notegen.run.request import DayRequest, check, date_of_text
    from notegen.vault import writing

    vault = call.vault_of(asked.vault)
    request = DayRequest(
        pdfs=call.places(pdfs, vault),
        book=asked.book,
        pages=asked.pages,
        section=asked.section,
        date=date_of_text(asked.date),
        next=asked.next,
        refresh=asked.refresh,
        upgrade=asked.upgrade,
        sentence=" ".join(asked.sentence.split()),
        dry_run=asked.dry_run,
    )
    check(request)
    call.say("opening the vault")
    desk = open_desk(
        vault,
        call.env,
        drafter=asked.drafter,
        model=asked.model,
        base_url=asked.base_url,
        templates=call.places([asked.templates], vault)[0] if asked.templates else None,
        may_fetch=not (asked.offline or asked.dry_run),
        offline=asked.offline,
        files=call.files,
    )
    desk.encoder.on_progress = lambda source, done, total: call.say(f"fetching the model from {source}")
    alone = nullcontext() if asked.dry_run else writing(desk.vault, "notegen day", call.waits_for)
    with alone:
        report = run_day(
            request,
            desk,
            lambda pdf, what: call.say(f"{Path(pdf).name}: {what}"),
            Passwords(asked.password),
            call.say,
            call.at,
        )
    return as_data(report, dry_run=asked.dry_run)

"""One PDF on its way to its end: the first passage of a new one becomes a note, the way `day` makes it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from notegen.errors import ChangedPdfError, StateError, StoppedPdfError, UsageError
from notegen.run.day import run_day
from notegen.run.reader import AskPassword
from notegen.run.report import DayReport, Failure
from notegen.run.request import DayRequest
from notegen.run.review import told_of
from notegen.store.drops import Drop
from notegen.vault import writing
from notegen.watch.drop_list import MOST_STOPS, set_aside
from notegen.watch.listener import Listener
from notegen.watch.private_copy import private_copy
from notegen.watch.tools import Tools

WHO = "notegen watch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a drop."""

    drop: Drop
    kind: str = ""
    """Of the trouble; "" when there is none."""
    passes: bool = False
    """The drop is to be tried again by itself."""
    alone: bool = False
    """The trouble is the PDF's own, and no reason for others to wait."""


def work(drop: Drop, place: Path, tools: Tools, listener: Listener, ask_password: AskPassword) -> Outcome:
    """Bring the drop to its end, or leave it waiting. place: the file. Raises StateError."""
    try:
        return _made(drop, place, tools, listener, ask_password)
    except StateError:
        raise
    except Exception as error:  # a fault of notegen with one PDF must not cost the others theirs
        return _failed(drop, Failure.of(drop.path, error), tools)


def _made(drop: Drop, place: Path, tools: Tools, listener: Listener, ask_password: AskPassword) -> Outcome:
    vault = tools.desk.vault
    folder = vault.private_folder and vault.private_folder / "reading"

    def say_waiting(holder: str) -> None:
        listener.step(drop.path, f"waiting for {holder}")

    with private_copy(place, drop.facts, drop.sha256, folder) as copy, writing(vault, WHO, say_waiting):
        vault.refresh()
        known = [log for log in vault.logs() if log.source_sha256 == drop.sha256]
        if known and not drop.note:
            return Outcome(drop=_done(drop, known[-1].path, "", tools))
        if drop.note and not known:  # the learner has removed the note that was to be added to
            return Outcome(drop=_done(drop, drop.note, "", tools))
        pages = "pdf:{}-{}".format(*known[-1].pdf_pages) if known else ""
        request = DayRequest(pdfs=(place,), copies={place: copy}, pages=pages, date=dt.date.today(), only_new=True)
        try:
            report = run_day(
                request,
                tools.desk,
                lambda pdf, what: listener.step(drop.path, what),
                ask_password,
                lambda sentence: _say_once(sentence, tools, listener),
            )
        except UsageError as error:
            report = DayReport(failed=(Failure.of(drop.path, error),))
    if report.proposals:
        _say_once(told_of(report.proposals), tools, listener)
    for sentence in report.editions:
        listener.word(sentence)
    if report.failed:
        return _failed(drop, report.failed[0], tools)
    if not report.notes:
        nothing = Failure(pdf=drop.path, reason="There is nothing to read in it.", next_step="", kind="empty")
        return _failed(drop, nothing, tools)
    note = report.notes[-1]
    done = _done(drop, note.path, note.suspect, tools)
    if not note.record.waits_for:
        return Outcome(drop=done)
    step = "The note quotes the source so far; the model is asked again by itself."
    waits = replace(done, state="waiting", reason=note.record.waits_for, next_step=step)
    return Outcome(drop=waits, kind="model", passes=True, alone=True)


def _say_once(sentence: str, tools: Tools, listener: Listener) -> None:
    """Where the text goes is said before it goes there, but not with every PDF."""
    if sentence not in tools.told:
        tools.told.add(sentence)
        listener.word(sentence)


def _done(drop: Drop, note: str, suspect: str, tools: Tools) -> Drop:
    return replace(
        drop, state="done", note=note, suspect=suspect, reason="", next_step="", made_with=tools.made_with, deaths=0
    )


def _failed(drop: Drop, failure: Failure, tools: Tools) -> Outcome:
    ended = replace(drop, reason=failure.reason, next_step=failure.next_step, made_with=tools.made_with, deaths=0)
    if failure.passes:
        alone = failure.kind == ChangedPdfError.__name__
        return Outcome(drop=replace(ended, state="waiting"), kind=failure.kind, passes=True, alone=alone)
    if failure.kind == StoppedPdfError.__name__:
        if tools.drops.count_stop(drop.sha256) >= MOST_STOPS:
            return Outcome(drop=set_aside(drop, tools.made_with, failure.reason), kind=failure.kind)
        once_more = "It is tried once more by itself."
        waits = replace(ended, state="waiting", next_step=once_more)
        return Outcome(drop=waits, kind=failure.kind, passes=True, alone=True)
    return Outcome(drop=replace(ended, state="failed"), kind=failure.kind)

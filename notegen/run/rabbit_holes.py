"""Rabbit holes on their way: what was marked anywhere is parked in their note, and what is done is struck there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notegen.desk import Desk
from notegen.kinds.kind import place_at
from notegen.kinds.rabbit_holes import RABBIT_HOLES, ParkedHole
from notegen.kinds.study import RABBITS
from notegen.learner.rabbit_holes import (
    HOLE,
    RETURNS_AFTER_DAYS,
    RabbitHole,
    When,
    done_in,
    marked_in,
    parked_in,
    struck,
)
from notegen.markdown import write
from notegen.vault.apply import apply
from notegen.vault.markers import find_roster
from notegen.vault.note import Edit, Note
from notegen.vault.plan import plan


@dataclass(frozen=True, slots=True, kw_only=True)
class RabbitReport:
    """What was parked and struck."""

    path: str
    """Of the note; "" where there is none."""
    parked: tuple[str, ...]
    """Texts of those that are new."""
    struck: tuple[str, ...]
    """Texts of those that are done now."""


def park_rabbit_holes(desk: Desk, today: dt.date, *, dry_run: bool) -> RabbitReport:
    """Bring the vault's marked lines into their note, each once, and strike those that the learner ticked in a log or
    there. With dry_run the same is worked out and nothing written."""
    vault = desk.vault
    known = RABBIT_HOLES.known({RABBIT_HOLES.mark: RABBIT_HOLES.name}, vault)
    path = known[0].path if known else ""
    text, version = vault.read_text(path) if path else ("", "")
    roster = find_roster(text)
    ever = {key.removeprefix(HOLE) for key in (roster[2] if roster else ())} | set(parked_in(text))
    new = {hole.id: (hole, where) for hole, where in _marked(desk, path) if hole.id not in ever and not hole.is_done}
    parked = parked_in(text)
    gone = {key for log in vault.logs() for key in done_in(vault.text(log.path), RABBITS)}
    done = {key for key, hole in parked.items() if hole.is_done or hole.id in gone}
    after = struck(text, done)
    notes: list[Note | Edit] = []
    if after != text:
        notes.append(Edit(path=path, text=after, version=version))
    if notes and not dry_run:
        apply(plan(notes, vault), vault)
    if new:
        place = place_at(path or RABBIT_HOLES.place((), desk, ()), desk)
        subject = [_parked(hole, where, place.note_path, desk, today) for hole, where in new.values()]
        planned = plan(RABBIT_HOLES.make(subject, place, desk).notes, vault)
        path = planned.writes[-1].path
        if not dry_run:
            apply(planned, vault)
    return RabbitReport(
        path=path,
        parked=tuple(hole.text for hole, _ in new.values()),
        struck=tuple(parked[key].text for key in sorted(done) if after != text),
    )


def _marked(desk: Desk, own: str) -> Iterator[tuple[RabbitHole, str]]:
    """(rabbit hole, path of the note in which it was marked)."""
    for path in desk.vault.files.paths:
        if path.endswith(".md") and path != own:
            for hole in marked_in(desk.vault.text(path)):
                yield hole, path


def _parked(hole: RabbitHole, where: str, note_path: str, desk: Desk, today: dt.date) -> ParkedHole:
    when = hole.when or When(date=today + dt.timedelta(days=RETURNS_AFTER_DAYS))
    return ParkedHole(
        id=hole.id,
        text=hole.text,
        link=desk.vault.link(where, note_path, alias=""),
        why=hole.why,
        time=when.date.isoformat() if when.date else _links(when.concepts, note_path, desk),
    )


def _links(names: Sequence[str], note_path: str, desk: Desk) -> str:
    """Links to the notes of these names; a name that has none yet stands as it is."""
    paths = [desk.vault.resolve(name, note_path) for name in names]
    return ", ".join(
        desk.vault.link(path, note_path, alias="") if path else write.escape(name)
        for name, path in zip(names, paths, strict=True)
    )

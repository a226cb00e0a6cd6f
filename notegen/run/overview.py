"""What became of each PDF in the inbox, for whoever asks; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from notegen.desk import Desk
from notegen.run.inbox import Found, look
from notegen.store import drops, intents
from notegen.store.drops import Drop


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The inbox folders of one vault."""

    drops: tuple[Drop, ...]
    """Every PDF that lies there, in order of arrival."""
    ignored: dict[str, str]
    """Path → why the file is no business of notegen's."""
    gone: str = ""
    """Which inbox folders are not there; "" when all are."""


def overview(desk: Desk) -> Overview:
    """Hold the inbox folders against the ledger and the logs. Raises StateError."""
    known = drops.all_drops(desk.vault.ledger)
    inbox = look(desk.vault.storage, desk.settings.inbox.folders)
    pdfs = {path: one for path, one in inbox.files.items() if not one.ignored}
    return Overview(
        drops=tuple(sorted(_drops(desk, pdfs, known), key=lambda drop: (drop.turn, drop.path))),
        ignored={path: one.ignored for path, one in inbox.files.items() if one.ignored},
        gone=inbox.gone,
    )


def _drops(desk: Desk, pdfs: dict[str, Found], known: dict[str, Drop]) -> Iterator[Drop]:
    """Those of the ledger where it knows them as they are; of the others what the logs say, which `day` makes too."""
    last = max((drop.turn for drop in known.values()), default=0)
    notes: dict[str, str] | None = None
    for path, one in pdfs.items():
        drop = known.get(path)
        if drop is not None and drop.facts == one.facts and drop.note:
            yield drop
            continue
        if drop is None or drop.facts != one.facts:
            drop = Drop(path=path, turn=last + 1, facts=one.facts, reason=one.trouble, next_step=one.next_step)
        if notes is None:
            notes = {log.source_sha256: log.path for log in desk.vault.logs()}
        sha256 = drop.sha256 or _sha256(desk, one)
        note = notes.get(sha256) or (sha256 and intents.note_made_of(desk.vault.ledger, sha256))
        if note:
            yield replace(drop, sha256=sha256, state="done", note=note, reason="", next_step="")
        elif one.trouble:
            yield replace(drop, state="failed")
        else:
            yield replace(drop, sha256=sha256)


def _sha256(desk: Desk, one: Found) -> str:
    try:
        return desk.vault.sha256_of(one.place) if not one.trouble else ""
    except OSError:
        return ""

"""Concept notes written in full: as `notegen concepts write` and programs are told it."""

from __future__ import annotations

import datetime as dt
import posixpath
from contextlib import nullcontext
from typing import Any

from notegen.desk import Desk
from notegen.errors import UsageError
from notegen.kinds.full_concept import FULL_CONCEPT, FullConceptSubject, new_place
from notegen.kinds.kind import place_at
from notegen.library.library import Library
from notegen.link.concepts import ConceptRecord, concepts_of
from notegen.link.vault_index import VaultIndex
from notegen.vault.apply import apply
from notegen.vault.note import Write
from notegen.vault.plan import plan
from notegen.vault.writing import writing


def write_concept(name: str, desk: Desk, library: Library, *, dry_run: bool) -> Write:
    """Write the note of a concept in full; one that is there takes in what it never had. What the plan does with it.

    Raises UsageError for an empty name; VaultError, BusyError as `apply`.
    """
    name = " ".join(name.removesuffix(".md").split())
    if not name:
        raise UsageError("The name is empty.", 'For example: notegen concepts write "Embedding"')
    found = concepts_of(desk.vault, VaultIndex.open(desk.vault), desk.settings.concepts)
    mine = next((each for each in found if name.casefold() in _called(each)), None)
    text, version = desk.vault.read_text(mine.path) if mine else ("", "")
    subject = FullConceptSubject(
        name=mine.name if mine else name,
        path=mine.path if mine else new_place(name, desk),
        text=text,
        version=version,
        others=tuple((each.name, each.path) for each in found if each is not mine),
        library=library,
    )
    with nullcontext() if dry_run else writing(desk.vault, "notegen concepts write"):
        place = place_at(subject.path, desk, date=dt.date.today())
        planned = plan(FULL_CONCEPT.make(subject, place, desk).notes, desk.vault)
        if not dry_run:
            apply(planned, desk.vault)
    if not planned.writes:
        return Write(path=subject.path, data=text.encode(), status="unchanged", before_sha256=version)
    return planned.writes[-1]


def as_data(write: Write, *, dry_run: bool) -> dict[str, Any]:
    """What was written, ready for JSON. Fields may be added; none is renamed."""
    is_written = write.status in ("written", "updated") and not dry_run
    return {
        "dry_run": dry_run,
        "note": write.path,
        "status": write.status,
        "written": [write.path] if is_written else [],
        "said": list(write.said),
    }


def _called(one: ConceptRecord) -> set[str]:
    """All names of a concept note."""
    title = posixpath.basename(one.path).removesuffix(".md")
    return {each.casefold() for each in (one.name, title, one.path, *one.aliases)}

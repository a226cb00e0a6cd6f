"""Decisions on proposals: made on the command line, or by a tick in the note that shows them."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from notegen.errors import UsageError
from notegen.run.named_notes import note_path
from notegen.store.proposals import TAKEN
from notegen.vault.apply import apply
from notegen.vault.identity import identity_in
from notegen.vault.note import Write
from notegen.vault.plan import plan
from notegen.vault.vault import Vault
from notegen.vault.waiting import Waiting, accepted, waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What came of decisions."""

    accepted: tuple[Waiting, ...] = ()
    rejected: tuple[Waiting, ...] = ()
    left: tuple[Waiting, ...] = ()
    """Those that were accepted and have no place, or are held by a damaged marker."""
    writes: tuple[Write, ...] = ()


def accept(chosen: Sequence[tuple[Waiting, str]], vault: Vault, *, dry_run: bool = False) -> Decided:
    """Put the chosen texts in their places. Raises VaultError, BusyError."""
    edits, done = accepted(chosen, vault)
    planned = plan(edits, vault)
    if not dry_run:
        apply(planned, vault)
        vault.proposals.put(replace(each.proposal, path=each.path, reason=TAKEN) for each in done)
    left = tuple(each for each, _ in chosen if each not in done)
    return Decided(accepted=tuple(done), left=left, writes=planned.writes)


def keep_taken(paths: Collection[str], vault: Vault) -> None:
    """Of the notes at these paths: what stands in them no longer waits. Such is what comes back when an undo is
    undone."""
    there = (each for each in waiting(vault) if each.path in paths and each.new.strip() in each.text)
    vault.proposals.put(replace(each.proposal, reason=TAKEN) for each in there)


def reject(chosen: Iterable[Waiting], because: str, vault: Vault, *, dry_run: bool = False) -> Decided:
    """Leave the text as it is; what was refused is not proposed again, and the next draft is told why."""
    chosen = tuple(chosen)
    if not dry_run:
        vault.proposals.put(replace(each.proposal, reason=because.strip()) for each in chosen)
    return Decided(rejected=chosen)


def refusals(path: str, vault: Vault) -> tuple[tuple[str, str], ...]:
    """(name of a part of the note, why the learner refused what was proposed for it), for the next draft."""
    found = identity_in(vault.text(path))
    refused = vault.proposals.refused(f"{found.kind} {found.key}" if found and found.key else "", path)
    return tuple((each.name, each.reason) for each in refused if each.reason)


def with_id(id: str, proposals: Iterable[Waiting]) -> Waiting:
    """The proposal with this id, or the only one whose id begins so. Raises UsageError."""
    found = [each for each in proposals if each.proposal.id.startswith(id)] if id else []
    if len(found) != 1:
        raise UsageError(
            f"There is no proposal {id}." if not found else f"Several proposals begin with {id}.",
            "notegen review --json lists those that wait. One whose text changed since has another id.",
        )
    return found[0]


def of_note(found: Sequence[Waiting], note: str, vault: Vault) -> list[Waiting]:
    """Those of a note as a person names it; "" for all. Raises UsageError where there is no such note."""
    path = note_path(note, vault) if note else ""
    return [each for each in found if not note or each.path == path]


def decide(
    found: Sequence[Waiting],
    vault: Vault,
    *,
    accepted: Mapping[str, str | None],
    rejected: Sequence[str],
    because: str,
    dry_run: bool,
) -> list[Decided]:
    """Take and refuse proposals by id. accepted: id → the text to put in, None for the proposed one.

    Raises UsageError for an unknown id, VaultError, BusyError.
    """
    refused = [with_id(id, found) for id in rejected]
    taken = [(with_id(id, found), text) for id, text in accepted.items()]
    return [
        reject(refused, because, vault, dry_run=dry_run),
        accept([(each, each.new if text is None else text) for each, text in taken], vault, dry_run=dry_run),
    ]


def told_of(count: int) -> str:
    """That so many proposals wait, a sentence."""
    return f"{count} proposal{'s wait' if count > 1 else ' waits'} beside your own text: notegen review"


def diff(each: Waiting) -> list[str]:
    """The lines that would go, with "-", and those that would come, with "+"; those between stay, with " "."""
    lines = each.before.strip("\n").splitlines(), each.new.strip("\n").splitlines()
    return [line for line in difflib.ndiff(*lines) if not line.startswith("?")]


def as_data(each: Waiting) -> dict[str, Any]:
    """A proposal for programs. Fields may be added; none is renamed."""
    proposal = each.proposal
    return {
        "id": proposal.id,
        "note": each.path or proposal.path,
        "region": proposal.region,
        "name": proposal.name,
        "state": each.state,
        "why": each.held_by,
        "before": each.before,
        "after": each.new,
        "day": proposal.day,
    }


def list_as_data(found: Sequence[Waiting], *, dry_run: bool = False) -> dict[str, Any]:
    """The proposals for programs, ready for JSON."""
    return {"dry_run": dry_run, "proposals": [as_data(each) for each in found]}


def decisions_as_data(done: Sequence[Decided], left: Sequence[Waiting], *, dry_run: bool) -> dict[str, Any]:
    """What came of decisions for programs, ready for JSON. left: the proposals that wait now."""
    decided = {
        word: [as_data(each) for some in done for each in getattr(some, word)]
        for word in ("accepted", "rejected", "left")
    }
    written = [write.path for some in done for write in some.writes if write.status == "updated"]
    return {"dry_run": dry_run, **decided, "written": written, "proposals": [as_data(each) for each in left]}

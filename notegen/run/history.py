"""The runs on record, and taking one back: as `notegen history`, `notegen undo` and programs are told it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from notegen.errors import UsageError
from notegen.run.named_notes import note_path
from notegen.run.review import keep_taken
from notegen.store.runs import FileChange, RunRecord, changes_of_run, runs
from notegen.vault.apply import apply
from notegen.vault.names import collision_key
from notegen.vault.undo import Undone, undo_plan
from notegen.vault.vault import Vault
from notegen.vault.writing import writing


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What taking a run back did, or would do."""

    run: RunRecord
    files: tuple[Undone, ...]
    trashed: dict[str, str]
    """Path of a file that went to the trash → where it is now."""
    number: int
    """Of the run that took it back; 0 where nothing was written."""
    dry_run: bool


def runs_of(vault: Vault, note: str = "") -> list[RunRecord]:
    """The runs on record, newest first. note: as a person names it; then only those that changed that note.

    Raises StateError, UsageError where neither the vault nor the record has such a note.
    """
    known = runs(vault.ledger)
    if not note:
        return known
    paths = _paths(note, vault, known)
    return [run for run in known if any(each.path in paths for each in run.changes)]


def take_back(number: int | None, vault: Vault, *, dry_run: bool) -> TakenBack:
    """Take a run back; None: the last one.

    Raises UsageError where it is not on record, VaultError and BusyError where the vault cannot be written: then
    nothing was.
    """
    if dry_run:
        return _taken_back(number, vault, dry_run=True)
    with writing(vault, "notegen undo"):
        return _taken_back(number, vault, dry_run=False)


def _taken_back(number: int | None, vault: Vault, *, dry_run: bool) -> TakenBack:
    run = _chosen(number, runs(vault.ledger))
    plan, files = undo_plan(changes_of_run(vault.ledger, run.number), vault)
    if dry_run:
        return TakenBack(run=run, files=files, trashed={}, number=0, dry_run=True)
    vault.run.undoes = run.number
    trashed = apply(plan, vault)
    paths = {each.path for each in files}
    if run.undoes:
        keep_taken(paths, vault)
    else:
        vault.proposals.reopen(paths)
    return TakenBack(run=run, files=files, trashed=trashed, number=vault.run.number, dry_run=False)


def _chosen(number: int | None, known: list[RunRecord]) -> RunRecord:
    if not known:
        raise UsageError("No run is on record that could be taken back.", "notegen history shows what is.")
    if number is None:
        return known[0]
    found = next((each for each in known if each.number == number), None)
    if found is None:
        raise UsageError(f"No run {number} is on record.", "notegen history lists them.")
    return found


def _paths(note: str, vault: Vault, known: list[RunRecord]) -> set[str]:
    """The paths in the record that a person may mean: the note's own, or, when it is gone, those of that name."""
    try:
        return {note_path(note, vault)}
    except UsageError:
        wanted = collision_key(note.removesuffix(".md"))
        paths = {each.path for run in known for each in run.changes}
        found = {path for path in paths if f"/{collision_key(path)}".endswith((f"/{wanted}", f"/{wanted}.md"))}
        if not found:
            raise
        return found


def status_of(change: FileChange) -> str:
    """What a run did to a file, in one word: written, updated or removed."""
    if not change.before_sha256:
        return "written"
    return "updated" if change.after_sha256 else "removed"


def history_as_data(known: list[RunRecord]) -> dict[str, Any]:
    """The runs for programs, ready for JSON. Fields may be added; none is renamed."""
    return {"runs": [_run(each) | {"changes": _changes(each)} for each in known]}


def undo_as_data(done: TakenBack) -> dict[str, Any]:
    """What was taken back for programs, ready for JSON. Fields may be added; none is renamed."""
    files = [{"path": each.path, "status": each.status, "said": each.said} for each in done.files]
    return {"dry_run": done.dry_run, "run": _run(done.run), "undone_by": done.number or None, "files": files}


def _run(run: RunRecord) -> dict[str, Any]:
    return {
        "id": run.number,
        "at": run.at,
        "command": run.command,
        "undoes": run.undoes or None,
        "undone_by": run.undone_by or None,
    }


def _changes(run: RunRecord) -> list[dict[str, str]]:
    return [{"path": each.path, "status": status_of(each)} for each in run.changes]

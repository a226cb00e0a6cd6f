"""Taking a run back: files that nobody touched since become what they were, byte for byte; in the others the learner's
changes stay. What a run did stands in the ledger (`store.runs`); taking it back is a run like any other, so it can be
taken back itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from notegen.store.runs import FileChange
from notegen.vault.files import NEW, text_of, version_of
from notegen.vault.identity import identity_in
from notegen.vault.note import Plan, Removal, Write
from notegen.vault.three_way import merged_note
from notegen.vault.vault import Vault

UndoneStatus = Literal["restored", "returned", "merged", "removed", "unchanged", "kept"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What taking a run back does with one file."""

    path: str
    """Where the file is now, or will be."""
    status: UndoneStatus
    """restored: as it was before the run; returned: it was gone; merged: as before, with what was changed since;
    removed: it was new and goes to the trash; unchanged: it is as before the run already; kept: left as it is."""
    said: str = ""
    """Why it was kept, or what of it stays; "" where there is nothing to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    undone: Undone
    write: Write | None = None
    removal: Removal | None = None


def undo_plan(changes: list[FileChange], vault: Vault) -> tuple[Plan, tuple[Undone, ...]]:
    """(the plan that takes these changes of one run back, what it does with each file). Nothing is written here.

    Raises VaultError where a file cannot be read.
    """
    vault.refresh()
    steps = [_step(each, vault) for each in reversed(changes)]  # so pictures come before their notes, and go after them
    later = {step.removal.path: "" for step in steps if step.removal}
    later |= {step.write.path: text_of(step.write.data) for step in steps if step.write}
    steps = [_unless_shown(step, later, vault) for step in steps]
    plan = Plan(
        writes=tuple(step.write for step in steps if step.write),
        removals=tuple(step.removal for step in steps if step.removal),
    )
    return plan, tuple(step.undone for step in steps)


def _step(change: FileChange, vault: Vault) -> _Step:
    path, data, version = _now(change, vault)
    if version == change.before_sha256:
        return _Step(undone=Undone(path=path, status="unchanged"))
    if version == change.after_sha256:
        return _back(path, change)
    if version == NEW:
        return _kept(path, "It is not there any more, so it stays away.")
    if not change.after_sha256:
        return _kept(path, "Another file has this name now.")
    if not change.before_sha256:
        return _kept(path, "It was changed since, so it stays. If you do not need it, delete it in Obsidian.")
    return _merged(path, change, data, version)


def _back(path: str, change: FileChange) -> _Step:
    """Of a file that is as the run left it."""
    if not change.before_sha256:
        return _Step(
            undone=Undone(path=path, status="removed"), removal=Removal(path=path, before_sha256=change.after_sha256)
        )
    if change.before is None:
        return _kept(path, "Its earlier bytes were too many to keep.")
    status: UndoneStatus = "restored" if change.after_sha256 else "returned"
    write = Write(
        path=path,
        data=change.before,
        status="updated" if change.after_sha256 else "written",
        before_sha256=change.after_sha256,
    )
    return _Step(undone=Undone(path=path, status=status), write=write)


def _merged(path: str, change: FileChange, data: bytes, version: str) -> _Step:
    """Of a file that was changed since."""
    if change.before is None or change.after is None:
        return _kept(path, "It was changed since, so it stays as it is.")
    try:
        base, mine, new = (each.decode("utf-8") for each in (change.after, data, change.before))
    except UnicodeDecodeError:
        return _kept(path, "It was changed since and is no UTF-8 text, so it stays as it is.")
    text, left = merged_note(base, mine, new)
    if text == mine:
        return _kept(path, "All that the run wrote there was changed since, so it stays as it is.")
    said = (
        "What was changed since stays." if not left else "What was changed since stays, also where the run had written."
    )
    write = Write(path=path, data=text.encode(), status="updated", before_sha256=version)
    return _Step(undone=Undone(path=path, status="merged", said=said), write=write)


def _kept(path: str, why: str) -> _Step:
    return _Step(undone=Undone(path=path, status="kept", said=why))


def _now(change: FileChange, vault: Vault) -> tuple[str, bytes, str]:
    """(path, bytes, version) of the file as it is now: where the run left it, or where the learner has moved it."""
    for path in (change.path, *(_moved(change, vault) if change.after_sha256 else ())):
        with suppress(FileNotFoundError):
            data, version = vault.read(path) if vault.storage.is_there(path) else (b"", NEW)
            if version:
                return path, data, version
    return change.path, b"", NEW


def _moved(change: FileChange, vault: Vault) -> Iterator[str]:
    """Where the file may be now: one with the same bytes, or the note with the same identity."""
    ending = change.path[change.path.rfind(".") :].lower()
    candidates = [path for path in vault.files.paths if path.lower().endswith(ending)]
    size = None if change.after is None else len(change.after)
    for path in candidates:
        stamp = vault.storage.stamp(path)
        if stamp and size in (None, stamp[0]) and _version(path, vault) == change.after_sha256:
            yield path
            return
    own = identity_in(text_of(change.after)) if change.after and ending == ".md" else None
    if own and own.key:
        found = [path for path in candidates if identity_in(vault.text(path)) == own]
        yield from found if len(found) == 1 else ()


def _version(path: str, vault: Vault) -> str:
    with suppress(OSError):
        return version_of(vault.storage.read(path)[0])
    return NEW


def _unless_shown(step: _Step, later: Mapping[str, str], vault: Vault) -> _Step:
    """A picture or PDF that another note shows by now stays. later: the text of files that the plan changes."""
    if step.removal is None or step.removal.path.lower().endswith(".md"):
        return step
    name = step.removal.path.rpartition("/")[2]
    for path in vault.files.paths:
        if not path.lower().endswith((".md", ".canvas")):
            continue
        if name in (later[path] if path in later else vault.text(path)):
            return _kept(step.removal.path, f"“{path}” needs it, so it stays.")
    return step

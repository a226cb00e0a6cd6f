"""What lies in the inbox folders right now. The folders are the truth; events only say when to look."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from notegen.store.drops import FileFacts
from notegen.vault.files import VaultFiles
from notegen.vault.names import is_conflict_copy

_UNFINISHED = (".part", ".crdownload", ".download", ".opdownload", ".tmp", ".temp", ".filepart", ".partial", ".!ut")
"""Endings that browsers and copy programs give a file until it is complete."""
_OBSIDIANS = (".md", ".canvas", ".base")
"""Endings of the learner's own notes, which many keep in their inbox, too."""
_NOT_ENTERED = ("__macosx", "@eadir", "#recycle", "$recycle.bin")
"""Folders that systems keep beside the user's own files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One file in an inbox folder."""

    place: Path
    facts: FileFacts
    ignored: str = ""
    """Why it is no business of notegen's; "" for a PDF."""
    trouble: str = ""
    """Why a PDF cannot be taken as it is."""
    next_step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """The inbox folders of a vault at one moment."""

    files: dict[str, Found]
    """By path relative to the vault, in order; bytes that are no Unicode are escaped."""
    gone: str = ""
    """Which folders are not there or cannot be listed, one sentence; "" when all are."""


def look(vault: VaultFiles, folders: Sequence[str]) -> Inbox:
    """Return what lies in the inbox `folders` of the vault and below, but notes and hidden files."""
    files: dict[str, Found] = {}
    gone: list[str] = []
    for folder in folders:
        top = vault.local_path(folder)
        try:
            real_top = os.path.realpath(top, strict=True)
            entries = list(os.scandir(top))
        except OSError as error:
            gone.append(f"{top} is not there ({error.strerror}).")
            continue
        for place in _files(entries):
            one = _found(place, real_top)
            if one is not None:
                path = (Path(folder) / place.relative_to(top)).as_posix()
                files[path.encode("utf-8", "backslashreplace").decode()] = one
    return Inbox(files=dict(sorted(files.items())), gone=" ".join(gone))


def _files(entries: list[os.DirEntry[str]]) -> Iterator[Path]:
    waiting = entries
    while waiting:
        entry = waiting.pop()
        if entry.name.startswith((".", "~")) or entry.name.lower().endswith(_OBSIDIANS):
            continue
        try:
            is_folder = entry.is_dir(follow_symlinks=False)
        except OSError:
            continue
        if not is_folder:
            yield Path(entry.path)
        elif not entry.name.lower().endswith(_UNFINISHED) and entry.name.lower() not in _NOT_ENTERED:
            try:
                waiting += list(os.scandir(entry.path))
            except OSError:  # it went away, or is not ours to read
                continue


def _found(place: Path, real_top: str) -> Found | None:
    """What `place` is; None when it is gone again."""
    try:
        link = place.lstat()
        facts = place.stat() if stat.S_ISLNK(link.st_mode) and place.exists() else link
    except OSError:
        return None
    kind = _facts(facts)
    name = place.name.lower()
    if name.endswith(_UNFINISHED):
        return Found(place=place, facts=kind, ignored="It is a download or a copy that is not complete.")
    if not name.endswith(".pdf"):
        return Found(place=place, facts=kind, ignored="It is no PDF.")
    if is_conflict_copy(place.name):
        return Found(place=place, facts=kind, ignored="It is the second copy that a sync tool left beside a file.")
    if stat.S_ISLNK(link.st_mode) and not Path(os.path.realpath(place)).is_relative_to(real_top):
        reason = "It is a link to a file outside of the inbox."
        return Found(place=place, facts=kind, trouble=reason, next_step="Put the PDF itself there.")
    if not stat.S_ISREG(facts.st_mode):
        reason = "It is no file that can be read."
        return Found(place=place, facts=kind, trouble=reason, next_step="Put the PDF itself there.")
    return Found(place=place, facts=kind)


def facts_of(place: Path) -> FileFacts | None:
    """Return the facts of a file as they are now; None when it is gone."""
    try:
        return _facts(place.stat())
    except OSError:
        return None


def _facts(facts: os.stat_result) -> FileFacts:
    return FileFacts(facts.st_size, facts.st_mtime_ns, facts.st_ino & 0x7FFF_FFFF_FFFF_FFFF)

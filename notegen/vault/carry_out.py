"""Carry out writes: the only place where notegen writes into a vault."""

from __future__ import annotations

import contextlib
import errno
import os
import posixpath
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from notegen import disk
from notegen.errors import PassingVaultError, VaultError
from notegen.store import state_folder
from notegen.vault import atomic
from notegen.vault.place import check_place
from notegen.vault.vault import Vault

_NOT_ALLOWED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class FileWrite(Protocol):
    """What is needed of a `note.Write` to carry it out."""

    @property
    def path(self) -> str: ...
    @property
    def data(self) -> bytes: ...
    @property
    def before_sha256(self) -> str: ...


def carry_out(writes: Sequence[FileWrite], vault: Vault) -> None:
    """Write each file at once, in order; those that have their bytes already are left alone.

    Nothing is written when a file is not what it was when the write was planned. Raises VaultError; files that were
    new are then taken away again.
    """
    staging = _staging(vault.root)
    for folder in {*([staging] if staging else []), *((vault.root / write.path).parent for write in writes)}:
        atomic.clean(folder)
    waiting = [write for write in writes if not _is_done(write, vault.root)]
    made: list[FileWrite] = []
    try:
        for write in waiting:
            _write(write, vault.root, staging)
            made.append(write)
    except VaultError:
        _take_away([write for write in made if not write.before_sha256], vault.root)
        raise
    finally:
        vault.refresh()


def _take_away(writes: Iterable[FileWrite], root: Path) -> None:
    for write in writes:
        with contextlib.suppress(OSError, atomic.LinkedFileError):
            if atomic.read_for_replacing(root / write.path) == write.data:
                disk.remove(root / write.path)


def _staging(root: Path) -> Path | None:
    """Return the folder for bytes on their way; None where the state folder lies in the vault."""
    staging = state_folder() / "staging"
    is_inside = Path(os.path.realpath(staging)).is_relative_to(os.path.realpath(root))
    return None if is_inside else staging


def _is_done(write: FileWrite, root: Path) -> bool:
    """Say whether the file has the new bytes already. Raises VaultError when it changed since the plan."""
    check_place(root, write.path)
    try:
        current = atomic.read_for_replacing(root / write.path)
    except atomic.LinkedFileError as error:
        raise _linked(write.path, error) from error
    except OSError as error:
        raise _told(error, write.path) from error
    if current == write.data:
        return True
    if atomic.sha256(current) != write.before_sha256:
        raise _changed(write.path)
    return False


def _write(write: FileWrite, root: Path, staging: Path | None) -> None:
    target = root / write.path
    try:
        disk.make_folder(target.parent)
        check_place(root, write.path)
        atomic.put(target, write.data, before_sha256=write.before_sha256, staging=staging)
    except atomic.ChangedMeanwhileError as error:
        raise _changed(write.path) from error
    except atomic.LinkedFileError as error:
        raise _linked(write.path, error) from error
    except OSError as error:
        raise _told(error, write.path) from error


def _changed(path: str) -> VaultError:
    return PassingVaultError(f"“{path}” changed while notegen was working, so it was left as it is.", "Run it again.")


def _linked(path: str, error: atomic.LinkedFileError) -> VaultError:
    return VaultError(f"{error} notegen does not write to “{path}”.", "Put a plain copy of the file in its place.")


def _told(error: OSError, path: str) -> VaultError:
    if error.errno in disk.NO_ROOM:
        return PassingVaultError(f"There is no room left to write “{path}”.", "Free some space and run it again.")
    if error.errno in _NOT_ALLOWED:
        folder = posixpath.dirname(path) or "the vault"
        return PassingVaultError(
            f"“{path}” cannot be written: permission denied.",
            f"Check that {folder} may be written and no other program holds the file, and run it again.",
        )
    if error.errno == errno.ENAMETOOLONG:
        return VaultError(f"The name “{path}” is too long for this disk.", "Choose a shorter log path in the settings.")
    return PassingVaultError(
        f"“{path}” cannot be written: {error.strerror or error}.", "Check the disk and run it again."
    )

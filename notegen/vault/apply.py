"""Carry out a plan: the only place where notegen writes into a vault."""

from __future__ import annotations

import errno
import os
import posixpath
from pathlib import Path

from notegen.errors import VaultError
from notegen.store import state_folder
from notegen.vault import atomic
from notegen.vault.note import Plan, Write
from notegen.vault.place import check_place
from notegen.vault.vault import Vault

_NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_NOT_ALLOWED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def apply(plan: Plan, vault: Vault) -> None:
    """Write what the plan says, in its order, each file at once.

    Nothing is written when a file is not what it was when the plan was made. Raises VaultError; whatever was written
    by then stays, and running again finishes the rest.
    """
    writes = [write for write in plan.writes if write.status in ("written", "updated")]
    staging = _staging(vault.root)
    for folder in {*([staging] if staging else []), *((vault.root / write.path).parent for write in writes)}:
        atomic.clean(folder)
    waiting = [write for write in writes if not _is_done(write, vault.root)]
    try:
        for write in waiting:
            _apply_one(write, vault.root, staging)
    finally:
        vault.refresh()


def _staging(root: Path) -> Path | None:
    """Return the folder for bytes on their way; None where the state folder lies in the vault."""
    staging = state_folder() / "staging"
    is_inside = Path(os.path.realpath(staging)).is_relative_to(os.path.realpath(root))
    return None if is_inside else staging


def _is_done(write: Write, root: Path) -> bool:
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


def _apply_one(write: Write, root: Path, staging: Path | None) -> None:
    target = root / write.path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        check_place(root, write.path)
        atomic.put(target, write.data, before_sha256=write.before_sha256, staging=staging)
    except atomic.ChangedMeanwhileError as error:
        raise _changed(write.path) from error
    except atomic.LinkedFileError as error:
        raise _linked(write.path, error) from error
    except OSError as error:
        raise _told(error, write.path) from error


def _changed(path: str) -> VaultError:
    return VaultError(f"“{path}” changed while notegen was working, so it was left as it is.", "Run it again.")


def _linked(path: str, error: atomic.LinkedFileError) -> VaultError:
    return VaultError(f"{error} notegen does not write to “{path}”.", "Put a plain copy of the file in its place.")


def _told(error: OSError, path: str) -> VaultError:
    if error.errno in _NO_ROOM:
        return VaultError(f"There is no room left to write “{path}”.", "Free some space and run it again.")
    if error.errno in _NOT_ALLOWED:
        folder = posixpath.dirname(path) or "the vault"
        return VaultError(
            f"“{path}” cannot be written: permission denied.",
            f"Check that {folder} may be written and no other program holds the file, and run it again.",
        )
    if error.errno == errno.ENAMETOOLONG:
        return VaultError(f"The name “{path}” is too long for this disk.", "Choose a shorter log path in the settings.")
    return VaultError(f"“{path}” cannot be written: {error.strerror or error}.", "Check the disk and run it again.")

"""Carry out writes: the only place where notegen writes into a vault."""

from __future__ import annotations

import contextlib
import errno
import posixpath
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from notegen import disk
from notegen.errors import PassingVaultError, VaultError
from notegen.vault.files import ChangedMeanwhileError, LinkedFileError, VaultFiles, version_of
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
    files = vault.storage
    files.sweep([write.path for write in writes])
    waiting = [write for write in writes if not _is_done(write, files)]
    made: list[FileWrite] = []
    try:
        for write in waiting:
            with _told(write.path):
                files.write_if(write.path, write.data, write.before_sha256)
            made.append(write)
    except VaultError:
        _take_away([write for write in made if not write.before_sha256], files)
        raise
    finally:
        vault.refresh()


def _take_away(writes: Iterable[FileWrite], files: VaultFiles) -> None:
    for write in writes:
        with contextlib.suppress(OSError, ChangedMeanwhileError, LinkedFileError):
            files.remove_if(write.path, version_of(write.data))


def _is_done(write: FileWrite, files: VaultFiles) -> bool:
    """Say whether the file has the new bytes already. Raises VaultError when it changed since the plan."""
    with _told(write.path):
        version = files.version_to_replace(write.path)
        if version not in (version_of(write.data), write.before_sha256):
            raise ChangedMeanwhileError
    return version == version_of(write.data)


@contextlib.contextmanager
def _told(path: str) -> Iterator[None]:
    """Turn what keeps `path` from being written into a VaultError."""
    try:
        yield
    except ChangedMeanwhileError as error:
        reason = f"“{path}” changed while notegen was working, so it was left as it is."
        raise PassingVaultError(reason, "Run it again.") from error
    except LinkedFileError as error:
        reason = f"{error} notegen does not write to “{path}”."
        raise VaultError(reason, "Put a plain copy of the file in its place.") from error
    except OSError as error:
        raise _refused(error, path) from error


def _refused(error: OSError, path: str) -> VaultError:
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

"""Carry out writes: the only place where notegen writes into a vault."""

from __future__ import annotations

import contextlib
import errno
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from notegen import disk
from notegen.errors import PassingVaultError, VaultError
from notegen.vault.files import NEW, ChangedMeanwhileError, LinkedFileError, VaultFiles, version_of
from notegen.vault.vault import Vault

_NOT_ALLOWED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_TROUBLES = (OSError, ChangedMeanwhileError, LinkedFileError, VaultError)


class FileWrite(Protocol):
    """What is needed of a `note.Write` to carry it out."""

    @property
    def path(self) -> str: ...
    @property
    def data(self) -> bytes: ...
    @property
    def before_sha256(self) -> str: ...


class FileRemoval(Protocol):
    """What is needed of a `note.Removal` to carry it out."""

    @property
    def path(self) -> str: ...
    @property
    def before_sha256(self) -> str: ...


def carry_out(
    writes: Sequence[FileWrite],
    vault: Vault,
    removals: Sequence[FileRemoval] = (),
    before: Mapping[str, bytes] = MappingProxyType({}),
) -> dict[str, str]:
    """Write each file at once, in order, then move to the trash what is to go: all of it, or nothing.

    Those that are as they should be already are left alone. Every place is looked at first: nothing is written when a
    file is not what it was when the write was planned, or cannot be written. Where it fails later, what was done is
    taken back. before: the bytes of files that are there, by path. Return the places of removals in the trash.
    Raises VaultError.
    """
    files = vault.storage
    files.sweep([write.path for write in writes])
    waiting = [each for each in writes if not _is_done(each, version_of(each.data), files)]
    leaving = [each for each in removals if not _is_done(each, NEW, files)]
    for each in (*waiting, *leaving):
        with _told(each.path):
            files.check_writable(each.path)
    made: list[FileWrite] = []
    trashed: dict[str, str] = {}
    try:
        for write in waiting:
            with _told(write.path):
                files.write_if(write.path, write.data, write.before_sha256)
            made.append(write)
        for gone in leaving:
            with _told(gone.path):
                trashed[gone.path] = files.trash(gone.path, gone.before_sha256)
    except VaultError:
        take_back(made, [each for each in leaving if each.path in trashed], vault, before)
        raise
    finally:
        vault.refresh()
    return trashed


def take_back(
    writes: Sequence[FileWrite], removals: Sequence[FileRemoval], vault: Vault, before: Mapping[str, bytes]
) -> None:
    """Bring back what was there before writes and removals that were carried out, but for files that changed since."""
    files = vault.storage
    for gone in removals:
        if gone.path in before:
            with contextlib.suppress(*_TROUBLES):
                files.write_if(gone.path, before[gone.path], NEW)
    for write in reversed(writes):
        with contextlib.suppress(*_TROUBLES):
            if not write.before_sha256:
                files.remove_if(write.path, version_of(write.data))
            elif write.path in before:
                files.write_if(write.path, before[write.path], version_of(write.data))
    vault.refresh()


def _is_done(each: FileWrite | FileRemoval, wanted: str, files: VaultFiles) -> bool:
    """Say whether the file is of the new version already. Raises VaultError when it changed since the plan."""
    with _told(each.path):
        version = files.version_to_replace(each.path)
        if version not in (wanted, each.before_sha256):
            raise ChangedMeanwhileError
    return version == wanted


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

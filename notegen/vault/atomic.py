"""Put one file in place at once: whoever looks sees the old bytes or the new ones, and a crash leaves the same.

The new bytes are written and synced beside the folder in which they are needed (same file system, so the last step is
one rename), and the file that is there is compared once more right before it is replaced. What another program adds to
it at that very moment is brought over.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from notegen import disk
from notegen.vault.files import ChangedMeanwhileError, LinkedFileError, version_of

_TEMP_PATTERN = ".notegen-*.tmp"
_LEFTOVER_AGE_S = 3600.0
_LATE_WRITER_S = 0.005
"""How long after a replacement one looks for what a program wrote into the file that it had opened before."""
_RETRY_WAITS_S = (0.05, 0.1, 0.2, 0.4, 0.8)
"""On Windows a virus scanner or an indexer may hold a file for a moment."""
_NO_HARD_LINKS = frozenset({errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.EACCES})


def read_for_replacing(target: Path) -> bytes | None:
    """Return the bytes of the file that is to be replaced, None when there is none. Raises LinkedFileError, OSError."""
    try:
        facts = target.lstat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(facts.st_mode):
        raise LinkedFileError(f"“{target.name}” is not a plain file but a link or a folder.")
    if facts.st_nlink > 1:
        raise LinkedFileError(f"“{target.name}” has a second name elsewhere (a hard link).")
    return target.read_bytes()


def put(target: Path, data: bytes, *, before_sha256: str, staging: Path | None) -> None:
    """Write `data` to `target` if the file there still has `before_sha256` ("": there is none).

    staging: folder for the bytes on their way; where it cannot be used they wait beside the target.
    Nothing is left behind when it fails. Raises ChangedMeanwhileError, LinkedFileError, OSError.
    """
    for folder in _temp_folders(target.parent, staging):
        temp = folder / f".notegen-{secrets.token_hex(8)}.tmp"
        try:
            _write_synced(temp, data, like=target if before_sha256 else None)
            with _held(target) as earlier:
                before = _compare(target, before_sha256, earlier)
                _retried(disk.replace if before_sha256 else _place_new, temp, target)
                _sync_folder(target.parent)
                if earlier and before is not None:
                    _bring_over(earlier, before, target)
            return
        except OSError as error:
            if error.errno != errno.EXDEV or folder == target.parent:
                raise
        finally:
            with contextlib.suppress(OSError):
                disk.remove(temp)


@contextlib.contextmanager
def _held(target: Path) -> Iterator[BinaryIO | None]:
    """The file that is there, open: what somebody still writes into it can be read when it has no name any more.

    None where there is none, and on Windows, where an open file cannot be replaced.
    """
    file = None
    if os.name != "nt":
        with contextlib.suppress(OSError):
            file = disk.hold(target)
    try:
        yield file
    finally:
        if file:
            file.close()


def _bring_over(earlier: BinaryIO, before: bytes, target: Path) -> None:
    """Add to the new file what another program added to the earlier one between the last look and its replacement.

    Raises ChangedMeanwhileError where it changed it in another way; then its bytes are back in place.
    """
    for wait_s in (0.0, _LATE_WRITER_S):
        time.sleep(wait_s)
        earlier.seek(0)
        data = earlier.read()
        if not data.startswith(before):
            _put_back(data, target)
            raise ChangedMeanwhileError
        if added := data[len(before) :]:
            with disk.append(target) as file:
                disk.write(file, added)
        before = data


def _put_back(data: bytes, target: Path) -> None:
    temp = target.parent / f".notegen-{secrets.token_hex(8)}.tmp"
    try:
        _write_synced(temp, data, like=target)
        disk.replace(temp, target)
    finally:
        with contextlib.suppress(OSError):
            disk.remove(temp)


def clean(folder: Path) -> None:
    """Remove what a killed run left in `folder`: temporary files an hour old, or already in place."""
    with contextlib.suppress(OSError):
        for temp in folder.glob(_TEMP_PATTERN):
            with contextlib.suppress(OSError):
                facts = temp.lstat()
                if facts.st_nlink > 1 or time.time() - facts.st_mtime > _LEFTOVER_AGE_S:
                    disk.remove(temp)


def _temp_folders(parent: Path, staging: Path | None) -> list[Path]:
    """The staging folder where it can be used, then the target's own."""
    if staging is None:
        return [parent]
    with contextlib.suppress(OSError):
        disk.make_folder(staging, 0o700)
        if staging.stat().st_dev == parent.stat().st_dev and os.access(staging, os.W_OK | os.X_OK):
            return [staging, parent]
    return [parent]


def _write_synced(temp: Path, data: bytes, *, like: Path | None) -> None:
    """like: a file whose permissions and extended attributes the new one takes over."""
    with disk.create(temp) as file:
        disk.write(file, data)
        disk.sync(file)
    if like is not None:
        with contextlib.suppress(OSError):
            disk.set_mode(temp, stat.S_IMODE(like.stat().st_mode))
        disk.copy_attributes(like, temp)


def _compare(target: Path, before_sha256: str, held: BinaryIO | None = None) -> bytes | None:
    """The bytes that are there, if they are those. held: the file that should still have the name."""
    data = read_for_replacing(target)
    is_same = held is None or (data is not None and os.path.samestat(os.fstat(held.fileno()), target.lstat()))
    if version_of(data) != before_sha256 or not is_same:
        raise ChangedMeanwhileError
    return data


def _place_new(temp: Path, target: Path) -> None:
    """Give `temp` its name, never over another file."""
    try:
        if os.name == "nt":
            disk.rename(temp, target)  # refuses to replace
        else:
            disk.link(temp, target)
    except FileExistsError:
        raise ChangedMeanwhileError from None
    except OSError as error:
        if os.name == "nt" or error.errno not in _NO_HARD_LINKS:
            raise
        _compare(target, "")  # a file system without hard links: look once more, then rename
        disk.replace(temp, target)


def _retried(step: Callable[[Path, Path], None], temp: Path, target: Path) -> None:
    for wait_s in _RETRY_WAITS_S if os.name == "nt" else ():
        try:
            return step(temp, target)
        except PermissionError:
            time.sleep(wait_s)
    return step(temp, target)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can (Windows cannot)."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        disk.sync_folder(folder)

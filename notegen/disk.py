"""Every change that notegen makes to a file system while it works in a vault is one of these.

They are called by their module (`disk.replace(…)`), so that a test can put a crash or a full disk before each.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path
from typing import BinaryIO

_COPYFILE_ACL, _COPYFILE_XATTR = 1 << 0, 1 << 2
"""Flags of copyfile(3), from <copyfile.h> of macOS."""
NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""Numbers of errors that mean a full disk, or a user's share of it."""


def make_folder(path: Path, mode: int = 0o777) -> None:
    """Make the folder and those above it, where they are missing."""
    path.mkdir(mode=mode, parents=True, exist_ok=True)


def create(path: Path, mode: int = 0o666) -> BinaryIO:
    """Open a new file for writing; never one that is there, never through a link."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    return os.fdopen(os.open(path, flags, mode), "wb")


def hold(path: Path) -> BinaryIO:
    """Open a plain file for reading, so that it can be read though it loses its name; nothing is changed."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    return os.fdopen(os.open(path, flags), "rb", buffering=0)


def append(path: Path) -> BinaryIO:
    """Open a file that is there for writing at its end, wherever that is by then."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)), "ab")


def write(file: BinaryIO, data: bytes) -> None:
    """Write all of `data`."""
    file.write(data)
    file.flush()


def sync(file: BinaryIO) -> None:
    """Return when the file's bytes are on the disk."""
    os.fsync(file.fileno())


def set_mode(path: Path, mode: int) -> None:
    """Set the permissions."""
    os.chmod(path, mode)


def copy_attributes(path: Path, target: Path) -> None:
    """Give `target` the extended attributes of `path`, as far as it may have them: a file manager's tags, comments."""
    if sys.platform == "darwin":
        _copy_with_libc(path, target)
    elif sys.platform == "linux":
        with contextlib.suppress(OSError):
            for name in os.listxattr(path):
                with contextlib.suppress(OSError):
                    os.setxattr(target, name, os.getxattr(path, name))


def link(path: Path, target: Path) -> None:
    """Give the file a second name, never one that is taken."""
    os.link(path, target)


def rename(path: Path, target: Path) -> None:
    """Rename the file; on Windows never to a name that is taken."""
    os.rename(path, target)


def replace(path: Path, target: Path) -> None:
    """Rename the file, in place of what has that name."""
    os.replace(path, target)


def remove(path: Path) -> None:
    """Remove the file."""
    path.unlink()


def sync_folder(path: Path) -> None:
    """Return when the folder's names are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _copy_with_libc(path: Path, target: Path) -> None:
    """copyfile(3) of macOS, of which Python has no other form: access lists and extended attributes, no bytes."""
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).copyfile(os.fsencode(path), os.fsencode(target), None, _COPYFILE_ACL | _COPYFILE_XATTR)

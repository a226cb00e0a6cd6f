"""The files of a vault that is a folder of this machine. What changes them goes through `disk`."""

from __future__ import annotations

import errno
import os
import posixpath
import re
import threading
from collections.abc import Iterable
from pathlib import Path

from notegen import disk
from notegen.errors import PassingVaultError, VaultError
from notegen.store import state_folder
from notegen.vault import atomic
from notegen.vault.files import ChangedMeanwhileError, Stamp, spelt, version_of
from notegen.vault.names import check_path, free_path, is_visible

_EVICTED = re.compile(r"\.(.+)\.icloud")
"""What iCloud leaves in place of a file that it keeps elsewhere."""


class FolderFiles:
    """The files below one folder; see `VaultFiles`."""

    def __init__(self, root: Path) -> None:
        """root: an existing folder."""
        self._root = root.absolute()
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return str(self._root)

    @property
    def identity(self) -> str:
        return os.path.realpath(self._root)

    def list(self) -> list[str]:
        """Each linked folder is followed once. What cannot be listed is left out; what iCloud has taken away is not."""
        paths: list[str] = []
        seen = {self.identity}
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            try:
                entries = list(os.scandir(self._root / folder))
            except OSError:
                continue
            for entry in entries:
                path = f"{folder}{entry.name}"
                if evicted := _EVICTED.fullmatch(entry.name):
                    paths.append(f"{folder}{evicted[1]}")
                if not is_visible(entry.name):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{path}/")
                elif os.path.isfile(entry.path):  # a pipe or a device would be waited for without end
                    paths.append(path)
                elif os.path.isdir(entry.path) and (target := os.path.realpath(entry.path)) not in seen:
                    seen.add(target)
                    waiting.append(f"{path}/")
        return paths

    def read(self, path: str) -> tuple[bytes, str]:
        data = (self._root / path).read_bytes()
        return data, version_of(data)

    def head(self, path: str, size: int) -> bytes:
        with (self._root / path).open("rb") as file:
            return file.read(size)

    def tail(self, path: str, size: int) -> bytes:
        with (self._root / path).open("rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - size))
            return file.read(size)

    def stamp(self, path: str) -> Stamp | None:
        """The inode is folded to SQLite's signed 64 bits: Windows' file numbers can be larger."""
        try:
            found = os.stat(self._root / path)
        except OSError:
            return None
        return found.st_size, found.st_mtime_ns, found.st_ino & 0x7FFF_FFFF_FFFF_FFFF

    def is_there(self, path: str) -> bool:
        return os.path.lexists(self._root / path) or self._is_evicted(path)

    def _is_evicted(self, path: str) -> bool:
        """Whether iCloud keeps the file elsewhere and has left its placeholder here."""
        name = f".{posixpath.basename(path)}.icloud"
        return os.path.lexists(self._root / posixpath.dirname(path) / name)

    def _check_here(self, path: str) -> None:
        if self._is_evicted(path) and not os.path.lexists(self._root / path):
            reason = f"“{path}” is in iCloud and not on this machine."
            raise PassingVaultError(reason, "Download it in Finder, or switch off “Optimise Mac Storage”.")

    def spelling(self, path: str) -> str:
        def names_in(folder: str) -> tuple[str, ...]:
            try:
                return tuple(os.listdir(self._root / folder))
            except OSError:
                return ()

        return spelt(path, names_in)

    def check(self, path: str) -> None:
        check_path(path)
        real_folder = Path(os.path.realpath((self._root / path).parent))
        if not real_folder.is_relative_to(self.identity):
            reason = f"“{posixpath.dirname(path)}” leads out of the vault through a symbolic link."
            raise VaultError(reason, "Choose a folder that lies in the vault.")
        check_path((real_folder.relative_to(self.identity) / "file").as_posix(), told_as=path)

    def version_to_replace(self, path: str) -> str:
        self.check(path)
        self._check_here(path)
        return version_of(atomic.read_for_replacing(self._root / path))

    def write_if(self, path: str, data: bytes, version: str) -> str:
        target = self._root / path
        self.check(path)
        with self._lock:
            disk.make_folder(target.parent)
            self.check(path)
            atomic.put(target, data, before_sha256=version, staging=self._staging())
        return version_of(data)

    def remove_if(self, path: str, version: str) -> None:
        with self._lock:
            if self.version_to_replace(path) != version:
                raise ChangedMeanwhileError
            disk.remove(self._root / path)

    def sweep(self, paths: Iterable[str]) -> None:
        staging = self._staging()
        for folder in {*([staging] if staging else []), *((self._root / path).parent for path in paths)}:
            atomic.clean(folder)

    def check_writable(self, path: str) -> None:
        folder = (self._root / path).parent
        while not folder.exists() and folder != self._root:
            folder = folder.parent
        if os.name != "nt" and not os.access(folder, os.W_OK | os.X_OK):  # on Windows a folder's mark says nothing
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))

    def trash(self, path: str, version: str) -> str:
        self.check(path)
        trash = self._root / ".trash"
        if trash.is_symlink():
            raise VaultError(f"{trash} is a link.", "Put a plain folder in its place, or remove it.")
        with self._lock:
            if not version or self.version_to_replace(path) != version:
                raise ChangedMeanwhileError
            place = free_path(f".trash/{path}", self.is_there)
            disk.make_folder((self._root / place).parent)
            disk.replace(self._root / path, self._root / place)
        return place

    def local_path(self, path: str) -> Path:
        return self._root / path

    def path_of(self, file: Path) -> str | None:
        try:
            return file.resolve().relative_to(self.identity).as_posix()
        except (ValueError, OSError, RuntimeError):  # elsewhere, or a link that leads back to itself
            return None

    def _staging(self) -> Path | None:
        """Return the folder for bytes on their way; None where the state folder lies in the vault."""
        staging = state_folder() / "staging"
        return None if Path(os.path.realpath(staging)).is_relative_to(self.identity) else staging

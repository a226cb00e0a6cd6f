"""The files of a vault that is nowhere but in memory: for tests, and for what must not touch a disk."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from notegen.vault.files import ChangedMeanwhileError, Stamp, spelt, version_of
from notegen.vault.names import check_path, free_path, is_visible


class MemoryFiles:
    """Bytes by path; see `VaultFiles`. All threads of a process may use one object."""

    name = "a vault in memory"
    identity = ""

    def __init__(self, files: Mapping[str, bytes] | None = None) -> None:
        self._files = dict(files or {})
        self._turns = count(1)
        self._changed = {path: next(self._turns) for path in self._files}
        self._lock = threading.Lock()
        self._copies: TemporaryDirectory[str] | None = None

    def list(self) -> list[str]:
        return [path for path in self._files if all(is_visible(part) for part in path.split("/"))]

    def read(self, path: str) -> tuple[bytes, str]:
        try:
            data = self._files[path]
        except KeyError:
            raise FileNotFoundError(2, "No such file or directory", path) from None
        return data, version_of(data)

    def head(self, path: str, size: int) -> bytes:
        return self.read(path)[0][:size]

    def tail(self, path: str, size: int) -> bytes:
        return self.read(path)[0][-size:]

    def stamp(self, path: str) -> Stamp | None:
        return (len(self._files[path]), self._changed[path], 0) if path in self._files else None

    def is_there(self, path: str) -> bool:
        return any(f"{each}/".startswith(f"{path}/") for each in tuple(self._files))

    def spelling(self, path: str) -> str:
        def names_in(folder: str) -> set[str]:
            start = f"{folder}/" if folder else ""
            return {each[len(start) :].split("/")[0] for each in tuple(self._files) if each.startswith(start)}

        return spelt(path, names_in)

    def check(self, path: str) -> None:
        check_path(path)

    def version_to_replace(self, path: str) -> str:
        self.check(path)
        return version_of(self._files.get(path))

    def write_if(self, path: str, data: bytes, version: str) -> str:
        with self._lock:
            if self.version_to_replace(path) != version:
                raise ChangedMeanwhileError
            self._files[path], self._changed[path] = data, next(self._turns)
        return version_of(data)

    def remove_if(self, path: str, version: str) -> None:
        with self._lock:
            if self.version_to_replace(path) != version:
                raise ChangedMeanwhileError
            del self._files[path]

    def sweep(self, paths: Iterable[str]) -> None:
        """A write in memory leaves nothing behind."""

    def check_writable(self, path: str) -> None:
        """Memory may always be written."""

    def trash(self, path: str, version: str) -> str:
        with self._lock:
            if not version or self.version_to_replace(path) != version:
                raise ChangedMeanwhileError
            place = free_path(f".trash/{path}", self.is_there)
            self._files[place], self._changed[place] = self._files.pop(path), next(self._turns)
        return place

    def local_path(self, path: str) -> Path:
        """A copy, as long as this object lives."""
        self._copies = self._copies or TemporaryDirectory(prefix="notegen-")
        top = Path(self._copies.name).resolve()
        for each in [each for each in self._files if not path or f"{each}/".startswith(f"{path}/")]:
            (top / each).parent.mkdir(parents=True, exist_ok=True)
            (top / each).write_bytes(self._files[each])
        return top / path

    def path_of(self, file: Path) -> str | None:
        top = self._copies and Path(self._copies.name).resolve()
        return file.relative_to(top).as_posix() if top and file.is_relative_to(top) else None

"""The port to a vault's files: all that notegen asks of what holds them, a folder, memory, or a program that owns them.

A path is relative to the vault, with "/", spelt as there. A version is the SHA-256 of a file's bytes, lower-case hex,
as the entity tags of HTTP are (RFC 9110, section 8.8.3); "" is that of a file that is not there yet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Protocol

from notegen.vault.names import collision_key

NEW = ""
"""The version of a file that is not there."""

Stamp = tuple[int, int, int]
"""Size, time of the last change (ns) and number of a file: the same ones mean that it has not changed."""


class ChangedMeanwhileError(Exception):
    """The file is not the one that the new bytes were made for."""


class LinkedFileError(Exception):
    """The file is a link, or has a second name: replacing it would not do what its owner expects."""


class VaultFiles(Protocol):
    """The files of one vault, for all threads of a process.

    What cannot be done is an OSError, as Python's own; FileNotFoundError for no file.
    """

    @property
    def name(self) -> str:
        """The vault as a person knows it: the path of its folder."""

    @property
    def identity(self) -> str:
        """What tells it from every other vault of this machine; "" for one of which nothing is to be remembered."""

    def list(self) -> Collection[str]:
        """Every visible file (see `names.is_visible`), those in linked folders included."""

    def read(self, path: str) -> tuple[bytes, str]:
        """(bytes, version) of a file, a hidden one too."""

    def head(self, path: str, size: int) -> bytes:
        """The first `size` bytes of a file."""

    def tail(self, path: str, size: int) -> bytes:
        """The last `size` bytes of a file."""

    def stamp(self, path: str) -> Stamp | None:
        """What tells whether a file has changed, without reading it; None when there is none."""

    def is_there(self, path: str) -> bool:
        """Say whether the name is taken, be it by a folder or by a link that leads nowhere."""

    def spelling(self, path: str) -> str:
        """Return `path` with each part spelt as it is there, where only case or Unicode form differ."""

    def check(self, path: str) -> None:
        """Raise VaultError where no file may be put: outside the vault or in a hidden folder, links followed."""

    def version_to_replace(self, path: str) -> str:
        """The version of the file that a write to `path` would replace. Raises VaultError (see `check`),
        LinkedFileError."""

    def write_if(self, path: str, data: bytes, version: str) -> str:
        """Put the bytes there at once, if the file still is of that version; return its new one.

        Folders are made. Nothing is left behind when it fails. Raises VaultError (see `check`), LinkedFileError,
        ChangedMeanwhileError.
        """

    def remove_if(self, path: str, version: str) -> None:
        """Take away a file that was just made, if it still is of that version. Raises as `write_if`."""

    def sweep(self, paths: Iterable[str]) -> None:
        """Before writes to those paths: remove what a killed run left beside them."""

    def check_writable(self, path: str) -> None:
        """Raise OSError where the system lets nobody put a file there, as far as it tells without trying."""

    def trash(self, path: str, version: str) -> str:
        """Move a file to the vault's `.trash`, as Obsidian does, if it still is of that version; return its place
        there. Raises as `write_if`."""

    def local_path(self, path: str) -> Path:
        """A file or folder of this machine with the same content, to be read only: for what reads PDFs and templates.
        "" is the whole vault. It may not be there."""

    def path_of(self, file: Path) -> str | None:
        """The path in the vault of a file of this machine, links followed; None for one outside."""


def version_of(data: bytes | None) -> str:
    """Return the version of a file with these bytes; None: there is none."""
    return NEW if data is None else hashlib.sha256(data).hexdigest()


def text_of(data: bytes) -> str:
    """Return the text of a note that is only looked at: bytes that are no UTF-8 become U+FFFD."""
    return data.decode("utf-8", "replace")


def spelt(path: str, names_in: Callable[[str], Collection[str]]) -> str:
    """Return `path` spelt as it is there. names_in: the names in a folder of the vault; "" is its top."""
    folder: list[str] = []
    for part in path.split("/"):
        names = names_in("/".join(folder))
        if part not in names:
            key = collision_key(part)
            part = next((name for name in sorted(names) if collision_key(name) == key), part)
        folder.append(part)
    return "/".join(folder)

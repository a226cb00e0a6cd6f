"""A vault: the folder of notes that the learner opens in Obsidian, as notegen sees it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path

from notegen.errors import VaultError
from notegen.store import Ledger, Lock, Store, private_folder
from notegen.store.bases import Bases
from notegen.store.proposals import Proposals
from notegen.store.runs import OpenRun
from notegen.vault import links
from notegen.vault.files import VaultFiles, text_of
from notegen.vault.folder import FolderFiles
from notegen.vault.index import FileIndex, resolve
from notegen.vault.logs import LogRecord, NoteRecord, read_logs, read_notes_of
from notegen.vault.names import is_linkable
from notegen.vault.note import KnownKind
from notegen.vault.settings import ObsidianSettings
from notegen.vault.targets import NoteTargets

_MARKS = ("notegen.toml", ".obsidian")
"""What makes a folder a vault."""


class Vault:
    """A folder of notes. All paths are relative to it, with "/", unless they are `Path` objects.

    The list of files is read once; `refresh` reads it again.
    """

    def __init__(self, place: Path | VaultFiles, store: Store | None = None) -> None:
        """place: an existing folder, or what else holds the files. store: keeps the hashes of files; without it
        they last as long as this object."""
        self.storage: VaultFiles = FolderFiles(place) if isinstance(place, Path) else place
        self.store = store or Store.in_memory()
        folder = self.private_folder
        self.gate = Lock(folder and folder / "gate.lock")
        """Who holds it is the next to write; see `writing`."""
        self.lock = Lock(folder and folder / "writer.lock")
        """The lock that one writer holds at a time."""
        self.run = OpenRun("notegen")
        """What the writer changes, for the record; see `writing`."""

    @classmethod
    def find(
        cls,
        start: Path | None,
        env: Mapping[str, str],
        cwd: Path | None = None,
        store: Store | None = None,
        files: Callable[[Path], VaultFiles] = FolderFiles,
    ) -> Vault:
        """Return the vault at `start`, else at NOTEGEN_VAULT, else around `cwd` (default: where notegen was started).

        A vault that is named may be any folder. files: the files of the vault in a folder. Raises VaultError when
        there is none.
        """
        named = start or (Path(env["NOTEGEN_VAULT"]) if env.get("NOTEGEN_VAULT") else None)
        if named is not None:
            root = named.expanduser()
            if not root.is_dir():
                raise VaultError(f"There is no folder {root}.", f"Make it a vault with: notegen init {root}")
            return cls(files(root), store)
        here = (cwd or Path.cwd()).absolute()
        for folder in (here, *here.parents):
            if any((folder / mark).exists() for mark in _MARKS):
                return cls(files(folder), store)
        raise VaultError(
            f"{here} is not inside a vault.", "Name the vault with --vault or NOTEGEN_VAULT, or run: notegen init VAULT"
        )

    @cached_property
    def private_folder(self) -> Path | None:
        """Where notegen keeps its records of this vault; None where that would lie in the vault."""
        return private_folder(self.storage.identity)

    @cached_property
    def ledger(self) -> Ledger:
        """Those records; in memory where there is no place for them."""
        return Ledger.open(self.private_folder)

    @cached_property
    def bases(self) -> Bases:
        """What was last generated for the regions of its notes."""
        return Bases.of(self.private_folder)

    @cached_property
    def proposals(self) -> Proposals:
        """New text that waits beside the learner's, or was refused."""
        return Proposals.of(self.private_folder)

    @cached_property
    def settings(self) -> ObsidianSettings:
        """Obsidian's own settings of this vault."""
        return ObsidianSettings.read(self.storage)

    @cached_property
    def files(self) -> FileIndex:
        """Every visible file."""
        return FileIndex(self.storage.list())

    def refresh(self) -> None:
        """Forget what was read of the folder, so that the next look sees it as it is now."""
        self.__dict__.pop("files", None)
        self.__dict__.pop("settings", None)

    @property
    def name(self) -> str:
        """The vault as a person knows it: the path of its folder."""
        return self.storage.name

    def read(self, path: str) -> tuple[bytes, str]:
        """Return (bytes, version) of a file that is to be changed. Raises VaultError where it cannot be read."""
        try:
            return self.storage.read(path)
        except OSError as error:
            raise VaultError(
                f"“{path}” cannot be read ({error.strerror}).", "Check what it is and whether you may read it."
            ) from error

    def read_text(self, path: str) -> tuple[str, str]:
        """Return (text, version) of a note that is to be changed.

        Raises VaultError where it cannot be read, and where it is no UTF-8 text: other bytes would not come back.
        """
        data, version = self.read(path)
        try:
            return data.decode("utf-8"), version
        except UnicodeDecodeError as error:
            raise VaultError(f"“{path}” is no UTF-8 text.", "Save it as UTF-8, then run again.") from error

    def text(self, path: str) -> str:
        """Return the text of a note that is only looked at (see `files.text_of`); "" where it cannot be read."""
        try:
            return text_of(self.storage.read(path)[0])
        except OSError:
            return ""

    def resolve(self, target: str, source_path: str) -> str | None:
        """Return the file that a link target in the note `source_path` leads to, as Obsidian would find it."""
        return resolve(self.files, target, source_path)

    def is_ambiguous(self, name: str) -> bool:
        """Say whether several files have this name (suffix included), so that a bare link could mean any of them."""
        return len(self.files.named(name)) > 1

    link = links.link
    property_link = links.property_link

    def logs(self) -> tuple[LogRecord, ...]:
        """Return what each log of the vault says about itself, in order of paths."""
        return tuple(read_logs(self.storage, self.files.paths))

    def notes_of(self, kind: KnownKind) -> tuple[NoteRecord, ...]:
        """Return what each note of a kind says about itself, in order of paths."""
        return tuple(read_notes_of(kind, self.storage, self.files.paths))

    def targets(
        self, note_path: str, *, page_counts: Mapping[str, int], planned: Mapping[str, str] | None = None
    ) -> NoteTargets:
        """Return what the links of one note may lead to, for `markdown.check`.

        page_counts: number of pages of each PDF, by path. planned: text of files that are about to exist, by path
        ("" for those that are no notes).
        """
        return NoteTargets(self.text, self.files, note_path, page_counts, planned or {})

    def sha256_of(self, path: str | Path) -> str:
        """Return the SHA-256 of a file of the vault, or of any file when `path` is absolute. Raises OSError."""
        return self.store.sha256_of(self.storage.local_path(os.fspath(path)))

    def find_pdf(self, sha256: str) -> str | None:
        """Return the PDF of the vault with this content; of several the one that links reach best."""
        found: list[str] = []
        for path in self.files.paths:
            if path.lower().endswith(".pdf"):
                try:
                    found += [path] if self.sha256_of(path) == sha256 else []
                except OSError:
                    continue

        def awkwardness(path: str) -> tuple[bool, bool, int, str]:
            name = path.rpartition("/")[2]
            return not is_linkable(name), self.is_ambiguous(name), len(path), path

        return min(found, key=awkwardness, default=None)

"""One request on its way to its answer: for which vault, who listens, and whether anybody still waits."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from notegen.errors import UsageError, VaultError
from notegen.serve.calling_back import Client
from notegen.serve.fault import CancelledError
from notegen.vault.files import VaultFiles
from notegen.vault.folder import FolderFiles

_PROGRESS_EVERY_S = 0.1
"""Counting goes out this often at most; other words go at once."""


@dataclass(kw_only=True)
class Call:
    """What a method is given beside its parameters."""

    vault: Path | None
    """The vault that is served; None where the environment or the working folder says which."""
    env: Mapping[str, str] = field(default_factory=lambda: os.environ)
    only_inside: bool = False
    """Whether paths may name nothing outside the vault: callers that are no program of this user's choice."""
    on_progress: Callable[[int, int, str], None] = lambda done, total, text: None
    """Told (done, total, what is going on); a total of 0: nobody can tell."""
    client: Client | None = None
    """Who asks, where it can be asked back."""
    cancelled: threading.Event = field(default_factory=threading.Event)
    _done: int = 0
    _total: int = 0
    _told_s: float = 0.0

    def say(self, text: str) -> None:
        """Tell what is going on. Raises CancelledError when nobody waits for the answer any more."""
        self._tell(text)

    def waits_for(self, holder: str) -> None:
        """Tell who writes into the vault just now. Raises CancelledError."""
        self._tell(f"{holder} is writing into this vault; waiting for it")

    def at(self, done: int, total: int) -> None:
        """Take note of how far it is; what is said next tells it."""
        self._done, self._total = done, total

    def count(self, done: int, total: int, text: str) -> None:
        """Tell how far it is. Raises CancelledError."""
        self.at(done, total)
        if done == total or time.monotonic() - self._told_s >= _PROGRESS_EVERY_S:
            self._tell(text)
        elif self.cancelled.is_set():
            raise CancelledError

    def vault_of(self, named: str) -> Path | None:
        """The vault of a request that may name another one. Raises UsageError where it may not."""
        if named and self.only_inside:
            raise UsageError("This face serves one vault.", "Leave the parameter vault out.")
        return Path(named).expanduser() if named else self.vault

    def files(self, root: Path) -> VaultFiles:
        """The files of the vault in that folder."""
        return self.client.files(root) if self.client else FolderFiles(root)

    def places(self, paths: Sequence[str], vault: Path | None) -> tuple[Path, ...]:
        """The files that paths mean: in the vault where one is there, else as given. Raises VaultError, UsageError."""
        return tuple(self._place(path, self.root_of(vault)) for path in paths)

    def root_of(self, vault: Path | None) -> Path:
        """The folder of the vault. Raises VaultError."""
        from notegen.vault.vault import Vault

        return Vault.find(vault, self.env).storage.local_path("")

    def _place(self, path: str, vault: Path) -> Path:
        if "\0" in path:
            raise UsageError("A path holds a zero byte.", "Give a path in the vault.")
        place = vault / path
        inside = Path(os.path.realpath(place)).is_relative_to(os.path.realpath(vault))
        if not inside and self.only_inside:
            raise VaultError(f"{path} is not in the vault.", "Give a path in the vault.")
        return place if inside or place.exists() else Path(path)

    def _tell(self, text: str) -> None:
        if self.cancelled.is_set():
            raise CancelledError
        self._told_s = time.monotonic()
        self.on_progress(self._done, self._total, text)

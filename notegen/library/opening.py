"""The library of a vault, opened: to be searched, or to be brought up to date."""

from __future__ import annotations

import os
from collections.abc import Mapping

from notegen.config import Settings
from notegen.embed.on_demand import EncoderOnDemand
from notegen.library.searching import VaultLibrary
from notegen.library.shelf import Shelved, shelf
from notegen.library.shelving import READER, Done, OnPages, Read, Shelving
from notegen.library.vectors import VectorFiles
from notegen.store.database import remove_database
from notegen.store.library_rows import LibraryRows, library_folder
from notegen.store.lock import Lock
from notegen.vault.vault import Vault

FILE_NAME = "units.sqlite3"


class OpenLibrary:
    """What lies on one vault's shelf and what is known of it."""

    def __init__(
        self, vault: Vault, settings: Settings, *, may_fetch: bool = False, env: Mapping[str, str] = os.environ
    ) -> None:
        """may_fetch: whether the encoder's weights may be fetched, where the settings allow it. The vectors are made on
        this machine alone: a server would be sent every book."""
        self.vault, self.settings = vault, settings
        self.folder = library_folder(vault.storage.identity, env)
        """None for a vault without a place for its state."""
        self.rows = LibraryRows(self.folder and self.folder / FILE_NAME, READER)
        self.encoder = EncoderOnDemand(
            path=settings.model.path,
            may_fetch=may_fetch and settings.model.fetch,
            hash_of=vault.store.sha256_of,
            env=env,
        )
        self._vectors = VectorFiles(self.folder)
        self._lock = Lock(self.folder and self.folder / "writer.lock")

    def shelf(self) -> list[Shelved]:
        """The PDFs that are to be in the library."""
        return shelf(self.vault, self.settings)

    def is_due(self, on_shelf: list[Shelved]) -> bool:
        """A PDF of the shelf is not in the library yet, or not where it was."""
        known = {row.sha256 for row in self.rows.books() if row.is_whole or row.trouble}
        places = self.rows.places()
        return any(each.sha256 not in known or places.get(each.path) != each.sha256 for each in on_shelf)

    def refresh(self, on_shelf: list[Shelved], read: Read, on_pages: OnPages, *, who: str, encode: bool = True) -> Done:
        """Bring it up to date. who: of this process, in words. Raises BusyError where another process does so."""
        encoder = self.encoder.get_bare() if encode else None
        with self._lock.held(who):
            return Shelving(self.rows, self._vectors, read, encoder, on_pages).refresh(on_shelf)

    def library(self, on_shelf: list[Shelved]) -> VaultLibrary:
        """The library as it is now, ready to be searched."""
        encoder = self.encoder.get() if self.encoder.is_there else None
        return VaultLibrary(self.rows, self._vectors, encoder, {each.sha256: each.path for each in on_shelf})

    def delete(self) -> None:
        """Delete all that is known; it is there again, empty."""
        with self._lock.held("notegen library"):
            self.rows.close()
            if self.folder:
                remove_database(self.folder / FILE_NAME)
            self._vectors.drop_others(())
            self.rows = LibraryRows(self.folder and self.folder / FILE_NAME, READER)

    def encoded(self) -> int:
        """How many units have a vector."""
        encoder = self.encoder.get() if self.encoder.is_there else None
        if encoder is None:
            return 0
        return sum(
            row.units for row in self.rows.books() if self._vectors.has(row.sha256, row.units, encoder.dimensions)
        )

    def size(self) -> int:
        """Bytes that it takes on the disk."""
        return sum(each.stat().st_size for each in self.folder.glob("*") if each.is_file()) if self.folder else 0

"""The library of a vault, opened: to be searched, or to be brought up to date."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping

from notegen.config import Settings
from notegen.embed.on_demand import EncoderOnDemand
from notegen.library.embedded import EmbeddedEngine
from notegen.library.engine import Engine
from notegen.library.searching import VaultLibrary
from notegen.library.shelf import Shelved, shelf
from notegen.library.shelving import Done, OnPages, Options, Shelving
from notegen.library.tasks import READER, Read
from notegen.library.workers import Here, Workers
from notegen.store.folder import state_folder
from notegen.store.library_rows import library_folder
from notegen.vault.vault import Vault


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
        self.engine = self._engine(env)
        self.encoder = EncoderOnDemand(
            path=settings.model.path,
            may_fetch=may_fetch and settings.model.fetch,
            hash_of=vault.store.sha256_of,
            env=env,
        )

    def _engine(self, env: Mapping[str, str]) -> Engine:
        if self.settings.library.engine == "embedded":
            return EmbeddedEngine(self.folder, READER)
        from notegen.library.postgres import PostgresEngine

        return PostgresEngine(_address(env), self.vault.storage.identity, READER)

    def shelf(self) -> list[Shelved]:
        """The PDFs that are to be in the library."""
        return shelf(self.vault, self.settings)

    def is_due(self, on_shelf: list[Shelved]) -> bool:
        """A PDF of the shelf is not in the library yet, or not where it was."""
        known = {row.sha256 for row in self.engine.books() if row.is_whole or row.trouble}
        places = self.engine.places()
        return any(each.sha256 not in known or places.get(each.path) != each.sha256 for each in on_shelf)

    def refresh(
        self, on_shelf: list[Shelved], read: Read, on_pages: OnPages, *, who: str, workers: Workers | None = None
    ) -> Done:
        """Bring it up to date. who: of this process, in words. workers: who reads and encodes; None: this process.

        Raises BusyError where another process does so, and StateError where it cannot be written or workers fail.
        """
        encoder = self.encoder.get_bare()
        options = Options(
            ocr_languages=tuple(self.settings.extract.ocr_languages),
            model=encoder.name if encoder else "",
            dimensions=encoder.dimensions if encoder else 0,
            weights=self.settings.model.path,
            threads=0 if workers is None else 1,
        )
        with self.engine.writing(who):
            return Shelving(self.engine, read, workers or Here(read, encoder), options, on_pages).refresh(on_shelf)

    def library(self, on_shelf: list[Shelved]) -> VaultLibrary:
        """The library as it is now, ready to be searched."""
        encoder = self.encoder.get() if self.encoder.is_there else None
        return VaultLibrary(self.engine, encoder, {each.sha256: each.path for each in on_shelf})

    def delete(self) -> None:
        """Delete all that is known; it is there again, empty."""
        with self.engine.writing("notegen library"):
            self.engine.delete()

    def encoded(self) -> int:
        """How many units have a vector."""
        encoder = self.encoder.get() if self.encoder.is_there else None
        if encoder is None:
            return 0
        return sum(min(row.units, self.engine.encoded(row, encoder.dimensions)) for row in self.engine.books())

    def size(self) -> int:
        """Bytes that it takes."""
        return self.engine.size()


def _address(env: Mapping[str, str]) -> str:
    """Of the shared library: it may hold a password, so it is never in the vault. "" where there is none."""
    with contextlib.suppress(OSError, UnicodeError):
        return env.get("NOTEGEN_LIBRARY_URL") or (state_folder(env) / "library-url").read_text("utf-8").strip()
    return ""

"""The desk of a watcher: laid out again when the settings change, kept while they are broken or the vault is away."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from notegen import __version__
from notegen.config import FILE_NAME
from notegen.desk import Desk
from notegen.errors import NotegenError
from notegen.vault.files import Stamp
from notegen.watch.drop_list import DropList


class Tools:
    """What a watcher works with."""

    desk: Desk

    def __init__(self, open_desk: Callable[[], Desk]) -> None:
        """Raises what `open_desk` raises."""
        self._open_desk = open_desk
        self.told: set[str] = set()
        """Sentences that were said already."""
        self._lay_out(open_desk())
        self._settings_file = self._settings_facts()

    def is_vault_there(self) -> bool:
        """Say whether the vault is where it was; the folder of an unmounted drive is there too, but empty."""
        return self._settings_facts() is not None

    def refresh(self) -> str:
        """Follow a change of the settings; return a sentence about it, "" when there was none."""
        facts = self._settings_facts()
        if facts is None or facts == self._settings_file:
            return ""
        self._settings_file = facts
        old = self.desk
        try:
            self._lay_out(self._open_desk())
        except NotegenError as error:
            return f"The settings of before are kept: {error.reason} {error.next_step}"
        old.vault.ledger.close()
        old.store.close()
        return f"{FILE_NAME} has changed and is followed from now on."

    def _lay_out(self, desk: Desk) -> None:
        self.desk = desk
        self.drops = DropList(desk.vault.ledger)
        parts = [repr(desk.settings), desk.drafter.identity, desk.templates.own_fingerprint(), __version__]
        self.made_with = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]

    def _settings_facts(self) -> Stamp | None:
        return self.desk.vault.storage.stamp(FILE_NAME)

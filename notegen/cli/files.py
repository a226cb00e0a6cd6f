"""Files that a person names."""

from __future__ import annotations

from pathlib import Path

from notegen.desk import Desk
from notegen.errors import VaultError


def put_file(file: Path, data: bytes, desk: Desk) -> None:
    """Write a file where the person wants it; in the vault as everything is written there."""
    from notegen.learner.cards.anki import put
    from notegen.vault.apply import apply
    from notegen.vault.note import Plan, Write, WriteStatus

    inside = desk.vault.storage.path_of(file.absolute())
    try:
        if inside is None:
            put(file, data)
            return
        desk.vault.storage.check(inside)
        before = desk.vault.read(inside)[1] if desk.vault.storage.is_there(inside) else ""
        status: WriteStatus = "updated" if before else "written"
        apply(Plan(writes=(Write(path=inside, data=data, status=status, before_sha256=before),)), desk.vault)
    except OSError as error:
        raise VaultError(f"{file} cannot be written: {error.strerror}.", "Name another place.") from error

"""A private copy of a PDF, so that what is read does not change while it is read."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from notegen import disk
from notegen.disk import NO_ROOM
from notegen.errors import ChangedPdfError, NotegenError, PassingVaultError
from notegen.store.drops import FileFacts

_CHUNK_BYTES = 1 << 20


@contextlib.contextmanager
def private_copy(place: Path, facts: FileFacts, sha256: str, folder: Path | None) -> Iterator[Path]:
    """Give a copy of the PDF, of the same name, in `folder` (None: in the system's place for temporary files).

    It is removed afterwards. Raises ChangedPdfError when the PDF is not what it was or cannot be read,
    PassingVaultError without room.
    """
    try:
        home = (folder or Path(tempfile.gettempdir())) / f"notegen-{secrets.token_hex(8)}"
        disk.make_folder(home, 0o700)
    except OSError as error:
        raise _no_copy(error) from error
    try:
        copy = home / place.name
        try:
            copied = _copy(place, copy)
            now = place.stat()
        except OSError as error:
            raise _no_copy(error) from error
        if copied != sha256 or (now.st_size, now.st_mtime_ns) != facts[:2]:
            raise ChangedPdfError(f"{place.name} changed while it was being read.", "It is looked at again by itself.")
        yield copy
    finally:
        shutil.rmtree(home, ignore_errors=True)


def clean(folder: Path | None) -> None:
    """Remove the copies that a killed run left."""
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


def _copy(place: Path, copy: Path) -> str:
    digest = hashlib.sha256()
    with place.open("rb") as source, disk.create(copy, 0o600) as target:
        while chunk := source.read(_CHUNK_BYTES):
            digest.update(chunk)
            disk.write(target, chunk)
    return digest.hexdigest()


def _no_copy(error: OSError) -> NotegenError:
    reason = f"The PDF cannot be copied to be read ({error.strerror or error})."
    if error.errno in NO_ROOM:
        return PassingVaultError(reason, "Free some space; it is tried again by itself.")
    return ChangedPdfError(reason, "Check its permissions; it is tried again by itself.")

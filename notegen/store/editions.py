"""Copies of the PDFs that notes quote, so that an edition can be archived when a newer one has taken its name.

They are private, bounded and may be deleted at any time: then an earlier edition is archived by its name alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

from notegen import disk

FOLDER = "editions"
MOST_BYTES_OF_FILE = 64 << 20
MOST_BYTES = 512 << 20
"""Of all copies of a vault together; those that were made first go first."""


def keep_edition(folder: Path | None, pdf: Path, sha256: str) -> None:
    """Keep a copy of the PDF with this hash. folder: of the vault's records. What cannot be kept is not."""
    if folder is None:
        return
    place = folder / FOLDER / f"{sha256}.pdf"
    with contextlib.suppress(OSError):
        if place.exists() or pdf.stat().st_size > MOST_BYTES_OF_FILE:
            return
        data = pdf.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            return
        disk.make_folder(place.parent, 0o700)
        temp = place.with_suffix(f".{os.getpid()}.tmp")
        try:
            with disk.create(temp, 0o600) as file:
                disk.write(file, data)
            disk.replace(temp, place)
        finally:
            with contextlib.suppress(OSError):
                disk.remove(temp)
        _forget_oldest(place)


def kept_edition(folder: Path | None, sha256: str) -> bytes | None:
    """The bytes of the PDF with this hash; None where no whole copy of it is kept."""
    with contextlib.suppress(OSError):
        data = (folder / FOLDER / f"{sha256}.pdf").read_bytes() if folder and sha256 else b""
        return data if hashlib.sha256(data).hexdigest() == sha256 else None
    return None


def _forget_oldest(newest: Path) -> None:
    total = 0
    copies = [(path.stat().st_mtime_ns, path) for path in newest.parent.glob("*.pdf")]
    for _, path in sorted(copies, reverse=True):
        total += path.stat().st_size
        if total > MOST_BYTES and path != newest:
            disk.remove(path)

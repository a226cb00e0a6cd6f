"""The font for scripts that few fonts have: Droid Sans Fallback, inside MuPDF (Apache-2.0)."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from notegen.store.folder import state_folder

FILE_NAME = "DroidSansFallback.ttf"


def fallback_font_path() -> Path:
    """A file that holds the font: kept in the state folder, else, where that cannot be written, a temporary one."""
    place = state_folder() / "fonts" / FILE_NAME
    if place.is_file():
        return place
    import pymupdf

    data = bytes(pymupdf.Font("cjk").buffer)
    for folder in (place.parent, Path(tempfile.mkdtemp(prefix="notegen-"))):
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            fresh = folder / f"{os.getpid()}.new"
            fresh.write_bytes(data)
            os.replace(fresh, folder / FILE_NAME)
            return folder / FILE_NAME
    raise OSError(f"{FILE_NAME} can be written nowhere")

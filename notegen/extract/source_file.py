"""The file as it lies on the disk, before any library opens it: is it a PDF at all, is it whole?"""

from __future__ import annotations

import hashlib
from pathlib import Path

from notegen.errors import PdfError

_HEAD_BYTES = _TAIL_BYTES = 1024


def checked_sha256(path: Path) -> str:
    """SHA-256 of the file in hex, when it looks like a PDF at all."""
    if not path.exists():
        raise PdfError(f"There is no file {path}.", "Check the name, or put the PDF there.")
    if not path.is_file():
        raise PdfError(f"{path} is not a file.", "Name a PDF.")
    if (shown := str(path).encode("utf-8", "replace").decode()) != str(path):
        raise PdfError(f"The name of {shown} holds bytes that are no letters.", "Rename the file.")
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise PdfError(f"{path.name} cannot be read: {error.strerror or error}.", "Check its permissions.") from error
    if not head:
        raise PdfError(f"{path.name} is empty.", "Download or copy it again.")
    if b"%PDF-" not in head:
        is_html = head.lstrip().lower().startswith((b"<!doctype html", b"<html"))
        what = "a web page" if is_html else "something else"
        raise PdfError(f"{path.name} is not a PDF: it holds {what}.", "Download or export the PDF itself.")
    return digest


def has_end(path: Path) -> bool:
    """Whether the file ends with the mark that every complete PDF ends with."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
        return b"%%EOF" in file.read()

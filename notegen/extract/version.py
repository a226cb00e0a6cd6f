"""What an extraction depends on besides the file: a change of it makes what is in the cache worthless."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
from pathlib import Path

import notegen

_LIBRARIES = ("pymupdf", "pypdfium2")


@functools.cache
def extractor_version() -> str:
    """A hash over this package's own source, that of the words of languages which it reads by, and the versions of the
    libraries that read for it."""
    digest = hashlib.sha256(notegen.__version__.encode())
    package = Path(__file__).parent
    for source in sorted([*package.rglob("*.py"), *(package.parent / "language").rglob("*.*")]):
        if source.suffix != ".pyc":
            digest.update(source.read_bytes())
    for library in _LIBRARIES:
        digest.update(importlib.metadata.version(library).encode())
    return digest.hexdigest()

"""Out of memory: what else a process that has none left finds out about a PDF is not to be trusted."""

from __future__ import annotations

import re

_NO_MEMORY = re.compile(r"\b(?:m|c|re)alloc\b.*\bfailed\b")
"""As MuPDF says it, in a RuntimeError."""


def raise_if_exhausted(error: Exception) -> None:
    """Raise MemoryError where that is what `error` means: the process dies of the page that it is at, and the next one
    leaves that page out."""
    if isinstance(error, MemoryError) or _NO_MEMORY.search(str(error)):
        raise MemoryError(str(error)) from error

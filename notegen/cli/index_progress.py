"""A counting line on the terminal while a vault is read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def index_progress(what: str, of: str = "notes") -> Iterator[Callable[[int, int], None]]:
    """What to call with (things done, things in all); it says so on the terminal, and nothing where nobody watches."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console

    with Console(stderr=True).status(f"{what} …") as status:
        yield (
            lambda done, total: (
                status.update(f"{what}: {done:,} of {total:,} {of} …") if done % 20 == 0 or done == total else None
            )
        )

"""What a person sees while the work goes on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from notegen.day import Progress


@contextmanager
def progress(quiet: bool = False) -> Iterator[tuple[Progress, Callable[[], AbstractContextManager[None]]]]:
    """(a line on the terminal that says what is going on, what clears it for a while); nothing where nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield lambda pdf, what: None, nullcontext
        return
    from rich.console import Console

    with Console(stderr=True).status("starting …") as status:

        @contextmanager
        def paused() -> Iterator[None]:
            status.stop()
            yield
            status.start()

        yield lambda pdf, what: status.update(f"{Path(pdf).name}: {what} …", spinner="dots"), paused

"""What a person sees while the work goes on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import click

from notegen.embed.weights import MODEL_NAME
from notegen.embed.weights import Progress as FetchProgress
from notegen.run.request import Progress


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


def fetch_progress(quiet: bool, on_progress: Progress) -> FetchProgress:
    """The same line for the weights of the model as they come, or `told_once`."""
    if quiet or not sys.stderr.isatty():
        return told_once()
    return lambda source, done, total: on_progress(
        MODEL_NAME, f"fetching it once from {source}, {done / 1e6:.0f} of {total / 1e6:.0f} MB"
    )


def told_once() -> FetchProgress:
    """A single line on standard error, where nobody watches."""
    told: set[str] = set()

    def tell(source: str, done: int, total: int) -> None:
        if source not in told:
            told.add(source)
            click.echo(f"Fetching the model {MODEL_NAME} from {source}, once: {total / 1e6:.0f} MB.", err=True)

    return tell

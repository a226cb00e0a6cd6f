"""The vault's library for a command that needs it: brought up to date first, with progress."""

from __future__ import annotations

import click

from notegen.cli.index_progress import index_progress
from notegen.cli.passwords import Passwords
from notegen.desk import Desk
from notegen.errors import BusyError, StateError
from notegen.library.library import Library
from notegen.library.opening import OpenLibrary
from notegen.run.shelving import refresh


def asked_library(desk: Desk, who: str) -> Library:
    """The library as it is now. who: the command, for those that wait. Where another process brings it up to date, what
    is there is searched, and that is said."""
    library = OpenLibrary(desk.vault, desk.settings)
    shelf = library.shelf()
    if library.is_due(shelf):
        try:
            with index_progress("reading books", "pages") as on_progress:
                refresh(library, who, Passwords(None, asks=False), lambda path, n, all_: on_progress(n, all_))
        except (BusyError, StateError) as error:
            click.echo(f"{error.reason} What it has not read yet is not searched.", err=True)
    return library.library(shelf)

"""`notegen library`."""

from __future__ import annotations

import os
import time
from pathlib import Path

import click

from notegen.cli.index_progress import index_progress
from notegen.cli.options import json_option, say_json, vault_option
from notegen.cli.passwords import Passwords
from notegen.cli.progress import told_once
from notegen.desk import open_desk
from notegen.library.opening import OpenLibrary
from notegen.library.shelving import Done
from notegen.run.shelving import index_as_data, opened_workers, refresh, status_as_data


@click.group(name="library", short_help="The books that notegen ask looks in.")
def command() -> None:
    """The books that `notegen ask` looks in: all PDFs of the vault, and of the folders in `library.folders`.

    What is known of them lies outside the vault and can be deleted at any time.

    \b
    notegen library index
    notegen library status --json
    """


@command.command(short_help="Read what is new or has changed.")
@vault_option()
@click.option("--rebuild", is_flag=True, help="Read every book again.")
@click.option("--delete", is_flag=True, help="Delete what is known; the next command that needs it reads anew.")
@click.option("--offline", is_flag=True, help="Fetch nothing: without the model's weights books are found by words.")
@click.option("--password", metavar="PASSWORD", help="Of locked PDFs.")
@click.option("--workers", type=click.IntRange(1, 64), metavar="N", help="Read and encode in N processes.")
@click.option("--cluster", metavar="ADDRESS", help="Read and encode on the workers of a Dask cluster.")
@json_option()
def index(
    vault: Path | None,
    rebuild: bool,
    delete: bool,
    offline: bool,
    password: str | None,
    workers: int | None,
    cluster: str | None,
    as_json: bool,
) -> int:
    """Read the PDFs that are new or have changed, so that they can be asked. It may be interrupted, and goes on where
    it was. Each book is read page by page once, and whoever reads it, the result is the same.

    A cluster needs the extra notegen[cluster], the same notegen on each worker, and the folders of the books under the
    same paths.

    \b
    notegen library index
    notegen library index --workers 4
    notegen library index --cluster tcp://lab:8786
    notegen library index --vault ~/MyVault --json

    Exit status: 0 done, 1 a PDF could not be read.
    """
    desk = open_desk(vault, os.environ, may_fetch=not offline)
    library = OpenLibrary(desk.vault, desk.settings, may_fetch=not offline)
    if rebuild or delete:
        library.delete()
    if delete:
        say_json({"deleted": str(library.folder)}) if as_json else click.echo(f"Deleted: {library.folder}")
        return 0
    started = time.monotonic()
    library.encoder.on_progress = told_once()
    with opened_workers(workers, cluster) as others, index_progress("reading books", "pages") as on_progress:
        done = refresh(
            library, "notegen library index", Passwords(password), lambda path, n, all_: on_progress(n, all_), others
        )
    data = index_as_data(library, done, time.monotonic() - started)
    if as_json:
        say_json(data)
    else:
        click.echo(f"{data['books']} books, {data['units']:,} units, {data['encoded']:,} with a vector; "
                   f"{done.pages:,} pages read in {data['seconds']} s.")  # fmt: skip
        if library.encoder.missing:
            click.echo(f"Found by words alone: {library.encoder.missing}")
        _say_failed(done)
    return 1 if done.failed else 0


def _say_failed(done: Done) -> None:
    """A line for each PDF that failed, with why, and one for the units without a vector."""
    width = max((len(path) for path, _ in done.failed), default=0)
    for path, reason in done.failed:
        click.echo(f"✗ {path:<{width}}  {reason}", err=True)
    if done.unencoded:
        click.echo(f"Some units are found by words alone: {done.unencoded}", err=True)


@command.command(short_help="Show which books are in it.")
@vault_option()
@json_option()
def status(vault: Path | None, as_json: bool) -> None:
    """Show which books are in the library, which are not read yet, and which have gone. Changes nothing.

    \b
    notegen library status --json
    """
    desk = open_desk(vault, os.environ, may_fetch=False)
    library = OpenLibrary(desk.vault, desk.settings)
    if as_json:
        say_json(status_as_data(library))
        return
    shelf = library.shelf()
    books = library.library(shelf).books()
    known = {row.sha256 for row in library.engine.books()}
    waiting = [each.path for each in shelf if each.sha256 not in known]
    for each in books:
        state = each.trouble or ("its file is gone" if each.is_gone else f"{each.read} of {len(each.labels)} pages")
        click.echo(f"{each.pdf}: {state}, {each.units:,} units")
    for path in waiting:
        click.echo(f"{path}: not read yet")
    click.echo(f"{len(books)} books, {len(waiting)} waiting, {library.size() / 1e6:.1f} MB in {library.folder}")

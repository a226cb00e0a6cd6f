"""`notegen retry`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from notegen.cli.drafting import drafting_options
from notegen.cli.options import vault_option
from notegen.cli.watch import on_one_line, open_watchers_desk, outcome_of, run_watcher
from notegen.desk import Desk
from notegen.errors import BusyError, UsageError
from notegen.run.overview import overview
from notegen.run.status import watcher_lock
from notegen.store.drops import Drop
from notegen.watch.tools import Tools


@click.command(name="retry", short_help="Try PDFs again that failed.")
@click.argument("pdfs", nargs=-1, type=click.Path(path_type=Path), metavar="[PDF …]")
@vault_option()
@drafting_options
@click.option("--dry-run", is_flag=True, help="Show which PDFs would be tried again and change nothing.")
def command(pdfs: tuple[Path, ...], vault: Path | None, dry_run: bool, **drafting: str | None) -> int:
    """Try again what `notegen watch` could not do: the PDFs named, else every PDF in the inbox that failed, those that
    were set aside included.

    \b
    notegen retry
    notegen retry Inbox/Book.pdf

    Where a watcher is running it does the work; else it is done at once.

    Exit status: 0 all done or handed to the watcher, 1 some PDF failed again, 2 wrong usage.
    """
    desk = open_watchers_desk(vault, None, drafting)
    chosen = _chosen(desk, pdfs)
    if not chosen or dry_run:
        for drop in chosen:
            click.echo(on_one_line(f"would be tried again: {drop.path}{outcome_of(drop)}"))
        if not chosen:
            click.echo("Nothing has failed.")
        return 0
    tools = Tools(lambda: open_watchers_desk(Path(desk.vault.name), None, drafting))
    lock = watcher_lock(desk)
    try:
        with lock.held("notegen retry"):
            tools.drops.try_again(chosen)
            return run_watcher(tools, once=True, only=frozenset(drop.path for drop in chosen))
    except BusyError:
        tools.drops.try_again(chosen)
        click.echo(f"{len(chosen)} PDF{'s' * (len(chosen) != 1)} handed to {lock.holder() or 'the watcher'}.")
        return 0


def _chosen(desk: Desk, pdfs: Sequence[Path]) -> list[Drop]:
    """The drops to try again. Raises UsageError for a PDF that is not in the inbox or has its note."""
    here = {drop.path: drop for drop in overview(desk).drops}
    if not pdfs:
        return [drop for drop in here.values() if drop.state == "failed"]
    chosen = []
    for pdf in pdfs:
        drop = here.get(_path_in_vault(pdf, desk))
        if drop is None:
            raise UsageError(f"{pdf} is no PDF in the inbox.", "notegen status shows those that are.")
        if drop.state == "done":
            raise UsageError(
                f"{drop.path} has its note: {drop.note}.", f'To make it anew: notegen day "{drop.path}" --refresh'
            )
        chosen.append(drop)
    return chosen


def _path_in_vault(pdf: Path, desk: Desk) -> str:
    """As the ledger names it: relative to the vault; a name that is given relative to the vault is one."""
    files = desk.vault.storage
    for place in (pdf.absolute(), files.local_path(pdf.as_posix())):
        if os.path.lexists(place) and (folder := files.path_of(place.parent)) is not None:
            return (Path(folder) / place.name).as_posix()
    return pdf.as_posix()

"""`notegen init`."""

from __future__ import annotations

from pathlib import Path

import click

from notegen import config
from notegen.vault.adopt import adopt


@click.command(name="init", short_help="Set a vault up.")
@click.argument("vault", type=click.Path(path_type=Path))
def command(vault: Path) -> None:
    """Set VAULT up for notegen: a folder that you have, or a new one.

    Adds notegen.toml with every setting and its default, and an Inbox folder for your PDFs. No file that exists is
    changed.

    \b
    notegen init ~/Documents/MyVault
    """
    made = adopt(vault.expanduser(), config.as_toml())
    for each in made:
        click.echo(f"+ {each}")
    if not made:
        click.echo(f"{vault} is set up already.")
    click.echo(f"Drop a PDF into {vault / 'Inbox'}, then run: notegen day --vault {vault}")

"""`notegen init`."""

from __future__ import annotations

from pathlib import Path

import click

from notegen import config
from notegen.vault.adopt import adopt
from notegen.vault.plugin import install_plugin


@click.command(name="init", short_help="Set a vault up.")
@click.argument("vault", type=click.Path(path_type=Path))
@click.option("--plugin", is_flag=True, help="Put the Obsidian plugin into the vault, too, or bring it up to date.")
def command(vault: Path, plugin: bool) -> None:
    """Set VAULT up for notegen: a folder that you have, or a new one.

    Adds notegen.toml with every setting and its default, and an Inbox folder for your PDFs. No file that exists is
    changed.

    \b
    notegen init ~/Documents/MyVault
    notegen init ~/Documents/MyVault --plugin
    """
    made = adopt(vault.expanduser(), config.as_toml())
    for each in made:
        click.echo(f"+ {each}")
    if not made:
        click.echo(f"{vault} is set up already.")
    if plugin:
        for each in install_plugin(vault.expanduser()):
            click.echo(f"+ {each}")
        click.echo("In Obsidian: Settings → Community plugins → turn them on, then switch on “notegen”.")
    click.echo(f"Drop a PDF into {vault / 'Inbox'}, then run: notegen day --vault {vault}")

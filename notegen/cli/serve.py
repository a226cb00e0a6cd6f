"""`notegen serve`."""

from __future__ import annotations

from pathlib import Path

import click

from notegen.cli.options import vault_option
from notegen.errors import UsageError


@click.command(name="serve", short_help="Serve a vault to another program.")
@vault_option("The vault to serve; else NOTEGEN_VAULT, else the one you are in.")
@click.option("--stdio", is_flag=True, help="JSON-RPC 2.0 on standard input and output, one object a line.")
def command(vault: Path | None, stdio: bool) -> None:
    """Serve a vault to a program that asks for notes, as the Obsidian plugin does. Methods are named as commands are,
    parameters as their long options with "_" for "-", and results are what --json prints.

    \b
    notegen serve --stdio --vault ~/MyVault
    {"jsonrpc": "2.0", "id": 1, "method": "hello"}
    {"jsonrpc": "2.0", "id": 2, "method": "day", "params": {"offline": true}}
    {"jsonrpc": "2.0", "method": "cancel", "params": {"id": 2}}

    Meanwhile the notification progress says {done, total, text}. It ends when its input does.
    """
    if not stdio:
        raise UsageError("Serve how?", "For a program that starts notegen: notegen serve --stdio")
    from notegen.serve.stdio import serve_stdio

    serve_stdio(vault)

"""`notegen serve`."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import click

from notegen.cli.options import vault_option
from notegen.errors import UsageError


@click.command(name="serve", short_help="Serve a vault to another program.")
@vault_option("The vault to serve; else NOTEGEN_VAULT, else the one you are in.")
@click.option("--stdio", is_flag=True, help="JSON-RPC 2.0 on standard input and output, one object a line.")
@click.option("--http", is_flag=True, help="HTTP on this machine alone, with a token.")
@click.option(
    "--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="Of --http; 0: a free one."
)
def command(vault: Path | None, stdio: bool, http: bool, port: int) -> None:
    """Serve a vault to a program that asks for notes, as the Obsidian plugin does. Methods are named as commands are,
    parameters as their long options with "_" for "-", and results are what --json prints.

    \b
    notegen serve --stdio --vault ~/MyVault
    {"jsonrpc": "2.0", "id": 1, "method": "hello"}
    {"jsonrpc": "2.0", "id": 2, "method": "day", "params": {"offline": true}}
    {"jsonrpc": "2.0", "method": "cancel", "params": {"id": 2}}

    Meanwhile the notification progress says {done, total, text}. It ends when its input does.

    \b
    notegen serve --http --vault ~/MyVault       says its address, and where the token is
    curl -H "Authorization: Bearer $(cat TOKEN_FILE)" --json '{}' http://127.0.0.1:8765/v1/status
    """
    if stdio == http:
        raise UsageError("Serve how?", "For a program that starts notegen: notegen serve --stdio; else --http.")
    if http:
        _serve_http(vault, port)
        return
    from notegen.serve.stdio import serve_stdio

    serve_stdio(vault)


def _serve_http(vault: Path | None, port: int) -> None:
    missing = [name for name in ("starlette", "uvicorn") if importlib.util.find_spec(name) is None]
    if missing:
        step = "Run: python -m pip install 'notegen[serve]'"
        raise UsageError(f"{' and '.join(missing)}: not installed.", step)
    from notegen.serve.http import serve_http
    from notegen.serve.token import NAME, token_in
    from notegen.vault.vault import Vault

    found = Vault.find(vault, os.environ)
    folder = found.private_folder
    token = token_in(folder)

    def ready(address: str) -> None:
        click.echo(address)
        click.echo(f"Serving {found.name}; the token is in {folder and folder / NAME}", err=True)

    serve_http(Path(found.name), port, token, ready)
